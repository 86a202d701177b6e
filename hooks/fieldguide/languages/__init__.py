"""What each language of fences means: how it is read, run, compared and blessed.

Others use `registry.LANGUAGES`, whose entries are each a `language.Language`, and three for what
only they have: `python`, `http` and `output`.
"""
