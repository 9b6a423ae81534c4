"""A summary stands in the data alone: a page shows it by its record's kind and id."""

from __future__ import annotations

from macros import MACROS, signatures
from metropolis.components.shown_values import shown_by
from metropolis.content.call_grammar import parse_calls
from metropolis.data.plan_models import ActionLine, Factor
from metropolis.data.records import KINDS, Records


def test_every_kind_with_a_summary_has_it(records: Records) -> None:
    known = signatures(records)["summary"].allowed["kind"]
    kinds = {name for name, model in KINDS.items() if issubclass(model, Factor | ActionLine)}
    assert known == {*kinds, "subthemes"}


def test_the_ids_of_subthemes_are_unique(records: Records) -> None:
    ids = [part.id for whole in records.challenges.values() for part in whole.subthemes]
    assert len(ids) == len(set(ids))


def test_a_page_shows_the_summary_of_its_language(records: Records) -> None:
    (call,), _ = parse_calls('{{ summary("factors", "inclusion") }}')
    label = records.factors["inclusion"].summary
    for locale in ("fr", "en", "es"):
        assert shown_by(records, locale)(call) == (" ".join(label[locale].split()),)
    assert MACROS["summary"].kind == "block"
