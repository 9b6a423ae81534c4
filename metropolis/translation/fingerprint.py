"""The fingerprint of a source section, in three parts that tell what has changed: words, calls and
code that a translator copies, and what calls show. Signs, addresses, typography are left out."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Self

from metropolis.content.call_grammar import Call
from metropolis.content.headings import Section, section_at
from metropolis.content.page import Page
from metropolis.content.page_text import BLANK
from metropolis.content.prose import blank_signs, block_text

# The labels and figures that a call shows to readers of the source language.
Shown = Callable[[Call], Iterable[str]]

# Typography that a translation need not follow. Spaces are ignored: a narrow space before a colon,
# a new line or a joined paragraph changes no wording.
_SPACES = re.compile(r"\s+")
_CALL = re.compile(r"\{\{[^{}]*\}\}")
_EVEN = str.maketrans(
    {
        **dict.fromkeys("’‘‛ʼ", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
        "…": "...",
        **dict.fromkeys(f"\u00ad{BLANK}*_", ""),  # a sign alone may or may not be emphasis
    }
)
_ONE_APOSTROPHE = str.maketrans({**dict.fromkeys("'‘‛ʼ", "’"), "\u00ad": ""})
_APOSTROPHE = str.maketrans({"’": "'"})


@dataclass(frozen=True)
class Fingerprint:
    """Each part is eight hexadecimal digits; `copied` and `shown` are empty if the section has
    neither. `whole` covers every character but the kinds of spaces: for agencies' files, and in
    headers and logs of earlier versions, which `metropolis translation renew` rewrites."""

    words: str
    copied: str = ""
    shown: str = ""
    whole: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.words}.{self.copied}.{self.shown}"

    @property
    def text(self) -> str:
        """The fingerprint without what calls show: it needs no data."""
        return f"{self.words}.{self.copied}."

    @property
    def exact(self) -> str:
        """The earlier form, which changes with every sign."""
        return f"{self.whole}-{self.shown}" if self.shown else self.whole

    @property
    def is_earlier_form(self) -> bool:
        """Whether it comes from a header that an earlier version wrote."""
        return not self.words

    @classmethod
    def parse(cls, written: str) -> Self:
        """As in a header or a log: `words.copied.shown`, or the earlier `whole-shown`."""
        if "." in written:
            return cls(*written.split("."))
        whole, _, shown = written.partition("-")
        return cls("", "", shown, whole)

    def has_words_of(self, now: Fingerprint) -> bool:
        return self.whole == now.whole if self.is_earlier_form else self.words == now.words

    def has_text_of(self, now: Fingerprint) -> bool:
        """Whether this fingerprint and `now` have the same words, calls and code blocks."""
        return self.has_words_of(now) and (self.is_earlier_form or self.copied == now.copied)


@dataclass(frozen=True)
class Content:
    """`words` of each block, calls as written; `copied`: calls and code blocks, in order."""

    words: tuple[str, ...]
    copied: tuple[str, ...]


def fingerprints(page: Page, shown: Shown | None = None) -> dict[str, Fingerprint]:
    """The fingerprint of each section, by its anchor; without `shown` it needs no data."""
    held = contents(page)
    found: dict[str, Fingerprint] = {}
    for section in page.sections:
        calls = calls_of(page, section)
        fragments = {
            one.replace("\u00ad", "") for call in calls for one in (shown(call) if shown else ())
        }
        content = held[section.anchor]
        found[section.anchor] = Fingerprint(
            _digest(even("".join(content.words))),
            _digest("\n".join(content.copied)) if content.copied else "",
            _digest(_even_spaces("\n".join(sorted(fragments)))) if fragments else "",
            _digest(_even_spaces(_section_text(page, section))),
        )
    return found


def contents(page: Page) -> dict[str, Content]:
    """The content of each section, by its anchor; the first has the two texts of the header."""
    sections = page.sections
    words: dict[str, list[str]] = {section.anchor: [] for section in sections}
    copied: dict[str, list[str]] = {anchor: [] for anchor in words}
    if sections and page.front_matter:
        words[sections[0].anchor] += [page.front_matter.title, page.front_matter.description]
    for found, texts in ((words, _words(page)), (copied, sorted(_copied(page)))):
        for start, text in texts if sections else ():
            if start >= sections[0].start:
                found[section_at(sections, start)].append(text)
    return {anchor: Content(tuple(words[anchor]), tuple(copied[anchor])) for anchor in words}


def _words(page: Page) -> Iterator[tuple[int, str]]:
    """Start and words of each block, without signs; text in code marks counts as words."""
    text = list(blank_signs(page.live.text, page.inlines))
    original = page.text.text
    for start, end in page.code:
        if "\n" not in original[start:end]:
            text[start:end] = original[start:end].replace("`", BLANK)
    for call in page.calls:
        text[call.start : call.end] = original[call.start : call.end]
    plain = "".join(text)
    for block in page.blocks:
        if block.kind not in ("code", "rule"):
            words = " ".join(block_text(plain, block).replace(BLANK, "").split())
            if words:
                yield block.start, unescape(words)


def _copied(page: Page) -> Iterator[tuple[int, str]]:
    for call in page.calls:
        yield call.start, _SPACES.sub(" ", str(call).translate(_ONE_APOSTROPHE))
    for block in page.blocks:
        if block.kind == "code":
            lines = page.text.text[block.start : block.end].split("\n")
            yield block.start, "\n".join(lines[1:-1])


def _section_text(page: Page, section: Section) -> str:
    """The source text of a section; the first one with the two texts of the header."""
    header = page.front_matter if section.is_first else None
    texts = [header.title, header.description] if header else []
    return "\n\n".join([*texts, page.text.text[section.start : section.end].strip()])


def copied_sections(source: Page, page: Page) -> set[str]:
    """The sections, by anchor, that still have the source's text: nobody has translated them."""
    theirs = {section.anchor: _section_text(source, section) for section in source.sections}
    return {s.anchor for s in page.sections if _section_text(page, s) == theirs.get(s.anchor)}


def calls_of(page: Page, section: Section) -> list[Call]:
    return [call for call in page.calls if section.start <= call.start < section.end]


def even(words: str) -> str:
    """`words` for comparing: without calls, and without what a translation need not follow."""
    plain = _CALL.sub("", unicodedata.normalize("NFC", words))
    return _SPACES.sub("", plain.translate(_EVEN))


def _even_spaces(text: str) -> str:
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_APOSTROPHE)).strip()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
