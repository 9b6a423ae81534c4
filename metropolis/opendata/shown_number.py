"""A number as a sheet shows it: a workbook stores 0.089 where its reader sees 8.9%.

Excel's format codes are read as far as they change the value: percent, thousands, fixed decimals,
scales, currencies. A scale or any other text stays in the result, which is then no plain number."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Context, Decimal

# Quoted text, an escaped character, a width or a fill character, a bracket: [$€-40C], [Red].
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|[_*].|\[[^\]]*\]|(.)', re.DOTALL)
_UNFIXED = re.compile(r"general|@|e[+-]|/|\[[<>=]", re.IGNORECASE)
_PLACEHOLDERS = "0#?.,%"
_MOST_DECIMALS = 30  # as many as Excel accepts
_EXACT = Context(prec=400)  # room for the largest float
_SIGNIFICANT = 15  # the digits that a sheet can show


def shown_number(value: float, code: str) -> tuple[str, bool]:
    """The number's digits as the format `code` shows them, with a point; and whether it stores
    more decimals than are shown."""
    stored = Decimal(f"{value:.{_SIGNIFICANT}g}")
    section = _section(value, code)
    if _UNFIXED.search(re.sub(r'"[^"]*"', "", section)):
        return _digits(stored), False
    pattern, text = "", ""
    for quoted, escaped, bare in _TOKEN.findall(section):
        if bare and bare in _PLACEHOLDERS:
            pattern += bare
        else:
            text += quoted or escaped or bare
    if not re.search("[0#?]", pattern):
        return _digits(stored), False
    number = stored.scaleb(2 * pattern.count("%"), _EXACT)
    scale = re.search(r"[0#?](,+)(?=[.%]|\Z)", pattern)
    thousands = len(scale[1]) if scale else 0
    decimals = min(len(re.sub("[^0#?]", "", pattern.partition(".")[2])), _MOST_DECIMALS)
    number = number.scaleb(-3 * thousands, _EXACT)
    shown = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _EXACT)
    suffix = "%" * pattern.count("%") + _words(text)
    return _digits(shown) + suffix + "\N{MULTIPLICATION SIGN}1000" * thousands, shown != number


def _section(value: float, code: str) -> str:
    """The part of the code for positive, negative or zero values."""
    sections = re.findall(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;])+', code) or ["General"]
    number = 1 if value < 0 else 2 if value == 0 else 0
    return str(sections[number] if number < len(sections) else sections[0])


def _words(text: str) -> str:
    """What a reader sees beside the number: not its sign, parentheses or currency."""
    kept = (one for one in text if unicodedata.category(one) not in ("Sc", "Pd", "Ps", "Pe", "Sm"))
    words = "".join(kept).strip()
    return f" {words}" if words else ""


def _digits(number: Decimal) -> str:
    return f"{number.normalize(_EXACT):f}" if number else "0"
