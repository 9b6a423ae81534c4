"""Sites to measure on: the real one, and larger ones with members that are made up, the same ones
each time."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]
_SYLLABLES = [
    "ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ra", "se", "ti", "vo", "za", "ker",
    "lon", "mar", "san",
]  # fmt: skip
_FEWEST = 141


def make_project(folder: Path, members: int) -> Path:
    """A copy of the project with so many members, and without the books, which nothing else
    makes."""
    folder.mkdir(parents=True)
    for name in ("content", "data", "language", "theme"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for name in ("macros", "metropolis"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "data/editions.yml").write_text(
        "# yaml-language-server: $schema=schema/editions.json\n[]\n", "utf-8"
    )
    if members > _FEWEST:
        countries = re.findall(
            r'code: "?([A-Z]{2})', (folder / "data/countries.yml").read_text("utf-8")
        )
        chance = random.Random(2021)
        with (folder / "data/members.yml").open("a", encoding="utf-8") as file:
            for number in range(_FEWEST, members):
                file.write("\n" + _member(chance, number, countries))
    return folder


def _member(chance: random.Random, number: int, countries: list[str]) -> str:
    name = "".join(chance.choices(_SYLLABLES, k=3)).capitalize()
    latitude, longitude = chance.uniform(-55, 70), chance.uniform(-179, 179)
    return (
        f"- id: member-{number}\n"
        f'  name: {{fr: "{name} {number}", en: "{name} {number}", es: "{name} {number}"}}\n'
        f'  government: "Metropolis of {name}"\n'
        f'  country: "{chance.choice(countries)}"\n'
        f"  coordinates: {{latitude: {latitude:.5f}, longitude: {longitude:.5f}}}\n"
    )
