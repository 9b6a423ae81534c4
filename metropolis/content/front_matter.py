"""The header of a page: title, description, and on a translation its fingerprints. MkDocs prints
what it cannot read of a header, and some keys (`template`, `hide`…) choose the program that draws
the page; the theme writes the texts as they are. So the keys are a closed list, without markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from metropolis.content.characters import find_hidden_characters
from metropolis.content.page_text import PageText, excerpt
from metropolis.problem import Problem
from metropolis.strict_yaml.document import YamlDocument
from metropolis.strict_yaml.source import read_yaml

TEXTS = ("title", "description")
# On a translation: the fingerprints of the source sections that it was accepted against.
FINGERPRINTS = "source"
KEYS = (*TEXTS, FINGERPRINTS)
SHORTEST, LONGEST = 50, 170  # what search engines show: less says too little, more is cut

LARGEST_HEADER, LONGEST_LINE = 20_000, 2_000  # beyond these (decision 21), a header is not read

_FINGERPRINT = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{8}|(?:\.(?:[0-9a-f]{8})?){2})?")
_FORM = 'A page begins with a line ---, then title: "…" and description: "…", then a line ---.'
# Without quotes MkDocs reads dates, numbers and words like "no" as something else than text.
_PLAIN = re.compile(r"(?!(?:true|false|yes|no|on|off|y|n|null)\Z)[^\W\d_][\w ’,.-]*", re.IGNORECASE)
_TEXT = re.compile(
    rf"^({'|'.join(TEXTS)}): *(\"[^\"\n]*\"|'(?:''|[^'\n])*'|[^\n]*?) *$", re.MULTILINE
)
_QUOTES = " \"'“”«»\u00a0\u202f"  # what a writer may have typed instead
# A line of a header, or around one, however its first and last line are written.
_HEADER_LINE = re.compile(
    rf"(?:{'|'.join(KEYS)})\s*[:=]|\s++[\w.-]++\s*+:|\s*+(?:[-–—_=*+.~]*+|```\w*+)\s*+$"
)
_WHOLE = rf"--- *\n(?:(?:{'|'.join(KEYS)}|  ).*\n)+--- *\n"
_SECOND, _LOWER = re.compile(rf"\n*{_WHOLE}"), re.compile(rf"(?:(?!---).*\n){{1,20}}?{_WHOLE}")
_MARKUP = re.compile(r"[<>{}\"`\\]|&#?[A-Za-z0-9]+;")


@dataclass(frozen=True)
class FrontMatter:
    """`fingerprints` of source sections by their anchors, as recorded."""

    title: str
    description: str
    fingerprints: Mapping[str, str] = field(default_factory=dict)


def read_front_matter(page: PageText) -> tuple[FrontMatter | None, int, list[Problem]]:
    """The header, where the body begins, and problems; not those that `characters.py` reports."""
    lines = page.text.split("\n")
    ends = (n for n, line in enumerate(lines[1:], 1) if line.rstrip(" ") in ("---", "..."))
    closing = next(ends, 0)
    if lines[0].rstrip(" ") != "---" or not closing or lines[closing].startswith("."):
        return None, *_unmarked(page, lines)
    header = "".join(f"{line}\n" for line in lines[1:closing])
    body_start = min(len(lines[0]) + len(header) + len(lines[closing]) + 2, len(page.text))
    if beyond := _check_size(page, lines, closing):
        return None, body_start, beyond
    if find_hidden_characters(PageText(page.path, header)):
        return None, body_start, []
    document, problems = read_yaml(header, page.path, first_line=2)
    if document is None:
        return None, body_start, problems
    if problems := _check(page, document):
        return None, body_start, problems
    if second := _SECOND.match(page.text, body_start):
        what = "A second header stands below the first."
        problem = page.problem(body_start, what, how="Keep one of them.")
        return None, second.end(), [problem]
    value = document.value
    front_matter = FrontMatter(value["title"], value["description"], value.get(FINGERPRINTS, {}))
    return front_matter, body_start, _advise(document, front_matter)


def _unmarked(page: PageText, lines: list[str]) -> tuple[int, list[Problem]]:
    """Where the body begins, and the problem, if the lines that mark a header are not as they must
    be. The header's own lines are no words of the page."""
    length = next((n for n, line in enumerate(lines) if not _HEADER_LINE.match(line)), len(lines))
    while length and not lines[length - 1].strip():  # empty lines before the text
        length -= 1
    body_start = min(sum(len(line) + 1 for line in lines[:length]), len(page.text))
    if not any(line.startswith(TEXTS) for line in lines[:length]):
        if lower := _LOWER.match(page.text):
            what, how = (
                "The page does not begin with its header.",
                "Move what is above it below it.",
            )
            return lower.end(), [page.problem(0, what, _FORM, how)]
        return 0, [page.problem(0, "The page has no header.", _FORM)]
    if lines[0].rstrip(" ") == "---":
        what, how = "The page's header is not closed.", "Write a line --- after the description."
    else:
        what, how = "The page does not begin with a line ---.", "Write it above the header."
        if not lines[0].strip():
            how = "Delete the empty lines above the header."
        if lines[0].startswith("```"):
            how = "Delete the lines with ``` around the header."
    return body_start, [page.problem(0, what, _FORM, how)]


def find_texts(header: str) -> Iterator[tuple[str, int, int]]:
    """Name and place of each text of a header, its quotation marks included."""
    return ((found[1], *found.span(2)) for found in _TEXT.finditer(header))


def _check_size(page: PageText, lines: list[str], closing: int) -> list[Problem]:
    """What is beyond the limits of a header: the first line that is."""
    total = 0
    for number, line in enumerate(lines[1:closing], 2):
        total += len(line) + 1
        if len(line) > LONGEST_LINE or total > LARGEST_HEADER:
            what = "The page's header is too long here."
            most = f"{LARGEST_HEADER:,} characters, and {LONGEST_LINE:,} on a line"
            expected = f"A header may have {most}."
            return [Problem(page.path, number, 1, what, expected, "Shorten it.")]
    return []


def _check(page: PageText, document: YamlDocument) -> list[Problem]:
    if not isinstance(document.value, dict):
        what = "The header is not made of a title and a description."
        return [Problem(page.path, 2, 1, what, _FORM)]
    problems: list[Problem] = []
    meant: set[str] = set()
    for key in document.value:
        if key in KEYS:
            meant.add(key)
            if key == FINGERPRINTS:
                problems += _check_fingerprints(document)
            else:
                problems += _check_value(page, document, key)
        else:
            near = get_close_matches(key.lower(), KEYS, 1, 0.6)
            meant.update(near)
            how = f"Did you mean {near[0]}?" if near else "Delete the line."
            what = f"The key “{excerpt(key)}” is not one that a page has."
            problems.append(document.name_problem((key,), what, _FORM, how))
    for key in TEXTS:
        if key not in meant:
            how = f'Add a line {key}: "…".'
            problems.append(page.problem(0, f"The header has no {key}.", how=how))
    return problems


def _check_value(page: PageText, document: YamlDocument, key: str) -> list[Problem]:
    value, (line, column) = document.value[key], document.mark((key,))
    source = page.text.split("\n")[line - 1][column - 1 :]
    how = f'Write {key}: "…", on one line.'
    if isinstance(value, list | dict) or (value and source[0] in "|>") or "\n" in str(value):
        what = f"The {key} is not a text on one line."
    elif value is None or not str(value).strip():
        what = f"The {key} is empty."
    elif source[0] not in "\"'" and not _PLAIN.fullmatch(str(value)):
        what = f"The {key} is not in double quotes."
        how = f'Write {key}: "{excerpt(source.strip(_QUOTES))}".'
    elif markup := _MARKUP.search(value):
        what = f"The {key} holds “{markup[0]}”, and would be read as markup."
        how = "Write words; for quotation marks, those of the language."
    elif find_hidden_characters(PageText("", value)):
        what = f"The {key} holds an escape for a character that nobody sees."
        how = "Write the words alone."
    else:
        return []
    return [document.problem((key,), what, how=how)]


def _check_fingerprints(document: YamlDocument) -> list[Problem]:
    key, how = FINGERPRINTS, "Delete it, then run: metropolis translation accept."
    value = document.value[key]
    expected = f"Under {key}: there are fingerprints that the command records, and nobody types."
    if not isinstance(value, dict):
        return [document.problem((key,), f"{key}: holds no fingerprints.", expected, how)]
    return [
        document.problem((key, anchor), f"“{anchor}” has no fingerprint here.", expected, how)
        for anchor, text in value.items()
        if not isinstance(text, str) or not _FINGERPRINT.fullmatch(text)
    ]


def _advise(document: YamlDocument, front_matter: FrontMatter) -> list[Problem]:
    length = len(front_matter.description)
    if SHORTEST <= length <= LONGEST:
        return []
    what = f"The description has {length} characters."
    expected = f"Search engines show one of {SHORTEST} to {LONGEST} well."
    return [document.problem(("description",), what, expected, severity="advice")]
