"""Reading lists: what to read, for whom and why, and when it was last seen alive."""
