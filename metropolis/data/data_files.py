"""One file of data/ as a document: strict YAML with the right schema line. Used by load.py."""

from __future__ import annotations

from dataclasses import dataclass

from metropolis.problem import Problem
from metropolis.project import Project
from metropolis.strict_yaml.document import YamlDocument
from metropolis.strict_yaml.source import read_yaml
from metropolis.system_error import reason
from metropolis.text_file import read_text


@dataclass(frozen=True)
class DataFile:
    """A readable file: `name` as in data/<name>.yml, `path` in the project."""

    name: str
    path: str
    document: YamlDocument


def read_data_file(project: Project, name: str) -> tuple[DataFile | None, list[Problem]]:
    """data/<name>.yml, or its problems. A wrong first line hides no problem below it."""
    path = f"data/{name}.yml"
    try:
        text, problems = read_text(project.root / path, path)
    except FileNotFoundError:
        how = "Put it back: every data file is needed."
        return None, [Problem(path, 0, 0, "The file is missing.", how=how)]
    except OSError as error:
        error.filename = path
        return None, [Problem(path, 0, 0, f"The file cannot be read: {reason(error)}.")]
    if problems:
        return None, problems
    document, problems = read_yaml(text, path)
    schema = f"# yaml-language-server: $schema=schema/{name}.json"
    if text.split("\n", 1)[0].rstrip() != schema:
        what = "The first line does not name the file's schema."
        problems.append(Problem(path, 1, 1, what, how=f"Write: {schema}"))
    return (DataFile(name, path, document) if document else None), problems
