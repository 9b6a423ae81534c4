"""The four challenges and their sub-themes."""

from __future__ import annotations

from metropolis.components.registry import block, inline
from metropolis.components.scope import Scope
from metropolis.data.plan_models import Challenge
from metropolis.markup import Markup

GENDER_PAGE = "gender-mainstreaming/"


def challenge_view(scope: Scope, challenge: Challenge) -> dict[str, object]:
    page = f"challenges/{challenge.id}/"
    return {
        "number": list(scope.records.challenges).index(challenge.id) + 1,
        "id": challenge.id,
        "summary": scope.label(challenge.summary),
        **scope.named(challenge.name, page),
        "subthemes": [
            {
                "id": subtheme.id,
                "gender": subtheme.gender,
                **scope.named(subtheme.name, f"{page}#{subtheme.id}"),
            }
            for subtheme in challenge.subthemes
        ],
    }


@inline({"id": lambda records: records.challenges})
def challenge(scope: Scope, id: str, wording: str = "") -> Markup:
    """`{{ challenge("resilience", "résilience") }}` -> a link to its page, in the wording given."""
    words = wording or scope.label(scope.records.challenges[id].name)
    return scope.anchor(f"challenges/{id}/", words)


@block({})
def challenges(scope: Scope) -> Markup:
    """`{{ challenges() }}` -> the four challenges with their sub-themes."""
    views = [challenge_view(scope, record) for record in scope.records.challenges.values()]
    return scope.draw("challenges", t=scope.t, items=views)


@block({"id": lambda records: records.challenges})
def subthemes(scope: Scope, id: str) -> Markup:
    """`{{ subthemes("resilience") }}` -> its sub-themes, as links to their sections."""
    view = challenge_view(scope, scope.records.challenges[id])
    return scope.draw("subthemes", t=scope.t, challenge=view, gender=scope.link(GENDER_PAGE))
