"""Requests, responses, and the client that contracts use."""
