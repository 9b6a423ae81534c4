"""The summary of a record, which opens a section: the text is only in the data."""

from collections.abc import Mapping

from metropolis.components.registry import block
from metropolis.components.scope import Scope
from metropolis.data.models import ActionLine, Factor
from metropolis.data.records import Records
from metropolis.markup import Markup, element


def _with_summary(records: Records) -> Mapping[str, Mapping[str, Factor | ActionLine]]:
    """The records that have a summary, by kind and id."""
    challenges = records.challenges.values()
    return {
        "action-lines": records.action_lines,
        "challenges": records.challenges,
        "factors": records.factors,
        "initiatives": records.initiatives,
        "result-kinds": records.result_kinds,
        "subthemes": {part.id: part for whole in challenges for part in whole.subthemes},
        "themes": records.themes,
    }


@block({"kind": _with_summary}, {"id": _with_summary})
def summary(scope: Scope, kind: str, id: str) -> Markup:
    """`{{ summary("factors", "inclusion") }}` -> the record's summary, as a paragraph."""
    text = scope.label(_with_summary(scope.records)[kind][id].summary)
    return element("p", text, class_="summary")
