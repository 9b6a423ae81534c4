"""What a call shows is read from the data: every label, figure and name counts, and nothing of how
they are drawn."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path

import pytest

from macros import MACROS, signatures
from metropolis.components.shown_values import shown_by
from metropolis.content.call_grammar import Call, Value, parse_calls
from metropolis.content.macro_signature import MacroSignature
from metropolis.data.load import load_records
from metropolis.data.records import Records
from metropolis.project import read_project
from metropolis.translation.workbench import open_workbench


def call(text: str) -> Call:
    (found,), problems = parse_calls(f"{{{{ {text} }}}}")
    assert not problems
    return found


def allowed(signature: MacroSignature, name: str) -> Iterable[Value]:
    """All values that a parameter knows, for whatever first argument."""
    values = signature.allowed.get(name, frozenset({"mot"}))
    return frozenset().union(*values.values()) if isinstance(values, Mapping) else values


def every_call(records: Records) -> list[Call]:
    """Each macro with every id that it knows."""
    found = []
    for name, signature in signatures(records).items():
        known = [sorted(allowed(signature, one.name), key=str) for one in signature.parameters]
        calls = (Call(name, values, (), 0, 0) for values in itertools.product(*known))
        found += [call for call in calls if signature.accepts(call)]
    assert {one.name for one in found} == set(MACROS)
    return found


def shown_in(root: Path, text: str) -> set[str]:
    project, _ = read_project(root)
    assert project
    records, problems = load_records(project)
    assert records, problems
    return set(shown_by(records, "fr")(call(text)))


def swap(root: Path, file: str, old: str, new: str) -> None:
    path = root / "data" / file
    text, count = re.subn(old, new, path.read_text("utf-8"), count=1, flags=re.MULTILINE)
    assert count == 1, f"{file} has no {old}"
    path.write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("text", "file", "old", "new", "gone", "come"),
    [
        ('theme("sustainability")', "themes.yml", 'fr: "Durabilité"', 'fr: "Durable"', "Durabilité", "Durable"),
        ('figure("people-served")', "key-figures.yml", "value: 608$", "value: 609", "608 millions", "609 millions"),
        ('key_figures("people-served")', "key-figures.yml", "value: 608$", "value: 609", "608", "609"),
        ('indicator("life-expectancy")', "indicators.yml", "value: 73.7", "value: 74.9", "73,7 ans", "74,9 ans"),
        ('person("michel-giraud")', "people.yml", "Michel Giraud", "Michel Girault", "Michel Giraud", "Michel Girault"),
        ('reference("gold-v-2019")', "references.yml", r"(- id: gold-v-2019\n(?:  .*\n)*?  year: )2019", r"\g<1>2018",
         "Rapport GOLD V. La localisation des agendas mondiaux. Comment l’action locale transforme les villes et les"
         " territoires (2019)", "Rapport GOLD V. La localisation des agendas mondiaux. Comment l’action locale transforme les"
         " villes et les territoires (2018)"),
        ("members()", "members.yml", '"?Accra Metropolitan Assembly"?', "Accra Assembly", "Accra Metropolitan Assembly",
         "Accra Assembly"),
        ("timeline()", "milestones.yml", r"1984(-world-congress\n  year: )1984", r"1982\g<1>1982", "1984", "1982"),
        ("axes(1)", "action-lines.yml", 'fr: "Récit politique métro', 'fr: "Discours politique métro',
         "Récit politique métropolitain commun", "Discours politique métropolitain commun"),
    ],
)  # fmt: skip
def test_what_readers_see_counts(
    project_copy: Path, text: str, file: str, old: str, new: str, gone: str, come: str
) -> None:
    before = shown_in(project_copy, text)
    swap(project_copy, file, old, new)
    after = shown_in(project_copy, text)
    flat = [{" ".join(one.split()) for one in texts} for texts in (before, after)]
    assert gone in flat[0]
    assert come in flat[1] - flat[0]


def test_words_of_the_interface_do_not_count(project_copy: Path, records: Records) -> None:
    file = project_copy / "data/strings.yml"
    file.write_text(re.sub(r'fr: "[^"{}]*"', 'fr: "autre"', file.read_text("utf-8")), "utf-8")
    project, _ = read_project(project_copy)
    assert project
    others, problems = load_records(project)
    assert others, problems
    assert others.strings != records.strings
    one, other = shown_by(records, "fr"), shown_by(others, "fr")
    calls = [
        each for each in every_call(records) if each.name != "member_profile"
    ]  # it has the compass's letters
    assert [str(each) for each in calls if one(each) != other(each)] == []


def test_ids_and_addresses_do_not_count(records: Records) -> None:
    """A component that is given an id under another name than those in
    `metropolis.components.shown_values.UNSEEN` would show it here."""
    kinds = [getattr(records, one.name) for one in fields(records) if one.init]
    ids = {id for kind in kinds if isinstance(kind, dict) for id in kind if "-" in str(id)}
    assert len(ids) > 200
    shown = shown_by(records, "fr")
    for one in every_call(records):
        texts = set(shown(one))
        assert texts & ids == set(), str(one)
        assert not [
            text for text in texts if re.search(r"^\w+/[\w/#-]*$|^https?:|[<>]|\.\./", text)
        ], str(one)


def test_the_order_in_which_calls_are_asked_does_not_count(records: Records) -> None:
    calls = every_call(records)
    first, last = shown_by(records, "fr"), shown_by(records, "fr")
    assert [first(one) for one in calls] == [last(one) for one in reversed(calls)][::-1]


def test_a_status_needs_no_template(project_copy: Path) -> None:
    before, _ = open_workbench(project_copy)
    (project_copy / "theme").unlink()
    after, problems = open_workbench(project_copy)
    assert before, problems
    assert after, problems
    assert after.statuses == before.statuses
    assert {section.state for page in after.statuses for section in page.sections} == {"current"}


def test_a_status_needs_neither_jinja_nor_mkdocs() -> None:
    program = "import sys, metropolis.translation.workbench; print(*{'jinja2', 'mkdocs', 'markdown'} & {*sys.modules})"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == ""
