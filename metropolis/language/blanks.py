"""The {blanks} in the texts of data/strings.yml."""

from __future__ import annotations

import re
from collections.abc import Mapping

_BLANK = re.compile(r"\{([a-z][a-z_-]*)\}")


def fill(text: str, values: Mapping[str, object]) -> str:
    """`text` with its blanks filled, all at once: a name that holds braces is not looked through for further ones."""
    return _BLANK.sub(lambda blank: str(values.get(blank[1], blank[0])), text)
