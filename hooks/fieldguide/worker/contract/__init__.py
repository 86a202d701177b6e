"""Running the checks of a contract."""
