"""Pieces of a page: proof, fences, exchanges, marks."""
