"""Views over many snippets: tables, matrix, lines by hand, defaults."""
