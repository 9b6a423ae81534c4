"""The typography rules of each language, as patterns over a text without markup (bare_text.py).
Other languages have only the rules common to all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from metropolis.content.page_text import Edit
from metropolis.language.dictionaries import is_word
from metropolis.wording.bare_text import UNKNOWN
from metropolis.wording.quotation_marks import GAPS, SPACES, find_quotation_slips

_Rule = Callable[[str], "Iterable[Slip]"]
NARROW = "\u202f"


@dataclass(frozen=True)
class Slip:
    """`start` is the place of the wrong character, `edits` fix it; `what` and `expected` are for
    the reader. `is_certain`: nothing else can be meant."""

    start: int
    what: str
    expected: str
    edits: tuple[Edit, ...]
    is_certain: bool = True


def find_slips(text: str, locale: str) -> list[Slip]:
    """Every slip in `text`, in order."""
    language = locale.split("-")[0]
    slips = [slip for rule in (*_COMMON, *_OWN.get(language, ())) for slip in rule(text)]
    slips += [Slip(*slip) for slip in find_quotation_slips(text, language)]
    return sorted(slips, key=lambda slip: slip.start)


def _rule(pattern: str, what: str, expected: str, instead: str) -> _Rule:
    """A rule that rejects what `pattern` matches; the three texts may name its groups."""
    form = re.compile(pattern)

    def rule(text: str) -> Iterator[Slip]:
        for match in form.finditer(text):
            edits = ((match.start(), match.end(), match.expand(instead)),)
            yield Slip(
                match.start(), what.format(*match.groups()), expected.format(*match.groups()), edits
            )

    return rule


_APOSTROPHE = _rule(
    rf"'(?:(?<=\w')(?=[\w«“\"{UNKNOWN}])|(?<=s')(?=\s))",
    "This apostrophe is straight.",
    "The apostrophe is “’”.",
    "’",
)
_SINGLE_QUOTED = re.compile(r"(?<!\w)'\w[^'\n]{0,80}\Z")


def _apostrophes(text: str) -> Iterator[Slip]:
    """Not the mark that closes what another one opens: "the 'members' of"."""
    for slip in _APOSTROPHE(text):
        is_last = text[slip.start + 1 : slip.start + 2].isspace()
        if not is_last or not _SINGLE_QUOTED.search(text[max(0, slip.start - 99) : slip.start]):
            yield slip


# Hyphens around words, without spaces inside; not those of "pre- and post-".
_ASIDE = re.compile(
    r"-(?<=[\s(]-)(?=[^\W\d_])(?=[^\s-]*[^\S\n])(?:[^-\n]|(?<=\w)-(?=\w)){0,200}(?<=[\w'’»”)])-"
    r"(?=[\s.,;:?!)…]|$)(?!\s(?:[yeou]|et|ou|and|or|to)\s\w+-)"
)


def _asides(text: str, opening: str = "– ", closing: str = " –") -> Iterator[Slip]:
    for match in _ASIDE.finditer(text):
        start, end = match.span()
        expected = f"Dashes around words are “{opening}…{closing}”."
        edits = ((start, start + 1, opening), (end - 1, end, closing))
        yield Slip(start, "These dashes are hyphens.", expected, edits, is_certain=False)


_COMMON: tuple[_Rule, ...] = (
    _apostrophes,
    _rule(
        r"\.(?<![./].)\.{2}(?![./])",
        "These are three full stops.",
        "Points of suspension are one sign, “…”.",
        "…",
    ),
    _rule(
        rf"[{SPACES}](?<=[^\s|].)(?:(?<= )[{SPACES}]+|[{SPACES}]* )(?=[^\s|])",
        "Two spaces follow each other.",
        "",
        " ",
    ),
    _rule(
        rf"[{SPACES}](?<=[^\s|].)[{SPACES}]*(,|\.(?![\w.…/]))",
        "There is a space before “{0}”.",
        "There is nothing before “{0}”.",
        r"\1",
    ),
    _rule(
        # Not "between -27% and - 26%".
        r" (?<=[^\s|] )--? (?=[^\s|])(?!(?:(?<=\b(?:et|ou|or|to|de) - )|(?<=\b[yoaà] - )|"
        r"(?<=\band - ))\d[\d.,]*\s?%)",
        "This dash is a hyphen.",
        "A dash with spaces around it is “–”.",
        " – ",
    ),
)


def _french_spaces(text: str) -> Iterator[Slip]:
    """The narrow no-break space before high signs, and inside guillemets."""
    for match in _FRENCH_SIGN.finditer(text):
        spaces, sign = match.groups()
        before = text[match.start() - 1 : match.start()]
        is_percent = sign == "%"
        is_own = (
            not before
            or before in "\n([|"
            or (is_percent and not (before.isdigit() or before in ")" + UNKNOWN))
            or (is_percent and spaces and match.string[match.end() :][:1].isalpha())  # "(%a) %t"
        )
        if spaces != NARROW and not is_own:
            what = f"There is {_name(spaces)} before “{sign}”."
            expected = f"French puts a narrow no-break space before “{sign}”."
            yield Slip(match.start(), what, expected, ((match.start(), match.start(2), NARROW),))


_FRENCH_SIGN = re.compile(rf"([{GAPS}]*)(?<![:;?!])([:;%](?!//)|[?!](?!\w))")


def _name(spaces: str) -> str:
    names = {"": "no space", " ": "a plain space", "\u00a0": "a wide no-break space"}
    return names.get(spaces, "another space" if len(spaces) == 1 else "more than one space")


def _french_capitals(text: str) -> Iterator[Slip]:
    """“A” for “À” at the beginning of a sentence."""
    for match in re.finditer(r"(?:^\W*|[.!?…] )(A)(?=[ \u00a0]([a-zà-ÿœ]+))", text):
        if is_word(match[2], "en") and not is_word(match[2], "fr"):
            continue  # an English title: "A strategy guide"
        if match[2] == "été":
            continue  # a verb: "A été ajoutée la liste"
        yield Slip(
            match.start(1),
            "This capital has no accent.",
            "Capitals have their accents.",
            ((*match.span(1), "À"),),
            is_certain=False,
        )


def _spanish_openings(text: str) -> Iterator[Slip]:
    """A question or exclamation without its opening sign, from the last one on."""
    done = 0
    for match in re.finditer(rf"(?<=[\w{UNKNOWN}»”)…%])[?!]+(?!\w)", text):
        if _COMMAND.search(text, max(0, match.start() - 20), match.start()):
            continue
        openings = [_OPENING[sign] for sign in dict.fromkeys(match[0])]
        if not any(opening in text[done : match.start()] for opening in openings):
            start = max(
                (begin.end() for begin in _SENTENCE_START.finditer(text, done, match.start())),
                default=done,
            )
            start += len(text[start : match.start()]) - len(
                text[start : match.start()].lstrip(" \n|«“(")
            )
            expected = f"Spanish opens it with “{openings[0]}”."
            edits = ((start, start, "".join(openings)), (*match.span(), match[0]))
            what = f"Nothing opens what “{match[0]}” closes."
            yield Slip(match.start(), what, expected, edits, is_certain=False)
        done = match.end()


_COMMAND = re.compile(r"(?<!\S)[:/]\w+\Z")  # ":q!"
_OPENING = {"?": "¿", "!": "¡"}
_SENTENCE_START = re.compile(r"[.…:;?!»”]\s|\n\n|\|")

_YEARS = _rule(
    r"(?<!\d)(\d{4})–(\d{4}|\d{2})(?!\d)",
    "This range has a dash.",
    "Ranges of years have a hyphen here.",
    r"\1-\2",
)
_CUT = 3  # digits of the shortest number whose range leaves some out
_ENGLISH_RANGE = _rule(
    r"(?<![\w.,/–-])(\d{4}-(?:\d{4}|\d{2})|\d{1,3}-\d{1,3})(?![\w/-]|[.,]\d)",
    "This range has a hyphen.",
    "English has “–” between two numbers.",
    r"\1",
)


def _english_ranges(text: str) -> Iterator[Slip]:
    for slip in _ENGLISH_RANGE(text):
        ((start, end, words),) = slip.edits
        first, last = words.split("-")
        # "124-31" ends at 131; "24-7" is no range.
        is_cut = len(last) < len(first) >= _CUT
        if int(first) < int(first[: -len(last)] + last if is_cut else last):
            yield Slip(
                start + len(first), slip.what, slip.expected, ((start, end, f"{first}–{last}"),)
            )


_OWN: dict[str, tuple[_Rule, ...]] = {
    "fr": (_french_spaces, _french_capitals, _YEARS, _asides),
    "en": (
        _rule(
            rf"[{SPACES}](?<=[^\s|].)[{SPACES}]*([:;?!])(?![\w:/!])",
            "There is a space before “{0}”.",
            "English has nothing before “{0}”.",
            r"\1",
        ),
        _rule(
            rf"(?<=[\d){UNKNOWN}])[{SPACES}]+(%)(?!\w)",
            "There is a space before “{0}”.",
            "English has nothing before “{0}”.",
            r"\1",
        ),
        _english_ranges,
        _asides,
    ),
    "es": (
        _spanish_openings,
        partial(_asides, opening="—", closing="—"),
        _YEARS,
        _rule(
            rf"[{SPACES}](?<=[^\s|].)[{SPACES}]*([:;?!])(?![\w:/!])",
            "There is a space before “{0}”.",
            "Spanish has nothing before “{0}”.",
            r"\1",
        ),
        _rule(
            rf"(?<=[\d){UNKNOWN}])(?:|(?: |[{SPACES}]{{2,}})(?=%(?!\w)))(%)",
            "There is no no-break space before “{0}”.",
            "Spanish puts a no-break space before “{0}”.",
            "\u00a0\\1",
        ),
    ),
}
