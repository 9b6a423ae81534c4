"""The closed list of what a page may call.

Each macro is a function `(scope, …) -> Markup` with the decorator `@inline` or `@block`. An inline
macro may return a text (`str`), which is escaped. The output never passes through Markdown
(content/placeholders.py). The decorators also tell the page gate which arguments a macro accepts
and which ids exist, so a wrong one is rejected with its line before anything is built."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Literal

from metropolis.content.macro_signature import Choices, MacroSignature
from metropolis.data.records import Records

MacroFunction = Callable[..., str]
AllowedValues = Callable[[Records], Iterable[str | int]]
IdsByKind = Callable[[Records], Mapping[str, Iterable[str]]]


@dataclass(frozen=True)
class Macro:
    """`allowed` returns, by parameter, the values that exist in the data. `by_kind` does so for a
    parameter whose ids depend on the first argument."""

    name: str
    kind: Literal["inline", "block"]
    function: MacroFunction
    allowed: Mapping[str, AllowedValues]
    by_kind: Mapping[str, IdsByKind]

    def signature(self, records: Records) -> MacroSignature:
        signature = inspect.signature(self.function)
        own = list(signature.parameters.values())[1:]  # without the scope, which we pass
        allowed: dict[str, Choices] = {
            name: frozenset(values(records)) for name, values in self.allowed.items()
        }
        for name, kinds in self.by_kind.items():
            allowed[name] = {kind: frozenset(ids) for kind, ids in kinds(records).items()}
        return MacroSignature(
            name=self.name, parameters=tuple(own), allowed=allowed, is_block=self.kind == "block"
        )


MACROS: dict[str, Macro] = {}


def _register(
    kind: Literal["inline", "block"],
    allowed: Mapping[str, AllowedValues],
    by_kind: Mapping[str, IdsByKind] = MappingProxyType({}),
) -> Callable[[MacroFunction], MacroFunction]:
    def mark(function: MacroFunction) -> MacroFunction:
        name = function.__name__
        MACROS[name] = Macro(name, kind, function, allowed, by_kind)
        return function

    return mark


inline = partial(_register, "inline")
block = partial(_register, "block")


def signatures(records: Records) -> dict[str, MacroSignature]:
    """Every macro's signature by name, for the page gate."""
    return {name: macro.signature(records) for name, macro in MACROS.items()}
