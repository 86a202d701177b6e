"""Directives of a page, and the view that each word shows.

Others use `views.DirectiveProcessor`.
"""
