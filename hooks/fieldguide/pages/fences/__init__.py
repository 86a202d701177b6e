"""The fenced blocks of a page, as the site's own Markdown finds them.

Others use `scan.scan`, the keys in `info_string`, and of `shown_blocks` only which extensions it
asks.
"""
