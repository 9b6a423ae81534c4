"""The check whether readers get each page as its author sees it, done again only for new inputs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from metropolis.cache import Cache
from metropolis.content.converter import Extensions, make_converter
from metropolis.content.page import Page
from metropolis.inputs import Known
from metropolis.patience import TooSlowError, patience, too_slow
from metropolis.problem import Problem


@dataclass(frozen=True)
class Rendering:
    """What the check of a page depends on: the page, and the extensions of the site's Markdown."""

    page: Known[Page]
    extensions: Known[Extensions]


class RenderingCheck:
    """Without a `cache`, results are reused in this process only."""

    def __init__(self, extensions: Known[Extensions], cache: Cache | None = None) -> None:
        self.extensions = extensions
        self.cache = cache or Cache(None)

    def problems(self, page: Page) -> list[Problem]:
        """What readers would get differently from what the author of `page` sees."""
        if self.failure:
            return []
        inputs = Rendering(page.known, self.extensions)
        return self.cache.remember("rendering", inputs, compare_with_rendered, hold=True)

    @cached_property
    def failure(self) -> list[Problem]:
        """Why nothing can be rendered, if so."""
        try:
            make_converter(self.extensions.value)
        except Exception as error:
            what = f"The extensions of Markdown cannot be loaded: {error}."
            how = "Correct the list “markdown_extensions”."
            return [Problem("mkdocs.yml", 0, 0, what, how=how)]
        return []


def compare_with_rendered(inputs: Rendering) -> list[Problem]:
    """A problem for each block of the page that readers would get otherwise."""
    # Imported late: the status of translations needs neither Markdown nor what uses it.
    from metropolis.content.agreement import compare_blocks
    from metropolis.content.emphasis import check_emphasis
    from metropolis.content.rendered import render_words

    page = inputs.page.value
    try:
        with patience():
            rendered = render_words(page, make_converter(inputs.extensions.value))
            problems = compare_blocks(page, rendered)
            lines = {problem.line for problem in problems}  # other faults there have the same cause
            emphasis = check_emphasis(page, rendered)
            return problems + [one for one in emphasis if one.line not in lines]
    except TooSlowError:
        return [Problem(page.path, 0, 0, too_slow(), how="Divide it.")]
    except Exception:  # of Markdown: the build reports the paragraph (site/unrenderable.py)
        what = "The page cannot be rendered: a part of it is not understood."
        return [Problem(page.path, 0, 0, what)]
