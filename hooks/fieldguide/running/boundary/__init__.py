"""What keeps a worker from the machine, and the proof that it does."""
