"""Running the fences of a page.

Others use `group.run_group`.
"""
