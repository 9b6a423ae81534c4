"""Finds numbers and dates in the format of another language: `35.1`, `juin 4, 2022` in French."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from metropolis.content.page import Page
from metropolis.content.prose import Passage
from metropolis.language.numbers import format_number
from metropolis.language.reading import has_digit
from metropolis.language.writing import in_locale
from metropolis.wording.finding import Finding, found
from metropolis.wording.mentions import Mention, Passages, gather_mentions


def find_foreign_formats(page: Page, passages: Iterable[Passage]) -> list[Finding]:
    """Decimals and dates in another language's format, where they can be nothing else. A unit, a
    percent sign or a scale shows that `2.4` is neither a version nor a criterion."""
    return [
        _foreign_format(page, mention)
        for passage in passages
        if passage.locale == page.locale and has_digit(passage.text)
        for mention in gather_mentions(page, [(passage,)]).mentions
        if mention.quantity.is_foreign and _is_measured(mention)
    ]


def find_copied_formats(page: Page, own: Passages, other: Passages) -> Iterator[Finding]:
    """Decimals copied from the source in its own format."""
    proper = {
        one.key for one in other.mentions if not one.quantity.is_foreign and not one.words.isdigit()
    }
    signs = {one.words for one in other.mentions}
    for mention in own.mentions:
        is_in_doubt = mention.quantity.is_foreign and not _is_measured(mention)
        if is_in_doubt and mention.key in proper and mention.words not in signs:
            yield _foreign_format(page, mention)


def _is_measured(mention: Mention) -> bool:
    """Whether it has a unit, or is a date."""
    return mention.quantity.kind == "date" or mention.is_measured


def _foreign_format(page: Page, mention: Mention) -> Finding:
    if mention.quantity.kind == "date":
        what = f"“{mention.words}” is not how this language writes a date."
        how = f"Write “{in_locale(mention.quantity, mention.words, page.locale)}”."
        return found("typography", page, mention.start, mention.words, what, how=how)
    words = re.match(r"[\d.,\s'’]*\d", mention.words)[0]  # type: ignore[index]
    value = mention.quantity.value
    marks = re.findall(r"[.,]", words)
    right = words.translate(str.maketrans(".,", ",."))
    if len(marks) > 1 and isinstance(value, Decimal) and words == mention.words:
        right = format_number(float(value), page.locale)
    what = (
        f"“{words}” is not how this language writes a {'decimal' if len(marks) == 1 else 'number'}."
    )
    return found("typography", page, mention.start, words, what, how=f"Write “{right}”.")
