"""The words of a page that its readers read: passages, each as long as its source, so that every
place is known. What is no word is blanked out, sign for sign; words that a call is given stay."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from metropolis.content.blocks import Block
from metropolis.content.front_matter import find_texts
from metropolis.content.headings import section_at
from metropolis.content.inlines import Inline
from metropolis.content.macro_signature import Signatures, free_words
from metropolis.content.page import Page
from metropolis.content.page_text import BLANK, Edit, apply_edits

_LANGUAGE = re.compile(r'<span lang="([^"\n]+)"')
_LINE_START = re.compile(r"\n[ >]+")
# The address of a link that is elsewhere: "][name]" and "[name]: address", perhaps with a title.
_ELSEWHERE = re.compile(
    r"\]\[[^\[\]]*\]|\[[^\[\]]*\]: *\S+(?: +(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)) *(?=\n|\Z))?"
)
_TABLE_RULE = re.compile(r"(?m)^[ >|:-]*-[ |:-]*\|[ |:-]*$")  # of what may be no table
_SPACES = re.compile(r"(?:&(?:nbsp|ensp|emsp|thinsp|#160|#xa0); ?)+", re.I)  # room, and no words
_BREAK = re.compile(r"<br\b")


@dataclass(frozen=True)
class Passage:
    """`text` stands at `start` of the page's text and has its length; U+FFFC stands for what is no
    prose. `anchor` is its section's; `locale` the language of its words. `kind`: heading,
    paragraph, item (of a list), row (of a table), quotation, note (footnote), title and description
    (of the header), foreign (words marked as another language)."""

    kind: str
    text: str
    start: int
    anchor: str
    locale: str

    @cached_property
    def words(self) -> str:
        """The text with the blanks taken out, on one line: for reading, not for finding places."""
        return " ".join(self.text.replace(BLANK, " ").split())

    @property
    def first(self) -> int:
        """Where its first letter or digit is in the page."""
        signs = (index for index, sign in enumerate(self.text) if sign.isalnum())
        return self.start + next(signs, 0)


def find_passages(page: Page, signatures: Signatures) -> list[Passage]:
    """Every passage of `page` that has words, in the order of the file."""
    return [passage for passage in _passages(page, signatures) if _has_words(passage)]


def without_indented_code(page: Page, passages: Iterable[Passage]) -> list[Passage]:
    """The passages but for those that are indented so far that Markdown makes code of them, which
    is reported."""
    code = {block.start for block in page.indented("    ", "\t")}
    return [one for one in passages if one.start not in code]


def find_written(page: Page, signatures: Signatures) -> list[Passage]:
    """The passages of `page`, and those that have code instead of words."""
    starts = [start for start, _ in page.code]

    def has_code(passage: Passage) -> bool:
        end = passage.start + len(passage.text)
        return bisect_left(starts, passage.start) < bisect_left(starts, end)

    return [one for one in _passages(page, signatures) if _has_words(one) or has_code(one)]


def _has_words(passage: Passage) -> bool:
    return passage.words != "" and not _SPACES.fullmatch(passage.words)


def _passages(page: Page, signatures: Signatures) -> list[Passage]:
    text = _prose(page, signatures)
    found = [*_header(page)]
    for kind, start, end in _spans(page):
        words = text[start:end]
        if kind == "quotation":
            words = _without_line_signs(words)
        found.append(Passage(kind, words, start, section_at(page.sections, start), page.locale))
    foreign = list(_find_foreign(page))
    found = blank_spans(found, foreign)
    whole = blank_signs(page.live.text, page.inlines)
    for start, end, locale in foreign:
        anchor = section_at(page.sections, start)
        found.append(Passage("foreign", whole[start:end], start, anchor, locale))
    return sorted(found, key=lambda passage: passage.start)


def block_text(text: str, block: Block) -> str:
    """The text of `block`, without the signs of a quotation at the heads of its lines."""
    words = text[block.start : block.end]
    is_quoted = any(container.kind == "quotation" for container in block.containers)
    return _without_line_signs(words) if is_quoted else words


def _without_line_signs(words: str) -> str:
    return _LINE_START.sub(lambda match: "\n" + BLANK * (len(match[0]) - 1), words)


def _spans(page: Page) -> Iterator[tuple[str, int, int]]:
    """Kind and place of each passage of the body; a row of a table is one."""
    row = -1
    for block in page.blocks:
        if block.kind == "cell":
            if block.row != row:
                yield "row", block.row, block.row + len(page.text.line_of(block.row))
            row = block.row
        elif block.kind in ("paragraph", "title"):
            yield block.role, block.start, block.end
        elif block.kind == "heading":
            yield "heading", block.start, block.end


def _header(page: Page) -> Iterator[Passage]:
    if page.front_matter is None:  # it is not known what its texts are
        return
    anchor = section_at(page.sections, 0)
    text = page.text.text
    for kind, start, end in find_texts(text[: page.body_start]):
        is_quoted = text[start] in "\"'" and text[end - 1] == text[start]
        start, end = start + is_quoted, end - is_quoted
        yield Passage(kind, text[start:end], start, anchor, page.locale)


def _prose(page: Page, signatures: Signatures) -> str:
    """The page's text with all but its words blanked, at the same places."""
    text = list(blank_signs(page.live.text, page.inlines))
    for stray in page.scanned.strays:  # these are reported as such
        start, end = stray.start, stray.end
        sign = _ELSEWHERE.match(page.live.text, start)
        if sign and stray.kind in ("definition", "reference"):
            end = sign.end()
        elif stray.kind == "link":
            end = start + len("![" if text[start] == "!" else "[")
        elif stray.kind == "attributes" and "=" not in text[start:end]:
            continue  # "{a,an,the}" is said, "{ user=2 }" is not
        elif stray.kind not in ("attributes", "target"):  # a target has a title, which may not be
            continue
        text[start:end] = BLANK * (end - start)
    for call in page.calls:
        for start, end in free_words(call, signatures):
            text[start:end] = page.text.text[start:end]
    return _TABLE_RULE.sub(lambda found: BLANK * len(found[0]), "".join(text))


def blank_signs(text: str, inlines: Iterable[Inline]) -> str:
    """The text without what is no word; the sign of an escape, entities and breaks stay."""
    edits: list[Edit] = []
    for one in inlines:
        if one.kind not in ("call", "code", "entity"):  # the first two are blank already
            end = one.start + 1 if one.kind == "escape" else one.end
            is_break = one.kind == "tag" and _BREAK.match(text, one.start)
            blank = BLANK * (end - one.start - 1)
            edits.append((one.start, end, f"\n{blank}" if is_break else f"{BLANK}{blank}"))
    return apply_edits(text, edits)


def _find_foreign(page: Page) -> Iterator[tuple[int, int, str]]:
    """Start, end and language of the words marked as another language, none inside others."""
    text = page.live.text
    start, locale = -1, ""
    for tag in page.inlines:
        if tag.kind != "tag":
            continue
        if start < 0 and (match := _LANGUAGE.match(text, tag.start)):
            start, locale = tag.end, match[1]
        elif start >= 0 and text.startswith("</span>", tag.start):
            yield start, tag.start, locale
            start = -1


def blank_spans(passages: list[Passage], spans: list[tuple[int, int, str]]) -> list[Passage]:
    """`passages` with the text in `spans` blanked; both in order, without overlaps."""
    ends = [end for _, end, _ in spans]
    found = []
    for passage in passages:
        text, stop = passage.text, passage.start + len(passage.text)
        pieces: list[str] = []
        done = 0
        for start, end, _ in islice(spans, bisect_right(ends, passage.start), None):
            if start >= stop:
                break
            first, last = max(start - passage.start, 0), min(end - passage.start, len(text))
            pieces += [text[done:first], BLANK * (last - first)]
            done = last
        found.append(replace(passage, text="".join([*pieces, text[done:]])) if pieces else passage)
    return found
