"""Pieces of a page: proof, fences, exchanges, marks.

Others use `proof`, `fence_line`, `exchange`, `run_card` with `start`, `marks` and `highlighting`.
"""
