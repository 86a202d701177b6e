"""Directives of a page, and the view that each word shows.

Others use `views.DirectiveProcessor`, and `snippet_page.pages`, which the host's adapter asks for.
"""
