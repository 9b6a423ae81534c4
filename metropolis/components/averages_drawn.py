"""One picture for each indicator of the plan: a sentence that tells its average, and a drawing of a
few paths: a hundred dots for a share, bars for a multiple, dots on a square for a density, stations
for years. An indicator without a sentence in data/strings.yml has no picture."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from metropolis.components.scope import Scope
from metropolis.data.models import Indicator
from metropolis.language.numbers import format_number

WIDTH, GAP = 400.0, 20.0
ACROSS = 20  # dots in a row
MOST_PIECES = 30
PEOPLE_PER_DOT, YEARS_PER_STATION = 100, 10
SQUARE_METRES = 1_000_000  # of a square kilometre


@dataclass(frozen=True)
class IndicatorPicture:
    """`number` is what the sentence says, `rows` name the two colours, `paths` are (class, d)."""

    number: str
    rows: tuple[tuple[str, str], ...]
    height: float
    paths: tuple[tuple[str, str], ...]


def picture(scope: Scope, record: Indicator) -> dict[str, object] | None:
    """The values for indicator-picture.html; None if the indicator has no picture."""
    sentence = f"picture-{record.id}"
    if sentence not in scope.records.strings:
        return None
    # By its unit, and by whether it has a value to compare it with.
    by_unit = {"percent": _hundred, "years": _years}.get(record.unit, _density)
    drawn = (_multiple if record.reference else by_unit)(scope, record)
    each = round(SQUARE_METRES / record.value) if record.value >= 1 else 0
    words = scope.t(sentence, n=drawn.number, m=format_number(each, scope.locale))
    rows = [{"name": scope.t(key), "value": value} for key, value in drawn.rows]
    return {
        "sentence": words,
        "label": ", ".join(f"{row['name']} {row['value']}".strip() for row in rows),
        "rows": rows,
        "width": WIDTH,
        "height": drawn.height,
        "paths": [{"path": path, "kind": kind} for kind, path in drawn.paths],
    }


def _hundred(scope: Scope, record: Indicator) -> IndicatorPicture:
    """A hundred dots, of which as many are painted as the share says."""
    share = min(max(round(record.value), 0), 100)
    parts = (("part", record.value), ("rest", 100 - record.value))
    rows = ((f"picture-{record.id}-{one}", _written(scope, record, value)) for one, value in parts)
    return IndicatorPicture(
        format_number(share, scope.locale),
        tuple(rows),
        100 / ACROSS * GAP,
        (("is-part", _dots(0, share)), ("is-rest", _dots(share, 100))),
    )


def _multiple(scope: Scope, record: Indicator) -> IndicatorPicture:
    """The value and its reference as bars from zero; the value in pieces of one reference each."""
    assert record.reference
    reference = record.reference.value
    times = record.value / reference if reference else 0.0
    scale = WIDTH / (max(record.value, reference) or 1)
    # More pieces than these would be a hatching.
    ends = range(1, int(times) + 1) if times <= MOST_PIECES else ()
    pieces = [0.0, *(end * reference * scale for end in ends), record.value * scale]
    bar = "".join(f"M{start:.1f} 18H{max(end - 3, start):.1f}" for start, end in pairwise(pieces))
    return IndicatorPicture(
        format_number(times, scope.locale, 1),
        (
            ("average", _written(scope, record, record.value)),
            ("reference-value", scope.quantity(reference, record.unit)),
        ),
        84,
        (("is-part is-bar", bar), ("is-rest is-bar", f"M0 64H{max(reference * scale - 3, 0):.1f}")),
    )


def _density(scope: Scope, record: Indicator) -> IndicatorPicture:
    """A dot for each hundred people, in rows."""
    dots = round(record.value / PEOPLE_PER_DOT)
    rows = -(-dots // ACROSS) or 1
    return IndicatorPicture(
        format_number(record.value, scope.locale, record.decimals),
        ((f"picture-{record.id}-part", ""),),
        rows * GAP,
        (("is-part", _dots(0, dots)),),
    )


def _years(scope: Scope, record: Indicator) -> IndicatorPicture:
    """A line of life with a station for each ten years, up to the value, and on to a hundred."""
    end = min(record.value, 100) * (WIDTH - GAP) / 100 + GAP / 2
    stations = range(0, min(int(record.value), 100) + 1, YEARS_PER_STATION)
    points = [GAP / 2 + year * (WIDTH - GAP) / 100 for year in stations]
    return IndicatorPicture(
        format_number(record.value, scope.locale, record.decimals),
        ((f"picture-{record.id}-part", ""),),
        2 * GAP,
        (
            ("is-rest is-line", f"M{GAP / 2:g} {GAP:g}H{WIDTH - GAP / 2:g}"),
            ("is-part is-line", f"M{GAP / 2:g} {GAP:g}H{end:.1f}"),
            ("is-part", "".join(f"M{x:.1f} {GAP:g}h0" for x in points)),
        ),
    )


def _written(scope: Scope, record: Indicator, value: float) -> str:
    return scope.quantity(round(value, 6), record.unit, record.decimals)


def _dots(first: int, last: int) -> str:
    """A path of points, row by row; a round stroke makes dots of them."""
    return "".join(
        f"M{GAP / 2 + one % ACROSS * GAP:g} {GAP / 2 + one // ACROSS * GAP:g}h0"
        for one in range(first, last)
    )
