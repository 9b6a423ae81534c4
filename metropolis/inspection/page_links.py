"""Checks that every internal link works, every page can be found, every address is plain, and
nothing is loaded from other sites: a page that loads from a third party reveals its readers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from metropolis.inspection.destinations import Destination, SiteFiles
from metropolis.inspection.facts import Identity, PageFacts, ReferenceFact
from metropolis.problem import Problem

_PLAIN = re.compile(r"[a-z0-9./-]+\Z")
# What a template writes when a value is missing.
_MISSING = re.compile(r"(?:^|[/#=])(?:undefined|None|null|NaN)(?=$|[/#?&])")
_RUNNING = frozenset({"javascript", "vbscript", "data"})
_CONTACT = frozenset({"mailto", "tel", "sms", "geo"})
_FINE = ("", "")
SERVE_IT = "Serve it from this site, or do without it."


def check_page_links(site: SiteFiles, page: PageFacts) -> Iterator[Problem]:
    """A problem for each link or resource that is missing, or cannot be followed or loaded."""
    for link in page.links:
        yield from _check_address(site, page, link, f"The link “{link.address}”")
    for mention in page.mentions:
        subject = f"The address “{mention.address}” of <{mention.owner}>"
        yield from _check_address(site, page, mention, subject)
    for load in page.loads:
        subject = f"“{load.address.strip()[:80]}”, which <{load.owner}> loads,"
        yield from _check_address(site, page, load, subject, is_loaded=True)


def _check_address(
    site: SiteFiles, page: PageFacts, link: ReferenceFact, subject: str, is_loaded: bool = False
) -> Iterator[Problem]:
    """A problem if an address cannot be followed, or loaded from this site."""
    target = site.follow(page.path, link.address)
    what, how = fault_of_address(link.address, target, subject, is_loaded)
    if not what and target.kind == "ours":
        what, how = _what_of_target(site, page, link.address.strip(), target, subject)
    if what:
        yield Problem(page.path, link.line, 1, what, how=how)


def fault_of_address(
    address: str, target: Destination, subject: str, is_loaded: bool
) -> tuple[str, str]:
    """(what is wrong, how to fix it) for an address, whatever exists; ("", "") if nothing is."""
    address = address.strip()
    if not address:
        return f"{subject} is empty.", "Write where it leads."
    if target.kind == "broken":
        return f"{subject} cannot be read as an address.", "Fix it."
    if _MISSING.search(address):
        how = "Fix the data or the macro that makes it."
        return f"{subject} was made from a missing value.", how
    if is_loaded and target.kind != "ours":
        where = "a file of" if target.kind == "scheme" else "on"
        return f"{subject} is not {where} this site.", SERVE_IT
    if target.kind == "scheme":
        return _what_of_scheme(target, subject)
    return _FINE


def _what_of_scheme(target: Destination, subject: str) -> tuple[str, str]:
    if target.scheme in _RUNNING:
        return f"{subject} would run code.", "Write the address of a page."
    if target.scheme not in _CONTACT:
        what = f"{subject} begins with “{target.scheme}:”, which readers cannot open."
        return what, "Write a web address."
    return _FINE


def _what_of_target(
    site: SiteFiles, page: PageFacts, address: str, target: Destination, subject: str
) -> tuple[str, str]:
    """(what is wrong, how to fix it) for an address of this site; ("", "") if nothing is."""
    if target.file not in site.files:
        near = site.near_file(target)
        how = f"Did you mean “{near}”?" if near else "Fix the address."
        return f"{subject} leads to no file of this site.", how
    if not site.has_anchor(target.file, target.anchor):
        near = site.near_anchor(target)
        restore = f"Fix it, or restore the anchor “{target.anchor}”."
        how = f"Did you mean “#{near}”?" if near else restore
        return f"{subject} leads to an anchor that the page does not have.", how
    if page.is_not_found and not address.startswith(("/", "#", "http:", "https:")):
        what = f"{subject} is relative, but a 404 page is shown at any address."
        return what, f"Write “{site.path(target)}”."
    return _FINE


def check_ways_in(linked: Mapping[str, Sequence[str]], homes: Sequence[str]) -> Iterator[Problem]:
    """A problem for each page that no links reach from `homes`, the home pages' files. `linked` has
    the files that each page links to."""
    reached, queue = set(homes), list(homes)
    while queue:
        new = {*linked.get(queue.pop(), ())} - reached
        reached |= new
        queue += new
    for file in linked:
        if file not in reached:
            how = "Link to it from a page that readers find, or remove it."
            yield Problem(file, 0, 0, "No links lead from a home page to this page.", how=how)
        elif file in homes and not any(
            file in targets for path, targets in linked.items() if path != file
        ):
            what = "No other page links to this home page."
            yield Problem(file, 0, 0, what, how="Link to it from the header.")


def check_path(page: Identity) -> Iterator[Problem]:
    """A problem for a page whose address cannot be typed, or depends on the server."""
    if not _PLAIN.match(page.path):
        what = "The page's address may contain only lower-case letters, digits and hyphens."
        yield Problem(page.path, 0, 0, what, how="Rename its source.")
