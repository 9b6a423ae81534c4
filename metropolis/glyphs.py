"""Finds characters that one of our fonts lacks: the book uses no other font, and a reader's machine
may have none. We read the font files: a change of font needs no change of a list."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

import icu

from metropolis.cache import Cache
from metropolis.hidden_characters import LOST, code_point
from metropolis.inputs import Files
from metropolis.project import Project

# Ends of line, and characters that only say how the character before them is drawn.
_NOT_DRAWN = "\n\u2028\u2029\ufe0e\ufe0f"
_NAMED = {" ": "an ordinary space", "-": "an ordinary hyphen"}
_PLAIN = {"\u2010": "-", "\u2011": "-", "\ufe63": "-", "\uff0d": "-", "、": ",", "。": "."}
_MOST_LISTED = 12

# (place of the first character of a kind, what is wrong, what else is, how to fix it)
Finding = tuple[int, str, str, str]


def read_glyphs(project: Project) -> frozenset[str]:
    """The characters that all fonts have; empty if a project has no fonts."""
    folder = project.theme_dir / "fonts"
    files = [*folder.glob("metropolis-sans.woff2"), *(folder / "book").glob("*.ttf")]
    if not files:
        return frozenset()
    inputs = Files.under(project.theme_dir, files)
    return Cache(project.root / ".cache").remember("fonts", inputs, common_characters)


def common_characters(fonts: Files) -> frozenset[str]:
    from fontTools.ttLib import TTFont  # a cached result needs none

    opened = (TTFont(io.BytesIO(fonts.read(path)), lazy=True) for path, _ in fonts.digests)
    codes = set.intersection(*(set(font.getBestCmap()) for font in opened))
    return frozenset(map(chr, codes))


def find_missing(
    text: str, glyphs: frozenset[str], entities: Iterable[tuple[int, str]] = ()
) -> Iterator[Finding]:
    """One finding for each kind of characters in `text` that `glyphs` lack. `entities` are (place,
    character) of those written by name or number."""
    if not glyphs:
        return
    strange = set(text) - glyphs
    written = [one for one in enumerate(text) if one[1] in strange] if strange else []
    kinds: dict[str, dict[str, int]] = {}
    for place, character in sorted([*written, *entities]):
        # hidden_characters.py reports those of the category C, and what was lost.
        is_drawn = (
            character not in (*_NOT_DRAWN, *LOST) and unicodedata.category(character)[0] != "C"
        )
        if character not in glyphs and is_drawn:
            kinds.setdefault(_kind(character, glyphs), {}).setdefault(character, place)
    for kind, found in kinds.items():
        first, *others = found
        name = ", ".join(filter(None, (unicodedata.name(first, "").lower(), code_point(first))))
        what = f"“{first}” ({name}) is not in the fonts of the site and its book."
        listed = " ".join(others[:_MOST_LISTED]) + (" …" if len(others) > _MOST_LISTED else "")
        more = f"Others of its kind that are here: {listed}." if others else ""
        yield found[first], what, more, _how(kind, list(found)[: _MOST_LISTED + 1])


# One word of Japanese has several.
_WRITTEN_WITH = {"Hiragana": "Han", "Katakana": "Han"}


def _kind(character: str, glyphs: frozenset[str]) -> str:
    if _plain(character, glyphs):
        return "variant"
    if not character.isalpha():
        return "line" if "\u2500" <= character <= "\u259f" else "sign"
    if _unmarked(character) in glyphs:
        return "marked"
    script = _WRITTEN_WITH.get(script := _script(character), script)
    return "letter" if script == "Common" or script in _scripts(glyphs) else script


def _how(kind: str, characters: list[str]) -> str:
    if kind == "variant":
        return f"Write {', '.join(dict.fromkeys(map(_written_plain, characters)))}."
    if kind == "line":
        return "Draw it with “-”, “|” and “+”."
    if kind == "sign":
        return "Say it in words, or leave it out."
    if kind == "marked":
        return (
            f"Write “{_unmarked(characters[0])}”, without its mark; or add the letter to the fonts."
        )
    if kind == "letter":
        return "Write it with other letters, or leave it out; or add it to the fonts."
    return f"Write the words in Latin letters: the fonts have none of this script ({kind})."


def _written_plain(character: str) -> str:
    plain, form = _plain(character), unicodedata.decomposition(character)
    if form.startswith("<super>"):
        return f"<sup>{plain}</sup>"
    if form.startswith("<square>"):  # “㎡”
        plain = plain.translate({ord("2"): "²", ord("3"): "³"})
    return _NAMED.get(plain, f"“{plain}”")


def _unmarked(character: str) -> str:
    return unicodedata.normalize("NFD", character)[0]


def _script(character: str) -> str:
    return str(icu.Script.getScript(character).getName()).replace("_", " ")


@cache
def _scripts(glyphs: frozenset[str]) -> frozenset[str]:
    """The scripts of which the fonts have letters."""
    return frozenset(_script(glyph) for glyph in glyphs if glyph.isalpha())


@cache
def _looks_like(sign: str) -> str:
    """The ordinary sign of this look: `·` for the operator `⋅`. Unicode's list of such signs."""
    return str(icu.SpoofChecker().getSkeleton(0, sign))


def _plain(character: str, glyphs: Iterable[str] | None = None) -> str:
    """The same in ordinary characters: a hyphen for a non-breaking one, “fi” for a ligature."""
    digit = unicodedata.decimal(character, "")  # of another script
    plain = (
        _PLAIN.get(character)
        or str(digit)
        or unicodedata.normalize("NFKC", character).strip("\u0300")
    )
    if plain == character and not character.isalpha():
        plain = _looks_like(character)
    if plain == character or (glyphs is not None and not set(plain) <= set(glyphs)):
        return ""
    return plain
