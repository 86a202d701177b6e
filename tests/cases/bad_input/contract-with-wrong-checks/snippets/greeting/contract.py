from urllib.parse import urlsplit

import requests


async def test_waits(client):
    """It waits."""


class TestGreeting:
    """A group of checks."""


def test_claims_nothing(client):
    assert client.get("/").status == 404


def test_asks_for_nothing():
    """It sends no request."""


def test_asks_for_more(client, databse):
    """It needs a database."""


def test_twice(client):
    """Once."""


def test_twice(client):
    """And again."""
