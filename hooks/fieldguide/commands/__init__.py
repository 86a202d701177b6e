"""The verbs of the command line: verify, bless, explain, lint; and what they report.

Others use only `pytest_plugin`, by its entry point: nothing stands above the verbs.
"""
