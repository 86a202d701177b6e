"""Running the fences of a page."""
