def test_it_answers_ok(client):
    """It answers `ok`."""
    bytearray(8 << 30)
