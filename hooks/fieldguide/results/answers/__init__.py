"""What probed frameworks answered: given now, accepted before."""
