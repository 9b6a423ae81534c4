"""A project's folders and languages, from mkdocs.yml, which has the only list of languages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from metropolis.content.converter import Extensions, read_extensions
from metropolis.inputs import Known, digest
from metropolis.problem import Problem
from metropolis.strict_yaml.document import YamlDocument
from metropolis.strict_yaml.source import read_yaml_file

CONFIGURATION = "mkdocs.yml"
# "es", "pt-BR": codes that paths, ICU and the `lang` attribute all accept.
_CODE = re.compile("[a-z]{2,3}(?:-[A-Z]{2})?")


@dataclass(frozen=True)
class Locale:
    """`code` as in paths ("fr"), `name` for people ("Français"). A draft is being translated and
    not published yet (`build: false` in mkdocs.yml)."""

    code: str
    name: str
    is_default: bool = False
    is_draft: bool = False


@dataclass(frozen=True)
class Project:
    """A working copy. `locales` are published, the source language first. `allows_missing`: a page
    that a translation lacks is shown in the source language with a notice (`fallback_to_default` in
    mkdocs.yml). `extensions` are those of its Markdown, with their options."""

    root: Path
    locales: tuple[Locale, ...]
    site_url: str
    drafts: tuple[Locale, ...] = ()
    allows_missing: bool = False
    extensions: Known[Extensions] = field(default_factory=lambda: read_extensions(None))

    @property
    def known(self) -> Known[Self]:
        """The project as an input, without its folder."""
        return Known(digest(replace(self, root=None)), self)  # type: ignore[arg-type]

    @property
    def targets(self) -> tuple[Locale, ...]:
        """The target languages: the published ones, then the drafts."""
        return (*self.locales[1:], *self.drafts)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the published locales, the source language first."""
        return tuple(locale.code for locale in self.locales)

    @property
    def all_locales(self) -> tuple[Locale, ...]:
        return (*self.locales, *self.drafts)

    @property
    def content_dir(self) -> Path:
        """The pages, in a folder for each language."""
        return self.root / "content"

    @property
    def data_dir(self) -> Path:
        return self.root / "data"

    @property
    def theme_dir(self) -> Path:
        """Templates, styles, scripts."""
        return self.root / "theme"

    @property
    def default_locale(self) -> Locale:
        return self.locales[0]

    @property
    def source(self) -> str:
        return self.default_locale.code

    def page_path(self, locale: str, name: str) -> str:
        """Where a page is, or would be: content/fr/challenges/index.md."""
        return f"{self.content_dir.name}/{locale}/{name}.md"


def read_project(root: Path) -> tuple[Project | None, list[Problem]]:
    """The project at `root`, or the problems of its configuration."""
    document, problems = read_configuration(root)
    return (None, problems) if document is None else _read(root, document)


def read_configuration(root: Path) -> tuple[YamlDocument | None, list[Problem]]:
    """The values of mkdocs.yml, or the problems that prevent reading it."""
    try:
        return read_yaml_file(root, CONFIGURATION, trailing_comments=True)
    except FileNotFoundError:
        how = "Run the command in the project's folder."
        return None, [Problem(CONFIGURATION, 0, 0, "The file is missing.", how=how)]


def _read(root: Path, document: YamlDocument) -> tuple[Project | None, list[Problem]]:
    configuration = document.value if isinstance(document.value, dict) else {}
    problems: list[Problem] = []
    site_url = configuration.get("site_url")
    if not isinstance(site_url, str) or not site_url.startswith(("https://", "http://")):
        what = "“site_url” is missing or is not an address."
        how = "Write the site's public address: https://…/"
        problems.append(document.problem(("site_url",), what, how=how))
        site_url = ""
    i18n, path = i18n_options(configuration)
    languages = i18n.get("languages")
    languages = languages if isinstance(languages, list) else []
    marks = (document.mark((*path, index)) for index in range(len(languages)))
    read = list(map(_locale, languages, marks))
    locales = [one for one in read if isinstance(one, Locale)]
    problems += [one for one in read if isinstance(one, Problem)]
    if len(locales) == len(languages):
        problems += _check_locales(locales, document.mark(path))
    if problems:
        return None, problems
    published = tuple(locale for locale in locales if not locale.is_draft)
    drafts = tuple(locale for locale in locales if locale.is_draft)
    extensions = read_extensions(configuration.get("markdown_extensions"))
    allows_missing = i18n.get("fallback_to_default") is True
    return Project(root, published, site_url, drafts, allows_missing, extensions), []


def i18n_options(
    configuration: dict[str, object],
) -> tuple[dict[str, object], tuple[str | int, ...]]:
    """The options of the plugin i18n, and the path of its list of languages in the document."""
    plugins = configuration.get("plugins")
    for index, plugin in enumerate(plugins if isinstance(plugins, list) else []):
        if isinstance(plugin, dict) and isinstance(plugin.get("i18n"), dict):
            return plugin["i18n"], ("plugins", index, "i18n", "languages")
    return {}, ("plugins",)


def _locale(language: object, mark: tuple[int, int]) -> Locale | Problem:
    """One language of the list. A wrong code would name folders, and break searches for names."""
    entry = language if isinstance(language, dict) else {}
    code, name, default = entry.get("locale"), entry.get("name"), entry.get("default", False)
    build = entry.get("build", True)
    what = ""
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        what = "This language has no “locale”, or one that is not a language code."
    elif not isinstance(name, str) or not name.strip():
        what = f"The language “{code}” has no name."
    elif not isinstance(default, bool):
        what = f"“default” of the language “{code}” is neither true nor false."
    elif not isinstance(build, bool):
        what = f"“build” of the language “{code}” is neither true nor false."
    elif default and not build:
        what = f"“{code}” is the source language, and “build: false” would leave it out."
    if what:
        how = "Write locale: es, name: Español; for the source language alone, default: true."
        return Problem(CONFIGURATION, *mark, what, how=how)
    return Locale(str(code), str(name), bool(default), not build)


def _check_locales(locales: list[Locale], mark: tuple[int, int]) -> list[Problem]:
    if not locales or len({locale.code for locale in locales}) < len(locales):
        what = "The list of languages (plugins, i18n, languages) is empty or names one twice."
        return [Problem(CONFIGURATION, *mark, what)]
    if not locales[0].is_default or sum(locale.is_default for locale in locales) != 1:
        what = "The first language, and no other, must be the source language."
        return [Problem(CONFIGURATION, *mark, what, how="Give the first one “default: true”.")]
    return []
