"""Paragraphs that a translation has lost, joined or split.

A lost paragraph is an error. A joined or split one is advice: nothing is lost, but whoever compares
the two languages counts other paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from metropolis.content.page_text import excerpt
from metropolis.content.pairing import Paired
from metropolis.content.prose import Passage
from metropolis.problem import Problem


def compare_paragraphs(paired: Paired, heading: Passage) -> Iterator[Problem]:
    """What is reported of one section, which begins with `heading` in the translation."""
    if paired.pairs is None:
        what = (
            f"“{excerpt(heading.words)}” has {len(paired.mine)} paragraphs, list items and rows,"
            f" and {len(paired.theirs)} in {paired.source.path}."
        )
        yield paired.page.problem(heading.start, what, how="Build it as it is built there.")
    for pair in paired.pairs or ():
        before = [heading, *paired.mine][pair.translation.start]
        theirs = paired.theirs[pair.source.start : pair.source.stop]
        mine = paired.mine[pair.translation.start : pair.translation.stop]
        if {one.kind for one in (*theirs, *mine)} == {"paragraph"} and len(theirs) != len(mine):
            yield _say(paired, theirs, mine, before.start)


def _say(paired: Paired, theirs: Sequence[Passage], mine: Sequence[Passage], place: int) -> Problem:
    """What is reported of counterparts that are not one and one. Of items and rows, the shape of
    their list or table says enough."""
    source, text = paired.source, paired.page.text
    line = source.text.place(theirs[0].first)[0] if theirs else 0
    if not mine:
        words = excerpt(theirs[0].words)
        what = f"A paragraph is missing: {source.path} has it on line {line}, “{words}”."
        return text.problem(place, what, how="Add it below this line.")
    if not theirs:
        what = f"This paragraph has no counterpart in {source.path}."
        how = "Add it there, or delete it."
    elif len(theirs) > len(mine):
        what = f"This paragraph joins {len(theirs)} of {source.path}, from line {line} on."
        how = "Split it as there."
    else:
        what = f"These {len(mine)} paragraphs are one in {source.path}, on line {line}."
        how = "Join them as there."
    return text.problem(mine[0].first, what, how=how, severity="advice")
