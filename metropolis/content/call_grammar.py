"""The closed grammar of what a page may run: `{{ name("text", 1) }}`, and nothing else. Jinja's
expressions reach Python itself, and its sandbox does not hold. So every Jinja delimiter that is not
one ready-made call is refused, in code and headers too. The property to keep: for Jinja, a text
without problems is plain text and calls of a name with constants."""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass

from metropolis.content.page_text import PageText, excerpt
from metropolis.problem import Problem

Value = str | int

EXAMPLE = '{{ member("barcelone") }}'
ONLY_CALLS = f"Only a ready-made block such as {EXAMPLE} is allowed here."

# Words that Jinja or Python read as something else than the name of a block.
RESERVED = frozenset(
    [*keyword.kwlist, "true", "false", "none", "recursive", "self", "super", "caller", "loop"]
)

_NAME = r"[a-z][a-z0-9_]*"
# No backslash (escapes), no brace (ends a call for the eye, not for Jinja), no sign with which the
# words of a call, written into the page, would become a link, a tag or code.
_PLAIN = r"\\{}\[\]<>`\x00-\x1f\x7f-\x9f\u2028\u2029"
_TEXT = rf"\"[^\"{_PLAIN}]*\"|'[^'{_PLAIN}]*'"
_VALUE = rf"{_TEXT}|0(?![0-9])|[1-9][0-9]{{0,8}}(?![0-9])"
_ARGUMENT = rf"(?:{_NAME} ?= ?)?(?:{_VALUE})"
CALL = re.compile(rf"\{{\{{ ({_NAME})\(((?:{_ARGUMENT}(?: ?, ?{_ARGUMENT})*)?)\) \}}\}}")
_EACH_ARGUMENT = re.compile(rf"(?:({_NAME}) ?= ?)?({_VALUE})")

_DELIMITER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_END = {"{{": "}}", "{%": "%}", "{#": "#}"}
_LONGEST_REFUSED = 500
_MOST_TOLD = 1_000  # delimiters of a page that are reported; beyond, it is no page
_MORE_BRACES = re.compile(r"\}+")
# Calls without the end or the beginning: “{{ member("barcelone") }”, “member("barcelone") }}”.
_BODY = rf"{_NAME} ?\([^(){{}}\n]*\)"
_WITHOUT_END = re.compile(rf" ?{_BODY}(?P<end> ?%?\}}(?!\}}))?(?! ?\}}\}})")
_WIDTH = re.compile(r"\{(?<!\{\{)[^{}\n]*\Z")  # Pandoc's "{width=50%}"
_WITHOUT_BEGINNING = re.compile(rf"(?:\{{ ?(?:\{{ ?)?|\b){_BODY} ?\Z")
_ANCHOR_WITHOUT_SPACE = re.compile(r"\{#([A-Za-z0-9_-]+) *\}")
# A call in the signs of another language: “{ member("x") }”, “[[ member("x") ]]”. In braces alone,
# code is not what was meant: such a text is looked for outside of code only.
_FOREIGN = re.compile(rf"(?:\{{|\[\[|<%) ?{_BODY} ?(?:\}}|\]\]|%>)")
_BARE_WORD = re.compile(rf"([(,] ?)(?!(?:{'|'.join(RESERVED)})\b)([a-z][\w-]*)(?= ?[,)])")
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_SINGLE_QUOTES = re.compile(r"(?<!\w)[‘’]|[‘’](?!\w)")  # between letters it is an apostrophe


@dataclass(frozen=True)
class Call:
    """Offsets: `start`, `end`, and `places` of the values without quotes, `keywords` last."""

    name: str
    arguments: tuple[Value, ...]
    keywords: tuple[tuple[str, Value], ...]
    start: int
    end: int
    places: tuple[tuple[int, int], ...] = ()

    @property
    def values(self) -> tuple[Value, ...]:
        """Each value, in the order of `places`."""
        return (*self.arguments, *(value for _, value in self.keywords))

    def __str__(self) -> str:
        named = (f"{key}={written(value)}" for key, value in self.keywords)
        return f"{{{{ {self.name}({', '.join([*map(written, self.arguments), *named])}) }}}}"


def written(value: Value) -> str:
    if isinstance(value, int):
        return str(value)
    return f"'{value}'" if '"' in value else f'"{value}"'


def parse_calls(text: str, path: str = "") -> tuple[list[Call], list[Problem]]:
    """Every call in `text`, and a problem for every other Jinja delimiter in it."""
    calls, _, problems = scan_calls(PageText(path, text))
    return calls, problems


def scan_calls(page: PageText) -> tuple[list[Call], list[tuple[int, int]], list[Problem]]:
    """Every call in `page`, and of every other Jinja delimiter in it the place and the problem."""
    calls: list[Call] = []
    refused: list[tuple[int, int]] = []
    problems: list[Problem] = []
    position = 0
    while found := _DELIMITER.search(page.text, position):
        match = CALL.match(page.text, found.start())
        start, end = match.span() if match else _bounds_of_refused(page.text, found, position)
        position = end
        refusal = _refuse_words(page, match) if match else None
        if match and not refusal:
            calls.append(_read_call(match))
            continue
        refused.append((start, end))
        if len(problems) < _MOST_TOLD:
            problems.append(refusal or _refuse(page, start, end))
    return calls, refused, problems


def find_foreign_calls(live: PageText) -> tuple[list[tuple[int, int]], list[Problem]]:
    """Calls in other signs than those of a call: their places and the problems. `live` is without
    code."""
    places = [match.span() for match in _FOREIGN.finditer(live.text) if _correct(match[0])]
    return places, [_refuse(live, *place) for place in places]


def _read_call(match: re.Match[str]) -> Call:
    arguments: list[Value] = []
    keywords: list[tuple[str, Value]] = []
    places: list[tuple[int, int]] = []
    for found in _EACH_ARGUMENT.finditer(match.string, *match.span(2)):
        key, literal = found.groups()
        quote = literal[0] in "\"'"
        value: Value = literal[1:-1] if quote else int(literal)
        places.append((found.start(2) + quote, found.end(2) - quote))
        if key:
            keywords.append((key, value))
        else:
            arguments.append(value)
    # No value without a name follows a named one (_refuse_words): the order is the values'.
    return Call(match[1], tuple(arguments), tuple(keywords), *match.span(), tuple(places))


def _refuse_words(page: PageText, match: re.Match[str]) -> Problem | None:
    """What the grammar cannot say: reserved words, a name twice, a bare value after a named one."""
    keys = [key for key, _ in _EACH_ARGUMENT.findall(match[2])]
    named = [key for key in keys if key]
    if reserved := next((word for word in [match[1], *named] if word in RESERVED), None):
        what = f"“{reserved}” is not the name of a ready-made block."
        return page.problem(match.start(), what, ONLY_CALLS)
    if len(set(named)) < len(named):
        what = f"“{excerpt(match[0])}” gives the same argument twice."
        return page.problem(match.start(), what, how="Keep one.")
    if any(keys) and "" in keys[keys.index(named[0]) :]:
        what = f"“{excerpt(match[0])}” has a value without a name after one with a name."
        return page.problem(match.start(), what, how="Put the values without a name first.")
    return None


def _bounds_of_refused(text: str, found: re.Match[str], begin: int) -> tuple[int, int]:
    """What a refused delimiter belongs to, from `begin` on, so that one mistake makes one
    problem."""
    start, end = found.span()
    limit = end + _LONGEST_REFUSED
    if found[0] in ("}}", "%}"):
        form = _WITHOUT_BEGINNING if found[0] == "}}" else _WIDTH
        before = form.search(text[max(begin, start - _LONGEST_REFUSED) : start])
        return start - len(before[0]) if before else start, end
    if found[0] not in _END:
        return start, end
    if anchor := _ANCHOR_WITHOUT_SPACE.match(text, start):
        return anchor.span()
    closing = text.find(_END[found[0]], end, limit)
    next_paragraph = text.find("\n\n", end, limit)
    is_closed = closing >= 0 and not 0 <= next_paragraph < closing
    call = _WITHOUT_END.match(text, end, limit) if found[0] == "{{" else None
    if call and (call["end"] or not is_closed or "{{" in text[end:closing]):
        return start, call.end()
    if not is_closed:
        return start, end
    braces = _MORE_BRACES.match(text, closing + 2)
    return start, braces.end() if braces and text[end] == "{" else closing + 2


def _refuse(page: PageText, start: int, end: int) -> Problem:
    fragment = page.text[start:end]
    opening = fragment[:2]
    if corrected := _correct(fragment):
        what = f"“{excerpt(fragment)}” has other spaces, braces or quotation marks than a call."
        return page.problem(start, what, how=f"Write {corrected}.")
    if anchor := _ANCHOR_WITHOUT_SPACE.fullmatch(fragment):
        what = f"“{excerpt(fragment)}” opens a comment that swallows the rest of the page."
        how = f"Write {{ #{anchor[1]} }}, with a space after the brace."
        return page.problem(start, what, how=how)
    if opening == "{#":
        return page.problem(start, "“{#” opens a comment, and a page has none.", how="Delete it.")
    if opening in ("}}", "%}", "#}"):
        what = f"“{opening}” closes nothing that may be opened here."
        return page.problem(start, what, ONLY_CALLS)
    if len(fragment) == 2:
        return page.problem(start, f"“{opening}” is opened and not closed.", ONLY_CALLS)
    return page.problem(start, f"“{excerpt(fragment)}” is not allowed in a page.", ONLY_CALLS)


def _correct(fragment: str) -> str:
    """The call that was meant, when only its spaces, braces or quotes are wrong; else nothing."""
    if "(" not in fragment:
        return ""
    inner = fragment.strip("{}[]<>%").strip("-+").translate(_QUOTES)
    inner = re.sub(r"\s+", " ", _SINGLE_QUOTES.sub("'", inner)).strip()
    inner = re.sub(r"\( | \)", lambda match: match[0].strip(), inner)
    inner = re.sub(r'" ([^"]*?) "', r'"\1"', inner)
    inner = re.sub(r"^([a-z0-9_]+) \(", r"\1(", inner)
    inner = _BARE_WORD.sub(r'\1"\2"', inner)
    call = f"{{{{ {inner} }}}}"
    return call if CALL.fullmatch(call) else ""
