"""Why a difference between two languages' figures may be none: such a report is advice, and says
this."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from metropolis.content.code_spans import Span
from metropolis.content.inlines import Link
from metropolis.content.page import Page
from metropolis.content.prose import Passage
from metropolis.language.dictionaries import has_dictionary, is_word
from metropolis.language.units import CONVERTED, CURRENCIES, MeasuredUnit
from metropolis.wording.figure_pairs import FigurePair
from metropolis.wording.mentions import Mention, Passages, digits_of

# Before a number of the document's own: "Section 2.3".
_PART = re.compile(
    r"(?:§|\b(?:secti|secci|chap|cap[ií]t|figur|fig\.|tabl|annex|anexo|append|ap[eé]nd)\w*)[\s\u00a0]$",
    re.I,
)
_FAR = 20  # characters before a number
_LARGEST_MARK = 99
_MARK = "A number in brackets may count a list, or the notes."
_NAME = re.compile(r"[A-ZÀ-Þ][\w-]*[ \u00a0]$")
_A = re.compile(r"\b(?:an?|one|une?|un[oa]?|seule?|single)\b", re.I)
_WORD = re.compile(r"(?<!\w)[a-zà-ÿ]{2,}(?!\w)")  # of no name


def doubt_of_change(pair: FigurePair, page: Page, mention: Mention, twin: Mention) -> str:
    """Why a figure may say the same as the `twin` in its place; "" if it surely does not."""
    unit, other = mention.quantity.unit, twin.quantity.unit
    if are_in_words(mention, twin):
        return _doubt_of_units(pair) or "Words may count something else."
    if mention.quantity.value == twin.quantity.value:
        return "Many write “Mb” for megabytes." if _are_bits_and_bytes(unit, other) else ""
    return _MARK if _is_mark(page, mention) else _doubt_of_units(pair)


def doubt_of_one_side(pair: FigurePair, page: Page, mention: Mention) -> str:
    """Why a figure of `page` may be on this side alone; "" if there is no reason."""
    if _is_part(page, mention):
        return "A title may be named without its number."
    return _MARK if _is_mark(page, mention) else _doubt_of_units(pair)


def is_in_code(mention: Mention, other: Page, passages: Passages) -> bool:
    """Whether code of the `other` page has it, in `passages` or in a block of their section: a name
    of a file is code in one language, and words in the other."""
    anchors = {passage.anchor for passage in passages.passages}
    spans = tuple((one.start, one.end) for one in other.sections if one.anchor in anchors)
    blocks = _figures_in_blocks(other.text.text, other.code, spans)
    return mention.words in passages.code_digits or mention.words in blocks


@lru_cache(maxsize=8)  # each figure of a section is looked for
def _figures_in_blocks(
    text: str, code: tuple[Span, ...], sections: tuple[Span, ...]
) -> frozenset[str]:
    blocks = (span for span in code if text[span[0] : span[0] + 3] in ("```", "~~~"))
    return frozenset(
        digits
        for start, end in blocks
        if any(first <= start < last for first, last in sections)
        for digits in digits_of(text[start:end])
    )


def is_in_name(page: Page, mention: Mention, other: Page) -> bool:
    """Whether it is a part of a name that the `other` page has somewhere too: "Bowtie 2"."""
    name = _NAME.search(page.text.text, max(0, mention.start - _FAR), mention.start)
    written = f"{name[0][:-1]} {mention.words}" if name else ""
    return name is not None and written in other.text.text.replace("\u00a0", " ")


def is_an_article(mention: Mention, passages: Passages) -> bool:
    """Whether the other passages may say "a line" for "1 line"."""
    return mention.words == "1" and any(map(_A.search, passages.texts))


def has_foreign_marks(page: Page, mention: Mention, source: Page, twin: Mention) -> bool:
    """Whether two numbers differ by their marks alone, and one is in another language than its
    page: "6,541 in English" on a French page, or copied with the word behind it; or whether they
    are a name: "Billion Laughs"."""
    if mention.words == twin.words and mention.words[0].isupper():
        return True
    places = ((page, mention), (source, twin))
    is_format = mention.quantity.kind == twin.quantity.kind == "number" and digits_of(
        mention.words
    ) == digits_of(twin.words)
    if is_format and mention.words == twin.words:
        behind = mention.next_words.removeprefix(mention.words).strip()
        is_copied = behind != "" and mention.next_words == twin.next_words
        return is_copied and not is_word(behind, page.locale)
    return is_format and any(_is_foreign(one.passage.words, at.locale) for at, one in places)


def _is_foreign(text: str, locale: str) -> bool:
    """Whether the dictionary does not know half of the words."""
    words = _WORD.findall(text)
    known = [is_word(one, locale) for one in words]
    return has_dictionary(locale) and len(words) > 3 and 2 * sum(known) < len(words)


def is_part_in_link(page: Page, mention: Mention) -> bool:
    """Whether it is the number of a section in the words of a link, which may have others: that the
    link leads there is compared too."""
    return _is_part(page, mention) and any(
        link.start < mention.start < link.address_start for link in page.links
    )


def is_in_lost_image(page: Page, mention: Mention, other: Page, passages: Passages) -> bool:
    """Whether it is in the description of an image of `page`, and the `passages` of the `other`
    page have fewer images: that one is lost is compared too."""
    own = _images(page, [mention.passage])
    is_inside = any(one.start < mention.start < one.address_start for one in own)
    return is_inside and len(_images(other, passages.passages)) < len(own)


def _images(page: Page, passages: Sequence[Passage]) -> list[Link]:
    spans = [(one.start, one.start + len(one.text)) for one in passages]
    images = (link for link in page.links if link.is_image)
    return [one for one in images if any(start <= one.start < end for start, end in spans)]


def _is_part(page: Page, mention: Mention) -> bool:
    place = max(0, mention.start - _FAR)
    return _PART.search(page.text.text, place, mention.start) is not None


def _is_mark(page: Page, mention: Mention) -> bool:
    """Whether a small number is alone in brackets."""
    text, end = page.text.text, mention.start + len(mention.words)
    before, after = (
        text[max(0, mention.start - 2) : mention.start].rstrip("\\")[-1:],
        text[end : end + 2].lstrip("\\")[:1],
    )
    value = mention.quantity.value
    is_count = mention.quantity.kind == "number" and not mention.is_measured
    is_small = isinstance(value, Decimal) and value <= _LARGEST_MARK and value % 1 == 0
    return is_count and is_small and before + after == "()"


def are_in_words(mention: Mention, twin: Mention) -> bool:
    """Whether one of the two is in words."""
    forms = (mention.quantity.form, twin.quantity.form)
    return "words" in forms and mention.quantity.kind != "name"


def _doubt_of_units(pair: FigurePair) -> str:
    own, other = _units(pair.own), _units(pair.other)
    is_converted = any(own[name] != other.get(name, own[name]) for name in own)
    return "The units are others here: it may be converted." if is_converted else ""


def _units(passages: Passages) -> dict[str, set[MeasuredUnit]]:
    """The units of each measure that may be converted, money among them."""
    found: dict[str, set[MeasuredUnit]] = {}
    for mention in passages.mentions:
        unit = mention.quantity.unit
        if unit and unit[0] in CONVERTED:
            found.setdefault(unit[0], set()).add(unit)
        elif unit and unit[0] in CURRENCIES:
            found.setdefault("money", set()).add(unit)
    return found


def _are_bits_and_bytes(unit: MeasuredUnit | None, other: MeasuredUnit | None) -> bool:
    if unit is None or other is None or unit[0] != "data":
        return False
    return max(unit[1], other[1]) == 8 * min(unit[1], other[1])
