"""The corrections of `metropolis check --fix`: signs that have one right form. Spaces, quotation
marks, apostrophes and dashes of the prose, composed letters, the byte order mark and line ends.
Calls, code, addresses, tags and the header's keys never change: if a correction would change one of
them, the page keeps its signs."""

from __future__ import annotations

import re
from collections.abc import Callable
from unicodedata import normalize

from metropolis.content.page import Page, read_page
from metropolis.content.page_text import Edit, apply_edits
from metropolis.content.prose import Passage
from metropolis.hidden_characters import find_piled_marks
from metropolis.wording.bare_text import BareText, bare_text
from metropolis.wording.typography import fragment_of, slips_of

# One change may enable another: a mark is corrected, then the space beside it.
_MOST_ROUNDS = 5
_KEY = re.compile(r"^[^\s:#]+:", re.MULTILINE)

Prose = Callable[[Page], list[Passage]]
IsExcepted = Callable[[str, str, str], bool]


def correct(page: Page, data: bytes, prose: Prose, is_excepted: IsExcepted) -> str:
    """The corrected text of the file of `page`, whose content is `data`. `prose` gives the passages
    that the checks of wording read; `is_excepted` says, for a rule, a page's path and a fragment,
    whether the project has an exception. Windows line ends stay if every line has them."""
    text = data.decode("utf-8-sig")
    is_windows = 0 < text.count("\n") == text.count("\r\n")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if find_piled_marks(text) < 0:  # to compose those would take minutes
        text = normalize("NFC", text)
    text = text if text.endswith("\n") or not text else text + "\n"
    text = _set_signs(page, text, prose, is_excepted)
    return text.replace("\n", "\r\n") if is_windows else text


def _set_signs(page: Page, text: str, prose: Prose, is_excepted: IsExcepted) -> str:
    """Corrects round by round until nothing changes, so that a second run changes nothing."""
    now, problems = read_page(page.path, page.locale, page.name, text)
    fixed, kept = now, _kept(now)
    for _ in range(_MOST_ROUNDS):
        edits = _edits(fixed, prose(fixed), is_excepted)
        if not edits:
            return fixed.text.text
        after = apply_edits(fixed.text.text, edits)
        fixed, found = read_page(page.path, page.locale, page.name, after)
        if len(found) > len(problems) or _kept(fixed) != kept:
            break
    return text


def _kept(page: Page) -> list[object]:
    """The parts of a page that no correction may change."""
    text = page.text.text
    return [
        [link.address for link in page.links],
        [text[one.start : one.end] for one in page.inlines if one.kind != "link"],
        [(block.kind, block.inside) for block in page.blocks],
        [(heading.level, heading.anchor) for heading in page.headings],
        _KEY.findall(text[: page.body_start]),
    ]


def _edits(page: Page, passages: list[Passage], is_excepted: IsExcepted) -> list[Edit]:
    """The certain edits of the page, in order and without overlaps."""
    calls = [(call.start, call.end) for call in page.calls]
    # For Markdown, indented words are code, even if their author meant text.
    indented = {
        block.start
        for block in page.blocks
        if not block.containers and page.text.line_of(block.start).startswith("    ")
    }
    edits: set[Edit] = set()
    for passage in passages:
        if passage.start in indented:
            continue
        bare = bare_text(page, passage)
        for slip in slips_of(bare, passage.locale):
            own = [_place(bare, edit) for edit in slip.edits]
            is_whole = all(one is not None and not _is_inside(one, calls) for one in own)
            fragment = fragment_of(bare, slip)
            if slip.is_certain and is_whole and not is_excepted("typography", page.path, fragment):
                edits.update(filter(None, own))
    apart: list[Edit] = []
    for edit in sorted(edits):
        if not apart or edit[0] >= apart[-1][1]:
            apart.append(edit)
    return apart


def _place(bare: BareText, edit: Edit) -> Edit | None:
    """The place of an edit in the page; None if markup lies inside the text that it changes."""
    start, end, instead = edit
    first = bare.offsets[start]
    last = bare.offsets[end - 1] + 1 if end > start else first
    return (first, last, instead) if last - first == end - start else None


def _is_inside(edit: Edit, calls: list[tuple[int, int]]) -> bool:
    return any(start < edit[1] and edit[0] < end for start, end in calls)
