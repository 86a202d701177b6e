"""The link checker: whether what the reading lists and the pages link to is still there.

Others use `check.look` with `options.LinkOptions`; then `wording`, which says what came, and
`rewrite`. The records are in `model`; `verdict` is measured by the workshop.
"""
