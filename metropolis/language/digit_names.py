"""Recognises what has digits and is no number: names, addresses, versions, telephones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from metropolis.language.numerals import GROUPS, ORDINAL
from metropolis.language.quantity import Quantity, read_as
from metropolis.language.units import unit_at

_LONGEST_NAME = 100
_CODE = re.compile(
    r"(?=[\d+(])(?:(?<![\w.,])|(?<=\b[vV])|(?<=\b[vV]\.))(?<!\d[\s.-])(?:"
    r"\+\s?\d{1,3}[\s().-]{1,2}\d[\d\s().-]{4,}\d"  # +34 93 342 94 60
    r"|\(\d{2,4}\)\s?\d[\d\s.-]{4,}\d"  # (212) 555-1234
    r"|\d{3}[\s.-]\d{3}[.-]\d{4}"  # 212 555-1234
    r"|0\d+(?:[\s.-]\d{2,4})+"  # 0800 123 456, 01.42.34.56.78
    r"|0(?:\s\d{3}){3}"  # 0 800 123 456
    r"|\d{2,4}(?:(?P<gap>[\s.-])\d{2,4})(?:(?P=gap)\d{2,4}){2,}"  # 93 342 94 60
    r"|\d+(?:\.\d+){2,}(?:[/:]\d+)?"  # 192.168.99.100, 0.121.0
    r"|\d+(?:-\d+){2,}"  # 978-3-16-148410-0
    r"|[\da-fA-F]{1,4}(?::[\da-fA-F]{0,4}){3,}"  # 2001:db8:13bb::20
    r")(?![\w])"
)
# "v2.4.8" is the code 2.4.8; the "w/" of "w/128 MB" is "with".
_PREFIX = re.compile(r"(?:v\.?(?=\d+\.\d+\.)|w/(?=\d))", re.I)
# "mount(8)": a page of the manual, which another language may name without its section.
_MANUAL_SECTION = re.compile(r"(?:(?<=[^\W\d_]\()|(?<=[\ufffc\ufffd]\())\d[a-z]?(?=\))")
# Signs without spaces that have a digit.
_BREAK = r"\s–—|()\[\]«»“”\"…;"
_TOKEN = re.compile(rf"(?<![^{_BREAK}])[^\d{_BREAK}]*+\d[^{_BREAK}]*")
_ADDRESS = re.compile(
    r"://|^www\.|.@.|\\|^[~.]?/|(?:^|/)[\w.-]*[a-z][\w-]*\.[a-z]\w{1,4}(?:$|[/:#?])"
    r"|^(?:[\w-]+\.)+(?:org|com|net|int|eu|io|fr|es|cat)\b"
    # "2019.pdf", where a word would be a missing space: "2019.Depuis".
    r"|^\d[\d_-]*\.(?:jpe?g|png|gif|svg|webp|pdf|docx?|xlsx?|pptx?|od[pst]|csv|txt|zip|gz|bz2|xz|tar|mp[34]|html?)$",
    re.I,
)
_GLUED = re.compile(
    r"[^\W\d¼-¾⅐-⅞]\d|\d[^\W\d¼-¾⅐-⅞]|\b(?!(?:Under|Over)-)[A-ZÀ-Þ]\w*-\d|\ufffd\d|\d\ufffd"
)
# "15-Puzzle" is the name of a game.
_BEFORE_NAME = re.compile(r"\d-([A-ZÀ-Þ][a-zà-ÿ]{2,})")
# A number and the signs that may follow it directly; "l’1,5", "n°5" and "$5m" are no names either.
_SUFFIXED = re.compile(
    rf"[^\w]*\d[\d.,:/'’-]*(?P<suffix>{ORDINAL}|s|'s|’s|x|h\d\d|h|[ap]m|[ap]\.m\.?|-?\w+(?:[-/]\w+)*)\W*",
    re.I,
)
_SUFFIX = re.compile(
    rf"{ORDINAL}|['’]?s|x|h\d\d|h|[ap]\.?m\.?|-.+|(?:Mds?|bn|tn|mn|m|b|k)?(?:€|EUR|USD)?", re.I
)
_PREFIXED = re.compile(r"\W*(?:US|[A-Z]{0,2})[$€£]\d.*|(?:Under|Over|[^\W\dA-Z_]+)-\d[\d.,]*s?")
_SIDES = re.compile(r"\W*\d[\d.,]*(?:[x×]\d[\d.,]*)+[^\W\d_]{0,3}\W*")  # "800x600", "2x4cm"
# "m2" is "m²" and "CO2" is "CO₂": the digit is a part of a symbol, not a name's.
_SYMBOL = re.compile(r"(?:[μ\w]+/)?[ckmd]?m[23]|CO2\w*", re.I)


def read_codes(text: str) -> Iterator[Quantity]:
    """Telephone numbers, addresses of machines, versions of three parts, ISBN."""
    for match in _CODE.finditer(text):
        digits = "".join(filter(str.isdigit, match[0]))
        is_range = len(digits) < 6 and "." not in match[0]  # "00-99"
        if is_range or GROUPS.fullmatch(match[0]) or (match["gap"] and len(digits) > 15):
            continue
        # A telephone number may have its country's code, or a zero instead.
        own = digits[-9:] if len(digits) > 9 else digits.lstrip("0")
        yield read_as("code", match.span(), ("code", match[0]), ("code", own))


def read_names(text: str, language: str) -> Iterator[Quantity]:
    """Addresses, file names and names with digits; nothing inside them is a quantity."""
    for match in _MANUAL_SECTION.finditer(text):
        yield read_as("name", match.span(), ("number", Decimal(match[0][0])), form="hint")
    for match in _TOKEN.finditer(text):
        token = match[0].rstrip(".,:!?'’")
        if _PREFIX.match(token):
            continue
        start, end = match.start(), match.start() + len(token)
        is_opaque = len(token) > _LONGEST_NAME or _ADDRESS.search(token) is not None
        if is_opaque or _SYMBOL.fullmatch(token):
            yield Quantity("name", "", start, end, frozenset(), form="hint")
        elif _is_before_name(token, language) or (
            _GLUED.search(token) and not _is_number_with_suffix(token, language)
        ):
            value = token.strip("-/").replace(",", ".").casefold()
            yield read_as("name", (start, end), ("name", value), form="words")


def _is_before_name(token: str, language: str) -> bool:
    """Whether a name follows the number, and no unit: "5-Year"."""
    name = _BEFORE_NAME.search(token)
    return name is not None and unit_at(name[1].casefold(), 0, 0, language)[0] is None


def _is_number_with_suffix(token: str, language: str) -> bool:
    if _SIDES.fullmatch(token):
        return True
    match = _SUFFIXED.fullmatch(token)
    if match is None:
        return _PREFIXED.fullmatch(token) is not None
    suffix = re.sub(r"(?<=\w)-\w.*", "", match["suffix"])  # "4K-sector"
    return _SUFFIX.fullmatch(suffix) is not None or unit_at(suffix, 0, 0, language)[0] is not None
