"""The workshop's own figures, and a PostgreSQL server for the tests. Not part of the package."""
