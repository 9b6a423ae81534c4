"""The bench writes into its own places of the handbook's page, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench import report

PAGE = """# Speed

<!-- sites -->
old
table
<!-- end of sites -->

Words.

<!-- profile -->
<!-- end of profile -->
"""


def test_a_table_takes_the_place_of_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "speed.md"
    page.write_text(PAGE, "utf-8")
    monkeypatch.setattr(report, "TABLE", page)
    report.put("sites", "new table")
    report.put("profile", "where")
    report.put("sites", "newer table")
    assert page.read_text("utf-8") == PAGE.replace("old\ntable", "newer table").replace(
        "<!-- profile -->\n", "<!-- profile -->\nwhere\n"
    )
