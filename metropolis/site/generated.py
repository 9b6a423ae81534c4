"""Pages that come from data: one for each member and each indicator, in each language.

They are Markdown like any other page: a heading and one macro call. MkDocs gets them as files that need not exist on
disk (metropolis/site/plugin.py says how, docs/decisions/0002-pages-from-data.md says why).
"""

from __future__ import annotations

from dataclasses import dataclass

from metropolis.data.records import Records
from metropolis.language.countries import country_name
from metropolis.language.quantities import write_quantity

# In a page's header: under its heading stands one call, which the plugin makes itself (plugin.py).
ONE_CALL = "one_call"


@dataclass(frozen=True)
class GeneratedPage:
    """`name` is the page's path in its language without ending: "members/barcelone"."""

    name: str
    locale: str
    title: str
    description: str
    body: str
    is_one_call: bool = False

    @property
    def src_uri(self) -> str:
        """Its place under content/, as MkDocs names it."""
        return f"{self.locale}/{self.name}.md"

    @property
    def markdown(self) -> str:
        """The page's source."""
        one_call = f"render_macros: false\n{ONE_CALL}: true\n" if self.is_one_call else ""
        head = f"title: {_quoted(self.title)}\ndescription: {_quoted(self.description)}\n{one_call}"
        return f"---\n{head}---\n\n{self.body}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _fill(template: str, **values: str) -> str:
    for name, value in values.items():
        template = template.replace("{" + name + "}", value)
    return template


def generated_names(records: Records) -> frozenset[str]:
    """The names of all generated pages, for link checks: the same in every language."""
    return frozenset([f"members/{id}" for id in records.members] + [f"indicators/{id}" for id in records.indicators])


def generated_pages(records: Records, locale: str) -> list[GeneratedPage]:
    """All generated pages of one language."""
    return _member_pages(records, locale) + _indicator_pages(records, locale)


def _member_pages(records: Records, locale: str) -> list[GeneratedPage]:
    template = records.strings["member-description"][locale]
    pages = []
    for member in records.members.values():
        name = member.name[locale]
        country = country_name(records.countries[member.country], locale)
        pages.append(
            GeneratedPage(
                name=f"members/{member.id}",
                locale=locale,
                title=name,
                description=_fill(template, name=name, country=country, government=member.government),
                body=f'# {name} {{ #{member.id} }}\n\n{{{{ member_profile("{member.id}") }}}}\n',
                is_one_call=True,
            )
        )
    return pages


def _indicator_pages(records: Records, locale: str) -> list[GeneratedPage]:
    template = records.strings["indicator-description"][locale]
    pages = []
    for indicator in records.indicators.values():
        name = indicator.name[locale]
        value = write_quantity(records, indicator.value, indicator.unit, locale, indicator.decimals)
        pages.append(
            GeneratedPage(
                name=f"indicators/{indicator.id}",
                locale=locale,
                title=name,
                description=_fill(template, name=name, value=value),
                body=f'# {name} {{ #{indicator.id} }}\n\n{{{{ indicator_profile("{indicator.id}") }}}}\n',
                is_one_call=True,
            )
        )
    return pages
