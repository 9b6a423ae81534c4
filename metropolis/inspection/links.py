"""Checks that every internal link works, every page can be found, and every address is plain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from metropolis.inspection.addresses import Place
from metropolis.inspection.facts import Identity, Link, PageFacts, Reference
from metropolis.inspection.outline import Outline
from metropolis.inspection.places import Places
from metropolis.problem import Problem

_PLAIN = re.compile(r"[a-z0-9./-]+\Z")
# What a template writes when a value is missing.
_MISSING = re.compile(r"(?:^|[/#=])(?:undefined|None|null|NaN)(?=$|[/#?&])")
_RUNNING = frozenset({"javascript", "vbscript", "data"})
_CONTACT = frozenset({"mailto", "tel", "sms", "geo"})


def check_links(places: Places, page: PageFacts) -> Iterator[Problem]:
    """A problem for each link to a missing page or anchor, or that cannot be followed."""
    for link in page.links:
        yield from _check_address(places, page, link, f"The link “{link.address}”")
        if not link.name and not link.is_hidden:
            what = f"The link to “{link.address}” has no text."
            yield Problem(page.path, link.line, 1, what, how="Write words that say where it leads.")
    for mention in page.mentions:
        subject = f"The address “{mention.address}” of <{mention.owner}>"
        yield from _check_address(places, page, mention, subject)


def _check_address(
    places: Places,
    page: PageFacts,
    link: Link | Reference,
    subject: str,
) -> Iterator[Problem]:
    address = link.address.strip()
    place = places.follow(page.path, address)
    what, how = "", ""
    if not address:
        what, how = f"{subject} is empty.", "Write where it leads."
    elif place.kind == "broken":
        what, how = f"{subject} cannot be read as an address.", "Mend it."
    elif _MISSING.search(address):
        what, how = (
            f"{subject} was made from a missing value.",
            "Mend the data or the macro that makes it.",
        )
    elif place.kind == "scheme":
        what, how = _what_of_scheme(place, subject)
    elif place.kind == "ours":
        what, how = what_of_place(places, page, address, place, subject)
    if what:
        yield Problem(page.path, link.line, 1, what, how=how)


def _what_of_scheme(place: Place, subject: str) -> tuple[str, str]:
    if place.scheme in _RUNNING:
        return f"{subject} would run a program.", "Write the address of a page."
    if place.scheme not in _CONTACT:
        what = f"{subject} begins with “{place.scheme}:”, which readers cannot open."
        return what, "Write an address of the web."
    return "", ""


def what_of_place(
    places: Places,
    page: PageFacts,
    address: str,
    place: Place,
    subject: str,
) -> tuple[str, str]:
    """(what is wrong, how to fix it) for an address of this site; ("", "") if nothing is."""
    if not places.exists(place):
        near = places.near_file(place)
        mend = f"Did you mean “{near}”?" if near else "Mend the address."
        return f"{subject} leads to no file of this site.", mend
    if not places.has_anchor(place):
        near = places.near_anchor(place)
        mend = (
            f"Did you mean “#{near}”?"
            if near
            else f"Mend it, or put the anchor “{place.anchor}” back."
        )
        return f"{subject} leads to an anchor that the page does not have.", mend
    if page.is_not_found and not address.startswith(("/", "#", "http:", "https:")):
        what = f"{subject} is relative, but a 404 page is shown at any address."
        return what, f"Write “{places.path(place)}”."
    return "", ""


def check_ways_in(pages: Iterable[Outline], homes: Sequence[str]) -> Iterator[Problem]:
    """A problem for each page that no links reach from `homes`, the home pages' files."""
    linked = {page.path: page.links for page in pages if not page.is_not_found}
    reached, queue = set(homes), list(homes)
    while queue:
        for file in linked.get(queue.pop(), ()):
            if file not in reached:
                reached.add(file)
                queue.append(file)
    for file in linked:
        if file not in reached:
            what = "No way leads to this page from a home page."
            yield Problem(
                file, 0, 0, what, how="Link to it from a page that readers find, or remove it."
            )
        elif file in homes and not any(
            file in targets for path, targets in linked.items() if path != file
        ):
            what = "No other page leads to this home page."
            yield Problem(file, 0, 0, what, how="Link to it from the header.")


def check_path(page: Identity) -> Iterator[Problem]:
    """A problem for a page whose address cannot be typed, or depends on the server."""
    if not _PLAIN.match(page.path):
        what = (
            "The page's address has other characters than lower-case letters, digits and hyphens."
        )
        yield Problem(page.path, 0, 0, what, how="Rename its source.")
