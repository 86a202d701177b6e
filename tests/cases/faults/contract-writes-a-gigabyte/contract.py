import sys


def test_it_answers_ok(client):
    """It answers `ok`."""
    for _ in range(1000):
        sys.stdout.write("x" * 1_000_000)
