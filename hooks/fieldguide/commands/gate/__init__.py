"""What must hold of the tree before anything in it is run, built or even read with care.

Others use `gate.hold`, and `gate.look` to list what it finds; the plugin of pytest has its first
hooks from `pytest_hooks`.
"""
