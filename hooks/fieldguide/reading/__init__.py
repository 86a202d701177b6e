"""The reading lists: data, rules, pages and feeds.

Others use `shelf.read`, or `kept.KeptShelf` while pages are edited, for the records of `model`;
`html` and `feeds` show them, and `catalogue` names their files.
"""
