"""The words of a page that its readers read: passages, each as long as its source, so that every place is known.

Markdown's signs, addresses, code and calls are blanked out character for character; the words that a call is given
(`{{ term("axis", "axes") }}`) stay, because they are the translator's own. What is marked as another language
(`<span lang="en">`) is a passage of its own, in that language.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from metropolis.content.calls import MacroSignature, free_words
from metropolis.content.link_syntax import find_links
from metropolis.content.page import Page
from metropolis.content.page_text import BLANK
from metropolis.content.sections import find_sections, section_at

# heading, paragraph, item (of a list), row (of a table), quotation, note (footnote), title and description (of the
# header), foreign (words marked as another language).
KINDS = ("heading", "paragraph", "item", "row", "quotation", "note", "title", "description", "foreign")

_BLOCK = re.compile(r"[^\n]+(?:\n(?! *(?:[-*+>|#]|\d+[.)]) )[^\n]+)*")
_BULLET = re.compile(r" *(?:[-*+]|\d+[.)]) +")
_QUOTE = re.compile(r" *>+ ?")
_NOTE = re.compile(r" *\[\^[^\]\n]+\]: *")
_RULE = re.compile(r"[ |:+-]+")
_SIGNS = re.compile(r"\*+|(?<![^\W_])_+|_+(?![^\W_])|\\|\[\^[^\[\]\n]+\]|\{ [^{}\n]* \}|</?[a-z]+(?: [^<>\n]*)?>")
_FOREIGN = re.compile(r'<span lang="([^"\n]+)"[^<>\n]*>')
_FOREIGN_END = "</span>"
_HEADER_TEXT = re.compile(r"^(title|description): *([\"']?)(.*?)\2 *$", re.MULTILINE)


@dataclass(frozen=True)
class Passage:
    """`text` stands at `start` of the page's text and has its length; U+FFFC stands for what is no prose.

    `anchor` is its section's; `locale` the language of its words; `kind` one of KINDS.
    """

    kind: str
    text: str
    start: int
    anchor: str
    locale: str

    @property
    def words(self) -> str:
        """The text with the blanks taken out, on one line: for reading, not for finding places."""
        return " ".join(self.text.replace(BLANK, " ").split())

    @property
    def first(self) -> int:
        """Where its first letter or digit stands in the page."""
        return next((self.start + index for index, sign in enumerate(self.text) if sign.isalnum()), self.start)


def find_passages(page: Page, signatures: Mapping[str, MacroSignature]) -> list[Passage]:
    """Every passage of `page`, in the order of the file."""
    sections = find_sections(page)
    text = _prose(page, signatures)
    found = [*_header(page, sections[0].anchor if sections else "")]
    for match in _BLOCK.finditer(text, page.body_start):
        kind, start = _kind(page, match[0], match.start())
        if kind:
            words = text[start : match.end()]
            found.append(Passage(kind, words, start, section_at(sections, match.start()), page.locale))
    foreign = list(_find_foreign(page.live.text))
    found = _without(found, foreign)
    for start, end, locale in foreign:
        words = _without_signs(page.live.text[start:end])
        found.append(Passage("foreign", words, start, section_at(sections, start), locale))
    ordered = sorted(found, key=lambda passage: passage.start)
    return [passage for passage in ordered if passage.words]


def _header(page: Page, anchor: str) -> Iterator[Passage]:
    for match in _HEADER_TEXT.finditer(page.text.text, 0, page.body_start):
        yield Passage(match[1], match[3], match.start(3), anchor, page.locale)


def _prose(page: Page, signatures: Mapping[str, MacroSignature]) -> str:
    """The page's text with all but its words blanked, at the same places."""
    text = list(page.live.text)
    for call in page.calls:
        for start, end in free_words(call, signatures):
            text[start:end] = page.text.text[start:end]
    for link in find_links(page.live)[0]:
        closing = page.text.text.rfind("](", link.start, link.address_start)
        _blank(text, link.start, link.start + 1 + link.is_image)
        _blank(text, closing, link.address_start + len(link.address) + 1)
    return _without_signs("".join(text))


def _without_signs(text: str) -> str:
    return _SIGNS.sub(lambda match: "".join(c if c == "\n" else BLANK for c in match[0]), text)


def _blank(text: list[str], start: int, end: int) -> None:
    text[start:end] = BLANK * (end - start)


def _kind(page: Page, block: str, start: int) -> tuple[str, int]:
    """The kind of a block and where its words begin; no kind for what has no words."""
    source = page.text.text[start : start + len(block)]
    line = source.partition("\n")[0]
    if line.startswith("#"):
        return "heading", start + len(line) - len(line.lstrip("# "))
    for kind, form in (("item", _BULLET), ("quotation", _QUOTE), ("note", _NOTE)):
        if match := form.match(source):
            return kind, start + match.end()
    if line.lstrip().startswith("|"):
        return ("", 0) if _RULE.fullmatch(line) else ("row", start)
    return "paragraph", start


def _find_foreign(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and language of the words marked as another language, none inside others."""
    done = 0
    for opening in _FOREIGN.finditer(text):
        if opening.start() < done:
            continue
        end = text.find(_FOREIGN_END, opening.end())
        if end < 0:
            return
        yield opening.end(), end, opening[1]
        done = end + len(_FOREIGN_END)


def _without(passages: list[Passage], spans: list[tuple[int, int, str]]) -> list[Passage]:
    """`passages` with what stands in `spans` blanked; both in their order, and no two of one kind overlap."""
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
