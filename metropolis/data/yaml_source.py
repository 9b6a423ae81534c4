"""Strict YAML: what PyYAML would silently change or drop is refused, in plain words, with line and column.

Read by files.py (records), project.py (mkdocs.yml) and the page gate (headers of pages). Scalars follow
YAML 1.2's plain rules: `NO`, `12:30`, `012` and `1985-06-01` are text; only true/false, plain decimal numbers
and nothing (`null`, `~`) are not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from metropolis.data.characters import check_line
from metropolis.data.syntax import syntax_words
from metropolis.problem import Problem

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML without libyaml: the same tree, slower
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

Path = tuple[str | int, ...]
Mark = tuple[int, int]

MAX_BYTES = 5_000_000
MAX_DEPTH = 20
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?\Z")
# Beyond this a float loses digits without a word, and Python refuses to read some whole numbers.
MAX_DIGITS = 15
_CUT_BY_COMMENT = re.compile(r"[^\s#\[\]{},]\s+#")


@dataclass
class YamlDocument:
    """`value` is plain Python; `marks` and `keys` give line and column (from 1) of values and keys."""

    value: Any = None
    marks: dict[Path, Mark] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)

    def mark(self, path: Path) -> Mark:
        """Where the value at `path` stands, or the nearest value around it."""
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, (1, 1))


def decode(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """The text of a file: UTF-8, with or without a byte order mark at its start."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:2]:
        return "", [Problem(path, 1, 1, "The file is saved as UTF-16.", how="Save it as UTF-8.")]
    if len(data) > MAX_BYTES:
        what = f"The file is larger than {MAX_BYTES // 1_000_000} MB."
        return "", [Problem(path, 0, 0, what, how="Split it.")]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        # The decoder's own count begins after a byte order mark; what stands before the fault is good UTF-8.
        before = error.object[: error.start].decode("utf-8-sig")
        column = len(before) - (before.rfind("\n") + 1) + 1
        what = "This character is not saved as UTF-8."
        return "", [Problem(path, before.count("\n") + 1, column, what, how="Save the file as UTF-8.")]


def read_yaml(
    text: str, path: str, first_line: int = 1, trailing_comments: bool = False
) -> tuple[YamlDocument | None, list[Problem]]:
    """`text` as a document, or every problem found. `first_line` is where `text` begins in its file."""
    reader = _Reader(path, first_line - 1, text, trailing_comments)
    reader.check_characters()
    if not reader.problems:
        reader.check_events()
    if reader.problems:
        return None, reader.problems
    root = yaml.compose(text, Loader=_Loader)
    if root is not None:
        reader.document.value = reader.build(root, ())
    return (None if reader.problems else reader.document), reader.problems


class _Reader:
    """Walks one document, collecting values, marks and problems."""

    def __init__(self, path: str, shift: int, text: str, trailing_comments: bool) -> None:
        self.path = path
        self.shift = shift
        self.text = text
        self.lines = text.split("\n")
        self.trailing_comments = trailing_comments
        self.document = YamlDocument()
        self.problems: list[Problem] = []

    def report(self, line: int, column: int, what: str, expected: str = "", how: str = "") -> None:
        self.problems.append(Problem(self.path, line + self.shift, column, what, expected, how))

    def check_characters(self) -> None:
        """What must not stand in the file at all."""
        for number, line in enumerate(self.lines, start=1):
            for column, what, how in check_line(line.removesuffix("\r")):
                self.report(number, column, what, how=how)

    def check_events(self) -> None:
        """Syntax, aliases, tags, depth, number of documents: before any tree is built."""
        depth = documents = 0
        try:
            for event in yaml.parse(self.text, Loader=_Loader):
                start: Any = event.start_mark
                mark = (start.line + 1, start.column + 1)
                if isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        self.report(*mark, "A second document begins here.", how="Remove the line ---.")
                elif isinstance(event, yaml.AliasEvent):
                    self.report(*mark, "An alias (*name) stands here.", how="Write the value out.")
                elif isinstance(event, yaml.CollectionStartEvent):
                    depth += 1
                    if depth > MAX_DEPTH:
                        self.report(*mark, f"The data is nested more than {MAX_DEPTH} levels deep.")
                        return
                elif isinstance(event, yaml.CollectionEndEvent):
                    depth -= 1
                if not isinstance(event, yaml.AliasEvent) and getattr(event, "anchor", None):
                    how = "Write the value out where it is needed."
                    self.report(*mark, "An anchor (&name) stands here.", how=how)
                if tag := getattr(event, "tag", None):
                    self.report(*mark, f"A tag ({tag}) stands here.", how="Remove it.")
        except yaml.MarkedYAMLError as error:
            line, column, what, how = syntax_words(error, self.lines)
            self.report(line, column, what, how=how)

    def build(self, node: yaml.Node, path: Path) -> Any:
        """The plain value of `node`; marks are kept on the way."""
        start: Any = node.start_mark
        line, column = start.line + 1, start.column + 1
        self.document.marks[path] = (line + self.shift, column)
        if isinstance(node, yaml.MappingNode):
            return self.build_mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, index)) for index, item in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)
        return self.scalar(node)

    def build_mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line, column = key_node.start_mark.line + 1, key_node.start_mark.column + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.report(line, column, "A list or a record stands where a name was expected.")
                continue
            key = key_node.value
            if key in out:
                before = self.document.keys[(*path, key)][0]
                what = f"“{key}” stands twice in the same record, here and on line {before}."
                self.report(line, column, what, how="Keep one.")
                continue
            self.document.keys[(*path, key)] = (line + self.shift, column)
            out[key] = self.build(value_node, (*path, key))
        return out

    def scalar(self, node: yaml.ScalarNode) -> Any:
        """Plain scalars by YAML 1.2's rules; quoted ones are text."""
        text: str = node.value
        if node.style:  # quoted or a block; plain is None or, from libyaml, empty
            return text
        self.check_trailing_comment(node)
        if text in ("", "~", "null"):
            return None
        if text in ("true", "false"):
            return text == "true"
        if _NUMBER.match(text) and sum(map(str.isdigit, text)) <= MAX_DIGITS:
            return float(text) if "." in text else int(text)
        return text

    def check_trailing_comment(self, node: yaml.ScalarNode) -> None:
        """A plain text is cut at ` #` without a word; a comment belongs on a line of its own."""
        if self.trailing_comments or not node.value:
            return
        end: Any = node.end_mark
        rest = self.lines[end.line][max(end.column - 1, 0) :]
        if _CUT_BY_COMMENT.match(rest):
            what = f"What follows “{node.value}” on this line is read as a comment and lost."
            column = end.column + rest[1:].index("#") + 1
            self.report(
                end.line + 1,
                column,
                what,
                how="Put the whole text in double quotes, or the comment on its own line.",
            )
