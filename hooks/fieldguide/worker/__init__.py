"""What runs beside a snippet: the client, the drivers, the checks.

Standard library only, and nothing of the rest of the engine: these files run in a framework's own
environment, which holds nothing of ours, in the sandbox, and in the reader's browser. So nobody
imports them: `__main__` is started.
"""
