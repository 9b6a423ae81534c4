"""Where things are, and which languages there are: read from mkdocs.yml, the one list of languages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from metropolis.data.yaml_source import YamlDocument, decode, read_yaml
from metropolis.problem import Problem

CONFIGURATION = "mkdocs.yml"


@dataclass(frozen=True)
class Locale:
    """`code` as in paths ("fr"), `name` as people call it ("Français")."""

    code: str
    name: str
    is_default: bool = False


@dataclass(frozen=True)
class Project:
    """A working copy. The default locale is the source language; it stands first."""

    root: Path
    locales: tuple[Locale, ...]
    site_url: str

    @property
    def content_dir(self) -> Path:
        """Pages, a folder for each language."""
        return self.root / "content"

    @property
    def data_dir(self) -> Path:
        """Records."""
        return self.root / "data"

    @property
    def theme_dir(self) -> Path:
        """Templates, styles, scripts."""
        return self.root / "theme"

    @property
    def default_locale(self) -> Locale:
        """The source language."""
        return next(locale for locale in self.locales if locale.is_default)


def read_project(root: Path) -> tuple[Project | None, list[Problem]]:
    """The project at `root`, or what is wrong with its configuration."""
    try:
        data = (root / CONFIGURATION).read_bytes()
    except FileNotFoundError:
        return None, [
            Problem(CONFIGURATION, 0, 0, "The file is missing.", how="Run the command in the project's folder.")
        ]
    text, problems = decode(data, CONFIGURATION)
    document = None
    if not problems:
        document, problems = read_yaml(text, CONFIGURATION, trailing_comments=True)
    if document is None:
        return None, problems
    return _read(root, document)


def _read(root: Path, document: YamlDocument) -> tuple[Project | None, list[Problem]]:
    configuration = document.value if isinstance(document.value, dict) else {}
    problems: list[Problem] = []
    site_url = configuration.get("site_url")
    if not isinstance(site_url, str) or not site_url.startswith(("https://", "http://")):
        line, column = document.mark(("site_url",))
        what = "“site_url” is missing or is not an address."
        problems.append(Problem(CONFIGURATION, line, column, what, how="Write the site's public address: https://…/"))
        site_url = ""
    locales, path = _locales(configuration)
    line, column = document.mark(path)
    if len({locale.code for locale in locales}) < len(locales) or not locales:
        what = "The list of languages (plugins, i18n, languages) is empty or names a language twice."
        problems.append(Problem(CONFIGURATION, line, column, what))
    elif not locales[0].is_default or sum(locale.is_default for locale in locales) != 1:
        what = "The first language, and no other, must be the source language."
        problems.append(Problem(CONFIGURATION, line, column, what, how="Give the first one “default: true”."))
    return (None, problems) if problems else (Project(root, locales, site_url), [])


def _locales(configuration: dict[str, object]) -> tuple[tuple[Locale, ...], tuple[str | int, ...]]:
    """The languages, and where they stand in the document."""
    plugins = configuration.get("plugins")
    for index, plugin in enumerate(plugins if isinstance(plugins, list) else []):
        if isinstance(plugin, dict) and isinstance(plugin.get("i18n"), dict):
            languages = plugin["i18n"].get("languages")
            found = tuple(
                Locale(str(one.get("locale", "")), str(one.get("name", "")), one.get("default") is True)
                for one in (languages if isinstance(languages, list) else [])
                if isinstance(one, dict)
            )
            return found, ("plugins", index, "i18n", "languages")
    return (), ("plugins",)
