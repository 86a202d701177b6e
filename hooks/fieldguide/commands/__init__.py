"""The verbs of the command line: verify, bless, explain, lint; and what they report."""
