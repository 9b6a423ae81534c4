"""Finds names that a translation writes with one letter other than its source: “Gouhui” for
“Guohui”. Spelling leaves out words with a capital, and a language may have its own form of a name.
So a slip needs proof: no dictionary knows it, and the form of the source is a name of the project,
or in other words of the translation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice

from metropolis.content.page import Page
from metropolis.content.pairing import join_sections
from metropolis.content.prose import Passage
from metropolis.language.dictionaries import has_dictionary, is_word
from metropolis.wording.figure_pairs import part_sections
from metropolis.wording.finding import Finding, found
from metropolis.wording.name_slips import NameSlip, near_names
from metropolis.wording.spelling import Speller

_WORD = re.compile(r"[^\W_]+")
# A word that is no part of an address, a path, an option or an identifier.
_FREE = r"(?<![\w@/#.\\$~&-]){}(?![\w@/\\]|[.:](?=\w)|\(\w)"
_MOST_SLIPS = 2  # a form that is there more often is meant as it is
_FEWEST_ACRONYMS = 2  # elsewhere: a language may have its own acronym, and name both
_MOST_COMPARED = 200  # forms of a page: each is looked up in its section

Pair = tuple["Side", "Side"]  # a translation, and its source


def find_misspelt_names(
    page: Page,
    source: Page,
    passages: Sequence[Passage],
    originals: Sequence[Passage],
    speller: Speller,
) -> list[Finding]:
    """Each once on the page. `passages` are those of `page`, `originals` those of `source`."""
    names = ComparedNames((page.locale, source.locale), passages, originals, speller)
    findings: list[Finding] = []
    if names.slips:
        for slip, mine, theirs in names.compare(_pairs(page, source, passages, originals)):
            line = source.text.place(theirs.places(slip.other)[0])[0]
            what = f"“{slip.own}” is “{slip.other}” in {source.path}, line {line}."
            how = f"Write “{slip.other}”, or fix the source."
            start = mine.places(slip.own)[0]
            findings.append(found("spelling", page, start, slip.own, what, how=how))
    return findings


@dataclass(frozen=True)
class Side:
    """Passages of one language that say the same as passages of another."""

    passages: Sequence[Passage]

    @cached_property
    def counts(self) -> Counter[str]:
        return _count("\n".join(one.text for one in self.passages))

    def places(self, word: str) -> list[int]:
        """Where `word` is a word of prose."""
        form = re.compile(_FREE.format(word))
        some = [one for one in self.passages if word in one.text]
        return [one.start + match.start() for one in some for match in form.finditer(one.text)]

    def beside(self, word: str) -> set[tuple[bool, str]]:
        """The words before (False) and behind (True) `word`."""
        near: set[tuple[bool, str]] = set()
        for passage in self.passages:
            words = _WORD.findall(passage.text) if word in passage.text else []
            for index in (index for index, one in enumerate(words) if one == word):
                near |= {(False, one) for one in words[:index][-1:]}
                near |= {(True, one) for one in words[index + 1 :][:1]}
        return near


class ComparedNames:
    """The names of a translation beside those of its source, as a whole: what is elsewhere tells a
    slip from a translation."""

    def __init__(
        self,
        locales: tuple[str, str],
        passages: Sequence[Passage],
        originals: Sequence[Passage],
        speller: Speller,
    ) -> None:
        """`locales`: the translation's and the source's."""
        self.locale, self.source_locale = locales
        self.speller = speller
        own, other = Side(passages), Side(originals)
        self.counts = own.counts
        found = self._find(own, other) if has_dictionary(self.locale) else ()
        self.slips = list(islice(found, _MOST_COMPARED))

    def _find(self, own: Side, other: Side) -> Iterator[NameSlip]:
        """Names that only the translation has, each with one that the source has more often."""
        only = own.counts.keys() - other.counts.keys()
        mine = sorted(one for one in only if not one.islower() and own.counts[one] <= _MOST_SLIPS)
        theirs = [
            one
            for one, count in other.counts.items()
            if not one.islower() and count > own.counts.get(one, 0)
        ]
        for slip in near_names(mine, theirs):
            is_odd = slip.is_acronym or slip.is_lost_accent  # the dictionary says nothing of them
            if is_odd or not is_word(slip.own.lower(), self.locale):
                yield slip

    def compare(self, pairs: Iterable[Pair]) -> Iterator[tuple[NameSlip, Side, Side]]:
        """The slips, each once, with the first pair of `pairs` that it is in."""
        by_name: dict[str, list[NameSlip]] = {}
        for slip in self.slips:
            by_name.setdefault(slip.own, []).append(slip)
        for mine, theirs in pairs:
            for name in sorted(mine.counts.keys() & by_name.keys()):
                for slip in by_name[name]:
                    if self.is_wrong(slip, mine, theirs):
                        del by_name[name]
                        yield slip, mine, theirs
                        break

    def is_wrong(self, slip: NameSlip, mine: Side, theirs: Side) -> bool:
        """Whether the form of the translation is surely none of its language."""
        is_lost = theirs.counts[slip.other] > mine.counts[slip.other]
        is_prose = is_lost and mine.places(slip.own) and theirs.places(slip.other)
        if not is_prose or self._has_record(slip.own):
            return False
        beside = {word for _, word in mine.beside(slip.own) & theirs.beside(slip.other)}
        is_named = any(word[0].isupper() for word in beside)
        if self._has_record(slip.other):
            is_own = slip.is_lost_s or self._is_only_ours(slip, bool(beside))
            is_proven = not slip.is_ending
        else:
            is_own, is_proven = False, self._is_elsewhere(slip, is_named)
        return is_own or self._is_unknown(slip, is_proven)

    def _has_record(self, word: str) -> bool:
        own = self.speller.own
        return any(word in own.get(locale, ()) for locale in ("", self.locale))

    def _is_only_ours(self, slip: NameSlip, has_same_beside: bool) -> bool:
        """Whether the dictionary knows a word, but the project has the name: “Octavio” for a
        person who is Octavi, “Metrópolis” for an association without an accent."""
        if slip.is_lost_accent:
            return not self._is_word(slip.other)
        is_fixed = slip.other in self.speller.own.get("", ()) and not slip.is_plural
        return is_fixed and has_same_beside and not self._is_word(slip.own.lower())

    def _is_elsewhere(self, slip: NameSlip, is_named: bool) -> bool:
        """Whether other words of the translation have the form of the source, as often at least,
        and the difference is no ending. `is_named`: it stands beside the same name on both
        sides."""
        least = _FEWEST_ACRONYMS if slip.is_acronym else self.counts[slip.own]
        is_meant = not slip.is_ending or (slip.is_cut and is_named) or slip.is_inner_loss
        return is_meant and self.counts[slip.other] >= least

    def _is_unknown(self, slip: NameSlip, is_proven: bool) -> bool:
        """Whether no dictionary knows a form, and the other one is proven, or known here."""
        if slip.is_acronym:
            return is_proven and slip.is_mistyped
        if self._is_word(slip.own):
            return False
        is_form = slip.is_ending or slip.is_of_sound
        is_known = not is_form and is_word(slip.other, self.locale)
        return is_proven or is_known or slip.is_in_capitals

    def _is_word(self, word: str) -> bool:
        """Whether one of the two dictionaries has it."""
        return is_word(word, self.locale) or is_word(word, self.source_locale)


@lru_cache(maxsize=4)  # a source is read for each of its translations in a row
def _count(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text))


def _pairs(
    page: Page, source: Page, passages: Iterable[Passage], originals: Iterable[Passage]
) -> Iterator[Pair]:
    """Passage by passage where both sections have the same kinds in one order; else the section."""
    mine = part_sections(passages, join_sections(page, source))
    theirs = part_sections(originals, join_sections(source, page))
    for anchor, own in mine.items():
        other = theirs.get(anchor, [])
        if [some[0].kind for some in own] == [some[0].kind for some in other]:
            yield from ((Side(a), Side(b)) for a, b in zip(own, other, strict=True))
        elif other:
            yield _whole(own), _whole(other)


def _whole(section: Iterable[tuple[Passage, ...]]) -> Side:
    return Side([passage for group in section for passage in group])
