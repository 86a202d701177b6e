"""What keeps a worker from the machine, and the proof that it does.

Others use `database.DATABASE`, which is let through it, `groups`, `proof`, `filter` and `before`.
"""
