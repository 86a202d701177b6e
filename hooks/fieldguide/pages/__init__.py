"""What Markdown says: fences, info strings, includes, sections, directives.

Others use `page_files.read` for all pages, `account` for what becomes of their fences, `groups` for
those that run together, `includes` and `includable` for what they include and may, and
`directives`, `footnotes`, `front_matter`, `sections` and `titles`. Some sentences of `problems` are
a later stage's too.
"""
