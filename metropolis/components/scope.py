"""What a macro knows about the page that calls it: language, address, records, components. A scope
is created for each call: mkdocs-macros would still see the previous language (decision 3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from metropolis.addresses import relative_address
from metropolis.data.fields import Label
from metropolis.data.models import Member
from metropolis.data.records import Records
from metropolis.language.blanks import fill, plural_json
from metropolis.language.collation import sorted_by
from metropolis.language.quantities import write_quantity
from metropolis.markup import Markup, element
from metropolis.opendata.history import DataDay

Renderer = Callable[..., Markup]


@dataclass(frozen=True)
class Scope:
    """The calling page, as macros see it. `page_url` is its address from the site's root
    ("en/vision/"), `prefix` the folder of its language ("", "en/"), `world` the file with the map's
    land. `draw(component, **values)` renders theme/components/<component>.html. `languages` have
    their own names by code. `site_url` has no last slash. `data_days`: of changes, newest first."""

    records: Records
    locale: str
    prefix: str
    page_url: str
    world: str
    draw: Renderer
    languages: Mapping[str, str]
    site_url: str = ""
    data_days: tuple[DataDay, ...] = ()

    def label(self, label: Label | None) -> str:
        """Its text in the page's language; nothing for a label that a record lacks."""
        return label[self.locale] if label else ""

    def quantity(self, value: float, unit: str, decimals: int | None = None) -> str:
        """A value with its unit (language/quantities.py)."""
        return write_quantity(self.records, value, unit, self.locale, decimals)

    def members_by_name(self, members: Iterable[Member]) -> list[Member]:
        """Members in the alphabetical order of the page's language."""
        return sorted_by(members, lambda one: self.label(one.name), self.locale)

    def t(self, key: str, **values: object) -> str:
        """An interface string (data/strings.yml) in the page's language, its {places} filled."""
        return fill(self.records.strings[key][self.locale], values, self.locale)

    def plural(self, key: str) -> str:
        """An interface string with a number {n}, for scripts: its plural categories as JSON."""
        return plural_json(self.records.strings[key][self.locale], self.locale)

    def link(self, target: str) -> str:
        """The relative address of a page of this language: "vision/", "vision/#peace"."""
        return relative_address(self.page_url, self.prefix + target)

    def named(self, label: Label, target: str) -> dict[str, str]:
        """The name of a record, and the address of its page or section, for a component."""
        return {"name": self.label(label), "href": self.link(target)}

    def land(self) -> str:
        """The relative address of the map's land, for `<use href>`."""
        return relative_address(self.page_url, self.world).rstrip("/") + "#land"

    def anchor(self, target: str, text: str) -> Markup:
        return element("a", text, href=self.link(target))
