"""The rules of high signs, `:;?!%`: the spaces of French before them, and the signs with which
Spanish opens a question."""

from __future__ import annotations

import re
from collections.abc import Iterator

from metropolis.language.dictionaries import has_dictionary, is_word
from metropolis.wording.bare_text import UNKNOWN
from metropolis.wording.quotation_marks import GAPS
from metropolis.wording.slip import Slip

NARROW = "\u202f"


def find_french_spaces(text: str) -> Iterator[Slip]:
    """The narrow no-break space before high signs."""
    for match in _FRENCH_SIGN.finditer(text):
        spaces, sign = match.groups()
        before = text[match.start() - 1 : match.start()]
        is_percent = sign == "%"
        is_own = (
            not sign
            or not before
            or before in "\n([|"
            or (sign == ":" and before == "/")  # "/accounts/:user"
            or (sign == "!" and not spaces and _ends_name(text, match.start(), "fr"))
            or (is_percent and not (before.isdigit() or before in ")" + UNKNOWN))
            or (is_percent and spaces and match.string[match.end() :][:1].isalpha())  # "(%a) %t"
        )
        if spaces != NARROW and not is_own:
            what = f"There is {_name(spaces)} before “{sign}”."
            expected = f"French puts a narrow no-break space before “{sign}”."
            yield Slip(match.start(), what, expected, ((match.start(), match.start(2), NARROW),))


def _ends_name(text: str, end: int, language: str) -> bool:
    """Whether the word that ends there is of another language or a name, and so the sign may be:
    "Yahoo!"."""
    word = _LAST_WORD.search(text, max(0, end - _LONG), end)
    return bool(word and has_dictionary(language) and not is_word(word[0], language))


_LONG = 40  # letters of a word
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")
# Signs that stand alone between quotation marks are meant themselves.
_FRENCH_SIGN = re.compile(
    rf"(?:[“‘«][{GAPS}]*|[\"'])[:;?!%]+(?:[{GAPS}]*[”’»]|[\"'])"
    rf"|([{GAPS}]*)(?<![:;?!])([:;%](?!//)(?!(?<=\w;)\w)|[?!](?![\w\[]))"
)


def _name(spaces: str) -> str:
    names = {"": "no space", " ": "a plain space", "\u00a0": "a wide no-break space"}
    return names.get(spaces, "another space" if len(spaces) == 1 else "more than one space")


def find_unopened(text: str) -> Iterator[Slip]:
    """A question or exclamation without its opening sign, from the last one on."""
    done = 0
    for match in re.finditer(rf"(?<=[\w{UNKNOWN}»”)…%])[?!]+(?!\w)", text):
        end, is_name = match.start(), _ends_name(text, match.start(), "es")
        if match[0][0] == "?":  # a question ends with a name more often than a name with its sign
            is_name = is_name and not _ends_name(text, end, "en")
        if is_name or _COMMAND.search(text, max(0, end - 20), end):
            continue
        openings = [_OPENING[sign] for sign in dict.fromkeys(match[0])]
        if not any(opening in text[done:end] for opening in openings):
            starts = (begin.end() for begin in _SENTENCE_START.finditer(text, done, end))
            start = max(starts, default=done)
            start += len(text[start:end]) - len(text[start:end].lstrip(" \n|«“("))
            expected = f"Spanish opens it with “{openings[0]}”."
            edits = ((start, start, "".join(openings)), (*match.span(), match[0]))
            what = f"Nothing opens what “{match[0]}” closes."
            yield Slip(match.start(), what, expected, edits, is_certain=False)
        done = match.end()


_COMMAND = re.compile(r"(?<!\S)[:/]\w+\Z")  # ":q!"
_OPENING = {"?": "¿", "!": "¡"}
_SENTENCE_START = re.compile(r"[.…:;?!»”]\s|\n\n|\|")
