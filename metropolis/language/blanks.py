"""The {blanks} in the texts of data/strings.yml."""

from __future__ import annotations

import re
from collections.abc import Mapping

_BLANK = re.compile(r"\{([a-z][a-z_-]*)\}")


def fill(text: str, values: Mapping[str, object]) -> str:
    """`text` with all blanks filled in one pass: braces inside a value are not filled again."""
    return _BLANK.sub(lambda blank: str(values.get(blank[1], blank[0])), text)
