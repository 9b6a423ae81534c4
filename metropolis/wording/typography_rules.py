"""The typography rules of each language, as patterns over a text without markup (bare_text.py).
Other languages have only the rules common to all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from metropolis.language.dictionaries import is_word
from metropolis.wording.bare_text import UNKNOWN
from metropolis.wording.high_signs import find_french_spaces, find_unopened
from metropolis.wording.quotation_marks import SPACES, find_quotation_slips
from metropolis.wording.slip import Slip

_Rule = Callable[[str], "Iterable[Slip]"]


def find_slips(text: str, locale: str) -> list[Slip]:
    """Every slip in `text`, in order."""
    language = locale.split("-")[0]
    slips = [slip for rule in (*_COMMON, *_OWN.get(language, ())) for slip in rule(text)]
    slips += find_quotation_slips(text, language)
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
    rf"'(?:(?<=\w')(?!(?<=\d')\d)(?=[\w«“\"{UNKNOWN}])|(?<=s')(?=\s))",  # not 54°30'00"
    "This apostrophe is straight.",
    "The apostrophe is “’”.",
    "’",
)
_ACCENT_FOR_APOSTROPHE = _rule(
    # Not the letter of “Hawai‘i”.
    r"([´′‘])(?<=[^\W\d_].)(?=[^\W\d_])"
    r"(?:(?<!‘)|(?=(?:[stdm]|re|ve|ll)\b)|(?<=\b[cdjlmnstCDJLMNST]‘))",
    "“{0}” is no apostrophe.",
    "The apostrophe is “’”.",
    "’",
)
_SINGLE_QUOTED = re.compile(r"(?<!\w)'\w[^'\n]{0,80}\Z")


def _apostrophes(text: str) -> Iterator[Slip]:
    """Not the mark that closes what another one opens: "the 'members' of"."""
    for slip in _APOSTROPHE(text):
        is_last = not text[slip.start + 1 : slip.start + 2].strip('"« ')
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
    _ACCENT_FOR_APOSTROPHE,
    _rule(
        # Not "F1...F5", "f(a,...,z)".
        r"\.(?<![./].)\.{2}(?![./]|(?<=[\d,]\.{3})[\w,])",
        "These are three full stops.",
        "Points of suspension are one sign, “…”.",
        "…",
    ),
    _rule(
        # Before these signs, and inside guillemets, other rules want one space or none.
        rf"[{SPACES}](?<=[^\s|«].)(?:(?<= )[{SPACES}]+|[{SPACES}]* )(?=[^\s|:;?!%»,.]|\.\w)",
        "Two spaces follow each other.",
        "",
        " ",
    ),
    _rule(
        # Not the sign itself, "« , »", nor a line of dots.
        rf"[{SPACES}](?<=[^\s|«“].)[{SPACES}]*(,|\.(?![\w.…/]| \.)(?<![^\S\n]\. \.))",
        "There is a space before “{0}”.",
        "There is nothing before “{0}”.",
        r"\1",
    ),
    _rule(
        # Not "between -27% and - 26%".
        r"(?<=[^\W\d_])---(?=[^\W\d_])| (?<=[^\s|] )-{1,3} (?=[^\s|])"
        r"(?!(?:(?<=\b(?:et|ou|or|to|de) - )|(?<=\b[yoaà] - )|"
        r"(?<=\band - ))\d[\d.,]*\s?%)",
        "This dash is a hyphen.",
        "A dash with spaces around it is “–”.",
        " – ",
    ),
)


def _french_capitals(text: str) -> Iterator[Slip]:
    """“A” for “À” at the beginning of a sentence."""
    for match in re.finditer(r"(?:^\W*|[.!?…] )(A)(?=[ \u00a0]([a-zà-ÿœ]+))", text):
        if is_word(match[2], "en") and not is_word(match[2], "fr"):
            continue  # an English title: "A strategy guide"
        if match[2] == "été" or match[2].endswith("ert"):
            continue  # a verb: "A été ajoutée la liste", "A offert un livre"
        yield Slip(
            match.start(1),
            "This capital has no accent.",
            "Capitals have their accents.",
            ((*match.span(1), "À"),),
            is_certain=False,
        )


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


# Of a standard, a figure: "FIPS 140-2", "Figure 1-3".
_LABEL = re.compile(r"\b(?:[A-Z]{2,}|Figure|Fig\.|Table|Section|Example|Listing)\s\Z")
_LAW = re.compile(
    r"(?i:\b(?:law|act|bill|decree|ordinance|order|resolution|decision)|n[o°º]\.?)\s\Z"
)
_YEAR = 4  # digits


_LONG = 12  # characters of a label


def _english_ranges(text: str) -> Iterator[Slip]:
    for slip in _ENGLISH_RANGE(text):
        ((start, end, words),) = slip.edits
        first, last = words.split("-")
        label = _LABEL if len(first) < _YEAR else _LAW
        if label.search(text, max(0, start - _LONG), start):
            continue
        # "124-31" ends at 131; "24-7" is no range.
        is_cut = len(last) < len(first) >= _CUT
        if int(first) < int(first[: -len(last)] + last if is_cut else last):
            yield Slip(
                start + len(first), slip.what, slip.expected, ((start, end, f"{first}–{last}"),)
            )


_OWN: dict[str, tuple[_Rule, ...]] = {
    "fr": (find_french_spaces, _french_capitals, _YEARS, _asides),
    "en": (
        _rule(
            rf"[{SPACES}](?<=[^\s|].)[{SPACES}]*([:;?]|!(?!,| [a-z]))(?![\w:/!\[])",
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
        find_unopened,
        partial(_asides, opening="—", closing="—"),
        _YEARS,
        _rule(
            rf"[{SPACES}](?<=[^\s|].)[{SPACES}]*([:;?]|!(?!,| [a-z]))(?![\w:/!\[])",
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
