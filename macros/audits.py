"""Accessibility: what the engines found on all pages."""

from __future__ import annotations

from datetime import date

from metropolis.components.registry import block
from metropolis.components.scope import Scope
from metropolis.language.dates import format_day
from metropolis.language.numbers import format_number
from metropolis.markup import Markup


@block({})
def audits(scope: Scope) -> Markup:
    """`{{ audits() }}` -> the result of each engine's latest run."""
    locale = scope.locale
    results = [
        scope.t(
            "audit-result",
            name=one.name,
            date=format_day(date.fromisoformat(one.date), locale),
            pages=format_number(one.pages, locale, 0),
            runs=format_number(one.runs, locale, 0),
            n=one.faults,
        )
        for one in scope.records.audits.values()
    ]
    return scope.draw("audits", results=results)
