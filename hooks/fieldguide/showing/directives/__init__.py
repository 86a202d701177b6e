"""Directives of a page, and the view that each word shows."""
