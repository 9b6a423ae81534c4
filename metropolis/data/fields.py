"""The types of the fields of records: texts, labels, ids, codes, years; and what a field declares:
whose ids it has, which list is a table. Errors that pydantic has no type for get their own type
here; messages.py words them."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, ItemsView, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Self, TypeVar, get_args, get_origin

import icu
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    RootModel,
    ValidationInfo,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from metropolis.hidden_characters import code_point, find_hidden, find_piled_marks

# ICU also has reserved and private codes, beside the 249 of ISO 3166-1.
_RESERVED = {"AC", "CP", "CQ", "DG", "EA", "IC", "TA", "XK"}
COUNTRY_CODES = frozenset(icu.Locale.getISOCountries()) - _RESERVED
LANGUAGE_CODES = frozenset(icu.Locale.getISOLanguages())
FIRST_YEAR, LAST_YEAR = 1900, 2100
# The longest text of the project has 318 characters.
MAX_TEXT = 5_000
KEBAB_CASE = r"^[a-z0-9]+(-[a-z0-9]+)*$"
DATE = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
WEB_ADDRESS = r"^https?://"
CONTACT_ADDRESS = r"^(https://[^\s]+|mailto:[^\s@]+@[^\s@]+)$"
M49_CODE = r"^[0-9]{3}$"
PAGE_SELECTOR = r"^[a-z0-9-]+(/[a-z0-9-]+)*/?$"
PAGE_ADDRESS = r"^[a-z0-9-]+(/[a-z0-9-]+)*/(#[a-z0-9-]+)?$"
# Each form of a text: what to call a text that does not have it, and how to write it.
FORMS = {
    DATE: ("a date", 'Write the year, or year and month: "2020-11".'),
    WEB_ADDRESS: ("a web address", "Write it in full: https://…"),
    CONTACT_ADDRESS: (
        "an address of a contact",
        "Write it in full: https://… or mailto:name@example.org",
    ),
    M49_CODE: ("a code of the M49 standard", 'Write three digits in double quotes: "150".'),
    PAGE_SELECTOR: (
        "the name of a page",
        "Write it as under content/, without language and ending: action-plan/line-1; a folder"
        " ends with a slash.",
    ),
    PAGE_ADDRESS: (
        "the address of a page",
        "Write it without language, with a slash before the anchor: members/#directory.",
    ),
}


def _text(value: Any) -> Any:
    """Rejects an empty text, spaces at its ends, and characters that an escape sequence hides."""
    if isinstance(value, str):
        if not value.strip():
            raise PydanticCustomError("empty_text", "empty")
        if value != value.strip():
            raise PydanticCustomError("spaces_around", "spaces")
        if len(value) > MAX_TEXT:
            raise PydanticCustomError("long_text", "long")
        if find_piled_marks(value) >= 0:  # before any normalization, which would take minutes
            raise PydanticCustomError("piled_marks", "marks")
        hidden = next((character for _, character in find_hidden(value)), "")
        if hidden:
            context = {"character": code_point(hidden)}
            raise PydanticCustomError("hidden_character", "hidden", context)
        if not unicodedata.is_normalized("NFC", value):
            raise PydanticCustomError("decomposed", "decomposed")
    return value


def _country(value: Any) -> Any:
    if isinstance(value, str) and value not in COUNTRY_CODES:
        raise PydanticCustomError("country_code", "country", {"value": value})
    return value


def _language(value: Any) -> Any:
    if isinstance(value, str) and value not in LANGUAGE_CODES:
        raise PydanticCustomError("language_code", "language", {"value": value})
    return value


# The bounds beside our own validators, which run first and word it better, are for JSON Schema.
Text = Annotated[str, Field(min_length=1), BeforeValidator(_text)]
CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$"), BeforeValidator(_country)]
LanguageCode = Annotated[str, Field(pattern=r"^[a-z]{2,3}$"), BeforeValidator(_language)]
Id = Annotated[str, Field(pattern=KEBAB_CASE)]
Date = Annotated[str, Field(pattern=DATE)]
WebAddress = Annotated[str, Field(pattern=WEB_ADDRESS)]
ContactAddress = Annotated[str, Field(pattern=CONTACT_ADDRESS)]
# A page's name ("vision"), or a folder with all its pages ("action-plan/").
PageSelector = Annotated[str, Field(pattern=PAGE_SELECTOR)]
# A page or a section of it, without its language's folder: "members/#directory".
PageAddress = Annotated[str, Field(pattern=PAGE_ADDRESS)]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
Item = TypeVar("Item")
Languages = TypeVar("Languages", bound=Collection[str])
# YAML has lists, records are frozen: only here may a list become a tuple.
Many = Annotated[tuple[Item, ...], Field(strict=False)]
AtLeastOne = Annotated[tuple[Item, ...], Field(strict=False, min_length=1)]


@dataclass(frozen=True)
class To:
    """Declares that ids name records of data/<kind>.yml: `member: Annotated[Id, To("members")]`,
    for the cross-check, its messages, the open data and the schema."""

    kind: str

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Called by pydantic: editors show the description beside the field."""
        return {**handler(schema), "description": f"The id of a record in data/{self.kind}.yml."}


@dataclass(frozen=True)
class Rows:
    """Declares that a list is a table of the open data, whose column `owner` names the record."""

    table: str
    owner: str


Declared = TypeVar("Declared", To, Rows)


@cache
def references_of(model: type[BaseModel]) -> dict[str, str]:
    """Field -> the kind of the records that its id, or its list of ids, names."""
    fields = model.model_fields.items()
    return {name: to.kind for name, field in fields for to in _declared(field, To)}


def rows_of(field: FieldInfo) -> Rows:
    """The table of the open data that a list inside a record becomes."""
    return next(_declared(field, Rows))


@cache
def inner_records(model: type[BaseModel]) -> dict[str, type[BaseModel]]:
    """Field -> the model of its record, or of the records of its list."""
    found = {name: _record_in(field.annotation) for name, field in model.model_fields.items()}
    return {name: inner for name, inner in found.items() if inner}


def _record_in(annotation: Any) -> type[BaseModel] | None:
    """The first model in an annotation; None if there is none."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_record_in, get_args(annotation))), None)


def _declared(field: FieldInfo, kind: type[Declared]) -> Iterator[Declared]:
    yield from (one for one in field.metadata if isinstance(one, kind))
    yield from _inside(field.annotation, kind)


def _inside(annotation: Any, kind: type[Declared]) -> Iterator[Declared]:
    """The inner annotations: the branches of a union, the items of a list."""
    if get_origin(annotation) is Annotated:
        yield from (one for one in get_args(annotation)[1:] if isinstance(one, kind))
    for argument in get_args(annotation):
        yield from _inside(argument, kind)


class Record(BaseModel):
    """No unknown key, no conversion. `defer_build`: most commands find records in the cache."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


def _languages(found: Languages, info: ValidationInfo) -> Languages:
    """Rejects languages that the project lacks: the context has its `locales` and `drafts`."""
    context = info.context or {}
    locales: tuple[str, ...] = (*context.get("locales", ()), *context.get("drafts", ()))
    unknown = [locale for locale in found if locales and locale not in locales]
    if unknown:
        raise PydanticCustomError("unknown_language", "language", {"unknown": unknown})
    return found


# Texts by language, where not every language is required.
Variants = Annotated[dict[str, Many[Text]], AfterValidator(_languages)]


class Label(RootModel[dict[str, Text]]):
    """A text in each of the project's languages, and in no other: `label["fr"]`."""

    model_config = ConfigDict(frozen=True, strict=True, defer_build=True)

    @model_validator(mode="after")
    def _complete(self, info: ValidationInfo) -> Self:
        locales: tuple[str, ...] = (info.context or {}).get("locales", ())
        missing = [locale for locale in locales if locale not in self.root]
        if missing:
            context = {"missing": missing, "found": list(self.root)}
            raise PydanticCustomError("missing_language", "language", context)
        _languages(self.root, info)
        return self

    def __getitem__(self, locale: str) -> str:
        return self.root[locale]

    def get(self, locale: str) -> str:
        """The text; nothing in a language that is being started and lacks it."""
        return self.root.get(locale, "")

    def items(self) -> ItemsView[str, str]:
        """(locale, text) for each language, in the order of the file."""
        return self.root.items()


def texts_in(value: Any) -> Iterator[str | Label]:
    """The texts and labels of a record, a field or a list, at any depth."""
    if isinstance(value, str | Label):
        yield value
    elif isinstance(value, BaseModel | tuple):
        for inner in value if isinstance(value, tuple) else (one for _, one in value):
            yield from texts_in(inner)
