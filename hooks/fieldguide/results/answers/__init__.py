"""What probed frameworks answered: given now, accepted before.

Others use `given`, `accepted`, `acceptance` and `changes`.
"""
