"""The fenced blocks of a page, as the site's own Markdown finds them."""
