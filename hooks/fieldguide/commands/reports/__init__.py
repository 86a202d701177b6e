"""A run's results in the formats of their readers."""
