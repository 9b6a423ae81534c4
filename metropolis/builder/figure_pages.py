"""Whether the page that says more about a key figure exists, and the section on it: the figure's
card leads there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from metropolis.data.load import read_data_file
from metropolis.data.messages import nearest
from metropolis.problem import Problem
from metropolis.project import Project


def check_figure_pages(
    project: Project, anchors: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    """A problem for each address without a page; `anchors` are those of each page by its name."""
    document, _ = read_data_file(project, "key-figures")
    for path, address in document.walk() if document else ():
        if path[-1:] != ("page",) or not document:
            continue
        place, _, anchor = address.partition("#")
        name = place.strip("/") or "index"
        name = name if name in anchors else f"{name}/index"
        if name not in anchors:
            what, how = f"There is no page “{place}”.", nearest(place.strip("/"), anchors)
            yield document.problem(path, what, how=how)
        elif anchor and anchor not in anchors[name]:
            what = f"The page “{place}” has no section “#{anchor}”."
            yield document.problem(path, what, how=nearest(anchor, anchors[name]))
