"""A passage as it is read: without markup, so that words that a reader sees side by side are side
by side here.

What a call writes, code, and words of another language are one sign, UNKNOWN."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from metropolis.content.html_tags import is_allowed
from metropolis.content.page import Page
from metropolis.content.page_text import BLANK
from metropolis.content.prose import Passage

UNKNOWN = "\ufffd"

# Neither spelt nor set by the rules of a language: addresses, tags, entities, times, icons and
# smileys.
_INERT = re.compile(
    r"https?://[^\s<>]+|www\.[^\s<>]+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.-])(?:[\w-]+\.)+(?:org|com|net|int|eu|io|cat|html|md)"
    r"(?![\w.])(?:[/:][^\s<>]*)?|(?<!\w)[#@]\w[\w-]*|&#?\w+;|(?<![\w:]):[a-z][a-z0-9_+-]*:|(?<!\d)\d+(?::\d+)+|::"
    # A machine with its port, a file on a disk, an option: "localhost:8000", "C:\\", "a:b".
    r"|(?<![\w.-])[\w.-]*\w:(?=[\w\\+/])[\w.\\+/:-]*|(?<![\w.])\d+(?:\.\d+){2,}(?![\w.])"
    r"|(?<!\S)[:;]-?[()DP](?!\w)"  # a smiley
)
# What all of these have: most texts have none of it.
_SIGN = re.compile(r"[@#&:;.](?:(?<!\.)|\w)")
# A tag in whose place something is read: words of another language, "<https://example.org/>".
_SHOWN = re.compile(r" lang=|://|@")
_RUN = re.compile(f"{BLANK}+")
_CLOSING = ".,:;?!)]»”…"


@dataclass(frozen=True)
class BareText:
    """`offsets` has the place of each character of `text` in the page, and the end of the last."""

    page: Page
    text: str
    offsets: Sequence[int]

    def source(self, start: int, end: int) -> str:
        """What the page has where `text` has the characters from `start` to `end`."""
        is_known = end > start and self.text[end - 1] != UNKNOWN
        last = self.offsets[end - 1] + 1 if is_known else self.offsets[end]
        return self.page.text.text[self.offsets[start] : last]

    def inert(self) -> tuple[tuple[int, int], ...]:
        """Where no rule of wording holds."""
        return find_inert(self.text)


@lru_cache(maxsize=16)  # each passage is asked for several times in a row
def find_inert(text: str) -> tuple[tuple[int, int], ...]:
    """The places of addresses, tags, entities, times and icons, in their order, without the
    signs that close a sentence."""
    if not _SIGN.search(text):
        return ()
    return tuple((match.start(), _end(match)) for match in _INERT.finditer(text))


def bare_text(page: Page, passage: Passage) -> BareText:
    """`passage` without its markup."""
    if not _RUN.search(passage.text):
        end = passage.start + len(passage.text)
        return BareText(page, passage.text, range(passage.start, end + 1))
    pieces: list[str] = []
    offsets: list[int] = []
    done = 0
    for run in _RUN.finditer(passage.text):
        _keep(passage, done, run.start(), pieces, offsets)
        start, done = passage.start + run.start(), run.end()
        if _has_opaque(page, start, passage.start + done) or _is_factor(passage.text, run):
            pieces.append(UNKNOWN)
            offsets.append(start)
    _keep(passage, done, len(passage.text), pieces, offsets)
    return BareText(page, "".join(pieces), [*offsets, passage.start + len(passage.text)])


def _is_factor(text: str, run: re.Match[str]) -> bool:
    """Whether a single sign stands between two digits: it multiplies, "300*299"."""
    around = text[run.start() - 1 : run.start()] + text[run.end() : run.end() + 1]
    return run.end() - run.start() == 1 and len(around) == 2 and around.isdecimal()


def _has_opaque(page: Page, start: int, end: int) -> bool:
    """Whether readers see something in its place: a whole call, code, words of another language."""
    inlines = page.inlines
    text = page.text.text
    # An image or a link that lacks its words, or what was lost: another module reports it.
    if text.startswith(("![](", "[]("), start) or text.find(BLANK, start, end) >= 0:
        return True
    for number in range(bisect_left(inlines, start, key=lambda one: one.start), len(inlines)):
        one = inlines[number]
        if one.end > end:
            return False
        if one.kind in ("call", "code"):
            return True
        if one.kind == "tag" and (
            _SHOWN.search(text, one.start, one.end) or not is_allowed(text, one.start)
        ):
            return True
    return False


def _keep(passage: Passage, start: int, end: int, pieces: list[str], offsets: list[int]) -> None:
    pieces.append(passage.text[start:end])
    offsets += range(passage.start + start, passage.start + end)


def _end(match: re.Match[str]) -> int:
    is_address = match[0][0] not in ":&"
    return match.start() + len(match[0].rstrip(_CLOSING)) if is_address else match.end()
