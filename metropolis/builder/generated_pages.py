"""Pages made from data: one for each member and each indicator, in each language. They are Markdown
like others, but need not exist on disk, and data_page.py renders them directly (decision 2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from metropolis.data.records import Records
from metropolis.language.blanks import fill
from metropolis.language.countries import country_name
from metropolis.language.quantities import write_quantity


@dataclass(frozen=True)
class GeneratedPage:
    """`name` is the page's path in its language, without ending: "members/barcelone". The page has
    a title and one call, of `macro` with `id`; the title's anchor is this id too."""

    name: str
    locale: str
    title: str
    description: str
    macro: str
    id: str

    @property
    def src_uri(self) -> str:
        """The page's path under content/, as MkDocs names it."""
        return f"{self.locale}/{self.name}.md"

    @property
    def markdown(self) -> str:
        head = f"title: {_quoted(self.title)}\ndescription: {_quoted(self.description)}\n"
        call = f'{{{{ {self.macro}("{self.id}") }}}}'
        return f"---\n{head}---\n\n{self.heading}\n\n{call}\n"

    @property
    def heading(self) -> str:
        return f"# {self.title} {{ #{self.id} }}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def generated_names(records: Records) -> frozenset[str]:
    """The names of all generated pages, for the check of links: the same in every language."""
    members = [f"members/{id}" for id in records.members]
    return frozenset([*members, *(f"indicators/{id}" for id in records.indicators)])


def generated_pages(records: Records, locale: str) -> list[GeneratedPage]:
    return [*_member_pages(records, locale), *_indicator_pages(records, locale)]


def _member_pages(records: Records, locale: str) -> Iterator[GeneratedPage]:
    template = records.strings["member-description"][locale]
    for id, member in records.members.items():
        name = member.name[locale]
        place = _with_country(name, country_name(records.countries[member.country], locale))
        words = fill(template, {"place": place, "government": member.government}, locale)
        yield GeneratedPage(f"members/{id}", locale, name, words, "member_profile", id)


def _with_country(name: str, country: str) -> str:
    """ "Séoul (Corée du Sud)"; "Santiago du Chili" has its country already."""
    if country in name:
        return name
    return f"{name[:-1]}, {country})" if name.endswith(")") else f"{name} ({country})"


def _indicator_pages(records: Records, locale: str) -> Iterator[GeneratedPage]:
    template = records.strings["indicator-description"][locale]
    for id, one in records.indicators.items():
        name = one.name[locale]
        value = write_quantity(records, one.value, one.unit, locale, one.decimals)
        words = fill(template, {"name": name, "value": value}, locale)
        yield GeneratedPage(f"indicators/{id}", locale, name, words, "indicator_profile", id)
