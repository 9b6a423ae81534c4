"""Keeps short words with hyphens on one line: COVID-19, 2021-2023, vis-à-vis. A no-break hyphen
would not be found by whoever searches. So the word gets a span, in which the style sheets of the
site and the books forbid the break. A long word may break: it may be wider than a narrow screen."""

from __future__ import annotations

import re

_LONGEST, _LONGEST_SHORT_PART = 13, 3
_LONGEST_WITH_SIGNS = 19
# What is left as it is, as much as possible in one piece: elements that contain no text for
# reading, or no spans; tags; and texts without a hyphen.
_PIECE = re.compile(
    r"""(?: <(?: (script|style|svg|option|pre|code|textarea)\b.*?</\1>
               | [^>"]*(?:"[^"]*"[^>"]*)*> )  # A value in quotes may contain >.
          | [^<\u2010\u2013-]++(?=<) )+
      | (?P<text>[^<]+)""",
    re.DOTALL | re.VERBOSE,
)
_WITH_SIGNS = re.compile(r"\S*\w[-\u2010\u2013]\w\S*")
_COMPOUND = re.compile(r"\w+(?:[-\u2010\u2013]\w+)+")
_DASH = re.compile(r"[-\u2010\u2013]")


def keep_words_whole(page: str) -> str:
    """The HTML of a page with a span around each short word with a hyphen in its body."""
    head, body, rest = page.partition("<body")
    return head + body + _PIECE.sub(_whole, rest)


def _whole(piece: re.Match[str]) -> str:
    return _WITH_SIGNS.sub(_marked, piece["text"]) if piece["text"] else piece[0]


def _marked(found: re.Match[str]) -> str:
    """Signs at the word's ends belong to it: nothing that is read from the HTML may part them."""
    word = found[0]
    is_short = len(word) <= _LONGEST_WITH_SIGNS
    if is_short and all(map(_is_kept, _COMPOUND.findall(word))):
        return f'<span class="whole">{word}</span>'
    return word


def _is_kept(compound: str) -> bool:
    """Whether a break in it disturbs the reader: next to a number or a short part."""
    has_short_part = min(map(len, _DASH.split(compound))) <= _LONGEST_SHORT_PART
    has_digit = any(map(str.isdigit, compound))
    return len(compound) <= _LONGEST and (has_digit or has_short_part)
