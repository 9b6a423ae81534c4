"""Checks that pages load nothing from other sites, and that everything they load exists.

A page that loads from a third party reveals its readers. A missing file is noticed only by readers.
"""

from __future__ import annotations

from collections.abc import Iterator

from metropolis.inspection.facts import PageFacts, Reference
from metropolis.inspection.links import what_of_place
from metropolis.inspection.places import Places
from metropolis.inspection.styles import addresses_in_style
from metropolis.problem import Problem

_SERVE_IT = "Serve it from this site, or do without it."


def check_resources(places: Places, page: PageFacts) -> Iterator[Problem]:
    """Problems of what a page loads."""
    for load in page.loads:
        what, how = _what(places, page, load)
        if what:
            yield Problem(page.path, load.line, 1, what, how=how)


def check_sheets(places: Places) -> Iterator[Problem]:
    """Problems of what style sheets load."""
    for path in sorted(places.files):
        if path.endswith(".css"):
            yield from _check_sheet(places, path)


def _what(places: Places, page: PageFacts, load: Reference) -> tuple[str, str]:
    address, subject = (
        load.address.strip(),
        f"“{load.address.strip()[:80]}”, which <{load.owner}> loads,",
    )
    place = places.follow(page.path, address)
    if not address:
        return f"<{load.owner}> loads an empty address.", "Write it, or remove the attribute."
    if place.kind == "broken":
        return f"{subject} cannot be read as an address.", "Mend it."
    if place.kind == "elsewhere":
        return f"{subject} is not on this site.", _SERVE_IT
    if place.kind == "scheme":
        return f"{subject} is not a file of this site.", _SERVE_IT
    return what_of_place(places, page, address, place, subject)


def _check_sheet(places: Places, path: str) -> Iterator[Problem]:
    try:
        text = (places.site_dir / path).read_text("utf-8")
    except UnicodeDecodeError:
        yield Problem(
            path, 0, 0, "The style sheet is not written in UTF-8.", how="Save its source as UTF-8."
        )
        return
    for address, line in addresses_in_style(text):
        place = places.follow(path, address)
        if place.kind == "scheme" and place.scheme == "data":
            continue
        if place.kind != "ours":
            what = f"The style sheet loads “{address}”, which is not on this site."
            yield Problem(path, line, 1, what, how=_SERVE_IT)
        elif not places.exists(place):
            what = f"The style sheet loads “{address}”, which does not exist."
            near = places.near_file(place)
            yield Problem(
                path, line, 1, what, how=f"Did you mean “{near}”?" if near else "Mend the address."
            )
