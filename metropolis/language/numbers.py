"""Numbers as each language writes them: `35,1`, `608 millions`, `62 %`.

The rules are Unicode CLDR's, through Babel, with two house rules on top (docs/translators/style.md): French puts a
narrow no-break space before the percent sign, and Spanish leaves numbers of four digits whole (CLDR's
`minimumGroupingDigits`, which Babel does not apply).
"""

from __future__ import annotations

from babel import Locale
from babel.numbers import format_compact_decimal, format_decimal

NARROW_NO_BREAK_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
SCALES = {"million": 1_000_000, "billion": 1_000_000_000}


def format_number(value: float, locale: str, decimals: int | None = None) -> str:
    """`value` with its separators; `decimals` fixes the digits after the mark (None: as many as the value has)."""
    if decimals is None:
        decimals = 0 if float(value).is_integer() else len(str(value).rpartition(".")[2])
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale=locale, group_separator=_is_grouped(value, locale))


def format_scaled(value: float, locale: str) -> str:
    """A large `value` in words: `608 millions`, `1.8 billion`; the number and its word do not part at a line's end."""
    text = format_compact_decimal(value, format_type="long", locale=locale, fraction_digits=1)
    return text.replace(" ", NO_BREAK_SPACE, 1)


def format_percent(value: float, locale: str, decimals: int | None = None) -> str:
    """`value` is the percentage itself (62 for 62 %)."""
    number = format_number(value, locale, decimals)
    if locale == "en":
        return f"{number}%"
    if locale == "fr":
        return f"{number}{NARROW_NO_BREAK_SPACE}%"
    pattern: str = Locale(locale).percent_formats[None].pattern
    return pattern.replace("#,##0", number)


def _is_grouped(value: float, locale: str) -> bool:
    """Spanish and its kin write 2642 but 32.000 (CLDR: minimumGroupingDigits = 2)."""
    return abs(value) >= 10_000 or locale.split("_")[0] not in {"es", "pt", "it", "pl"}
