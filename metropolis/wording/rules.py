"""Reads language/rules.yml: the strength of each rule, and its exceptions. An exception names the
exact fragment that a check reports; one that no longer matches anything is reported."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any

from metropolis.problem import Problem, Severity
from metropolis.project import Project
from metropolis.strict_yaml.document import YamlDocument
from metropolis.strict_yaml.source import read_yaml_file
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

    line: int
    rule: str
    text: str
    reason: str
    page: str = ""

    def covers(self, rule: str, path: str, fragment: str) -> bool:
        """Whether it is an exception for what a rule reports of a fragment of a page."""
        return (self.rule, self.text) == (rule, fragment) and self.page in ("", path)


@dataclass(frozen=True)
class Rules:
    """The project's rules; without a file, each rule has its own strength and no exception."""

    strength: Mapping[str, Severity] = field(default_factory=lambda: dict(RULES))
    exemptions: tuple[Exemption, ...] = ()

    def apply(self, findings: Iterable[Finding]) -> list[Problem]:
        """The problems of `findings`, with the strength of their rules, but the excepted ones."""
        problems: list[Problem] = []
        used: set[Exemption] = set()
        for finding in findings:
            place = (finding.rule, finding.problem.path, finding.fragment)
            covering = [exemption for exemption in self.exemptions if exemption.covers(*place)]
            used.update(covering)
            if not covering:
                problems.append(self._weigh(finding))
        for exemption in self.exemptions:
            if exemption not in used:
                named = f"The exception for “{exemption.text}” ({exemption.rule})"
                how = f" or correct its page, {exemption.page}" if exemption.page else ""
                words = (f"{named} no longer matches anything.", "", f"Remove it{how}.")
                problems.append(Problem(FILE, exemption.line, 1, *words, "advice", "lists"))
        return problems

    def is_excepted(self, rule: str, path: str, fragment: str) -> bool:
        """Whether the project has an exception for a fragment of a page."""
        return any(one.covers(rule, path, fragment) for one in self.exemptions)

    def _weigh(self, finding: Finding) -> Problem:
        """With the strength of its rule; what a check gives as advice stays advice."""
        own, rule = finding.problem.severity, finding.rule
        severity = self.strength[rule] if own == RULES[rule] else own
        return replace(finding.problem, severity=severity)


def read_rules(project: Project) -> tuple[Rules | None, list[Problem]]:
    """The project's rules, and the problems of their file; None if it cannot be read."""
    try:
        document, problems = read_yaml_file(project.root, FILE)
    except FileNotFoundError:
        return Rules(), []
    return (None, problems) if document is None else _read(document)


def _read(document: YamlDocument) -> tuple[Rules, list[Problem]]:
    value: Any = document.value or {}
    if not isinstance(value, dict):
        return Rules(), [document.problem((), "“strength:” and “exceptions:” were expected.")]
    unknown = [key for key in value if key not in _KEYS]
    expected = f"They are: {', '.join(_KEYS)}."
    problems = [
        document.name_problem((key,), f"“{key}” is not a key of this file.", expected)
        for key in unknown
    ]
    strength, found = _read_strength(document, value.get("strength") or {})
    exemptions, more = _read_exemptions(document, value.get("exceptions") or [])
    return Rules({**RULES, **strength}, tuple(exemptions)), [*problems, *found, *more]


def _read_strength(document: YamlDocument, value: Any) -> tuple[dict[str, Severity], list[Problem]]:
    strength: dict[str, Severity] = {}
    problems: list[Problem] = []
    if not isinstance(value, dict):
        what = "A rule and its strength were expected on each line."
        return {}, [document.problem(("strength",), what)]
    for rule, severity in value.items():
        if rule not in RULES:
            problems.append(document.name_problem(("strength", rule), *_unknown_rule(rule)))
        elif severity not in ("error", "advice"):
            what = f"“{severity}” is not a strength."
            problems.append(document.problem(("strength", rule), what, "Write error or advice."))
        else:
            strength[rule] = severity
    return strength, problems


def _read_exemptions(document: YamlDocument, value: Any) -> tuple[list[Exemption], list[Problem]]:
    exemptions: list[Exemption] = []
    problems: list[Problem] = []
    for index, one in enumerate(value if isinstance(value, list) else [value]):
        place = ("exceptions", index)
        if not has_texts(one, _EXCEPTION_KEYS, optional={"page"}):
            what = "This exception is not complete, or has other keys."
            problems.append(document.problem(place, what, _FORM))
        elif one["rule"] not in RULES:
            problems.append(document.problem(place, *_unknown_rule(one["rule"])))
        else:
            exemptions.append(Exemption(line=document.mark(place)[0], **one))
    return exemptions, problems


def has_texts(entry: object, keys: Collection[str], optional: Collection[str] = ()) -> bool:
    """Whether an entry of a list is a text for each of `keys`, and nothing else."""
    if not isinstance(entry, dict) or not {*keys} - {*optional} <= entry.keys() <= {*keys}:
        return False
    return all(isinstance(text, str) and text.strip() for text in entry.values())


def _unknown_rule(rule: str) -> tuple[str, str, str]:
    near = get_close_matches(rule, RULES, 1, 0.6)
    how = f"Did you mean {near[0]}?" if near else ""
    return f"“{rule}” is not a rule.", f"They are: {', '.join(RULES)}.", how
