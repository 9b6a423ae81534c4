"""Each indicator has one picture: a sentence that tells its average, and a drawing of the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metropolis.components.averages_drawn import WIDTH, picture
from metropolis.components.scope import Scope
from metropolis.data.models import Indicator
from metropolis.data.records import Records
from metropolis.markup import finished

LOCALES = ("fr", "en", "es")


def scope(records: Records, locale: str) -> Scope:
    return Scope(records, locale, "", "", "", lambda *_a, **_v: finished(""), {})


@pytest.mark.parametrize(
    ("indicator", "locale", "sentence"),
    [
        ("gender-pay-gap", "en", "For each euro that a man earns, a woman earns 53 cents."),
        ("gender-pay-gap", "fr", "Quand un homme gagne un euro, une femme gagne 53 centimes."),
        ("poverty", "en", "About 9 of 100 people live below the poverty line."),
        ("poverty", "es", "Unas 9 de cada 100 personas viven por debajo del umbral de pobreza."),
        (
            "air-quality",
            "fr",
            "La concentration de PM2,5 atteint 3,5 fois la valeur guide de l’OMS citée dans le plan.",
        ),
        (
            "air-quality",
            "en",
            "The concentration of PM2.5 is 3.5 times the WHO guideline quoted in the plan.",
        ),
        ("budget-autonomy", "en", "Of every 100 euros of revenue, 62 come from own sources."),
        (
            "population-density",
            "en",
            "One square kilometre holds 2,642 people: about 379 m² each.",
        ),
        ("life-expectancy", "es", "Una persona puede esperar vivir 73,7 años."),
    ],
)
def test_the_sentence_tells_the_average(
    records: Records, indicator: str, locale: str, sentence: str
) -> None:
    drawn = picture(scope(records, locale), records.indicators[indicator])
    assert drawn is not None
    assert drawn["sentence"] == sentence


@pytest.mark.parametrize("locale", LOCALES)
def test_every_indicator_of_the_plan_has_its_picture(records: Records, locale: str) -> None:
    for record in records.indicators.values():
        drawn = picture(scope(records, locale), record)
        assert drawn is not None, record.id
        assert "{" not in str(drawn["sentence"])
        assert drawn["label"]


def test_an_indicator_without_a_sentence_has_no_picture(records: Records) -> None:
    record = records.indicators["poverty"].model_copy(update={"id": "noise"})
    assert picture(scope(records, "fr"), record) is None


def test_a_share_is_a_hundred_dots(records: Records) -> None:
    """A hundred dots in all, of which as many are painted as the share says."""
    drawn = picture(scope(records, "fr"), records.indicators["budget-autonomy"])
    assert drawn is not None
    assert [len(re.findall("h0", path)) for path in paths(drawn)] == [62, 38]


def paths(drawn: dict[str, object]) -> list[str]:
    listed = drawn["paths"]
    assert isinstance(listed, list)
    return [one["path"] for one in listed]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], print_blob=False)
@given(st.sampled_from(["poverty", "air-quality", "population-density", "life-expectancy"]),
       st.floats(0, 5000), st.floats(0, 5000))  # fmt: skip
def test_a_drawing_stays_on_its_paper(
    records: Records, id: str, value: float, other: float
) -> None:
    """Whatever the average and its reference become, nothing is drawn outside, and nothing
    fails."""
    record = records.indicators[id]
    changed: dict[str, object] = {"value": value}
    if record.reference:
        changed["reference"] = record.reference.model_copy(update={"value": other})
    indicator: Indicator = record.model_copy(update=changed)
    drawn = picture(scope(records, "fr"), indicator)
    assert drawn is not None
    numbers = [float(one) for path in paths(drawn) for one in re.findall(r"[MH]([\d.]+)", path)]
    assert [one for one in numbers if not 0 <= one <= WIDTH] == []
