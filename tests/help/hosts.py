"""What a host of the site, MkDocs or its fork, is started with."""

from __future__ import annotations

import os


def environment(verify: str) -> dict[str, str]:
    quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    fixed = {"SOURCE_DATE_EPOCH": "1700000000", "FIELDGUIDE_VERIFY": verify}
    return {**os.environ, **quiet, **fixed}
