"""The check whether readers get each page as its author sees it."""

from __future__ import annotations

from metropolis.content.converter import Extensions, make_converter
from metropolis.content.page import Page
from metropolis.patience import TooSlowError, patience, too_slow
from metropolis.problem import Problem


def find_failure(extensions: Extensions) -> list[Problem]:
    """Why nothing can be rendered, if so."""
    try:
        make_converter(extensions)
    except Exception as error:
        what = f"The extensions of Markdown cannot be loaded: {error}."
        how = "Correct the list “markdown_extensions”."
        return [Problem("mkdocs.yml", 0, 0, what, how=how)]
    return []


def compare_with_rendered(page: Page, extensions: Extensions) -> list[Problem]:
    """A problem for each block of the page that readers would get otherwise."""
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
    except TooSlowError:
        return [Problem(page.path, 0, 0, too_slow(), how="Divide it.")]
    except Exception:  # of Markdown: the build reports the paragraph (site/unrenderable.py)
        what = "The page cannot be rendered: a part of it is not understood."
        return [Problem(page.path, 0, 0, what)]
