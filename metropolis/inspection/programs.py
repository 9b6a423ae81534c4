"""Nothing runs in a page that is not a file of the theme: a strict Content-Security-Policy rests on it.

Whatever gets past the checks of the sources (raw HTML, a template, a plugin) is caught here, in what readers
receive.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from metropolis.inspection.facts import PageFacts
from metropolis.problem import Problem

_DATA = frozenset({"application/json", "application/ld+json"})


@dataclass(frozen=True, slots=True)
class Allowed:
    """Exceptions. `form_roles`: forms that may stand on a page, by their role ("search"). `script_hashes`:
    scripts in the page itself, as a Content-Security-Policy names them ("sha256-" and base64)."""

    form_roles: frozenset[str] = frozenset()
    script_hashes: frozenset[str] = frozenset()


NOTHING = Allowed()


def check_programs(page: PageFacts, allowed: Allowed) -> Iterator[Problem]:
    """Event attributes, scripts in the page, forms, frames and other elements with no place here."""
    for event in page.events:
        what = f"{event.text} would run a program."
        yield Problem(page.path, event.line, 1, what, how="Remove the attribute; listen in theme/scripts.")
    for script in page.scripts:
        if script.type not in _DATA and script.digest not in allowed.script_hashes:
            what = f"A script stands in the page itself ({script.digest})."
            how = "Make it a file in theme/scripts, or allow its hash."
            yield Problem(page.path, script.line, 1, what, how=how)
    for form in page.forms:
        if form.text not in allowed.form_roles:
            roles = " or ".join(f"role={role}" for role in sorted(allowed.form_roles))
            expected = f"Only one with {roles} may." if roles else ""
            yield Problem(page.path, form.line, 1, "A form may not stand on a page.", expected, "Remove it.")
    for intruder in page.intruders:
        what = f"<{intruder.text}> may not stand on a page."
        yield Problem(page.path, intruder.line, 1, what, how="Remove it.")
