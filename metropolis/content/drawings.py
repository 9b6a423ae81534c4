"""Whether an SVG is only a drawing: opened by its address it acts on the site itself, and it may
run programs or call other sites. So its form is plain UTF-8 without declarations, and its elements,
attributes and functions are a closed list. `<use>` and patterns unfold to billions."""

from __future__ import annotations

import re
from xml.parsers import expat

from metropolis.content.page_text import PageText
from metropolis.hidden_characters import code_point, find_hidden
from metropolis.problem import Problem

MOST_ELEMENTS = 20_000
DEEPEST = 30
# What is wrong further on is reported when these are fixed.
_MOST = 50

ELEMENTS = frozenset(
    """circle clipPath defs desc ellipse g line linearGradient path polygon polyline
    radialGradient rect stop svg text title tspan""".split()  # noqa: SIM905
)
ATTRIBUTES = frozenset(
    """aria-hidden aria-label aria-labelledby baseProfile class data-name focusable id lang role
    style version clipPathUnits cx cy d dx dy fr fx fy gradientTransform gradientUnits height
    lengthAdjust offset pathLength points preserveAspectRatio r rotate rx ry spreadMethod
    textLength transform viewBox width x x1 x2 y y1 y2 alignment-baseline baseline-shift
    clip-path clip-rule color color-interpolation direction display dominant-baseline fill
    fill-opacity fill-rule font-family font-size font-stretch font-style font-variant
    font-weight isolation letter-spacing opacity overflow paint-order shape-rendering
    stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap
    stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration
    text-rendering vector-effect visibility word-spacing writing-mode""".split()  # noqa: SIM905
)
_SVG = "http://www.w3.org/2000/svg"
# Attributes with a prefix, as expat names them.
_PREFIXED = {
    "http://www.w3.org/XML/1998/namespace space": "xml:space",
    "http://www.w3.org/XML/1998/namespace lang": "xml:lang",
}
_REFERENCES = ("href", "http://www.w3.org/1999/xlink href")
_GRADIENTS = ("linearGradient", "radialGradient")
_FUNCTIONS = frozenset(
    "rgb rgba hsl hsla matrix translate rotate scale skewX skewY skewx skewy".split()  # noqa: SIM905
)
_LOCAL = re.compile(r"#[^\s\"'()<>\\]+")
_LOCAL_URL = re.compile(rf"url\(\s*([\"']?){_LOCAL.pattern}\1\s*\)", re.IGNORECASE)
_FUNCTION = re.compile(r"([\w-]*)\s*\(")
_SIGNS = re.compile(r"\\|@|/\*|<!--|[{}]")

_DECLARATION = re.compile(
    r"""<\?xml\s+version=(["'])1\.0\1(?:\s+encoding=(["'])utf-8\2)?(?:\s+standalone=(["'])(?:yes|no)\3)?\s*\?>""",
    re.IGNORECASE,
)
_BEGINNING = re.compile(r"<\?xml[^>]*>")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HIDING = re.compile(
    r"<!(?!--)[^\s>\[]*|<\?[\w:.-]*|&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)[^\s;<]{0,20};?"
)
_PLAIN = "Export it again as plain SVG, shapes and words only."
_UTF8 = "Export it again as plain SVG, saved as UTF-8."


def check_drawing(content: bytes, path: str) -> list[Problem]:
    """What is wrong with the SVG that `content` is: what is wrong in one way, once."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return [Problem(path, line, 1, "The drawing is not UTF-8 text.", how=_UTF8)]
    if problems := _check_text(text, path):
        return problems
    reader = _DrawingReader(path)
    try:
        reader.parser.Parse(text.encode("utf-8"), True)
    except expat.ExpatError as error:
        what = f"The drawing is not well-formed XML ({expat.ErrorString(error.code)})."
        reader.found[what] = Problem(path, error.lineno, error.offset + 1, what, how=_PLAIN)
    return sorted(reader.found.values())


def _check_text(text: str, path: str) -> list[Problem]:
    """What another reader than a strict one could take for something else."""
    problems, page = list[Problem](), PageText(path, text)
    hidden = [found for found in find_hidden(text.replace("\r\n", " \n")) if found[1] != "\t"]
    if hidden:
        what = f"A character that nobody sees ({code_point(hidden[0][1])}) is here."
        problems.append(page.problem(hidden[0][0], what, how=_UTF8))
    begin = 0
    if beginning := _BEGINNING.match(text):
        begin = beginning.end()
        if not _DECLARATION.fullmatch(beginning[0]):
            what = "The drawing says that it is saved in another way than UTF-8."
            expected = 'Only <?xml version="1.0" encoding="UTF-8"?> may.'
            problems.append(page.problem(0, what, expected, _UTF8))
    live = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    if hiding := _HIDING.search(live, begin):
        what = f"“{hiding[0]}” hides what the drawing holds."
        problems.append(page.problem(hiding.start(), what, how=_PLAIN))
    return problems


class _DrawingReader:
    """Reads a drawing once; `found` are its problems, by what is wrong: each is reported once."""

    def __init__(self, path: str) -> None:
        self.found: dict[str, Problem] = {}
        self._path = path
        self._open: list[str] = []
        self._count = 0
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words

    def _report(self, what: str, expected: str = "", how: str = _PLAIN) -> None:
        if what not in self.found and len(self.found) < _MOST:
            line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
            self.found[what] = Problem(self._path, line, column, what, expected, how)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, tag = name.rpartition(" ")
        if not self._open and (namespace, tag) != (_SVG, "svg"):
            what = "The drawing does not begin with an <svg>."
            self._report(what, f'Only <svg xmlns="{_SVG}"> may.')
        elif namespace != _SVG:
            self._report(f"<{tag}> is no element of a drawing: it belongs to “{namespace}”.")
        elif tag not in ELEMENTS:
            why = "it may run a program or hold other content."
            self._report(f"<{tag}> is not allowed in a drawing: {why}")
        for attribute, value in attributes.items():
            self._check_attribute(tag, attribute, value)
        self._open.append(tag)
        self._count += 1
        if self._count == MOST_ELEMENTS + 1:
            what = f"The drawing has more than {MOST_ELEMENTS:,} elements."
            self._report(what, how="Simplify its shapes.")
        if len(self._open) == DEEPEST + 1:
            what = f"The drawing is nested more than {DEEPEST} deep."
            self._report(what, how="Take its groups apart.")

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _words(self, words: str) -> None:
        for _, character in find_hidden(words):
            if character not in "\t\r":
                self._report(f"A character that nobody sees ({code_point(character)}) is here.")

    def _check_attribute(self, tag: str, attribute: str, value: str) -> None:
        name = _PREFIXED.get(attribute, attribute)
        shown = f'{name.rpartition(" ")[2]}="{" ".join(value.split())[:60]}"'
        self._words(value)
        if attribute in _REFERENCES:
            if tag not in _GRADIENTS or not _LOCAL.fullmatch(value):
                what = f"“{shown}” in a <{tag}> calls another file or place."
                self._report(what, "Only a gradient of its own may.")
        elif name.lower().startswith("on"):
            self._report(f"“{shown}” in a <{tag}> runs a program.")
        elif name not in ATTRIBUTES and attribute not in _PREFIXED:
            self._report(f"“{name.rpartition(' ')[2]}” is no attribute of a drawing.")
        elif name == "clip-path" and "clipPath" in self._open:
            self._report("A clip-path stands inside a <clipPath>.", how="Cut the shape itself.")
        elif found := _refused(value):
            what = f"“{shown}” in a <{tag}> may call another file (“{found}”)."
            self._report(what, "Only url(#…) may.")


def _refused(value: str) -> str:
    """What in a value is no colour, number or reference to the drawing itself; "" if nothing."""
    rest = _LOCAL_URL.sub("", value)
    if sign := _SIGNS.search(rest):
        return sign[0]
    return next((found[0] for found in _FUNCTION.finditer(rest) if found[1] not in _FUNCTIONS), "")
