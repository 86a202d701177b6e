"""HTML out of elements and tables, escaped by default.

Others use `markup` and `tables`.
"""
