"""Pydantic's errors in plain words: what is wrong, what was expected, how to mend it. Read by load.py."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from babel import Locale as BabelLocale

from metropolis.data.models import COUNTRY_CODES

Words = tuple[str, str, str]
ErrorDetails = Mapping[str, Any]


def nearest(wrong: str, right: list[str]) -> str:
    """` Did you mean “housing”?`, or nothing where no name is near."""
    found = get_close_matches(wrong, right, n=1, cutoff=0.72)
    return f"Did you mean “{found[0]}”?" if found else ""


def words(error: ErrorDetails, known_keys: list[str]) -> Words:
    """(what, expected, how) for one of pydantic's errors; `known_keys` are the keys that the record may have."""
    writer = _WRITERS.get(error["type"])
    return writer(error, known_keys) if writer else (f"This value is not right: {error['msg']}.", "", "")


def language_name(locale: str) -> str:
    """`fr` -> `French`."""
    return BabelLocale.parse(locale).get_language_name("en") or locale


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"“{str(value).lower()}”"
    text = str(value)
    return f"“{text if len(text) <= 60 else text[:57] + '…'}”"


def _missing(error: ErrorDetails, _: list[str]) -> Words:
    return f"“{error['loc'][-1]}” is missing.", "", f"Add a line “{error['loc'][-1]}: …” to this record."


def _unknown(error: ErrorDetails, known: list[str]) -> Words:
    key = str(error["loc"][-1])
    hint = nearest(key, known) or f"A record here may have: {', '.join(known)}."
    return f"“{key}” is not a name that this record knows.", "", hint


def _not_text(error: ErrorDetails, _: list[str]) -> Words:
    value = error["input"]
    if isinstance(value, (int, float)):
        return (
            f"{_shown(value)} is read as a number or as true/false; a text was expected.",
            "",
            f'Write "{value}" in double quotes.',
        )
    kind = "a list" if isinstance(value, list) else "a record" if isinstance(value, dict) else "nothing"
    return f"{kind.capitalize()} stands where a text was expected.", "", "Write the text in double quotes."


def _not_number(error: ErrorDetails, _: list[str]) -> Words:
    value = error["input"]
    if isinstance(value, str):
        what = f'"{value}" is text, not a number.'
        if found := re.fullmatch(r"(-?[\d.,\s\u00a0\u202f]*\d)\s*%", value):
            number = found[1].replace(",", ".")
            return what, "", f"Write {number} and put the % in the unit."
        if re.fullmatch(r"-?\d+,\d+", value):
            return what, "", f"Write {value.replace(',', '.')} (a point, not a comma)."
        if re.fullmatch(r"-?\d{1,3}([\s\u00a0\u202f_,.]\d{3})+", value):
            return what, "", f"Write {re.sub(r'[^0-9-]', '', value)}, without separators."
        if re.fullmatch(r"-?\d+(\.\d+)?", value):
            return what, "", f"Write {value} without quotes and without a leading zero."
        return what, "A number was expected.", ""
    return f"{_shown(value)} is not a number.", "A number was expected.", ""


def _not_bool(error: ErrorDetails, _: list[str]) -> Words:
    return f"{_shown(error['input'])} is neither true nor false.", "", "Write true or false, without quotes."


def _not_list(error: ErrorDetails, _: list[str]) -> Words:
    return (
        f"{_shown(error['input'])} stands where a list was expected.",
        "",
        "Write it in brackets: [one, other].",
    )


def _not_record(error: ErrorDetails, _: list[str]) -> Words:
    value = error["input"]
    if error.get("ctx", {}).get("class_name") == "Label" or isinstance(value, str):
        return (
            f"{_shown(value)} stands where a text in each language was expected.",
            "",
            'Write {fr: "…", en: "…", es: "…"}.',
        )
    return f"{_shown(value)} stands where a record was expected.", "", ""


def _choice(error: ErrorDetails, _: list[str]) -> Words:
    right = re.findall(r"'([^']+)'", error["ctx"]["expected"])
    what = f"{_shown(error['input'])} is not one of the words that may stand here."
    return what, f"Expected one of: {', '.join(right)}.", nearest(str(error["input"]), right)


def _range(error: ErrorDetails, _: list[str]) -> Words:
    ctx, field, value = error["ctx"], error["loc"][-1], error["input"]
    if field == "latitude":
        return (
            f"The latitude must be between -90 (South Pole) and 90 (North Pole), but {value} was written.",
            "",
            "",
        )
    if field == "longitude":
        return f"The longitude must be between -180 and 180, but {value} was written.", "", ""
    bound = f"at least {ctx['ge']}" if "ge" in ctx else f"at most {ctx['le']}"
    return f"“{field}” must be {bound}, but {value} was written.", "", ""


def _pattern(error: ErrorDetails, _: list[str]) -> Words:
    value, pattern = _shown(error["input"]), error["ctx"]["pattern"]
    if pattern.startswith("^[a-z0-9]"):
        what = f"{value} cannot be an id."
        return what, "", "Use lower-case letters without accents, digits and single hyphens: new-taipei."
    if pattern.startswith("^http"):
        return f"{value} is not a web address.", "", "Write it in full: https://…"
    if "{4}" in pattern:
        return f"{value} is not a date.", "", 'Write the year, or year and month: "2020-11".'
    return f"{value} does not have the form that is expected here ({pattern}).", "", ""


def _country(error: ErrorDetails, _: list[str]) -> Words:
    value = str(error["input"])
    names = BabelLocale("en").territories
    hint = ""
    if value.upper() in COUNTRY_CODES:
        hint = f"Write {value.upper()}."
    else:
        by_name = {str(name).lower(): code for code, name in names.items() if code in COUNTRY_CODES}
        found = get_close_matches(value.lower(), list(by_name), n=1, cutoff=0.8)
        if found:
            hint = f"Write {by_name[found[0]]} ({names[by_name[found[0]]]})."
    return f"“{value}” is not a country code.", "Use the two-letter code of ISO 3166.", hint


def _missing_language(error: ErrorDetails, _: list[str]) -> Words:
    ctx = error["ctx"]
    missing = ", ".join(language_name(locale) for locale in ctx["missing"])
    found = ", ".join(language_name(locale) for locale in ctx["found"]) or "none"
    lines = " and ".join(f'“{locale}: "…"”' for locale in ctx["missing"])
    return f"The {missing} text is missing.", f"(Found: {found}.)", f"Add {lines}."


def _unknown_language(error: ErrorDetails, _: list[str]) -> Words:
    ctx = error["ctx"]
    what = f"“{ctx['unknown'][0]}” is not one of the site's languages."
    return (
        what,
        f"They are: {', '.join(ctx['locales'])} (mkdocs.yml).",
        nearest(ctx["unknown"][0], ctx["locales"]),
    )


_WRITERS: dict[str, Callable[[ErrorDetails, list[str]], Words]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "string_type": _not_text,
    "float_type": _not_number,
    "int_type": _not_number,
    "int_from_float": lambda e, _: (f"{e['input']} is not a whole number.", "", "Write it without a point."),
    "bool_type": _not_bool,
    "tuple_type": _not_list,
    "list_type": _not_list,
    "dict_type": _not_record,
    "model_type": _not_record,
    "model_attributes_type": _not_record,
    "literal_error": _choice,
    "greater_than_equal": _range,
    "less_than_equal": _range,
    "string_pattern_mismatch": _pattern,
    "too_short": lambda _e, _k: ("The list is empty.", "At least one is expected.", ""),
    "empty_text": lambda _e, _k: ("The text is empty.", "", "Write it."),
    "spaces_around": lambda _e, _k: ("The text begins or ends with a space.", "", "Remove it."),
    "country_code": _country,
    "missing_language": _missing_language,
    "unknown_language": _unknown_language,
    "value_or_count": lambda _e, _k: (
        "A key figure is either typed (“value”) or counted (“count”).",
        "",
        "Give one of the two.",
    ),
}
