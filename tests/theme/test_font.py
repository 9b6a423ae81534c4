"""The font is small, and has every character that the site shows."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from metropolis.builder.gate import prepare
from metropolis.web.font import cut_font


@pytest.fixture(scope="module")
def font(root: Path) -> bytes:
    prepared, problems = prepare(root)
    assert prepared, problems
    _, file = cut_font(root / "theme", root / ".cache", prepared.characters)
    return file.result()


def test_font_weighs_at_most_40_kilobytes(font: bytes) -> None:
    assert len(font) <= 40_000


def test_font_has_every_character_of_the_pages_and_the_data(root: Path, font: bytes) -> None:
    prepared, _ = prepare(root)
    assert prepared
    has = set(TTFont(io.BytesIO(font)).getBestCmap())
    wanted = {ord(character) for character in prepared.characters if character.isprintable()} | set(
        map(ord, "·‐\u202fĐẵł")
    )
    assert {chr(code) for code in wanted - has} == set()


def test_font_does_not_carry_the_reserved_name(font: bytes) -> None:
    names = {record.nameID: str(record) for record in TTFont(io.BytesIO(font))["name"].names}
    assert names[1] == names[4] == "Metropolis Sans"
    assert "Open Font License" in names[13]


def test_font_has_the_weights_from_text_to_display(font: bytes) -> None:
    axes = {
        axis.axisTag: (axis.minValue, axis.maxValue)
        for axis in TTFont(io.BytesIO(font))["fvar"].axes
    }
    assert axes == {"wght": (400, 700)}
