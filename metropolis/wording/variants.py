"""Finds what the glossary does not want: other words for its terms, in any number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from metropolis.content.page import Page
from metropolis.content.prose import Passage
from metropolis.data.models import GlossaryEntry
from metropolis.wording.finding import Finding, found
from metropolis.wording.terms import Terms
from metropolis.wording.words import whole_words

# Before a word with a capital: "Femmes et Égalité", "Ministerio de la Igualdad".
_NAME = re.compile(
    r"(?<!\w)(?!L[aeo]s?\b|El\b|The\b|Un)[A-ZÀ-Þ][\w’'-]+\s"
    r"(?:(?:et|and|y|de|des|du|of|for|pour|para|la|the)\s){0,2}(?:[ld][’'])?\Z"
)


class Variants:
    """Those of one language. Created once for a check."""

    def __init__(self, glossary: Mapping[str, GlossaryEntry], locale: str) -> None:
        self._right = {
            variant: right
            for entry in glossary.values()
            if (right := entry.term.get(locale))
            for variant in entry.avoid.get(locale, ())
        }
        self._patterns = {
            variant: re.compile(
                whole_words(_pattern(variant)), 0 if variant.isupper() else re.IGNORECASE
            )
            for variant in self._right
        }
        # One search for all of them: most passages have none.
        self._any = re.compile(whole_words(*map(_pattern, self._right)), re.IGNORECASE)

    def find(self, page: Page, passages: Iterable[Passage], terms: Terms) -> Iterator[Finding]:
        """An error for each; inside a right term, or a name, it is none."""
        for passage in passages if self._right else ():
            if passage.locale != page.locale or not self._any.search(passage.text):
                continue
            taken = [(use.start, use.end) for use in terms.find(passage.text)]
            for variant, pattern in self._patterns.items():
                for match in pattern.finditer(passage.text):
                    start, end = match.span()
                    if any(one <= start and end <= other for one, other in taken):
                        continue
                    taken.append((start, end))  # two variants may have the same plural
                    if not _is_name(passage.text, match, variant):
                        what = f"The glossary does not want “{match[0]}”."
                        how = f"Write “{self._right[variant]}”."
                        yield found("variant", page, passage.start + start, match[0], what, how=how)


def _is_name(text: str, match: re.Match[str], variant: str) -> bool:
    """Whether its capital and that of the word before it make it a name."""
    has_capital = variant[0].islower() and match[0][0].isupper()
    return has_capital and _NAME.search(text, 0, match.start()) is not None


def _pattern(text: str) -> str:
    """A forbidden variant with any spaces and apostrophes; each word may be plural."""
    words = [re.escape(word) for word in re.split(r"[\s’']+", text)]
    plural = "" if text.isupper() else "(?:s|es)?"
    return r"[\s’']+".join(f"{word}{plural}" for word in words)
