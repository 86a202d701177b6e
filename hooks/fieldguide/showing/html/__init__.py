"""Pieces of a page: proof, fences, exchanges, marks.

Others use `proof`, `fence_line`, `exchange`, `run_card` with `start`, `marks` and `highlighting`,
and the hook of MkDocs `still`, which says what a page does more than show.
"""
