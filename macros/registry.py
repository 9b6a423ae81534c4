"""The closed list of what a page may call.

Each macro is a plain function `(scope, …) -> Markup` marked `@inline` or `@block`; an inline one may give a text, a
plain `str`, which is escaped. What it gives never passes through Markdown (metropolis/site/set_aside.py).

The marks also tell the page gate
(metropolis/content) which arguments each takes and which ids exist, so that a wrong one is refused with its line
before anything is built.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

from metropolis.content.calls import MacroSignature
from metropolis.data.records import Records

MacroFunction = Callable[..., str]
AllowedValues = Callable[[Records], Iterable[str | int]]


@dataclass(frozen=True)
class Macro:
    """`allowed` names, for a parameter, the values that exist in the data."""

    name: str
    kind: Literal["inline", "block"]
    function: MacroFunction
    allowed: Mapping[str, AllowedValues]

    def signature(self, records: Records) -> MacroSignature:
        """What the page gate checks calls against."""
        signature = inspect.signature(self.function)
        own = list(signature.parameters.values())[1:]  # the scope is ours, not the page's
        return MacroSignature(
            name=self.name,
            parameters=tuple(own),
            allowed={name: frozenset(values(records)) for name, values in self.allowed.items()},
            is_block=self.kind == "block",
        )


MACROS: dict[str, Macro] = {}


def _register(
    kind: Literal["inline", "block"], allowed: Mapping[str, AllowedValues]
) -> Callable[[MacroFunction], MacroFunction]:
    def mark(function: MacroFunction) -> MacroFunction:
        name = function.__name__
        MACROS[name] = Macro(name, kind, function, allowed)
        return function

    return mark


inline = partial(_register, "inline")
block = partial(_register, "block")


def signatures(records: Records) -> dict[str, MacroSignature]:
    """Every macro's signature by name, for the page gate."""
    return {name: macro.signature(records) for name, macro in MACROS.items()}
