"""Any text goes out and comes back: quotes, commas, line breaks, other scripts, combining marks,
formulas."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pydantic import BaseModel

from metropolis.data.models import GlossaryEntry, Indicator, KeyFigure, Member, Milestone
from metropolis.opendata.columns import Column, cells, columns_of
from metropolis.opendata.formats import SIGNS, guarded, json_bytes, table_csv, unguarded, xlsx_bytes
from metropolis.opendata.tables import Table

ReadRecord = Callable[..., dict[str, Any]]
LOCALES = ("fr", "en", "es")
# What records may hold (fields.py): no space at either end. Line breaks too, which tables must
# stand.
HOSTILE = st.sampled_from(
    ["=1+1", "+33", "-5", "@SUM(A1)", 'say "yes"', "a,b;c", "a\nb", "a|b", "a\\|b", "\\", "|", "القاهرة", "Ḱe\u0301",
     "e\u0301\u0327", "東京", "O'Higgins", "0012", "1e5", "TRUE", "null", "#REF!", "\u202fx", "= cmd|' /C calc'!A0"]
)  # fmt: skip
TEXT = HOSTILE | st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Cn"), blacklist_characters="\ufffe\uffff"),
    min_size=1,
    max_size=30,
).filter(lambda text: text.strip() == text)
LABEL = st.fixed_dictionaries(dict.fromkeys(LOCALES, TEXT))
ID = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
NUMBER = st.floats(-1e12, 1e12, allow_nan=False).filter(
    lambda number: number == 0 or abs(number) > 1e-12
)
NOTE = st.none() | LABEL
RECORDS = {
    Member: st.fixed_dictionaries(
        {
            "id": ID, "name": LABEL, "government": TEXT, "country": st.just("FR"), "note": NOTE,
            "coordinates": st.fixed_dictionaries(
                {"latitude": st.floats(-90, 90), "longitude": st.floats(-180, 180)}
            ),
        }
    ),
    Indicator: st.fixed_dictionaries(
        {
            "id": ID, "name": LABEL, "definition": LABEL, "unit": ID, "value": NUMBER, "source": ID, "note": NOTE,
            "decimals": st.integers(0, 4), "themes": st.lists(ID, max_size=3).map(tuple), "by_sex": st.booleans(),
            "reference": st.none() | st.fixed_dictionaries({"value": NUMBER, "label": LABEL, "source": ID}),
        }
    ),
    KeyFigure: st.fixed_dictionaries(
        {"id": ID, "value": NUMBER, "label": LABEL, "source": ID, "scale": st.sampled_from([None, "million"])}
    ),
    Milestone: st.fixed_dictionaries(
        {"id": ID, "year": st.integers(1900, 2100), "kind": st.just("award"), "title": LABEL, "place": NOTE}
    ),
    GlossaryEntry: st.fixed_dictionaries(
        {"id": ID, "term": LABEL, "definition": LABEL,
         "avoid": st.dictionaries(st.sampled_from(LOCALES), st.lists(TEXT, min_size=1, max_size=3).map(tuple))}
    ),
}  # fmt: skip


def plain(value: Any) -> Any:
    """Without what is empty: a table tells no empty list from none."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items() if item not in (None, (), [], {})}
    return [plain(item) for item in value] if isinstance(value, (list, tuple)) else value


@pytest.mark.parametrize("model", list(RECORDS), ids=lambda model: model.__name__)
@given(data=st.data())
def test_records_come_back_from_csv_and_json(
    record_of: ReadRecord, model: type[BaseModel], data: st.DataObject
) -> None:
    records = [plain(one) for one in data.draw(st.lists(RECORDS[model], min_size=1, max_size=3))]
    columns, _ = columns_of(model, LOCALES)
    lines = tuple(cells(columns, one) for one in records)
    content = table_csv(Table("all", tuple(columns), lines, (), {}))
    rows = csv.DictReader(io.StringIO(content.decode(), newline=""))
    assert [plain(record_of(columns, row)) for row in rows] == records
    assert json.loads(json_bytes(records)) == records


@settings(deadline=None)  # the first workbook loads the library
@given(texts=st.lists(TEXT, min_size=1, max_size=5))
def test_no_text_becomes_a_formula_in_the_workbook(texts: list[str]) -> None:
    lines = tuple([text] for text in texts)
    table = Table("texts", (Column("text", "text"),), lines, ("text",), {})
    book = load_workbook(io.BytesIO(xlsx_bytes([table], [], datetime(2021, 1, 1))))
    found = [row[0] for row in book["texts"].iter_rows(min_row=2)]
    assert [cell.value for cell in found] == texts
    assert {cell.data_type for cell in found} == {"s"}
    assert all(cell.quotePrefix == (cell.value[0] in "=+-@") for cell in found)


FORMULAS = (
    "=HYPERLINK(1)", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1",
    "'=1", "''+1",
)  # fmt: skip
HARMLESS = ("", "a", "'", "''", "’=1", "a=1", " =1", "'a", "1-1", "“-”")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_like_a_formula_is_guarded_and_comes_back(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_any_other_text_stands_as_it_is(text: str) -> None:
    assert guarded(text) == text == unguarded(text)


@given(text=st.text(alphabet=st.sampled_from("'=+-@\t\r\na1 ＝"), max_size=6) | st.text())
def test_every_text_comes_back_and_none_is_a_formula(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in {*SIGNS} - {""}


def test_numbers_are_not_guarded() -> None:
    columns = (
        Column("name", "name"),
        Column("longitude", "longitude", "number"),
        Column("year", "year", "integer"),
    )
    content = table_csv(Table("places", columns, (["-a", "-73.5", "-1"],), ("name",), {}))
    assert content == b"name,longitude,year\r\n'-a,-73.5,-1\r\n"
