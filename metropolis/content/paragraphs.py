"""Whether a translation has the paragraphs of its source. A lost one is an error, but advice if the
translation has one of its own beside it, or the pairing is not sure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from metropolis.content.alignment import Pair
from metropolis.content.page import Page
from metropolis.content.page_text import excerpt
from metropolis.content.pairing import Paired
from metropolis.content.prose import Passage
from metropolis.problem import Problem, Severity

_FEWEST = 4  # passages without a counterpart, on each side, of a page of another version
_SHARE = 4  # and at least one of so many

_MOST_JOINED = 2  # passages: where more are one, the pairing is a guess
_MOST_SAID = 2  # pieces of advice for a section


def tell_other_version(page: Page, source: Page, sections: Iterable[Paired]) -> Problem | None:
    """The one problem of a page that says what its source says in another version: on both sides,
    many passages have no counterpart. All others would only repeat that."""
    there = here = lost = more = 0
    for section in sections:
        there, here = there + len(section.theirs), here + len(section.mine)
        for pair in section.pairs or ():
            if not pair.source or not pair.translation or _is_guess(section, pair):
                lost, more = lost + len(pair.source), more + len(pair.translation)
    if min(lost, more) < _FEWEST or lost * _SHARE < there or more * _SHARE < here:
        return None
    what = f"This page seems to translate another version of {source.path}: {lost} of its {there}"
    what = f"{what} passages have no counterpart here, and {more} of {here} here none there."
    how = "Translate the page as it is now."
    return page.problem(page.body_start, what, how=how, severity="advice")


def compare_paragraphs(paired: Paired) -> list[Problem]:
    """Paragraphs that a translation has lost, joined or split in a section. To join or split is
    advice: nothing is lost, but who compares the languages counts others."""
    if paired.pairs is None:
        name = excerpt(paired.heading.words) if paired.heading else "This section"
        what = f"“{name}” has {len(paired.mine)} paragraphs, list items and rows,"
        what = f"{what} and {len(paired.theirs)} in {paired.source.path}."
        return [paired.page.problem(paired.start, what, how="Build it as it is built there.")]
    runs = groupby(paired.pairs, lambda pair: _is_plain(paired, pair))
    odd = [list(run) for is_plain, run in runs if not is_plain]
    said = [one for run in odd for one in _say(paired, run)]
    runs = groupby(paired.pairs, lambda pair: _is_moved(paired, pair))
    return said + [_moved(paired, list(run)) for is_moved, run in runs if is_moved]


def sum_up(paired: Paired, said: list[Problem]) -> list[Problem]:
    """What is said of the paragraphs of a section; where much is advice, no loss is certain."""
    if sum(one.severity == "advice" for one in said) <= _MOST_SAID:
        return said
    what = f"From here on, the section’s paragraphs are not those of {paired.source.path} in"
    what = f"{what} {len(said)} places: they are lost, joined, split, or say other things."
    return [replace(said[0], what=what, how="Compare them.", severity="advice")]


def _is_guess(paired: Paired, pair: Pair) -> bool:
    """Whether many are one; a list may surely be one paragraph."""
    is_list = pair.is_sure and len({side[-1].kind for side in _passages(paired, pair) if side}) > 1
    return max(len(pair.source), len(pair.translation)) > _MOST_JOINED and not is_list


def _is_plain(paired: Paired, pair: Pair) -> bool:
    """Whether one stands for one, or for what is no paragraph: of items and rows, the shape says
    enough."""
    passages = _passages(paired, pair)
    kinds = {one.kind for side in passages for one in side}
    return len(pair.source) == len(pair.translation) or kinds != {"paragraph"}


def _is_moved(paired: Paired, pair: Pair) -> bool:
    """Whether it is a paragraph in another place; a list may be in the order of its language."""
    return pair.is_moved and paired.mine[pair.translation.start].kind == "paragraph"


def _passages(paired: Paired, *pairs: Pair) -> tuple[Sequence[Passage], Sequence[Passage]]:
    """The passages of the source and of the translation in `pairs`."""
    theirs = [paired.theirs[number] for pair in pairs for number in pair.source]
    return theirs, [paired.mine[number] for pair in pairs for number in pair.translation]


def _say(paired: Paired, run: list[Pair]) -> Iterator[Problem]:
    """The problems of pairs in a row that are not one and one."""
    is_lost = any(not pair.translation for pair in run)
    is_more = any(not pair.source for pair in run)
    if (is_lost and is_more) or (len(run) > 1 and any(_is_guess(paired, pair) for pair in run)):
        theirs, mine = _passages(paired, *run)
        line = paired.source.text.place(theirs[0].first)[0]
        own = "1 paragraph" if len(mine) == 1 else f"{len(mine)} paragraphs"
        what = f"{own} here and {len(theirs)} of {paired.source.path}, from line {line} on, do not"
        what = f"{what} pair one by one: they seem to say other things."
        yield paired.page.problem(mine[0].first, what, how="Compare them.", severity="advice")
        return
    for is_lost, pairs in groupby(run, lambda pair: not pair.translation):
        if is_lost:
            yield _lost(paired, list(pairs))
        else:
            yield from (_other_number(paired, pair) for pair in pairs)


def _lost(paired: Paired, pairs: list[Pair]) -> Problem:
    """The passages of the source in `pairs`, one after the other, that the translation lacks."""
    source, (theirs, _) = paired.source, _passages(paired, *pairs)
    first, is_sure = theirs[0], all(pair.is_sure for pair in pairs)
    place = [paired.start, *(one.start for one in paired.mine)][pairs[0].translation.start]
    code = source.text.text[first.start : first.start + len(first.text)]
    line, words = source.text.place(first.first)[0], excerpt(first.words or code)
    severity: Severity = "error" if is_sure else "advice"
    if len(theirs) > 1:
        verb = "are" if is_sure else "seem to be"
        what = f"{len(theirs)} paragraphs {verb} missing: {source.path} has them from line {line}"
        how = "Add them below this line."
        return paired.page.problem(place, f"{what} on, “{words}”.", how=how, severity=severity)
    verb = "is" if is_sure else "seems to be"
    beside = ", or beside it" if pairs[0].may_be_neighbour else ""
    what = f"A paragraph {verb} missing: {source.path} has it on line {line}, “{words}”{beside}."
    how = "Add it below this line" + ("." if is_sure else ", if no other paragraph says it.")
    return paired.page.problem(place, what, how=how, severity=severity)


def _moved(paired: Paired, pairs: list[Pair]) -> Problem:
    """Paragraphs in `pairs`, one after the other, that the translation has in another place."""
    theirs, mine = _passages(paired, *pairs)
    line = paired.source.text.place(theirs[0].first)[0]
    what = "This paragraph is" if len(mine) == 1 else f"{len(mine)} paragraphs are"
    what = f"{what} in another place than in {paired.source.path}, line {line}."
    how = "Put the paragraphs in the same order."
    return paired.page.problem(mine[0].first, what, how=how, severity="advice")


def _other_number(paired: Paired, pair: Pair) -> Problem:
    """What a translation has more, joins or splits."""
    source = paired.source
    theirs, mine = _passages(paired, pair)
    line = source.text.place(theirs[0].first)[0] if theirs else 0
    if not theirs:
        what = f"This paragraph has no counterpart in {source.path}."
        how = "Add it there, or delete it."
    elif len(theirs) > len(mine):
        what = f"This paragraph joins {len(theirs)} of {source.path}, from line {line} on"
        what += "." if pair.is_sure else ", or one of them is missing."
        how = "Split it as there." if pair.is_sure else "Compare them."
    else:
        what = f"These {len(mine)} paragraphs are one in {source.path}, on line {line}"
        what += "." if pair.is_sure else ", or it lacks one of them."
        how = "Join them as there." if pair.is_sure else "Compare them."
    return paired.page.problem(mine[0].first, what, how=how, severity="advice")
