"""Start the worker in an environment that knows nothing of us: load this folder as a package."""

from __future__ import annotations

import importlib
import importlib.util
import json
import sys
from pathlib import Path

NAME = "fieldguide_worker"


def main() -> None:
    """``zygote MODULES BOUNDED`` | ``once`` | ``serve SERVER DESCRIPTOR FOLDER ENTRY`` |
    ``inside FILES FOLDERS``."""
    folder = Path(__file__).parent
    spec = importlib.util.spec_from_file_location(
        NAME, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None
    assert spec.loader is not None
    package = importlib.util.module_from_spec(spec)
    sys.modules[NAME] = package
    spec.loader.exec_module(package)
    verb, arguments = sys.argv[1], sys.argv[2:]
    sys.argv[1:] = []
    if verb == "zygote":
        importlib.import_module(f"{NAME}.process.zygote").serve(*map(json.loads, arguments))
    elif verb == "inside":
        importlib.import_module(f"{NAME}.process.inside").main(*map(json.loads, arguments))
    elif verb == "once":
        importlib.import_module(f"{NAME}.process.fresh").main()
    elif verb == "serve":
        importlib.import_module(f"{NAME}.drivers.servers").serve(*arguments)


if __name__ == "__main__":
    main()
