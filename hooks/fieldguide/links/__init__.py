"""Check that what the reading lists and the guides link to is still there, and still the same."""
