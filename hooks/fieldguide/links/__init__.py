"""The link checker: whether what the reading lists and the pages link to is still there."""
