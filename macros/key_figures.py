"""Figures: one number in a sentence, or a band of key figures."""

from __future__ import annotations

from metropolis.components.registry import block, inline
from metropolis.components.scope import Scope
from metropolis.data.models import KeyFigure
from metropolis.language.numbers import NO_BREAK_SPACE, format_number, format_percent, format_scaled
from metropolis.markup import Markup


def write_figure(scope: Scope, figure: KeyFigure) -> str:
    """The figure's number with its scale or percent sign, without qualifier or noun."""
    value = scope.records.figure_value(figure)
    if figure.unit == "percent":
        return format_percent(value, scope.locale)
    if figure.scale:
        return format_scaled(value, scope.locale)
    return format_number(value, scope.locale)


@inline({"id": lambda records: records.key_figures})
def figure(scope: Scope, id: str) -> str:
    """`{{ figure("people-served") }}` -> `608 millions`, without qualifier and noun."""
    return write_figure(scope, scope.records.key_figures[id])


@block({"ids": lambda records: records.key_figures})
def key_figures(scope: Scope, *ids: str) -> Markup:
    """`{{ key_figures("people-served", "members") }}` -> a band of large figures with captions."""
    items = [
        {
            "parts": _parts(scope, record),
            "qualifier": scope.t(record.qualifier) if record.qualifier else "",
            "label": scope.label(record.label),
            "href": _explanation(scope, record),
        }
        for record in (scope.records.key_figures[id] for id in ids)
    ]
    return scope.draw("key-figures", items=items)


def _explanation(scope: Scope, figure: KeyFigure) -> str:
    """The address of what says more about the figure; empty on that page itself."""
    address = scope.link(figure.page) if figure.page else ""
    return "" if address.startswith("#") else address


def _parts(scope: Scope, figure: KeyFigure) -> tuple[str, str]:
    """The number and its scale word ("millions"), which is printed smaller."""
    written = write_figure(scope, figure)
    if not figure.scale:
        return written, ""
    number, _, word = written.partition(NO_BREAK_SPACE)
    return number, word
