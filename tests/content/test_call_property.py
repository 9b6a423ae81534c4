"""Whatever a page says: what the grammar lets pass is, for Jinja itself, words and calls with
constants."""

from __future__ import annotations

import jinja2
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jinja2 import nodes

from metropolis.content.call_grammar import parse_calls

ENVIRONMENT = jinja2.Environment()

PIECES = [
    "{{", "}}", "{%", "%}", "{#", "#}", "{", "}", "%", "#", "{{ ", " }}", "{{-", "-}}", "{{+", "{%- ",
    'member("barcelone")', "line(1)", "term('a', wording=\"b\")", "x", "x.y", "x()", "__class__", "not(1)",
    "true()", "(", ")", "[", "]", ",", ", ", "=", "==", "|", "~", "*", "**", "+", "-", ".", ":", "\\",
    "\\x7d", '"', "'", "`", "“", "0", "1", "007", "1_0", "0x1f", "1e5", "1.5", "12345678901234567890", "if",
    "else", "raw", "endraw", "set", "for", "in", "is", "include", "block", "import", "filter", "self",
    "None", " ", "\n", "\r\n", "\r", "\t", "\x0b", "\x0c", "\x00", "\x85", "\u00a0", "\u2028", "\ufeff",
    "｛", "é", "\U0001d4cd", '{{ member("barcelone") }}', "{{ line(1) }}", "{{ timeline() }}",
    '{{ f(a=1, b="c") }}', "{% raw %}", "{% endraw %}", "# for x in y", "## x", "---\n",
]  # fmt: skip

VALUE = st.one_of(
    st.text(max_size=12).map(lambda text: f'"{text}"'),
    st.text(max_size=12).map(lambda text: f"'{text}'"),
    st.integers().map(str),
    st.sampled_from(PIECES),
)
CALL = st.builds(
    lambda name, values, spaces: (
        f"{{{{{spaces[0]}{name}({(',' + spaces[1]).join(values)}){spaces[2]}}}}}"
    ),
    st.one_of(
        st.sampled_from(["member", "f", "not", "true", "x.y", "_", "é"]), st.text(max_size=4)
    ),
    st.lists(st.one_of(VALUE, VALUE.map(lambda value: f"a={value}")), max_size=3),
    st.lists(st.sampled_from([" ", "", "  ", "\n", "\t", "-"]), min_size=3, max_size=3),
)
TEXT = st.lists(st.one_of(st.sampled_from(PIECES), CALL, st.text(max_size=6)), max_size=14).map(
    "".join
)


def offences(template: nodes.Template) -> list[nodes.Node]:
    """The nodes that are neither words nor a call of a name with constants."""
    found: list[nodes.Node] = []
    for part in template.body:
        inner = part.nodes if isinstance(part, nodes.Output) else [part]
        found += [
            node
            for node in inner
            if not isinstance(node, nodes.TemplateData) and not is_plain_call(node)
        ]
    return found


def is_plain_call(node: nodes.Node) -> bool:
    if not isinstance(node, nodes.Call) or node.dyn_args is not None or node.dyn_kwargs is not None:
        return False
    values = [*node.args, *(keyword.value for keyword in node.kwargs)]
    return isinstance(node.node, nodes.Name) and all(is_plain_constant(value) for value in values)


def is_plain_constant(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Const) and type(node.value) in (str, int)


@given(TEXT)
@settings(max_examples=3000)
@example('{{ member("barcelone") }}{{ line(1) }}')
@example('{{ f("a\nb") }}')
@example("{{ f('a', \"b\") }}}")
@example("{{ f(1, 1) }} {{ f(a=1, a=2) }}")
def test_what_passes_is_words_and_calls(text: str) -> None:
    calls, problems = parse_calls(text)
    if problems:
        return
    template = ENVIRONMENT.parse(text)
    assert offences(template) == []
    assert len(list(template.find_all(nodes.Call))) == len(calls)
    ENVIRONMENT.compile(text)


@given(TEXT)
@settings(max_examples=1000)
def test_our_reading_of_a_call_is_jinjas(text: str) -> None:
    calls, problems = parse_calls(text)
    if problems:
        return
    for call, node in zip(calls, ENVIRONMENT.parse(text).find_all(nodes.Call), strict=True):
        assert isinstance(node.node, nodes.Name)
        assert call.name == node.node.name
        assert list(call.arguments) == [argument.as_const() for argument in node.args]
        assert list(call.keywords) == [(pair.key, pair.value.as_const()) for pair in node.kwargs]
        assert text[call.start : call.end].startswith("{{")


@given(TEXT)
@settings(max_examples=500)
def test_every_problem_has_a_place_in_the_text(text: str) -> None:
    lines = text.split("\n")
    for problem in parse_calls(text, "page.md")[1]:
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        assert "\n" not in str(problem)
