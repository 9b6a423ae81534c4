"""Whatever two pages say, no check fails: their words are put together from what is odd."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from metropolis.content.page import read_page
from metropolis.content.structure import Translation, find_differences
from metropolis.inputs import Known
from metropolis.translation.workbench import Workbench, open_workbench

PIECES = (
    *("mot", "plan", "l’", "d'", "«", "»", "“", '"', ":", "NOTE:", "(", "(grec: a)", ")", "[1]"),
    *("-mot", "mot-", "- ", "élu-e-s", "les élus et les élues", "of whom", ":q!", "?", "!", "…"),
    *("1102⁶⁴", "9^99", "½", "3½", "10k", "64K", "kbit/s", "110km/h", "12pt", "5 million million"),
    *("million million", "mille", "$5bn", "%", "100 %", "both", "trois dixièmes", "point-three"),
    *("le 5", "au 9", "juillet", "2000", "1998,1999", "01/06/94", "'98", "9/11", "11-S", "May 2020"),
    *("7724-36", "1.12.18", "2.4", "XIV", "(1)", "1)", "1/50 000", "12:30", "noon", "half past two"),
    *("huit heures", "du soir", "2 heures 30 minutes", "siglos XVI al XVIII", "los 90", "tri", "²"),
    *("-5", "5-", "−5", "0,5", ".5V", "1,2,3", "1 234,5", "1,234.5", "1.234,5", "CO2", "v2", "a@b.c"),
    *("{{ member(\"x\") }", "}}", "`c|d`", "**a**", "*b", "<br>", "[a](b.md)", "\u00a0", "\u202f"),
    *("\n\n", "\n- ", "\n> ", "\n| a | b |\n|---|---|\n| 1 | 2 |\n", "\n\n## H { #h }\n\n"),
)  # fmt: skip
WORDS = st.lists(st.sampled_from(PIECES), max_size=30)
LOCALES = st.permutations(["fr", "en", "es"])


@pytest.fixture(scope="module")
def workbench(root: Path) -> Workbench:
    found, problems = open_workbench(root)
    assert found, problems
    return found


@given(LOCALES, WORDS, WORDS, st.sampled_from([" ", ""]))
@example(["fr", "en", "es"], ["1102⁶⁴"], ["2⁶⁴"], " ")
@example(["en", "fr", "es"], ["5 million million", "million million"], ["5"], " ")
def test_no_check_fails(
    workbench: Workbench, locales: list[str], source: list[str], words: list[str], between: str
) -> None:
    header = '---\ntitle: "T"\ndescription: "D."\n---\n\n# T { #t }\n\n'
    original, page = (
        read_page(f"content/{locale}/t.md", locale, "t", f"{header}{between.join(text)}\n")[0]
        for locale, text in zip(locales, (source, words), strict=False)
    )
    findings = workbench.wording.judge(page, original)
    known = Known("", workbench.signatures)
    problems = find_differences(Translation(page.known, original.known, known))
    lines = len(page.text.lines)
    reported = [*problems, *(finding.problem for finding in findings)]
    assert all(0 <= one.line <= lines and one.path == page.path for one in reported)
