"""Reads one YAML document into plain values from libyaml's events, without libyaml's guesses: by
YAML 1.2's plain rules, `NO`, `12:30`, `012` and `1985-06-01` are text. Each character of the file
belongs to a value, to a sign that the values need, to blank space or to a comment (gaps.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from metropolis.strict_yaml.bounds import Findings
from metropolis.strict_yaml.document import Path, YamlDocument
from metropolis.strict_yaml.gaps import Gaps
from metropolis.strict_yaml.syntax import syntax_words
from metropolis.strict_yaml.texts import check_scalar, check_yaml_name, lines_too_far_left
from metropolis.strict_yaml.yaml_numbers import plain_value, suggest_number

MAX_DEPTH = 20
MAX_VALUES = 100_000  # thirty times as many as the project's largest file has
_CUT_NUMBER = re.compile(r"-?\d[\d,]*,\Z")
_END_OF_NUMBER = re.compile(r" *[,}]")
_KEY_SHOWN = 80

# An event of the parser; PyYAML's types declare its marks as Any.
Event = Any


class _StopError(Exception):
    """Stops the reading: the reason has been reported, and what follows would only repeat it."""


class Reader:
    """Reads one document once, and collects values, marks and problems."""

    def __init__(self, text: str, findings: Findings, trailing_comments: bool) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.findings = findings
        self.document = YamlDocument(findings.path)
        self.gaps = Gaps(text, findings, trailing_comments)
        self.values = 0
        self.is_misread = False  # a quotation mark is closed too late

    def read(self) -> YamlDocument:
        events: Iterator[Event] = yaml.parse(self.text, Loader=yaml.CSafeLoader)
        try:
            self._read_stream(events)
        except _StopError:
            pass
        except yaml.YAMLError as error:
            line, column, what, how = syntax_words(error, self.lines)
            if not self.is_misread:
                self.findings.add(line, column, what, how=how)
        return self.document

    def _read_stream(self, events: Iterator[Event]) -> None:
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._report(event, "A second document begins here.", "Remove the line ---.")
                    raise _StopError
                self.gaps.expect("---" if event.explicit else "")
            elif isinstance(event, yaml.DocumentEndEvent) and event.explicit:
                self._report(event, "There is a line ... here.", "Remove it.")
                self.gaps.expect("...")
            elif isinstance(event, yaml.NodeEvent):
                self.document.value = self._build(event, events, (), -1, False)
        self.gaps.close()

    def _build(
        self, event: Event, events: Iterator[Event], path: Path, indentation: int, flow: bool
    ) -> Any:
        """The plain value that begins with `event`, in a block indented by `indentation`."""
        self._check_node(event, path)
        start = event.start_mark
        self.document.marks[path] = (start.line + 1 + self.findings.shift, start.column + 1)
        if isinstance(event, yaml.AliasEvent):
            self.gaps.pass_token(event)
            return None
        if isinstance(event, yaml.ScalarEvent):
            if not path and event.style in ("|", ">") and not event.value.strip():
                # Elsewhere it is read. Here it need not be indented, as libyaml wants it to be.
                self._report(event, "There is an empty text after > or |.", 'Write "".')
            return self._scalar(event, indentation, flow)
        build = self._mapping if isinstance(event, yaml.MappingStartEvent) else self._sequence
        if not event.flow_style:
            return build(event, events, path, start.column, False)
        value = build(event, events, path, indentation, True)
        if not flow:
            self._check_flow(event, indentation)
        return value

    def _check_node(self, event: Event, path: Path) -> None:
        self.values += 1
        if self.values > MAX_VALUES:
            self._report(event, f"The file has more than {MAX_VALUES} values.", "Split it.")
            raise _StopError
        if isinstance(event, yaml.AliasEvent):
            self._report(event, "There is an alias (*name) here.", "Write the value out.")
            self.gaps.give_up()
            return
        if isinstance(event, yaml.CollectionStartEvent) and len(path) >= MAX_DEPTH:
            self._report(event, f"The data is nested more than {MAX_DEPTH} levels deep.")
            raise _StopError
        if event.anchor:
            what = "There is an anchor (&name) here."
            self._report(event, what, "Write the value out where it is needed.")
        if event.tag:
            self._report(event, f"There is a tag ({_shown(event.tag)}) here.", "Remove it.")
        if event.anchor or event.tag:
            self.gaps.give_up()

    def _sequence(
        self, event: Event, events: Iterator[Event], path: Path, indentation: int, flow: bool
    ) -> list[Any]:
        items: list[Any] = []
        if flow:
            self.gaps.pass_token(event)
        for inner in events:
            if isinstance(inner, yaml.SequenceEndEvent):
                break
            self.gaps.expect(("," if items else "") if flow else "-")
            items.append(self._build(inner, events, (*path, len(items)), indentation, flow))
        if flow:
            self.gaps.pass_token(inner, ",")
        return items

    def _mapping(
        self, event: Event, events: Iterator[Event], path: Path, indentation: int, flow: bool
    ) -> dict[str, Any]:
        record: dict[str, Any] = {}
        # In [a: b] the record has no braces of its own.
        braces = flow and self.text.startswith("{", event.start_mark.index)
        if braces:
            self.gaps.pass_token(event)
        first = True
        for inner in events:
            if isinstance(inner, yaml.MappingEndEvent):
                break
            self.gaps.expect("" if first or not flow else ",")
            first = False
            if flow and self._is_cut_number(inner):
                next(events)  # the empty value of an invalid name
                continue
            key = self._key(inner, path, record)
            self.gaps.expect(":")
            value = self._build(next(events), events, (*path, key), indentation, flow)
            record.setdefault(key, value)
        if braces:
            self.gaps.pass_token(inner, ",")
        return record

    def _is_cut_number(self, event: Event) -> bool:
        """Whether a name is the decimals of a number: YAML splits `{value: 5,3}` in two."""
        start, end = event.start_mark, event.end_mark
        line = self.lines[start.line]
        before = _CUT_NUMBER.search(line[max(start.column - _KEY_SHOWN, 0) : start.column])
        is_cut = before and self.text[start.index : end.index].rstrip(" %").isdecimal()
        if not before or not is_cut or not _END_OF_NUMBER.match(self.text, end.index):
            return False
        self.gaps.pass_token(event)
        number = before[0] + event.value
        if not self.text[end.index + 1 : end.index + 2].isdecimal():
            what = f"“{number}” is cut in two: between braces a comma ends a value."
            place = start.column - len(before[0]) + 1
            self.findings.add(start.line + 1, place, what, how=suggest_number(number))
        return True

    def _key(self, event: Event, path: Path, record: dict[str, Any]) -> str:
        """The name that begins with `event`: one scalar, on one line, once in its record."""
        self._check_node(event, path)
        if not isinstance(event, yaml.ScalarEvent):
            self._report(event, "A list or a record was found where a name was expected.")
            raise _StopError
        start: Event = event.start_mark
        end: Event = event.end_mark
        if start.index == end.index:
            self._report(event, "A name is missing before this place.", 'Write name: "…".')
        self.gaps.pass_token(event)
        for line, column, what, how in check_yaml_name(event):
            self.findings.add(line, column, what, how=how)
        if start.line != end.line:
            self._report(event, "A name continues on the next line.", "Write it on one line.")
        name: str = event.value
        if name in record:
            before = self.document.keys[(*path, name)][0]
            what = f"“{_shown(name)}” occurs twice in the same record, here and on line {before}."
            is_head = path and isinstance(path[-1], int) and name == next(iter(record))
            how = f"Keep one, or begin a new record: - {name}: …" if is_head else "Keep one."
            self._report(event, what, how)
        else:
            place = (start.line + 1 + self.findings.shift, start.column + 1)
            self.document.keys[(*path, name)] = place
        return name

    def _scalar(self, event: Event, indentation: int, flow: bool) -> Any:
        """Converts plain scalars by YAML 1.2's rules; quoted ones stay text."""
        self.gaps.pass_token(event)
        for line, column, what, how in check_scalar(event, self.text, flow):
            self.findings.add(line, column, what, how=how)
        if event.style in ("'", '"'):
            self._check_quoted(event, indentation, flow)
        if not flow:
            self._check_begin(event, indentation)
        # Quoted or a block; a plain scalar has None or, from libyaml, "".
        return event.value if event.style else plain_value(event.value)

    def _check_flow(self, event: Event, indentation: int) -> None:
        """A bracketed value must end on the line that the gaps reached; comments are allowed."""
        self._check_begin(event, indentation)
        start = event.start_mark.line
        for line in lines_too_far_left(self.lines, start, self.gaps.line, indentation):
            if not self.lines[line].lstrip().startswith("#"):
                self._report_line(line, "A text in brackets")

    def _check_quoted(self, event: Event, indentation: int, flow: bool) -> None:
        start, end = event.start_mark.line, event.end_mark.line
        far = list(lines_too_far_left(self.lines, start, end, indentation))
        if far and not flow:
            what = "The text in quotes that begins here ends on line"
            what = f"{what} {end + 1 + self.findings.shift}, beyond lines that are not indented"
            how = "Close it before them, or indent them more."
            self._report(event, f"{what} more than its record.", how)
            self.is_misread = True  # most often it is not closed
        # In brackets the message about the bracket covers the other lines.
        for line in far if flow else ():
            if self.lines[line].lstrip().startswith("#"):
                self._report_line(line, "A text in quotes")

    def _report_line(self, line: int, subject: str) -> None:
        what = f"{subject} continues on a line that is not indented more than its record."
        self.findings.add(line + 1, 1, what, how="Close it before, or indent the line more.")

    def _check_begin(self, event: Event, indentation: int) -> None:
        """A value on a line of its own must be indented more than its name."""
        start, end = event.start_mark, event.end_mark
        if start.column <= indentation and start.index != end.index:
            self._report(event, "The value is not indented more than its name.", "Indent it more.")

    def _report(self, event: Event, what: str, how: str = "") -> None:
        start = event.start_mark
        self.findings.add(start.line + 1, start.column + 1, what, how=how)


def _shown(name: str) -> str:
    return name if len(name) <= _KEY_SHOWN else name[:_KEY_SHOWN] + "…"
