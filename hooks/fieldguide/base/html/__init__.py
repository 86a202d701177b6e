"""HTML out of elements and tables, escaped by default."""
