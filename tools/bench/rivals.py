"""The same pages for other programs.

The stock stack (MkDocs with Material, static-i18n and mkdocs-macros) builds our Markdown as it is,
calls and all, with our macros; the pages from data lie on its disk. Hugo and Zensical cannot: what
the macros give is written out for them as plain Markdown. Hugo gets a theme of a few lines;
Zensical, which has no translations, builds three sites. None of them checks, inspects, or makes
open data and share pictures."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from mkdocs.structure.files import File

from metropolis.builder.gate import Prepared, prepare
from metropolis.builder.generated_pages import generated_pages
from metropolis.builder.render_context import render_context
from metropolis.project import Project, read_project
from metropolis.site.session import Session

BIN = Path(sys.executable).parent
# Where each program writes, from its own folder.
BUILT = {"stock": ["site"], "hugo": ["public"], "zensical": ["fr/site", "en/site", "es/site"]}
_NAV = [
    "index.md", "metropolitan-era.md", "governance.md", "vision.md", "mission.md",
    "initiatives.md", "milestones.md",
    "members/index.md", "indicators/index.md", "challenges/index.md", "action-plan/index.md",
    "references.md",
    "glossary.md", "data.md", "about.md",
]  # fmt: skip
_STOCK = """\
site_name: Metropolis
site_url: {url}
docs_dir: content
theme: {{name: material, font: false, features: [navigation.tabs]}}
nav: {nav}
not_in_nav: "*"
validation:
  links: {{not_found: ignore, anchors: ignore, unrecognized_links: ignore}}
  nav: {{omitted_files: ignore}}
markdown_extensions: [attr_list, admonition, def_list, footnotes, tables, md_in_html]
"""
_I18N = """\
plugins:
  - search
  - macros: {{module_name: stock_macros, on_undefined: strict, on_error_fail: true}}
  - i18n:
      docs_structure: folder
      languages:
{languages}
"""
# Our macros for mkdocs-macros alone: data are read for each language, as its module is.
_MACROS = """\
from pathlib import Path
from macros import MACROS
from metropolis.components.scope import Scope
from metropolis.addresses import locale_prefix
from metropolis.data.load import load_records
from metropolis.project import read_project
from metropolis.site.templates import component_renderer

def define_env(env):
    project, _ = read_project(Path({root!r}))
    records, _ = load_records(project)
    draw = component_renderer(project.theme_dir)
    languages = {{one.code: one.name for one in project.locales}}
    def bind(macro):
        def call(*args, **kwargs):
            page = env.page
            locale = page.file.src_uri.partition("/")[0]
            url = "" if page.url == "./" else page.url
            prefix = locale_prefix(project, locale)
            scope = Scope(
                records, locale, prefix, url, "assets/world.svg", draw, languages, project.site_url
            )
            return macro.function(scope, *args, **kwargs)
        return call
    for macro in MACROS.values():
        env.macro(bind(macro), macro.name)
"""
_HUGO = """\
baseURL = "{url}"
title = "Metropolis"
defaultContentLanguage = "{source}"
disableKinds = ["taxonomy", "term", "RSS"]
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.parser.attribute]
block = true
{languages}
"""
_LAYOUT = """\
<!doctype html><html lang="{{ site.Language.Lang }}">
<head><meta charset="utf-8"><title>{{ .Title }}</title>
<link rel="canonical" href="{{ .Permalink }}">
{{ range .AllTranslations }}<link rel="alternate" hreflang="{{ .Language.Lang }}"
 href="{{ .Permalink }}">{{ end }}
</head><body><header><a href="{{ site.Home.RelPermalink }}">Metropolis</a>
<nav><ul>{{ range site.Sections }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></nav></header>
<main>{{ .Content }}</main><footer>{{ .Title }}</footer></body></html>
"""


def write_rivals(project_root: Path, folder: Path) -> dict[str, list[list[str]]]:
    """Writes each program's project under `folder`; program -> the commands that build it, run in
    folder/<program>."""
    project, _ = read_project(project_root)
    prepared, problems = prepare(project_root)
    if project is None or prepared is None:
        raise SystemExit(f"The generated site is not right: {problems[:3]}")
    pages = _expanded(project_root, prepared)
    codes = [locale.code for locale in project.locales]
    url = project.site_url
    stock, hugo, zensical = (folder / name for name in ("stock", "hugo", "zensical"))
    for locale in codes:
        for name, text in pages[locale].items():
            _write(zensical / locale / "content" / name, text)
            _write(hugo / "content" / locale / name.replace("index.md", "_index.md"), text)
        _write(zensical / locale / "mkdocs.yml", _STOCK.format(url=f"{url}{locale}/", nav=_NAV))
    for locale in codes:
        shutil.copytree(project_root / "content" / locale, stock / "content" / locale)
        for page in generated_pages(prepared.records, locale):
            _write(stock / "content" / page.src_uri, page.markdown)
    _write(stock / "stock_macros.py", _MACROS.format(root=str(project_root)))
    languages = "\n".join(_language(project, code) for code in codes)
    _write(
        stock / "mkdocs.yml", _STOCK.format(url=url, nav=_NAV) + _I18N.format(languages=languages)
    )
    tables = "\n".join(f'[languages.{code}]\ncontentDir = "content/{code}"' for code in codes)
    _write(hugo / "hugo.toml", _HUGO.format(url=url, source=codes[0], languages=tables))
    for kind in ("single", "list", "index"):
        _write(hugo / "layouts" / ("" if kind == "index" else "_default") / f"{kind}.html", _LAYOUT)
    return {
        "stock": [[str(BIN / "mkdocs"), "build", "--quiet", "-d", "site"]],
        "hugo": [[str(BIN / "hugo"), "--quiet", "--destination", "public"]],
        "zensical": [
            [str(BIN / "zensical"), "build", "-f", f"{code}/mkdocs.yml"] for code in codes
        ],
    }


def _language(project: Project, code: str) -> str:
    name = next(locale.name for locale in project.locales if locale.code == code)
    is_default = "true" if code == project.default_locale.code else "false"
    return f"        - {{locale: {code}, name: {name}, build: true, default: {is_default}}}"


def _expanded(root: Path, prepared: Prepared) -> dict[str, dict[str, str]]:
    """Locale -> file name -> Markdown in which every call is replaced by what it gives."""
    shared = render_context(root, prepared)
    found: dict[str, dict[str, str]] = {}
    for locale in (one.code for one in prepared.project.locales):
        session = Session(root / "site", locale, shared)
        found[locale] = {
            file.src_uri.partition("/")[2]: _markdown(session, file)
            for file in session.pages.values()
        }
    return found


def _markdown(session: Session, file: File) -> str:
    page = session.read(file)
    return f'---\ntitle: "{page.meta.get("title", "")}"\n---\n\n{page.markdown}'


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
