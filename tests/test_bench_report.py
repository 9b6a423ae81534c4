"""The bench writes into its own places of the handbook's page, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench import report
from bench.run import Measured
from bench.site import Result

PAGE = """# Speed

<!-- sites -->
old
table
<!-- end of sites -->

Words.

<!-- profile -->
<!-- end of profile -->
"""


def test_a_table_takes_the_place_of_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "speed.md"
    page.write_text(PAGE, "utf-8")
    monkeypatch.setattr(report, "TABLE", page)
    report.put("sites", "new table")
    report.put("profile", "where")
    report.put("sites", "newer table")
    assert page.read_text("utf-8") == PAGE.replace("old\ntable", "newer table").replace(
        "<!-- profile -->\n", "<!-- profile -->\nwhere\n"
    )


def test_targets_are_shares_of_the_same_run() -> None:
    def result(name: str, members: int, wall: float, memory: float = 100) -> Result:
        return Result(name, members, 10 * members, Measured(wall, wall, memory))

    results = [
        result("ours, cold, pages alone", 100, 3),
        result("ours, cold, index, inspection", 100, 6),
        result("ours, cold", 100, 7),
        result("ours, one page", 100, 1),
        result("stock", 100, 10),
        result("ours, cold", 5000, 420),
        result("ours, one page", 5000, 8, memory=1100),
        result("hugo", 5000, 4),
    ]
    assert report.targets(results) == [
        "kept   cold, pages, of stock, 100 members: 0.30 (at most 0.4)",
        "MISSED cold, with index and inspection, of stock, 100 members: 0.60 (at most 0.5)",
        "kept   one page, of stock, 100 members: 0.10 (at most 0.1)",
        "MISSED one page, of Hugo's full build, 5,000 members: 2.00 (at most 1.0)",
        "kept   time per page at 5,000 members, of that at 141: 1.20 (at most 1.25)",
        "MISSED memory at 5,000 members, GB: 1.10 (at most 1.0)",
    ]
