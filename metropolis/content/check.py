"""Calls every check of the pages, before anything runs a page."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from metropolis.cache import Cache
from metropolis.content.allowed_markup import check_markup
from metropolis.content.calls import check_calls
from metropolis.content.characters import find_hidden_characters, find_missing_glyphs
from metropolis.content.completeness import check_counterparts
from metropolis.content.converter import Extensions, make_converter
from metropolis.content.dialects import check_dialects
from metropolis.content.files import Entry, check_files, list_entries, list_images, list_pages
from metropolis.content.headings import check_headings, find_accidents
from metropolis.content.links import check_links, link_targets, lost_addresses
from metropolis.content.macro_signature import Signatures
from metropolis.content.navigation import check_navigation
from metropolis.content.page import Page
from metropolis.content.page_text import PageText, apply_edits
from metropolis.content.structure import check_structure
from metropolis.glyphs import read_glyphs
from metropolis.inputs import Known
from metropolis.patience import TooSlowError, patience
from metropolis.problem import Problem, of_kind
from metropolis.project import Project

_MOST = 100  # with more problems of its signs, a page is not also rendered: that can take long


def check_pages(
    project: Project,
    pages: Collection[Page],
    signatures: Known[Signatures],
    generated_pages: Collection[str],
    generated_anchors: Mapping[str, Collection[str]],
    cache: Cache,
    behind: Mapping[str, tuple[str, ...]] | None = None,
) -> list[Problem]:
    """The problems of `pages`, as they were read, and of the files around them. `generated_pages`
    are the names of pages made from data, `generated_anchors` the anchors that macros write into a
    page, by its name; without an entry, a generated page accepts any. `behind` are the sections of
    a translation, by its path, whose source has changed since."""
    entries = list_entries(project)
    codes = [locale.code for locale in project.all_locales]
    names = {code: frozenset(list_pages(entries, code)) for code in codes}
    images = {code: list_images(entries, code) for code in codes}
    source = project.source
    # A page that some languages lack is one problem, not one for each link to it.
    standing = dict.fromkeys(codes, frozenset[str]().union(*names.values()))
    targets = (generated_pages, generated_anchors, images, project.site_url)
    site = link_targets(pages, standing, *targets)
    failure = find_failure(project.extensions.value)
    extensions = None if failure else project.extensions
    glyphs = read_glyphs(project)
    problems = _check_places(project, entries, names, generated_pages)
    problems += of_kind("calls", check_calls(pages, signatures.value))
    forms = {
        page.path: cache.remember("form", PageForm(page.known, extensions), check_form, hold=True)
        for page in pages
    }
    links = {page.path: check_links(page, site) for page in pages}
    originals = (page for page in pages if page.locale == source)
    lost = {page.path: lost_addresses(page, links[page.path]) for page in originals}
    differences = check_structure(pages, source, signatures, cache, lost, behind)
    parity = _with_own_cause(differences, pages, forms)
    # A link or a heading that is wrong here and right in the source is one problem.
    told = {(one.path, one.line, one.column) for one in parity if one.severity == "error"}
    problems += of_kind("parity", parity)
    problems += of_kind("markup", failure)
    for page in pages:
        form = forms[page.path]
        headings = check_headings(page, generated_anchors.get(page.name, ()))
        problems += of_kind("markup", [*form, *_untold(headings, told)])
        # A sign of which something else is told is one problem.
        told_signs = {page.text.lines[one.line - 1][one.column - 1 : one.column] for one in form}
        missing = find_missing_glyphs(page, glyphs | told_signs) if glyphs else ()
        problems += of_kind("characters", missing)
        problems += of_kind("links", _untold(links[page.path], told))
    return problems


def _with_own_cause(
    differences: list[Problem], pages: Iterable[Page], forms: Mapping[str, list[Problem]]
) -> list[Problem]:
    """The differences that are not beside a broken block, which is the cause of those that are."""
    differing = {one.path for one in differences}
    broken = {
        page.path: _broken_lines(page, forms[page.path]) for page in pages if page.path in differing
    }
    return [one for one in differences if broken[one.path].isdisjoint(_lines_beside(one))]


def _check_places(
    project: Project,
    entries: list[Entry],
    names: Mapping[str, frozenset[str]],
    generated_pages: Collection[str],
) -> list[Problem]:
    """Where pages are. One that needs another name is not also sought elsewhere under this one."""
    problems = of_kind("files", check_files(project, entries))
    told = {problem.path for problem in problems}
    folded = {path.casefold() for path in told}  # what is there under another name is not missing

    def is_told(path: str) -> bool:
        return not told.isdisjoint((path, *map(str, PurePosixPath(path).parents)))

    refused = {
        name for code in names for name in names[code] if is_told(project.page_path(code, name))
    }
    named = {code: own - refused for code, own in names.items()}
    counterparts = check_counterparts(project, named, generated_pages)
    lost = [one for one in counterparts if one.path.casefold() not in folded]
    problems += of_kind("translation", lost)
    left_out = {project.page_path(project.source, name) for name in refused}
    navigation = check_navigation(project, names[project.source], generated_pages)
    sought = [one for one in navigation if one.path not in left_out]
    return problems + of_kind("navigation", sought)


def _broken_lines(page: Page, form: Iterable[Problem]) -> set[int]:
    """The lines of a page that are not the blocks that they were to be: those with a problem before
    their first word or in a table, and all that follow if code has no end."""
    lines = {page.text.place(one.start)[0] for one in page.scanned.of("definition")}
    lines |= {page.text.place(block.start)[0] for block in page.indented("    ", "\t")}
    lines |= {accident.line for accident in find_accidents(page)}
    for one in (*page.problems, *form):
        before = _words_before(page, one)
        if one.severity == "error" and (before[:1] == "|" or not any(map(str.isalpha, before))):
            lines.add(one.line)
    if page.has_open_code:
        lines |= {*range(min(one.line for one in page.problems), len(page.text.line_starts) + 1)}
    return lines


def _words_before(page: Page, one: Problem) -> str:
    return page.text.lines[one.line - 1][: one.column - 1].lstrip(" >")


def _lines_beside(one: Problem) -> range:
    return range(one.line - 1, one.line + 4)


def _untold(problems: Iterable[Problem], told: Container[tuple[str, int, int]]) -> list[Problem]:
    """Those in whose place, by path, line and column, nothing is told."""
    return [one for one in problems if (one.path, one.line, one.column) not in told]


@dataclass(frozen=True)
class PageForm:
    """What the form of a page depends on: the page, and the extensions of the site's Markdown; none
    if they cannot be loaded."""

    page: Known[Page]
    extensions: Known[Extensions] | None


def check_form(inputs: PageForm) -> list[Problem]:
    """Problems of how a page is written and rendered; of the rendering, none on or beside a line
    that has a problem, which would be its cause, and none where code has no end."""
    page, extensions = inputs.page.value, inputs.extensions
    whole = page.text.text
    # Markdown makes spaces of the tabs in code: no reader sees them.
    code = [(start, end, whole[start:end].replace("\t", " ")) for start, end in page.code]
    text = PageText(page.path, apply_edits(whole, code))
    dialects = check_dialects(page)
    places = {(one.line, one.column) for one in dialects}
    # Word writes bullets with signs of its own: the dialect says what to write.
    hidden = (one for one in find_hidden_characters(text) if (one.line, one.column) not in places)
    signs = [*hidden, *check_markup(page)]
    if page.has_open_code or len(signs) > _MOST:
        return signs
    reported = {one.line for one in [*signs, *page.problems]}
    # A tab that indents a line makes another list of the one above it.
    reported |= {one.line - 1 for one in signs if not _words_before(page, one)}
    # Python-Markdown takes them away; the links that need them are reported.
    reported |= {page.text.place(one.start)[0] for one in page.scanned.of("definition")}
    for accident in find_accidents(page):
        reported |= {accident.line - 1, accident.line}  # a line of signs, and what it underlines
    # A sign of another dialect makes other blocks of its line and of the one below.
    others = [one.line for one in dialects if one.severity == "error"]
    reported |= {line for one in others for line in (one, one + 1)}
    rendered = compare_with_rendered(page, extensions.value) if extensions else []
    return [*signs, *dialects, *(one for one in rendered if one.line not in reported)]


def find_failure(extensions: Extensions) -> list[Problem]:
    try:
        make_converter(extensions)
    except Exception as error:
        what = f"The extensions of Markdown cannot be loaded: {error}."
        how = "Correct the list “markdown_extensions”."
        return [Problem("mkdocs.yml", 0, 0, what, how=how)]
    return []


def compare_with_rendered(page: Page, extensions: Extensions) -> list[Problem]:
    # Imported late: the status of translations needs neither Markdown nor what uses it.
    from metropolis.content.agreement import compare_blocks
    from metropolis.content.emphasis import check_emphasis
    from metropolis.content.rendered import render_words

    try:
        with patience():
            rendered = render_words(page, make_converter(extensions))
            problems = compare_blocks(page, rendered)
            lines = {problem.line for problem in problems}  # other faults there have the same cause
            emphasis = check_emphasis(page, rendered)
            return problems + [one for one in emphasis if one.line not in lines]
    except TooSlowError as slow:
        return [Problem(page.path, 0, 0, str(slow), how="Divide it.")]
    except Exception:  # of Markdown: the build reports the paragraph (site/unrenderable.py)
        what = "The page cannot be rendered: a part of it is not understood."
        return [Problem(page.path, 0, 0, what)]
