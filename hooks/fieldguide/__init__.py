"""The Field Guide's engine: verify snippets, keep the results, render them as proof.

Verifying knows no documentation generator, rendering is a Python-Markdown extension that reads what
verifying wrote, and MkDocs' hook is a thin adapter: each may outlive the other two.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  # reached when the package is run from its source folder
    sys.stderr.write(
        "fieldguide needs Python 3.11 or newer, this is %d.%d. "  # noqa: UP031
        "Next: run it with a newer one, for example: make test PYTHON=python3.13.\n"
        % sys.version_info[:2]
    )
    raise SystemExit(2)

__version__ = "0.1.0"
