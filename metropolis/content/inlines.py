"""What stands among the words of a block and is none: signs of emphasis, links, tags, notes' marks,
attribute lists.

One scanner for a page's checks of wording, for translators' placeholders and for the checks of what
may be written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from metropolis.content.link_syntax import Link
from metropolis.content.page_text import PageText

_INLINE = re.compile(
    r"(?P<emphasis>\*+|(?<![^\W_])_+|_+(?![^\W_]))|(?P<escape>\\[^\w\s]?)|(?P<entity>&#?[A-Za-z0-9]+;)"
    r"|(?P<tag></?[A-Za-z!][^<>\n]*>)|(?P<mark>\[\^[^\[\]\n]+\])|(?P<attributes>\{ [^{}\n]* \})"
)


@dataclass(frozen=True)
class Inline:
    """`kind`: emphasis, escape, entity, tag, mark (of a note), attributes, link (its signs and its
    address)."""

    kind: str
    start: int
    end: int


def find_inlines(live: PageText, links: Iterable[Link]) -> tuple[Inline, ...]:
    """The inlines of a text without calls and code, in their order."""
    found = []
    for link in links:
        found.append(Inline("link", link.start, link.start + 1 + link.is_image))
        end = link.address_start + len(link.address) + 1
        found.append(Inline("link", link.address_start - len("]("), end))
    rest = live.blank([(one.start, one.end) for one in found])
    found += [Inline(str(match.lastgroup), *match.span()) for match in _INLINE.finditer(rest.text)]
    return tuple(sorted(found, key=lambda one: one.start))
