"""Views over many snippets: tables, matrix, lines by hand, defaults.

Others use a module a view: `overview`, `matrix`, `framework`, `by_hand` and `defaults`.
"""
