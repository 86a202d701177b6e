"""Nothing is asked."""


def greets(client):
    """Says hello."""
