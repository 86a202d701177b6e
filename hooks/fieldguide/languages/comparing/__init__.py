"""What counts as equal: lines, JSON, and what is made equal first.

Others use `lines`, `line`, `doctests`, `json_difference`, `normalise`, `other` and `terminal`, and
the words in `problems`.
"""
