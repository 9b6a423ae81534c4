"""What a macro accepts, for every reader of a call. Nothing of a macro runs here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from inspect import Parameter

from metropolis.content.call_grammar import Call, Value, written

# The values of a parameter; where they depend on the first argument, by its value.
Choices = frozenset[Value] | Mapping[Value, frozenset[Value]]
# A parameter, the value that a call gives it, and the number of the value in the call.
Bound = tuple[Parameter, Value, int]


@dataclass(frozen=True)
class MacroSignature:
    """What a page may write to call the macro `name`; a block macro is alone on its line.
    `parameters` are annotated `str` or `int`, a starred one takes one value or more. `allowed` has,
    by parameter, the ids or numbers it accepts, perhaps by the first argument's value."""

    name: str
    parameters: tuple[Parameter, ...] = ()
    allowed: Mapping[str, Choices] = field(default_factory=dict)
    is_block: bool = False

    @property
    def example(self) -> str:
        values = map(self._example_of, filter(_is_required, self.parameters))
        return f"{{{{ {self.name}({', '.join(values)}) }}}}"

    def _example_of(self, parameter: Parameter) -> str:
        allowed = self.allowed.get(parameter.name)
        if isinstance(allowed, Mapping):
            allowed = allowed[min(allowed, key=str)]
        if allowed:
            return written(min(allowed, key=str))
        return "1" if is_number(parameter) else '"…"'

    def bind(self, call: Call) -> tuple[list[Bound], list[str]]:
        """Each value of `call` with its parameter; and in words, what is missing or too much."""
        bound: list[Bound] = []
        complaints: list[str] = []
        free = list(self.parameters)
        names = [*[""] * len(call.arguments), *(key for key, _ in call.keywords)]
        for number, (key, value) in enumerate(zip(names, call.values, strict=True)):
            named = (one for one in free if one.name == key and not _is_starred(one))
            parameter = next(named if key else iter(free), None)
            if parameter is None:
                given = f"{key}={written(value)}" if key else written(value)
                complaints.append(f"{given} is one argument too many")
                continue
            bound.append((parameter, value, number))
            if not _is_starred(parameter):
                free.remove(parameter)
        given_names = {parameter.name for parameter, _, _ in bound}
        missing = [one.name for one in filter(_is_required, free) if one.name not in given_names]
        return bound, complaints + [f"the argument “{name}” is missing" for name in missing]

    def accepts(self, call: Call) -> bool:
        """Whether every argument is there, of its kind, and known. Only then may the macro run."""
        bound, complaints = self.bind(call)
        given = {parameter.name: value for parameter, value, _ in bound}
        return not complaints and all(
            self.takes(parameter, value) and self.knows(parameter, value, given)
            for parameter, value, _ in bound
        )

    @staticmethod
    def takes(parameter: Parameter, value: Value) -> bool:
        """Whether a value is of the parameter's kind: a number, or a text."""
        return isinstance(value, int) is is_number(parameter)

    def knows(self, parameter: Parameter, value: Value, given: Mapping[str, Value]) -> bool:
        """Whether a value is one of those that exist, where only some do."""
        choices = self.choices(parameter, given)
        return choices is None or value in choices

    def choices(self, parameter: Parameter, given: Mapping[str, Value]) -> Collection[Value] | None:
        """The values of `parameter`, perhaps by the first of `given`; None: any, or unknown."""
        allowed = self.allowed.get(parameter.name)
        if not isinstance(allowed, Mapping):
            return allowed
        return allowed.get(given.get(self.parameters[0].name, ""))

    def is_free(self, parameter: Parameter) -> bool:
        return not (parameter.name in self.allowed or is_number(parameter))


Signatures = Mapping[str, MacroSignature]  # by the names of the macros


def is_number(parameter: Parameter) -> bool:
    # Under `from __future__ import annotations` a parameter's annotation is text.
    return parameter.annotation in (int, "int")


def _is_starred(parameter: Parameter) -> bool:
    return parameter.kind is Parameter.VAR_POSITIONAL


def _is_required(parameter: Parameter) -> bool:
    return parameter.default is Parameter.empty


def identity(call: Call, signatures: Signatures) -> str:
    """`call` without its free words: what must be the same in every language."""
    signature = signatures.get(call.name)
    if signature is None:
        return str(call)
    bound, _ = signature.bind(call)
    fixed = [written(value) for one, value, _ in bound if not signature.is_free(one)]
    return f"{{{{ {call.name}({', '.join(fixed)}) }}}}"


def free_words(call: Call, signatures: Signatures) -> list[tuple[int, int]]:
    """Where the free words of a call are; none in a call of an unknown macro."""
    signature = signatures.get(call.name)
    if signature is None:
        return []
    bound, _ = signature.bind(call)
    places = [call.places[number] for one, _, number in bound if signature.is_free(one)]
    return [(start, end) for start, end in places if start < end]
