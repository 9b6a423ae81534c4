"""The accessibility page says what the engines found, as `make audit` has written it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from macros import MACROS
from metropolis.components.scope import Scope
from metropolis.data.models import Audit
from metropolis.markup import in_html


@pytest.mark.parametrize(
    ("locale", "faults", "expected"),
    [
        ("en", 0, "axe <5>, 3 November 2026: 1,050 pages, 4,200 examinations, 0 rules broken"),
        ("en", 1, "axe <5>, 3 November 2026: 1,050 pages, 4,200 examinations, 1 rule broken"),
        ("es", 2, "axe <5>, 3 de noviembre de 2026: 1050 páginas, 4200 exámenes, 2 reglas infringidas"),
    ],
)  # fmt: skip
def test_a_result_has_its_date_and_counts(
    scope_in: Callable[..., Scope], locale: str, faults: int, expected: str
) -> None:
    audit = Audit(id="axe", name="axe <5>", date="2026-11-03", pages=1050, runs=4200, faults=faults)
    scope = scope_in(locale, audits={"axe": audit})
    shown = in_html(MACROS["audits"].function(scope)).replace("\n", "")
    escaped = expected.replace("<", "&lt;").replace(">", "&gt;")
    assert shown == f"<ul><li>{escaped}</li></ul>"
