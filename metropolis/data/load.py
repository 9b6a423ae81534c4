"""Reads the files of data/ into records, or returns every problem of every file, at its line and
column. Files are cross-checked even if a record is invalid, so that one run reports everything."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from metropolis.data.crosscheck import crosscheck
from metropolis.data.fields import KEBAB_CASE, Label, Record
from metropolis.data.messages import bad_name, nearest
from metropolis.data.observations import Observation, read_observations
from metropolis.data.record_errors import Languages, report_errors
from metropolis.data.records import KINDS, STRINGS, Records
from metropolis.data.table_source import read_csv
from metropolis.language.blanks import blanks, is_well_formed
from metropolis.language.cldr import english_name
from metropolis.leftovers import without_leftovers
from metropolis.problem import Problem
from metropolis.project import Project
from metropolis.strict_yaml.bounds import Findings, bounded
from metropolis.strict_yaml.document import YamlDocument
from metropolis.strict_yaml.source import read_yaml
from metropolis.system_error import reason
from metropolis.text_file import read_bytes, read_text

_PLURAL = "Write {n, plural, one {# word} other {# words}}, with the categories of the language."
_NAMES = (*KINDS, STRINGS)
_NOTES = (".md", ".txt")


def load_records(project: Project) -> tuple[Records | None, list[Problem]]:
    """All records, cross-checked; or (None, every problem)."""
    drafts = tuple(locale.code for locale in project.drafts)
    languages = {"locales": project.codes, "drafts": drafts}
    problems = list(_unread(project))
    files: dict[str, YamlDocument] = {}
    by_kind: dict[str, Any] = {}
    for name in _NAMES:
        file, found = read_data_file(project, name)
        problems += found
        if file is None:
            continue
        if name == STRINGS:
            by_kind[name], found = _load_strings(file, languages)
        else:
            by_kind[name.replace("-", "_")], found = _load_list(file, KINDS[name], languages)
            files[name] = file
        problems += found
    # A value that is invalid in itself is reported once, without a search for the record it names.
    reported = {(problem.path, problem.line, problem.column) for problem in problems}
    between = [one for one in crosscheck(files) if (one.path, one.line, one.column) not in reported]
    if problems or between:
        silent = list(_silent_languages(project, files.values()))
        return None, silent or sorted([*problems, *bounded(between)])
    records = Records(**by_kind)
    observations, problems = load_observations(project, records)
    return (None, problems) if problems else (replace(records, observations=observations), [])


def _silent_languages(project: Project, files: Iterable[YamlDocument]) -> Iterator[Problem]:
    """A problem for each language that no text of `files` is in, though some are in another: one,
    and not one for each text."""
    keys = {path[-1] for file in files for path, _ in file.walk() if path}
    silent = [code for code in project.codes if code not in keys]
    for code in silent if len(silent) < len(project.codes) else ():
        what = f"No text of data/ is in the language “{code}”."
        how = f"Correct its code, or begin it with: metropolis translation start {code}"
        yield Problem("mkdocs.yml", 0, 0, what, how=how)


def read_data_file(project: Project, name: str) -> tuple[YamlDocument | None, list[Problem]]:
    """data/<name>.yml, or its problems. A wrong first line hides no problem below it."""
    path = f"data/{name}.yml"
    try:
        text, problems = read_text(project.root / path, path)
    except FileNotFoundError:
        if any(file.name.startswith(f"{name}.") for file in _strange_files(project)):
            return None, []  # it has another ending, which `_unread` reports
        how = "Put it back: every data file is needed."
        return None, [Problem(path, 0, 0, "The file is missing.", how=how)]
    except OSError as error:
        return None, [_unreadable(path, error)]
    if problems:
        return None, problems
    document, problems = read_yaml(text, path)
    schema = f"# yaml-language-server: $schema=schema/{name}.json"
    if text.strip() and text.split("\n", 1)[0].rstrip() != schema:
        what = "The first line does not name the file's schema."
        problems.append(Problem(path, 1, 1, what, how=f"Write: {schema}"))
    return document, problems


def _strange_files(project: Project) -> Iterator[pathlib.Path]:
    """The files of data/ that no record is read from."""
    tables = project.data_dir / "observations"
    read = {*(project.data_dir / f"{name}.yml" for name in _NAMES), *tables.glob("*.csv")}
    for file in without_leftovers([*project.data_dir.glob("*.*"), *tables.glob("*")]):
        if file not in read and not file.name.startswith(".") and file.suffix not in _NOTES:
            yield file


def _unread(project: Project) -> Iterator[Problem]:
    """A problem for each strange file: a name that is misspelt, a table that nobody has imported,
    or a pipe, a device or a folder with the name of a data file."""
    for file in _strange_files(project):
        path = file.relative_to(project.root).as_posix()
        try:
            read_bytes(file)
        except OSError as error:
            yield _unreadable(path, error)
            continue
        meant = nearest(file.stem, _NAMES).replace("“", "“data/").replace("”", ".yml”")
        how = meant or "Rename it to one of the files that are read, or delete it."
        if file.suffix.lower() in (".csv", ".xlsx"):
            how = "Move it out of data/, then: metropolis data import observations"
            how = f"{how} {file.name}"
        yield Problem(path, 0, 0, "The file is not read.", how=how)


def _unreadable(path: str, error: OSError) -> Problem:
    error.filename = path
    return Problem(path, 0, 0, f"The file cannot be read: {reason(error)}.")


def load_observations(
    project: Project, records: Records
) -> tuple[tuple[Observation, ...], list[Problem]]:
    """The observations of data/observations/*.csv, in their order, and every invalid cell."""
    observations: list[Observation] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, str, int, str], str] = {}
    for file in without_leftovers((project.data_dir / "observations").glob("*.csv")):
        path = file.relative_to(project.root).as_posix()
        rows, found = read_csv(read_bytes(file), path)
        if not found:
            read, found = read_observations(rows, path, records, seen)
            observations += read
        problems += found
    return ((), sorted(problems)) if problems else (tuple(observations), [])


def _load_list(
    file: YamlDocument, model: type[Record], languages: Languages
) -> tuple[dict[str, Record], list[Problem]]:
    """Id -> record, in the order of the file."""
    if not isinstance(file.value, list):
        what, how = "A list of records was expected.", "Begin each with “- id: …”."
        return {}, [file.problem((), what, how=how)]
    records: dict[str, Record] = {}
    findings = Findings(file.file)
    for index, value in enumerate(file.value):
        try:
            record: Any = model.model_validate(value, context=languages)
            records[record.id] = record
        except ValidationError as error:
            report_errors(findings, file, (index,), error, model, languages)
    return records, findings.problems()


def _load_strings(
    file: YamlDocument, languages: Languages
) -> tuple[dict[str, Label], list[Problem]]:
    if not isinstance(file.value, dict):
        return {}, [file.problem((), "A name with its texts was expected on each line.")]
    strings: dict[str, Label] = {}
    findings = Findings(file.file)
    for key, value in file.value.items():
        if not re.match(KEBAB_CASE, key):
            findings.take(file.name_problem((key,), *bad_name(key, "a name here")))
        try:
            strings[key] = Label.model_validate(value, context=languages)
            for locale, text in strings[key].items():
                if not is_well_formed(text, locale):
                    what = "The plural cannot be read."
                    findings.take(file.problem((key, locale), what, _PLURAL))
            if differing := _blanks_by_language(strings[key]):
                what = f"The languages do not have the same blanks: {differing}."
                how = "Write the same names in each: the site fills them."
                findings.take(file.problem((key,), what, how=how))
        except ValidationError as error:
            report_errors(findings, file, (key,), error, Label, languages)
    return strings, findings.problems()


def _blanks_by_language(label: Label) -> str:
    """“French {n}, Spanish none” if the languages do not have the same blanks."""
    given = {
        locale: " ".join(f"{{{name}}}" for name in sorted(blanks(text))) or "none"
        for locale, text in label.items()
        if is_well_formed(text, locale)
    }
    words = ", ".join(f"{english_name(locale)} {names}" for locale, names in given.items())
    return words if len(set(given.values())) > 1 else ""
