"""The digest of our code and of all packages: a part of every cache key."""

import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from metropolis.inputs import digest, folder_digest


@cache
def toolkit_digest() -> str:
    """Our own code, and the versions of every package and of Python."""
    # Found without an import: modules may need this while they are imported.
    folders = [Path(str(find_spec(name).origin)).parent for name in ("metropolis", "macros")]  # type: ignore[union-attr]
    # A package has a folder named after its version: "mkdocs-1.6.1.dist-info".
    places = [Path(place) for place in sys.path if Path(place).is_dir()]
    versions = sorted(record.name for place in places for record in place.glob("*.dist-info"))
    return digest(sys.version, *versions, *(folder_digest(folder, "**/*.py") for folder in folders))
