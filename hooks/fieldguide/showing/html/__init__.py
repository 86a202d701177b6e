"""Pieces of a page: proof, fences, exchanges, marks.

Others use `proof`, `fence_line`, `exchange`, `run_card` with `start`, `marks` and `highlighting`;
`harmless` for what of a rendered page is none of these.
"""
