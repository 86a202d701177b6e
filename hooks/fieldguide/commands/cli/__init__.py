"""The command line: its verbs, their options, and what they share.

Others use `main.main`; the host's adapter also `shared.INTERRUPTED` and `ports`.
"""
