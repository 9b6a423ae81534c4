"""What is wrong with the head and the cells of a table of observations: each mark for "no value",
separator and format of spreadsheet programs and databases has its own message."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, get_args

from metropolis.data.fields import FIRST_YEAR, LAST_YEAR
from metropolis.data.messages import Names, nearest
from metropolis.data.models import Indicator
from metropolis.data.table_source import Row
from metropolis.hidden_characters import code_point, find_hidden
from metropolis.problem import Problem
from metropolis.strict_yaml.bounds import MAX_PROBLEMS
from metropolis.strict_yaml.yaml_numbers import MAX_DIGITS, suggest_number

# As in the code list CL_SEX of SDMX, in words.
Sex = Literal["total", "female", "male"]
SEXES: tuple[Sex, ...] = get_args(Sex)
COLUMNS = ("place", "indicator", "year", "value", "unit", "sex", "source")
HEAD_LINE = f"Begin with the line: {','.join(COLUMNS)}"
Words = tuple[str, str]

# Other names of columns: those of SDMX, which statistical offices use, and of the site's languages.
_OTHER_NAMES: Names = {
    "place": ("ref_area", "geo", "lieu", "ville", "city", "lugar", "ciudad", "metropolis"),
    "indicator": ("indicateur", "indicador"),
    "year": ("time_period", "time", "année", "año", "date", "fecha"),
    "value": ("obs_value", "valeur", "valor"),
    "unit": ("unit_measure", "unité", "unidad"),
    "sex": ("sexe", "sexo", "gender", "genre", "género"),
    "source": ("fuente", "origine"),
}
_SEX_NAMES: Names = {
    "total": ("t", "_t", "both", "both sexes", "all", "ensemble", "tous", "ambos", "ambos sexos"),
    "female": ("f", "femme", "femmes", "women", "woman", "mujer", "mujeres", "féminin"),
    "male": (
        "homme",
        "hommes",
        "men",
        "man",
        "hombre",
        "hombres",
        "masculin",
    ),  # “m” is “mujer” too
}
_YEAR = re.compile(r"x?(19|20)\d\d(\s?\[.*\])?")  # “X2019” of R, “2019 [YR2019]” of the World Bank
_OTHER_FORMATS = {"<": "HTML or XML", "{": "JSON", "[": "JSON"}
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
_NUMBER = re.compile(rf"-?(0|[1-9]\d{{0,{MAX_DIGITS - 1}}})(\.\d{{1,{MAX_DIGITS}}})?", re.ASCII)
_LEAVE_OUT = "Leave the whole row out where there is no value."
# In the three languages and the statistical offices' signs.
_NO_VALUE = re.compile(
    r"[-–—−.…*:?/x\s]+|\(?(n[./]?\s?[ardcs][.]?|nan?|null|none|nil|void|missing|unknown|tbc|tbd"
    r"|s[./]?\s?[od][.]?|nsp|no (data|value|disponible|answer)|not (available|applicable|known)"
    r"|non (disponible|communiqué|renseigné|applicable)|inconnue?|sin (datos?|información)"
    r"|no aplica|desconocid[oa]|vide|vacío|pas de données)\)?"
    r"|\[[a-z]{1,4}\]|:\s?[a-z]{1,2}|-9{3,}(\.0+)?",  # the codes of statistical offices
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"[<>≤≥~≈±]|\d\s?[-–—]\s?\d|\b(moins|plus|less|more|menos|más|env(iron)?|about|around|approx\w*"
    r"|aprox\w*|ca|circa|cerca)\b",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\((\d+(?:\.\d+)?)\)", re.ASCII)
_YEARS = re.compile(r"\d{4}\s?[-–/]\s?(\d{2}|\d{4})", re.ASCII)
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}[.-][a-zé]{3,4}\.?", re.ASCII)
# Where the records are that a column names.
_FILES = {
    "member or metropolitan space": "members.yml or data/spaces.yml",
    "indicator": "indicators.yml",
    "source": "sources.yml",
    "unit": "units.yml",
}


def column_names(head: Row) -> list[str]:
    """The names in a row, however a spreadsheet capitalises and spaces them."""
    return [cell.strip().lower() for cell in head.cells]


def read_head(rows: Sequence[Row], path: str) -> tuple[dict[str, int], list[Problem]]:
    """The place of each column but empty ones; or what is wrong with the first row."""
    head = rows[0]
    names = column_names(head)
    if problem := _not_a_head(rows, path):
        return {}, [problem]
    columns: dict[str, int] = {}
    problems: list[Problem] = []
    for index, name in enumerate(names):
        if not name and not any("".join(row.cells[index : index + 1]).strip() for row in rows):
            continue
        if not name:
            what, how = "This column has no name.", f"Delete it, or name it: {', '.join(COLUMNS)}."
        elif name not in COLUMNS:
            near = nearest(name, COLUMNS, _OTHER_NAMES) if len(problems) < MAX_PROBLEMS else ""
            written = head.cells[index].strip()
            what = _hidden(name) or f"“{written}” is no column of observations."
            how = near or f"The columns are: {', '.join(COLUMNS)}."
        elif name in columns:
            what, how = f"The column “{name}” is there twice.", "Keep one."
        else:
            columns[name] = index
            continue
        problems.append(Problem(path, head.line, index + 1, what, how=how))
    missing = [name for name in COLUMNS if name not in columns]
    if missing and not problems:
        listed = ", ".join(f"“{name}”" for name in missing)
        problems.append(Problem(path, head.line, 1, f"Missing columns: {listed}.", how=HEAD_LINE))
    return columns, problems


def _not_a_head(rows: Sequence[Row], path: str) -> Problem | None:
    """Why the first row is not the head of a table with commas."""
    head, names = rows[0], column_names(rows[0])
    first = head.cells[0].strip()
    if first.lower().startswith("sep="):
        what = "A line “sep=…” is for Excel only; it is no part of the table."
        return Problem(path, head.line, 1, what, how="Delete it.")
    if format := _OTHER_FORMATS.get(first[:1]):
        what, how = f"This is {format}, not a table.", "Ask for the values as CSV or as a workbook."
        return Problem(path, head.line, 1, what, how=how)
    if head.cells == (first,) and len(set(next(csv.reader([first]))) & set(COLUMNS)) > 1:
        what, how = (
            "The whole line is in quotes, and so is one cell.",
            "Delete the quotes around it",
        )
        return Problem(path, head.line, 1, what, how=f"{how}, here and in the lines below.")
    if years := [place for place, name in enumerate(names, 1) if _YEAR.fullmatch(name)]:
        what = "The years are columns here; each value was expected in a row of its own."
        how = "Write its year in the column “year”, and the value in the column “value”."
        return Problem(path, head.line, years[0], what, how=how)
    for separator, name in _SEPARATORS.items():
        if len(head.cells) == 1 and separator in first:
            what = f"The columns are separated by {name}; commas were expected."
            how = "Save the table as “CSV UTF-8” with commas,"
            how = f"{how} or import the workbook (.xlsx) itself."
            return Problem(path, head.line, 1, what, how=how)
    if not set(names) & set(COLUMNS):
        for row in rows[1:20]:
            if len(set(column_names(row)) & set(COLUMNS)) > 1:
                what = f"The names of the columns are in row {row.line}."
                return Problem(path, head.line, 1, what, how="Delete the rows above them.")
    return None


def bad_cells(
    cells: Mapping[str, str],
    names: Mapping[str, Names],
    indicators: Mapping[str, Indicator],
    hint: bool,
) -> Iterator[tuple[str, Words]]:
    """(column, (what is wrong, how to fix it)); `hint`: whether to look for a similar id."""
    for name in COLUMNS:
        if words := _unreadable(name, cells[name]):
            yield name, words
        elif name in names and cells[name] not in names[name]:
            near = nearest(cells[name], names[name], names[name]) if hint else ""
            noun = "member or metropolitan space" if name == "place" else name
            how = near or f"Add it to data/{_FILES[noun]}, or name one that is there."
            yield name, (f"There is no {noun} “{cells[name]}”.", how)
    year, value, sex, unit = cells["year"], cells["value"], cells["sex"], cells["unit"]
    indicator = indicators.get(cells["indicator"])
    if not _unreadable("year", year) and not (
        re.fullmatch("[0-9]{4}", year, re.ASCII) and FIRST_YEAR <= int(year) <= LAST_YEAR
    ):
        yield "year", _not_a_year(year)
    if not _unreadable("value", value) and not _NUMBER.fullmatch(value):
        yield "value", _not_a_number(value)
    if unit in names["unit"] and indicator and unit != indicator.unit:
        what = f"“{indicator.id}” is measured in “{indicator.unit}”, not in “{unit}”."
        yield "unit", (what, "Convert the value, then write that unit.")
    if sex not in SEXES and not _unreadable("sex", sex):
        how = (
            nearest(sex, SEXES, _SEX_NAMES) if hint else ""
        ) or f"Write one of: {', '.join(SEXES)}."
        yield "sex", (f"“{sex}” is not one of the words that are allowed here.", how)
    elif sex in {"female", "male"} and indicator and not indicator.by_sex:
        what = f"“{indicator.id}” is not measured by sex."
        yield "sex", (what, "Write total, or write “by_sex: true” for it in data/indicators.yml.")


def _unreadable(name: str, cell: str) -> Words | None:
    """What is wrong with a cell in any column, whatever it means there."""
    if not cell:
        return "The cell is empty.", _LEAVE_OUT
    if hidden := _hidden(cell):
        return hidden, "Delete it: type the cell again."
    if cell.startswith("="):
        what = f"“{cell}” is a formula without a stored result."
        return what, "Open the workbook, save it, and send it again; or type the value."
    if cell.startswith("#"):
        return f"The spreadsheet shows an error: {cell}.", f"Fix the formula. {_LEAVE_OUT}"
    if name != "unit" and _NO_VALUE.fullmatch(cell):
        return f"“{cell}” means that there is no value.", _LEAVE_OUT
    return None


def _hidden(cell: str) -> str:
    found = next(find_hidden(cell), None)
    return f"An invisible character ({code_point(found[1])}) is in this cell." if found else ""


def _not_a_year(cell: str) -> Words:
    if _YEARS.fullmatch(cell):
        how = "Write the one that the value is for: 2019."
        return f"“{cell}” is more than one year.", how
    years = _ANY_YEAR.findall(re.sub(r"(?<=\d)\s(?=\d{3}\b)", "", cell))
    return f"“{cell}” is not a year.", f"Write it in four digits: {[*years, 2019][0]}."


def _not_a_number(value: str) -> Words:
    if _DATE.fullmatch(value):
        how = "A spreadsheet program makes a date of 8.9. Type the number in a cell for numbers."
        return f"“{value}” is a date.", how
    if value.endswith("×1000"):
        how = "Show the numbers in full: give the cells the format “Number”."
        return f"“{value}” is shown in thousands or millions.", how
    if found := _IN_BRACKETS.fullmatch(value):
        how = f"Accounts write a number below zero so. Write -{found[1]}, or {found[1]}."
        return f"“{value}” is in brackets.", how
    if _LIMIT.search(value):
        return f"“{value}” is a limit or a range, not a value.", f"Ask for the value. {_LEAVE_OUT}"
    what = f"“{value}” is not a number as it is written here."
    return what, suggest_number(value) or "Write it in digits."
