"""A page's headings, their pinned anchors (derived from the words, they would differ by language;
links, the switcher and a quoted "§ 3.2" rest on them), and the sections between them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from metropolis.content.code_spans import CONTAINER
from metropolis.content.given_names import KEBAB_CASE
from metropolis.content.inlines import Anchor
from metropolis.content.page_text import PageText, excerpt
from metropolis.problem import Problem

if TYPE_CHECKING:
    from metropolis.content.page import Page

_HEADING = re.compile(r"^(#{1,6}) +(\S.*)$", re.MULTILINE)
ATTRIBUTE_LIST = re.compile(r"\{ [^{}\n]* \}")
_HEADING_LIKE = re.compile(rf"^{CONTAINER}(#+)(\S*)", re.MULTILINE)
_UNDERLINE = re.compile(r"(?<=[^\n ])( *\n)[ >]*(?:=+|-+) *$", re.MULTILINE)
# Anchors that are rejected for their form or place only, and are not reported as missing too.
_ILL_FORMED_ANCHOR = re.compile(r"\{(?! #[A-Za-z0-9_-]+ \}):? *#([^{}\n]*[^{}\s]) *\}$")
_MISPLACED_ANCHOR = re.compile(r"\{ #([A-Za-z0-9_-]+) \}")
_CLOSING_SIGNS = re.compile(r" #+$")
_ENTITY = re.compile(r"&#?[A-Za-z0-9]+;")

_FORM = "A heading is written “## Words { #anchor }”, from the first character of its line."


@dataclass(frozen=True)
class Heading:
    """`level` is 1-6, `anchor` "" if none is pinned; `start`, `words_start` are offsets."""

    level: int
    text: str
    anchor: str
    line: int
    start: int
    words_start: int


def find_headings(live: PageText, anchors: Iterable[Anchor]) -> list[Heading]:
    pinned = {anchor.start: anchor.name for anchor in reversed([*anchors])}  # the first of a list
    headings: list[Heading] = []
    for match in _HEADING.finditer(live.text):
        end, list_start = _part_attributes(match[2])
        words = (live.original or live.text)[match.start(2) : match.start(2) + end]
        anchor = pinned.get(match.start(2) + list_start, "")
        if ill_formed := _ILL_FORMED_ANCHOR.match(words, max(words.rfind("{"), 0)):
            words, anchor = words[: ill_formed.start()].rstrip(" "), anchor or ill_formed[1]
        elif not anchor and (
            ill_formed := _ILL_FORMED_ANCHOR.match(match[2].rstrip(" "), list_start)
        ):
            anchor = ill_formed[1]
        elif not anchor and (misplaced := _MISPLACED_ANCHOR.search(match[2])):
            words, anchor = words[: misplaced.start()].rstrip(" "), misplaced[1]
        line, _ = live.place(match.start())
        headings.append(Heading(len(match[1]), words, anchor, line, match.start(), match.start(2)))
    return headings


def _part_attributes(line: str) -> tuple[int, int]:
    """Where the words of a heading's `line` end, and where its attribute list starts."""
    whole = line.rstrip(" ")
    brace = whole.rfind("{")
    if brace > 0 and whole[brace - 1] == " " and ATTRIBUTE_LIST.fullmatch(whole, brace):
        return len(whole[:brace].rstrip(" ")), brace
    return len(whole), len(whole)


class HeadingLike(NamedTuple):
    """A line that would be a heading without being written as one: its signs and the word after
    them. `start` is the signs' offset."""

    start: int
    signs: str
    word: str


def find_accidental(live: PageText, headings: Iterable[Heading]) -> Iterator[HeadingLike]:
    known = {heading.start for heading in headings}
    for match in _HEADING_LIKE.finditer(live.text):
        if match.start(1) not in known:
            yield HeadingLike(match.start(1), match[1], match[2])


def find_accidents(page: Page) -> Iterator[Problem]:
    """A problem for each line that would be a heading without being written as one."""
    for one in page.accidental_headings:
        shown = excerpt(one.signs + one.word)
        what = f"The “{shown}” at the head of this line would make it a heading."
        how = f"If it is not one, write \\{shown}."
        if not one.word and page.live.text[one.start + len(one.signs) :][:1] not in ("", " ", "\n"):
            how = f"The space behind it is a no-break space: write an ordinary one. {how}"
        yield page.problem(one.start, what, _FORM, how)
    text = page.text.text
    blocks = {end for start, end in page.code if text.startswith(("```", "~~~"), start)}
    for match in _UNDERLINE.finditer(page.live.text):
        if match.start() in blocks:  # below a block of code it is a rule
            continue
        what = "This line of signs would make a heading of the line before it."
        how = "" if "=" in match[0] else "For a rule, leave an empty line before it."
        yield page.problem(match.end(1), what, _FORM, how)


def check_headings(page: Page, generated_anchors: Collection[str] = ()) -> list[Problem]:
    """One H1 first, no level skipped, every anchor pinned, right, unique, and not a macro's."""
    return [
        *find_accidents(page),
        *_check_levels(page),
        *(problem for heading in page.headings for problem in _check_heading(page, heading)),
        *_find_twins(page, generated_anchors),
    ]


def _check_levels(page: Page) -> Iterator[Problem]:
    name = anchor_of_title(page.name)
    title = f"“# Title {{ #{name if KEBAB_CASE.fullmatch(name) else 'name-of-the-page'} }}”"
    if not page.headings:
        what = "The page has no heading."
        yield page.problem(page.body_start, what, how=f"Begin it with {title}.")
        return
    first = page.headings[0]
    if first.level != 1 or page.body[: first.start - page.body_start].strip():
        what = "The page does not begin with its title."
        yield page.problem(first.start, what, f"First comes {title}.")
    accidents = [one.start for one in page.accidental_headings]
    for before, heading in pairwise(page.headings):
        # One that is not written as a heading may be the one above.
        is_next = bisect_right(accidents, before.start) == bisect_right(accidents, heading.start)
        shown = f"“{excerpt(heading.text)}”"
        if heading.level == 1:
            what = f"{shown} is a second title; the first is on line {first.line}."
            yield page.problem(heading.start, what, how="Write ## for a section.")
        elif heading.level > before.level + 1 and is_next:
            what = f"{shown} has level {heading.level} and stands under level {before.level}."
            yield page.problem(heading.start, what, how=f"Write {'#' * (before.level + 1)}.")


def _check_heading(page: Page, heading: Heading) -> Iterator[Problem]:
    title_anchor, is_title = anchor_of_title(page.name), heading.level == 1
    is_other = is_title and heading.anchor != title_anchor
    if entity := _ENTITY.search(heading.text):
        what = f"“{entity[0]}” is in a heading, and headings are copied into the page's title as"
        yield page.problem(heading.start, f"{what} they are.", how="Write the character itself.")
    if heading.anchor and (signs := _CLOSING_SIGNS.search(heading.text)):
        what = f"“{signs[0].strip()}” behind the heading's words would be printed."
        yield page.problem(heading.start, what, _FORM, "Delete it.")
    if not heading.anchor and is_title and heading is not page.headings[0]:
        return  # a second title is to be a section
    if not heading.anchor:
        name = title_anchor if is_title else "short-english-name"
        what = f"The heading “{excerpt(heading.text)}” has no anchor."
        how = f"End it: {'#' * heading.level} … {{ #{name} }}, the same in every language."
        yield page.problem(heading.start, what, how=how)
    elif is_other and all(map(KEBAB_CASE.fullmatch, (heading.anchor, title_anchor))):
        # One of another form has a problem already.
        what = f"The title's anchor is “#{heading.anchor}”."
        yield page.problem(heading.start, what, f"On this page it is #{title_anchor}.")


def _find_twins(page: Page, generated_anchors: Collection[str]) -> Iterator[Problem]:
    first_line: dict[str, int] = {}
    for anchor in page.anchors:
        named = f"The anchor “#{anchor.name}” is"
        if anchor.name in generated_anchors:
            what = f"{named} the one that a ready-made block of this page writes."
            yield page.problem(anchor.start, what, how="Choose another.")
        elif anchor.name in first_line:
            what = f"{named} already used on line {first_line[anchor.name]}."
            yield page.problem(anchor.start, what, how="Each place needs its own.")
        else:
            first_line[anchor.name] = page.text.place(anchor.start)[0]


def anchor_of_title(name: str) -> str:
    """The stem of a page's `name`; for an index its folder's name, `home` at the root."""
    folder, _, stem = name.rpartition("/")
    if stem != "index":
        return stem
    return folder.rpartition("/")[2] or "home"


@dataclass(frozen=True)
class Section:
    """The unit of translation: `start` and `end` are offsets, `title` its heading's words. The
    first section is the page's title with what is below it, and the header's two texts."""

    anchor: str
    title: str
    line: int
    start: int
    end: int
    is_first: bool = False


def find_sections(headings: Iterable[Heading], length: int) -> Iterator[Section]:
    """The sections; a heading without an anchor of its own belongs to the section before it."""
    first: dict[str, Heading] = {}
    for heading in headings:
        first.setdefault(heading.anchor, heading)
    headings = [heading for anchor, heading in first.items() if anchor]
    ends = [*(heading.start for heading in headings[1:]), length]
    for number, (heading, end) in enumerate(zip(headings, ends, strict=False)):
        yield Section(heading.anchor, heading.text, heading.line, heading.start, end, number == 0)


def section_at(sections: Sequence[Section], offset: int) -> str:
    """The anchor of the section that contains `offset`; what is above the title belongs to it."""
    number = bisect_right(sections, offset, key=lambda section: section.start)
    return sections[max(number - 1, 0)].anchor if sections else ""
