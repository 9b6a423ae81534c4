"""Pydantic's errors in plain words: what is wrong, what was expected, how to fix it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from metropolis.data.fields import COUNTRY_CODES, FORMS, KEBAB_CASE, LANGUAGE_CODES, MAX_TEXT
from metropolis.language.cldr import english_name, is_language
from metropolis.language.codes import country_meant, language_meant
from metropolis.strict_yaml.yaml_numbers import suggest_number

# A name is short. Where there are very many, only those with the same first letter are compared.
_LONGEST_NAME = 100
_MANY_NAMES = 500
_MOST_LISTED = 20

Words = tuple[str, str, str]
ErrorDetails = Mapping[str, Any]
Names = Mapping[str, Collection[str]]


@dataclass(frozen=True)
class Setting:
    """The keys that the record may have, and the site's languages."""

    keys: list[str]
    locales: tuple[str, ...]


def nearest(wrong: str, right: Iterable[str], names: Names | None = None) -> str:
    """`Did you mean “housing”?`, or nothing; `names`: what people call each of `right`."""
    right = list(right)
    if len(wrong) > _LONGEST_NAME:
        return ""
    wanted = _folded(wrong)
    folded = {_folded(name): one for one in right for name in (one, *(names or {}).get(one, ()))}
    if wanted in folded:
        return f"Did you mean “{folded[wanted]}”?"
    similar = list(folded)
    if len(similar) > _MANY_NAMES:
        similar = [name for name in similar if name[:1] == wanted[:1]][:_MANY_NAMES]
    found = get_close_matches(wanted, similar, n=1, cutoff=0.72)
    return f"Did you mean “{folded[found[0]]}”?" if found else ""


def _folded(text: str) -> str:
    """Small letters without accents, with hyphens between words: as ids are written."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(one for one in letters if not unicodedata.combining(one))
    return re.sub(r"[\W_]+", "-", plain).strip("-")


def words_of_error(error: ErrorDetails, setting: Setting) -> Words:
    """(what, expected, how) for one of pydantic's errors."""
    if writer := _WRITERS.get(error["type"]):
        return writer(error, setting)
    what, expected, how = _TEXTS.get(error["type"], ("This value is not right: {msg}.", "", ""))
    values = {
        "msg": error["msg"],
        "shown": _shown(error["input"]),
        "length": len(str(error["input"])),
        "key": error["loc"][-1] if error["loc"] else "",
        "first": next(iter(setting.keys), ""),
        **error.get("ctx", {}),
    }
    return what.format(**values), expected, how.format(**values)


def in_english(locale: str) -> str:
    """`fr` -> `French`; what is not a language is quoted."""
    return english_name(locale) if is_language(locale) else f"“{locale}”"


def bad_name(name: str, noun: str) -> Words:
    """For an id, or a name of strings.yml, that is not in kebab case."""
    how = "Use lower-case letters without accents, digits and single hyphens: new-taipei."
    return f"{_shown(name)} cannot be {noun}.", "", how


def _shown(value: Any) -> str:
    """`value` as a message names it, also at the beginning of a sentence."""
    if value is None or isinstance(value, (list, dict)):
        return "Nothing" if value is None else "A list" if isinstance(value, list) else "A record"
    if isinstance(value, bool):
        return f"“{str(value).lower()}”"
    text = str(value).replace("\n", "\\n")
    return f"“{text if len(text) <= 60 else text[:57] + '…'}”"


def _unknown(error: ErrorDetails, setting: Setting) -> Words:
    key = str(error["loc"][-1])
    hint = nearest(key, setting.keys) or f"A record here may have: {', '.join(setting.keys)}."
    return f"“{key}” is not a name that this record knows.", "", hint


def _not_text(error: ErrorDetails, _: Setting) -> Words:
    value = error["input"]
    if isinstance(value, (int, float)):
        what = f"{_shown(value)} is read as a number or as true/false; a text was expected."
        return what, "", f'Write "{_shown(value)[1:-1]}" in double quotes.'
    what = f"{_shown(value)} was found where a text was expected."
    return what, "", "Write the text in double quotes."


def _not_number(error: ErrorDetails, _: Setting) -> Words:
    value = error["input"]
    if isinstance(value, float):
        return f"{value} is not a whole number.", "", "Write it without a point."
    if not isinstance(value, str):
        what = f"{_shown(value)} was found where a number was expected."
        return what, "", "Write it in digits, without quotes."
    how = suggest_number(value)
    if error["loc"][-1:] == ("year",) and (
        date := re.fullmatch(r"(\d{4})-\d\d?(?:-\d\d?)?", value)
    ):
        how = f"Write the year alone: {date[1]}."
    what = f'"{_shown(value)[1:-1]}" is text, not a number.'
    return what, "" if how else "A number was expected.", how


def _not_label(error: ErrorDetails, setting: Setting) -> Words:
    what = f"{_shown(error['input'])} was found where a text in each language was expected."
    if error["loc"] and error["loc"][-1] == "avoid":
        what = f"{_shown(error['input'])} was found where a list for each language was expected."
        return what, "", f'Write {{{setting.locales[0]}: ["…"]}}.'
    texts = ", ".join(f'{locale}: "…"' for locale in setting.locales)
    return what, "", f"Write {{{texts}}}."


def _choice(error: ErrorDetails, _: Setting) -> Words:
    right = re.findall(r"'([^']+)'", error["ctx"]["expected"])
    what = f"{_shown(error['input'])} is not one of the words that are allowed here."
    return what, f"Expected one of: {', '.join(right)}.", nearest(str(error["input"]), right)


def _range(error: ErrorDetails, _: Setting) -> Words:
    ctx, field = error["ctx"], error["loc"][-1]
    bound = f"at least {ctx['ge']}" if "ge" in ctx else f"at most {ctx['le']}"
    must = {
        "latitude": "The latitude must be between -90 (South Pole) and 90 (North Pole)",
        "longitude": "The longitude must be between -180 and 180",
    }.get(field, f"“{field}” must be {bound}")
    return f"{must}, but {error['input']} was written.", "", ""


def _pattern(error: ErrorDetails, _: Setting) -> Words:
    pattern = error["ctx"]["pattern"]
    if pattern == KEBAB_CASE:
        return bad_name(error["input"], "an id")
    noun, how = FORMS[pattern]
    return f"{_shown(error['input'])} is not {noun}.", "", how


def _country(error: ErrorDetails, setting: Setting) -> Words:
    what = f"{_shown(error['input'])} is not a country code."
    meant = country_meant(error["input"], COUNTRY_CODES, setting.locales)
    return what, "Use the two-letter code of ISO 3166.", meant and f"Write {meant}."


def _language(error: ErrorDetails, setting: Setting) -> Words:
    what = f"{_shown(error['input'])} is not a language code."
    meant = language_meant(error["input"], LANGUAGE_CODES, setting.locales)
    return what, "Use a code of ISO 639, as “pt”.", meant and f"Write {meant}."


def _missing_language(error: ErrorDetails, _: Setting) -> Words:
    missing, last = error["ctx"]["missing"], error["loc"][-1] if error["loc"] else 0
    names = " and ".join(in_english(locale) for locale in missing)
    found = ", ".join(map(in_english, error["ctx"]["found"][:_MOST_LISTED])) or "none"
    how = "Add " + " and ".join(f'“{locale}: "…"”' for locale in missing) + "."
    if len(missing) > 1:
        return f"The {names} texts are missing.", f"(Found: {found}.)", how
    place = f" It goes under “{last}”." if isinstance(last, str) else ""
    return f"The {names} text is missing.", f"(Found: {found}.)", how + place


def _unknown_language(error: ErrorDetails, setting: Setting) -> Words:
    unknown, locales = error["ctx"]["unknown"][0], list(setting.locales)
    what = f"“{unknown}” is not one of the site's languages."
    return what, f"They are: {', '.join(locales)} (mkdocs.yml).", nearest(unknown, locales)


def _idea_axis(error: ErrorDetails, _: Setting) -> Words:
    axis, axes = error["ctx"]["value"], error["ctx"]["axes"]
    what = f"A key idea names the axis “{axis}”, which this line does not have."
    return what, "", nearest(axis, axes) or f"The axes of the line are: {', '.join(axes)}."


def _spaces(error: ErrorDetails, _: Setting) -> Words:
    if error["input"].strip(" \u00a0") == error["input"].strip():
        return "The text begins or ends with a space.", "", "Remove it."
    what = "The text begins or ends with an end of line."
    return what, "", "Put it in double quotes, on one line."


_EDITION = "An edition is either a book in parts (“parts”) or a pack of pages (“pages”)."
_ONE = "Give one of the two."
_MOST = f"At most {MAX_TEXT} were expected."
# By the type of the error; what depends on the value has a function in _WRITERS.
_TEXTS: dict[str, Words] = {
    "missing": ("“{key}” is missing.", "", "Add a line “{key}: …” to this record."),
    "bool_type": ("{shown} is neither true nor false.", "", "Write true or false, without quotes."),
    "tuple_type": (
        "{shown} was found where a list was expected.",
        "",
        "Write it in brackets: [one, other].",
    ),
    "model_type": (
        "{shown} was found where a record was expected.",
        "",
        "A record here has lines such as “{first}: …”.",
    ),
    "too_short": ("The list is empty.", "At least one is expected.", ""),
    "empty_text": ("The text is empty.", "", "Write it."),
    "hidden_character": ("An invisible character ({character}) is in this text.", "", "Delete it."),
    "piled_marks": ("One letter has more accents than anybody can read.", "", "Type it again."),
    "long_text": ("The text has {length} characters.", _MOST, "Shorten it."),
    "decomposed": ("A letter and its accent are two characters.", "", "Type the letter again."),
    "value_or_count": ("A key figure is either typed (“value”) or counted (“count”).", "", _ONE),
    "edition_pages": (_EDITION, "", _ONE),
}
_WRITERS: dict[str, Callable[[ErrorDetails, Setting], Words]] = {
    "extra_forbidden": _unknown,
    "string_type": _not_text,
    "float_type": _not_number,
    "int_type": _not_number,
    "dict_type": _not_label,
    "literal_error": _choice,
    "greater_than_equal": _range,
    "less_than_equal": _range,
    "string_pattern_mismatch": _pattern,
    "spaces_around": _spaces,
    "country_code": _country,
    "language_code": _language,
    "missing_language": _missing_language,
    "unknown_language": _unknown_language,
    "idea_axis": _idea_axis,
}
