"""Reads language/rules.yml: the strength of each rule, and its exceptions with their reasons. An
exception names the exact fragment that a check reports. Exceptions that no longer match anything
are reported, so that the list stays short."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any

from metropolis.problem import Problem, Severity
from metropolis.project import Project
from metropolis.strict_yaml.document import YamlDocument
from metropolis.strict_yaml.source import read_yaml
from metropolis.text_file import read_text
from metropolis.wording.finding import RULES, Finding

FILE = "language/rules.yml"
_KEYS = ("strength", "exceptions")
_EXCEPTION_KEYS = ("rule", "text", "page", "reason")
_FORM = (
    'An exception is written - rule: spelling, text: "…", reason: "…", and page: … if it'
    " applies to one page only."
)


@dataclass(frozen=True)
class Exemption:
    """`page` is a path, or "" for all pages; `line` is the exception's line in the file."""

    rule: str
    text: str
    page: str
    reason: str
    line: int

    def covers(self, finding: Finding) -> bool:
        """Whether the exception matches a finding."""
        is_page = self.page in ("", finding.problem.path)
        return self.rule == finding.rule and self.text == finding.fragment and is_page


@dataclass(frozen=True)
class Rules:
    """The project's rules; without a file, each rule has its own strength and no exception."""

    strength: Mapping[str, Severity] = field(default_factory=lambda: dict(RULES))
    exemptions: tuple[Exemption, ...] = ()

    def apply(self, findings: Iterable[Finding]) -> list[Problem]:
        """The problems of `findings` with the strength of their rules, without the excepted
        ones."""
        problems: list[Problem] = []
        used: set[Exemption] = set()
        for finding in findings:
            covering = [exemption for exemption in self.exemptions if exemption.covers(finding)]
            used.update(covering)
            if not covering:
                problems.append(self._weigh(finding))
        for exemption in self.exemptions:
            if exemption not in used:
                what = (
                    f"The exception for “{exemption.text}” ({exemption.rule})"
                    " no longer matches anything."
                )
                problems.append(
                    Problem(FILE, exemption.line, 1, what, "", "Remove it.", "advice", "lists")
                )
        return problems

    def is_excepted(self, rule: str, path: str, fragment: str) -> bool:
        """Whether the project has an exception for a fragment of a page."""
        return any(
            (one.rule, one.text) == (rule, fragment) and one.page in ("", path)
            for one in self.exemptions
        )

    def _weigh(self, finding: Finding) -> Problem:
        """The finding's problem with the strength of its rule. What a check gives as advice stays
        advice."""
        own, rule = finding.problem.severity, finding.rule
        severity = self.strength[rule] if own == RULES[rule] else own
        return replace(finding.problem, severity=severity)


def read_rules(project: Project) -> tuple[Rules | None, list[Problem]]:
    """The project's rules, and the problems of their file; None if it cannot be read."""
    try:
        text, problems = read_text(project.root / FILE, FILE)
    except FileNotFoundError:
        return Rules(), []
    document = None
    if not problems:
        document, problems = read_yaml(text, FILE)
    if document is None:
        return None, problems
    return _read(document)


def _read(document: YamlDocument) -> tuple[Rules, list[Problem]]:
    value: Any = document.value or {}
    if not isinstance(value, dict):
        what = "“strength:” and “exceptions:” were expected."
        return Rules(), [Problem(FILE, *document.mark(()), what)]
    problems = [
        Problem(
            FILE,
            *document.keys[(key,)],
            f"“{key}” is not a key of this file.",
            f"They are: {', '.join(_KEYS)}.",
        )
        for key in value
        if key not in _KEYS
    ]
    strength, found = _read_strength(document, value.get("strength") or {})
    exemptions, more = _read_exemptions(document, value.get("exceptions") or [])
    return Rules({**RULES, **strength}, tuple(exemptions)), [*problems, *found, *more]


def _read_strength(document: YamlDocument, value: Any) -> tuple[dict[str, Severity], list[Problem]]:
    strength: dict[str, Severity] = {}
    problems: list[Problem] = []
    if not isinstance(value, dict):
        return {}, [
            Problem(
                FILE,
                *document.mark(("strength",)),
                "A rule and its strength were expected on each line.",
            )
        ]
    for rule, severity in value.items():
        if rule not in RULES:
            problems.append(_unknown_rule(document.keys[("strength", rule)], rule))
        elif severity not in ("error", "advice"):
            what = f"“{severity}” is not a strength."
            problems.append(
                Problem(FILE, *document.mark(("strength", rule)), what, "Write error or advice.")
            )
        else:
            strength[rule] = severity
    return strength, problems


def _read_exemptions(document: YamlDocument, value: Any) -> tuple[list[Exemption], list[Problem]]:
    exemptions: list[Exemption] = []
    problems: list[Problem] = []
    for index, one in enumerate(value if isinstance(value, list) else [value]):
        mark = document.mark(("exceptions", index))
        texts = isinstance(one, dict) and all(
            isinstance(text, str) and text.strip() for text in one.values()
        )
        if (
            not texts
            or set(one) - set(_EXCEPTION_KEYS)
            or not {"rule", "text", "reason"} <= set(one)
        ):
            problems.append(
                Problem(FILE, *mark, "This exception is not complete, or has other keys.", _FORM)
            )
        elif one["rule"] not in RULES:
            problems.append(_unknown_rule(mark, one["rule"]))
        else:
            exemptions.append(
                Exemption(one["rule"], one["text"], one.get("page", ""), one["reason"], mark[0])
            )
    return exemptions, problems


def _unknown_rule(mark: tuple[int, int], rule: str) -> Problem:
    near = get_close_matches(rule, RULES, 1, 0.6)
    expected = f"They are: {', '.join(RULES)}."
    return Problem(
        FILE,
        *mark,
        f"“{rule}” is not a rule.",
        expected,
        f"Did you mean {near[0]}?" if near else "",
    )
