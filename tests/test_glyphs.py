"""What the screen and the book cannot both show is reported once for each kind, at its first place.

Add a line to the table for a character that is met next."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metropolis.builder.gate import examine
from metropolis.glyphs import find_missing, read_glyphs
from metropolis.project import Project, read_project
from metropolis.report import listing
from metropolis.translation.workbench import open_workbench

MISSING = "is not in the fonts of the site and its book."
LATIN = "Write the words in Latin letters: the fonts have none of this script"
CASES = {
    "Nord\u2011Sud": [
        f"4: “\u2011” (non-breaking hyphen, U+2011) {MISSING} Write an ordinary hyphen."
    ],
    "a\u3000b": [f"1: “\u3000” (ideographic space, U+3000) {MISSING} Write an ordinary space."],
    "1 ㎡": [f"2: “㎡” (square m squared, U+33A1) {MISSING} Write “m²”."],
    "𝐌𝐞": [
        f"0: “𝐌” (mathematical bold capital m, U+1D40C) {MISSING}"
        " Others of its kind that are here: 𝐞. Write “M”, “e”."
    ],
    "12 ㎢, 3 ㎥, 5 ℃": [
        f"3: “㎢” (square km squared, U+33A2) {MISSING}"
        " Others of its kind that are here: ㎥ ℃. Write “km²”, “m³”, “°C”."
    ],
    "ok ✅ 👍🏽 ☎": [
        f"3: “✅” (white heavy check mark, U+2705) {MISSING}"
        " Others of its kind that are here: 👍 🏽 ☎. Say it in words, or leave it out."
    ],
    "❤️ 1️⃣": [
        f"0: “❤” (heavy black heart, U+2764) {MISSING}"
        " Others of its kind that are here: \u20e3. Say it in words, or leave it out."
    ],
    "10⁻⁵": [f"2: “⁻” (superscript minus, U+207B) {MISSING} Write <sup>−</sup>."],
    "élu⋅e": [f"3: “⋅” (dot operator, U+22C5) {MISSING} Write “·”."],
    "a、b ├─ ♥": [
        f"1: “、” (ideographic comma, U+3001) {MISSING} Write “,”.",
        f"4: “├” (box drawings light vertical and right, U+251C) {MISSING}"
        " Others of its kind that are here: ─. Draw it with “-”, “|” and “+”.",
        f"7: “♥” (black heart suit, U+2665) {MISSING} Say it in words, or leave it out.",
    ],
    "北京 et بيروت": [
        f"0: “北” (cjk unified ideograph-5317, U+5317) {MISSING}"
        f" Others of its kind that are here: 京. {LATIN} (Han).",
        f"6: “ب” (arabic letter beh, U+0628) {MISSING}"
        f" Others of its kind that are here: ي ر و ت. {LATIN} (Arabic).",
    ],
    "Ṣūr, Ḥims": [
        f"0: “Ṣ” (latin capital letter s with dot below, U+1E62) {MISSING}"
        " Others of its kind that are here: Ḥ. Write “S”, without its mark; or add the letter to"
        " the fonts."
    ],
    "ʿUṯmān, ʃ": [
        f"0: “ʿ” (modifier letter left half ring, U+02BF) {MISSING}"
        " Others of its kind that are here: ʃ. Write it with other letters, or leave it out; or"
        " add it to the fonts.",
        f"2: “ṯ” (latin small letter t with line below, U+1E6F) {MISSING}"
        " Write “t”, without its mark; or add the letter to the fonts.",
    ],
    "naïve, œuvre, Şanlıurfa, Ελλάδα, Москва, ½ m², 3 €, «a» – “b” … → ✓ \u202f \xad": [],
}


@pytest.fixture(scope="module")
def glyphs(project: Project) -> frozenset[str]:
    return read_glyphs(project)


def found(text: str, glyphs: frozenset[str]) -> list[str]:
    return [
        f"{place}: {' '.join(words for words in rest if words)}"
        for place, *rest in find_missing(text, glyphs)
    ]


@pytest.mark.parametrize("text", CASES)
def test_each_kind_is_reported_once_with_its_remedy(text: str, glyphs: frozenset[str]) -> None:
    assert found(text, glyphs) == CASES[text]


@given(st.text())
def test_what_the_fonts_have_is_never_reported_and_what_they_lack_always(text: str) -> None:
    has = frozenset("abc ")
    plain = "".join(character for character in text if character in has)
    assert found(plain, has) == []
    assert bool(found(f"{plain}\u5317", has))


def test_a_project_without_fonts_is_asked_for_none(tmp_path: Path, project: Project) -> None:
    (tmp_path / "mkdocs.yml").write_bytes((project.root / "mkdocs.yml").read_bytes())
    bare, _ = read_project(tmp_path)
    assert bare
    assert read_glyphs(bare) == frozenset()
    assert found("✅", frozenset()) == []


def test_pages_and_labels_are_asked_however_the_character_is_written(
    root: Path, tmp_path: Path
) -> None:
    """A sign that another check tells of is one problem: the ligature, the bullet."""
    for name in ("content", "data", "language", "theme/fonts"):
        shutil.copytree(root / name, tmp_path / name)
    shutil.copy(root / "mkdocs.yml", tmp_path)
    page, labels = tmp_path / "content/fr/accessibility.md", tmp_path / "data/strings.yml"
    page.write_text(
        page.read_text("utf-8") + "\nUn &#9989; et `京`, l’aﬀaire.\n\n☐ un\n☐ deux\n", "utf-8"
    )
    text = labels.read_text("utf-8")
    assert 'fr: "Accueil"' in text
    labels.write_text(text.replace('fr: "Accueil"', 'fr: "Accueil \\u2705"', 1), "utf-8")
    workbench, problems = open_workbench(tmp_path)
    assert workbench, listing(problems)
    lines = [str(one) for one in examine(workbench) if MISSING in one.what]
    number = page.read_text("utf-8").count("\n") - 3
    line = text[: text.index('fr: "Accueil"')].count("\n") + 1
    assert [one.split(" is not")[0] for one in lines] == [
        f"content/fr/accessibility.md:{number}:4: “✅” (white heavy check mark, U+2705)",
        f"content/fr/accessibility.md:{number}:16: “京” (cjk unified ideograph-4eac, U+4EAC)",
        f"data/strings.yml:{line}:12: “✅” (white heavy check mark, U+2705)",
    ]
