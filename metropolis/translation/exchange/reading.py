"""Whether a target is what was asked for: its unit's placeholders, and words that are only
words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from metropolis.content.calls import MacroSignature
from metropolis.content.page import Page, read_page
from metropolis.content.page_text import excerpt
from metropolis.problem import Problem
from metropolis.translation.exchange.lines import Line, Placeholder, count, pieces_of
from metropolis.translation.exchange.protection import protect
from metropolis.translation.exchange.segments import Segment, find_segments
from metropolis.translation.exchange.units import Unit

# What a text of the header may not hold (metropolis/content/front_matter.py).
_NOT_IN_HEADER = re.compile(r"[<>{}\"`\\\n]")


def check_target(
    unit: Unit, line: Line, name: str, source: Page, signatures: Mapping[str, MacroSignature]
) -> tuple[str, list[Problem]]:
    """The text that `line` makes of the unit, and what is wrong with it, as problems of the file
    `name`."""
    if line == unit.target:
        # As the page has it already: what it lacks, nobody has been asked to mend.
        return "".join(piece.text for piece in pieces_of(line, unit.fixed)), []
    problems = [Problem(name, 0, 0, *sentences) for sentences in _placeholders(unit, line)]
    if problems:
        return "", problems
    pieces = pieces_of(line, unit.fixed)
    text = "".join(piece.text for piece in pieces)
    if protect(text, signatures) == pieces and _keeps_place(unit.segment, text, source):
        return text, []
    what = (
        f"In “{unit.id}”, “{excerpt(''.join(map(str, line)))}” would not be read as it is written."
    )
    expected = 'A translation has no signs of its own such as * [ ] < > { } | " and no empty lines.'
    how = "Write words, and keep placeholders that belong together in their order."
    return "", [Problem(name, 0, 0, what, expected, how)]


def _placeholders(unit: Unit, line: Line) -> Iterator[tuple[str, str]]:
    """For each placeholder that is lost, doubled or unknown: what is wrong, and what was
    expected."""
    found, now = count(line), count(unit.target or ())
    for id in unit.own:
        piece = unit.fixed[id]
        if not found[id] and not (piece.is_optional and unit.target and not now[id]):
            yield (
                f"In “{unit.id}”, the placeholder {Placeholder(id)} is lost.",
                f"It stands for {excerpt(piece.text)}",
            )
    for id, times in found.items():
        if id not in unit.fixed:
            known = ", ".join(str(Placeholder(one)) for one in unit.fixed)
            expected = f"It has {known}." if known else "It has none."
            yield f"In “{unit.id}”, the placeholder {Placeholder(id)} is unknown.", expected
        elif times > max(1, now[id]):
            what = f"In “{unit.id}”, the placeholder {Placeholder(id)} stands {times} times."
            yield what, f"It stands for {excerpt(unit.fixed[id].text)}"


def _keeps_place(segment: Segment, text: str, source: Page) -> bool:
    """Whether `text`, put in the segment's place, is one segment of the same kind."""
    if segment.is_header:
        return not _NOT_IN_HEADER.search(text)
    before = source.text.text[source.text.text.rfind("\n", 0, segment.start) + 1 : segment.start]
    if segment.kind == "cell":
        before, after = "| ", " |"
    else:
        after = '"' if segment.kind == "box" else ""
    page, _ = read_page("", source.locale, "", before + text + after)
    return [(one.kind, one.text) for one in find_segments(page)] == [(segment.kind, text)]
