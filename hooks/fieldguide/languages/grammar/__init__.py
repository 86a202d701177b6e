"""How a transcript, a Python session and an exchange are written: from source to records.

Others use a module a language, `console`, `http` and `pycon`, `tracebacks`, and
`problems.SourceError`.
"""
