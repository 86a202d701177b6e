"""Requests, responses, and the client that contracts use.

Others use `client.Client`, the records of `messages`, and `frames` between processes.
"""
