"""What a text without quotes means; and, for messages only, the number that somebody meant with
`53%`, `5,3` or `2 642`."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

# With more digits a float silently loses some, and Python rejects some whole numbers.
MAX_DIGITS = 15
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?\Z")
_LONGEST = 60
_LETTERS = str.maketrans("OoIl", "0011")  # that look like digits
_MINUS = re.compile(r"^[\u2010-\u2015\u2212\uff0d] ?(?=\d)")
_NOTE = re.compile(
    r"(?P<number>-?\d[\d.,\s_’']*?)\s*"
    r"(?P<note>\(\d{1,2}\)|\[\d{1,2}\]|[^\d.,\s_’'%<>=~-][^\d<>=~-]*)"
)
_SPACES = re.compile(r"[\s_’']")
_THOUSANDS = re.compile(r"-?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")


def plain_value(text: str) -> str | float | bool | None:
    """The value of a text without quotes, by YAML 1.2's rules."""
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if _NUMBER.match(text) and sum(map(str.isdigit, text)) <= MAX_DIGITS:
        return float(text) if "." in text else int(text)
    return text


def suggest_number(text: str) -> str:
    """How to write the number that `text` seems to mean; "" if it does not look like a number."""
    if len(text) > _LONGEST:
        return ""
    digits = "".join(str(unicodedata.decimal(one, one)) for one in text)
    typed = digits.translate(_LETTERS)
    if typed != text and re.fullmatch(r"-?\d[\d.,]*", typed) and re.search(r"\d", digits):
        number = _plain(typed)
        return f"Write {number}, in the digits 0 to 9 alone." if number else ""
    if found := re.fullmatch(r"(.*\d)\s*%", text, re.DOTALL):
        number = _plain(found[1])
        return f"Write {number} and put the % in the unit." if number else ""
    if (
        re.fullmatch(r"-?\d+(?:\.\d+)?", text, re.ASCII)
        and sum(map(str.isdigit, text)) > MAX_DIGITS
    ):
        return f"Write it with no more than {MAX_DIGITS} digits."
    if re.fullmatch(r"-?\d{1,3},\d{3}", text):  # 2,642 is one number in London, another in Paris
        whole, decimal = text.replace(",", ""), text.replace(",", ".")
        return f"Write {whole} without separators, or {decimal} with a point."
    if minus := _MINUS.match(text):
        number = _plain(text[minus.end() :])
        return f"Write -{number} with a hyphen as its minus sign." if number else ""
    if note := _NOTE.fullmatch(text):
        number = _plain(note["number"])
        return f"Write {number} alone, without “{note['note']}”." if number else ""
    number = _plain(text)
    if not number:
        return ""
    if re.fullmatch(r"-?\d+,\d+", text):
        return f"Write {number} (a point, not a comma)."
    if re.fullmatch(r"-?\d+(?:\.\d+)?", text):
        return f"Write {number} without quotes and without a leading zero."
    if re.search(r"\d[\s_’',.]\d", text) and "." not in number:
        return f"Write {number}, without separators."
    return f"Write {number}."


def _plain(text: str) -> str:
    """`text` in digits, with a point before decimals; "" if it is not a number."""
    text = _SPACES.sub("", text)
    if "," in text and "." in text:  # the last mark is the decimal one
        thousands = "," if text.rindex(".") > text.rindex(",") else "."
        text = text.replace(thousands, "").replace(",", ".")
    elif text.count(",") > 1 or text.count(".") > 1:
        text = re.sub("[.,]", "", text) if _THOUSANDS.fullmatch(text) else ""
    text = text.replace(",", ".")
    try:
        number = Decimal(text)
    except InvalidOperation:
        return ""
    # Decimal also reads digits of other scripts, NaN, and 1e999 (a thousand digits).
    if not text.isascii() or not number.is_finite() or abs(number.adjusted()) > 3 * MAX_DIGITS:
        return ""
    return f"{number:f}"
