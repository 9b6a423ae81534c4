"""What everything is made by: part of the key of whatever is kept from one run to the next."""

from __future__ import annotations

import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from metropolis.inputs import digest, folder_digest


@cache
def toolkit_digest() -> str:
    """Our own code, and the version of every package and of Python."""
    # Found and not imported: what macros import may itself ask for this.
    folders = [Path(str(find_spec(name).origin)).parent for name in ("metropolis", "macros")]  # type: ignore[union-attr]
    # A package's record is a folder named by its version: "mkdocs-1.6.1.dist-info".
    places = [Path(place) for place in sys.path if Path(place).is_dir()]
    versions = sorted(record.name for place in places for record in place.glob("*.dist-info"))
    return digest(sys.version, *versions, *(folder_digest(folder, "**/*.py") for folder in folders))
