"""Checks the text between two values: blank space, comments, and the signs that reader.py expects.
A parser skips too much of it silently: the text after `"Villes"#1 du monde`."""

from __future__ import annotations

import re
from typing import Any

from metropolis.strict_yaml.bounds import Findings

_BLANK = re.compile(r"[ \r\n]*")
_SHOWN = 40
_QUOTE = "Put the text in double quotes."


class Gaps:
    """Reads the text once, from value to value; `line` (from 0) is where the last one ends."""

    def __init__(self, text: str, findings: Findings, trailing_comments: bool) -> None:
        self.text = text
        self.line = 0
        self._findings = findings
        self._trailing_comments = trailing_comments
        self._start = self._end = 0
        self._line_start = 0
        self._expected = ""
        self._given_up = False

    def give_up(self) -> None:
        """Stops the check: a rejected construct makes the marks of later values unreliable."""
        self._given_up = True

    def expect(self, signs: str) -> None:
        self._expected += signs

    def pass_token(self, event: Any, optional: str = "") -> None:
        """Checks the text before a value or bracket, perhaps `optional`; not of empty values."""
        if event.start_mark.index != event.end_mark.index:
            self._check(event.start_mark.index, optional)
            self._start, self._end = event.start_mark.index, event.end_mark.index
            self.line = event.end_mark.line
            self._line_start = self._end - event.end_mark.column

    def close(self) -> None:
        """Checks the text after the last value, as far as the end of the file."""
        self._check(len(self.text), "")

    def _check(self, end: int, optional: str) -> None:
        gap, expected = self.text[self._end : end], self._expected
        self._expected = ""
        if self._given_up:
            return
        if "#" not in gap:
            signs = gap.replace(" ", "").replace("\n", "").replace("\r", "")
            if signs == expected or signs == expected + optional:
                return
        places = self._signs(end)
        signs = "".join(self.text[place] for place in places)
        if signs != expected and signs != expected + optional:
            self._report_error(places, signs, expected)

    def _signs(self, end: int) -> list[int]:
        """The positions of signs before `end`; checks the blank space and comments between them."""
        places: list[int] = []
        at = self._end
        while (at := self._after_blank(at, end)) < end:
            if self.text[at] == "#":
                self._check_comment(at)
                at = self.text.find("\n", at, end)
                if at < 0:
                    break
            else:
                places.append(at)
                at += 1
        return places

    def _after_blank(self, at: int, end: int) -> int:
        found = _BLANK.match(self.text, at, end)
        return found.end() if found else at

    def _check_comment(self, at: int) -> None:
        """YAML silently cuts a text at ` #`, so a comment must be on a line of its own."""
        before = self.text[self._begin_of_line(at) : at]
        if not before.strip(" ") or (self._trailing_comments and before.endswith(" ")):
            return
        words = before.strip()
        # The last token of a list or record is its bracket: then the message quotes the whole line.
        if (
            self._end - self._start > 1
            and self._end > at - len(before)
            and not self.text[self._end : at].strip()
        ):
            words = self.text[max(self._start, at - len(before)) : self._end].strip()
        words = words if len(words) <= _SHOWN else "…" + words[-_SHOWN:]
        what = f"What follows “{words}” on this line is read as a comment and lost."
        how = "Put the whole text in double quotes, or the comment on its own line."
        self._report(at, what, how)

    def _report_error(self, places: list[int], signs: str, expected: str) -> None:
        for place, sign, right in zip(places, signs, expected.ljust(len(signs)), strict=False):
            if sign != right and (right, sign) != (":", ","):
                self._report(place, *_words(sign))
                return
            if sign != right:
                break
        shown = self.text[self._start : self._end].split("\n", 1)[0][:_SHOWN]
        what = f"After “{shown}” a colon and a value are missing."
        if re.match(r"[\w-]+:[\"'«“]", shown):
            what = f"There is no space after the colon of “{shown}”."
        self._report(self._end, what, 'Write name: "…".')

    def _begin_of_line(self, at: int) -> int:
        """Where the line of `at` begins; earlier values of that line are not searched again."""
        return max(self.text.rfind("\n", self._end, at) + 1, self._line_start)

    def _report(self, at: int, what: str, how: str) -> None:
        line = self.line + self.text.count("\n", self._end, at) + 1
        self._findings.add(line, at - self._begin_of_line(at) + 1, what, how=how)


def _words(sign: str) -> tuple[str, str]:
    if sign == "?":
        what = "There is a question mark before a name."
        return what, "Remove it, or put the text in double quotes."
    if sign == "%":
        return "A line that begins with % is an order to the reader, not data.", "Remove it."
    return f"“{sign}” is not expected here.", _QUOTE
