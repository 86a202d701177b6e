"""Files of others, written whole or not at all.

Others use `atomic` for files that several engines write, and `changes` for what a person is asked
about before it is written.
"""
