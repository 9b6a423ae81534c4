"""Pages sent to agencies and back: nothing is lost on the way, and what an agency breaks is told,
not written."""

from __future__ import annotations

import functools
from inspect import Parameter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from translate.storage import pypo, xliff

from macros import signatures
from metropolis.content.calls import MacroSignature
from metropolis.content.page import Page, read_page, read_pages
from metropolis.data.load import load_records
from metropolis.data.records import Records
from metropolis.problem import Problem
from metropolis.project import read_project
from metropolis.translation.exchange import Origin, ToSend, export_pages, import_file, read_origin
from metropolis.translation.exchange import gettext as po_format
from metropolis.translation.exchange import xliff as xliff_format
from metropolis.translation.exchange.glossary import glossary_notes
from metropolis.translation.exchange.lines import number, restore
from metropolis.translation.exchange.message import Document, Message
from metropolis.translation.exchange.origin import Format
from metropolis.translation.exchange.protection import protect
from metropolis.translation.exchange.segments import find_segments, replace_segments

ROOT = Path(__file__).parents[2]
FORMATS: list[Format] = ["xliff", "po"]
BOTH = pytest.mark.parametrize("form", FORMATS)


@functools.cache
def real_pages() -> dict[tuple[str, str], Page]:
    project, _ = read_project(ROOT)
    assert project
    return {(page.locale, page.name): page for page in read_pages(project)[0]}


@functools.cache
def records() -> Records:
    project, _ = read_project(ROOT)
    assert project
    found, _ = load_records(project)
    assert found
    return found


# Not those of a language in draft, whose pages may still be the source's.
TRANSLATIONS = sorted(key for key in real_pages() if key[0] in ("en", "es"))


def parameter(name: str, **options: Any) -> Parameter:
    return Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, annotation="str", **options)


SIGNATURES = {
    "term": MacroSignature(
        "term", (parameter("id"), parameter("words", default="")), {"id": frozenset({"axis"})}
    ),
    "figure": MacroSignature("figure", (parameter("id"),), {"id": frozenset({"people"})}),
}

HEADER = '---\ntitle: "{}"\ndescription: "{}"\n{}---\n\n'
FR = (
    HEADER.format("Le plan", "Une description.", "")
    + """\
# Le plan { #plan }

Les {{ term("axis", "axes") }} du [plan](plan.md#a) sont *clairs*[^1].

{{ figure("people") }}

## Suite { #next }

- Un point
- Un autre `code`

> Une phrase

| A | B |
|---|---|
| un | {{ figure("people") }} |

[^1]: Une note.
"""
)
ES = (
    HEADER.format("El plan", "Una descripción.", 'source:\n  next: "f4831b9a"\n')
    + """\
# El plan { #plan }

Los {{ term("axis", "ejes") }} del [plan](plan.md#a) son *claros*[^1].

{{ figure("people") }}

## Continuación { #next }

- Un punto
- Otro `code`

> Una frase

| A | B |
|---|---|
| uno | {{ figure("people") }} |

[^1]: Una nota.
"""
)
PRINTS = {"plan": "11111111-22222222", "next": "33333333"}


def page(text: str, locale: str) -> Page:
    found, _ = read_page(f"content/{locale}/plan.md", locale, "plan", text)
    return found


def sent(form: Format = "po", source: str = FR, target: str | None = ES, stale: str = "") -> bytes:
    translation = None if target is None else page(target, "es")
    to_send = ToSend(page(source, "fr"), translation, PRINTS, frozenset(stale.split()))
    (data,) = export_pages([to_send], "es", {}, SIGNATURES, form).values()
    return data


def received(
    data: bytes | str,
    source: str = FR,
    target: str | None = ES,
    prints: dict[str, str] = PRINTS,
    name: str = "x.po",
) -> tuple[str | None, list[str]]:
    translation = None if target is None else page(target, "es")
    data = data.encode() if isinstance(data, str) else data
    text, problems = import_file(data, name, page(source, "fr"), translation, prints, SIGNATURES)
    assert (text is None) is bool(problems)
    return text, [str(problem) for problem in problems]


def changed(old: str, new: str, form: Format = "po") -> bytes:
    """What is sent, with the last `old` (the target's) replaced."""
    before, found, after = sent(form).decode().rpartition(old)
    assert found
    return f"{before}{new}{after}".encode()


@BOTH
@pytest.mark.parametrize("key", TRANSLATIONS, ids="/".join)
def test_every_real_page_comes_back_byte_for_byte(key: tuple[str, str], form: Format) -> None:
    translation, source = real_pages()[key], real_pages()["fr", key[1]]
    prints = {section.anchor: "3f2a9c1e-81d20b00" for section in source.sections}
    calls = signatures(records())
    to_send = ToSend(source, translation, prints, frozenset(prints))
    ((name, data),) = export_pages([to_send], key[0], records().glossary, calls, form).items()
    assert name == f"{key[1].replace('/', '.')}.{key[0]}.{'xlf' if form == 'xliff' else 'po'}"
    # Through a translator's tool: read, and written again.
    store = xliff.xlifffile.parsestring(data) if form == "xliff" else pypo.pofile.parsestring(data)
    assert all(unit.target for unit in store.units)
    for unit in store.units:
        unit.rich_target = unit.rich_target
    text, problems = import_file(bytes(store), name, source, translation, prints, calls)
    assert problems == []
    assert text == translation.text.text
    assert read_origin(data, name) == (Origin(source.path, key[0]), [])


@pytest.mark.parametrize("key", sorted(real_pages()), ids="/".join)
def test_blocks_and_what_stands_between_them_are_the_page(key: tuple[str, str]) -> None:
    text, blocks = real_pages()[key].text.text, find_segments(real_pages()[key])
    assert (
        replace_segments(text, 0, len(text), [(one, text[one.start : one.end]) for one in blocks])
        == text
    )
    assert len({block.id for block in blocks}) == len(blocks)


def test_a_block_is_named_by_its_section_and_place() -> None:
    assert [(block.id, block.kind, block.text) for block in find_segments(page(FR, "fr"))] == [
        ("plan#plan/title", "title", "Le plan"),
        ("plan#plan/description", "description", "Une description."),
        ("plan#plan/1", "heading", "Le plan"),
        (
            "plan#plan/2",
            "paragraph",
            'Les {{ term("axis", "axes") }} du [plan](plan.md#a) sont *clairs*[^1].',
        ),
        ("plan#plan/3", "paragraph", '{{ figure("people") }}'),
        ("plan#next/1", "heading", "Suite"),
        ("plan#next/2", "item", "Un point"),
        ("plan#next/3", "item", "Un autre `code`"),
        ("plan#next/4", "quotation", "Une phrase"),
        ("plan#next/5", "cell", "A"),
        ("plan#next/6", "cell", "B"),
        ("plan#next/7", "cell", "---"),
        ("plan#next/8", "cell", "---"),
        ("plan#next/9", "cell", "un"),
        ("plan#next/10", "cell", '{{ figure("people") }}'),
        ("plan#next/11", "footnote", "Une note."),
    ]


def test_blocks_of_several_lines() -> None:
    text = (
        "Un\ndeux\n{ .lead }\n\n> a\n> b\n>\n> c\n\n- d\n  e\n\n  f\n1. g\n\n```\n- h\n\ni\n```\n"
    )
    assert [(block.kind, block.text) for block in find_segments(page(text, "fr"))][:7] == [
        ("paragraph", "Un\ndeux"),
        ("quotation", "a\n> b"),
        ("quotation", "c"),
        ("item", "d\n  e"),
        ("paragraph", "f"),
        ("item", "g"),
        ("paragraph", "```\n- h"),
    ]


def test_xliff_has_a_placeholder_element_for_what_is_not_translated() -> None:
    data = sent("xliff", stale="next")
    root = etree.fromstring(data)
    spaces = {"x": "urn:oasis:names:tc:xliff:document:1.2"}
    (file,) = root.findall("x:file", spaces)
    languages = (file.get("source-language"), file.get("target-language"))
    assert (root.get("version"), file.get("original"), *languages) == (
        "1.2",
        "content/fr/plan.md",
        "fr",
        "es",
    )
    unit = root.find(".//x:trans-unit[@id='plan#plan/2']", spaces)
    assert unit is not None
    target = unit.find("x:target", spaces)
    assert target is not None
    assert [(child.get("id"), child.text, child.tail) for child in target] == [
        ("1", '{{ term("axis", "', "ejes"),
        ("2", '") }}', " del "),
        ("3", "[", "plan"),
        ("4", "](plan.md#a)", " son "),
        ("5", "*", "claros"),
        ("6", "*", None),
        ("7", "[^1]", "."),
    ]
    notes = [note.text for note in unit.findall("x:note", spaces)]
    assert notes == [
        "section: Le plan (#plan)",
        "kind: paragraph",
        "fingerprint: 11111111-22222222",
    ]
    states = {
        one.getparent().get("id"): one.get("state") for one in root.iterfind(".//x:target", spaces)
    }
    assert states["plan#plan/2"] == "translated"
    assert states["plan#next/2"] == "needs-review-translation"
    assert bytes(xliff.xlifffile.parsestring(data)) == data


def test_po_explains_its_placeholders() -> None:
    assert """\
#. section: Le plan (#plan)
#. kind: paragraph
#. fingerprint: 11111111-22222222
#. ⟦1⟧ = {{ term("axis", "
#. ⟦2⟧ = ") }}
#. ⟦3⟧ = [
#. ⟦4⟧ = ](plan.md#a)
#. ⟦5⟧ = *
#. ⟦6⟧ = *
#. ⟦7⟧ = [^1]
msgctxt "plan#plan/2"
msgid "Les ⟦1⟧axes⟦2⟧ du ⟦3⟧plan⟦4⟧ sont ⟦5⟧clairs⟦6⟧⟦7⟧."
msgstr "Los ⟦1⟧ejes⟦2⟧ del ⟦3⟧plan⟦4⟧ son ⟦5⟧claros⟦6⟧⟦7⟧."
""" in sent().decode()
    assert '#, fuzzy\nmsgctxt "plan#next/2"' in sent(stale="next").decode()


@BOTH
def test_an_export_is_the_same_every_time(form: Format) -> None:
    assert sent(form) == sent(form)
    assert b"20" not in sent(form).replace(b"222", b"")


@BOTH
def test_a_section_built_otherwise_or_not_begun_has_no_targets(form: Format) -> None:
    for target in (ES.replace("- Otro `code`\n", ""), ES[: ES.index("##")] + FR[FR.index("##") :]):
        document = (xliff_format if form == "xliff" else po_format).read(
            sent(form, target=target, stale="next")
        )
        assert document
        assert {one.id for one in document.messages if not one.target} == {
            one.id for one in document.messages if one.anchor == "next"
        }


@BOTH
def test_a_changed_target_lands_in_its_place(form: Format) -> None:
    name = "x.xlf" if form == "xliff" else "x.po"
    for old, new in [
        ("Otro ", "Y otro más "),
        ("Una frase", "Una frase mejor"),
        ("El plan", "El otro plan"),
    ]:
        text, problems = received(changed(old, new, form), name=name)
        assert problems == []
        assert text
        before, _, after = ES.rpartition(old)
        assert text == f"{before}{new}{after}"


def test_words_of_a_call_and_the_order_of_placeholders_are_the_translators() -> None:
    line = "⟦3⟧Plan⟦4⟧: los ⟦1⟧ejes claros⟦2⟧⟦7⟧."
    text, problems = received(
        changed("Los ⟦1⟧ejes⟦2⟧ del ⟦3⟧plan⟦4⟧ son ⟦5⟧claros⟦6⟧⟦7⟧.", f"⟦5⟧Sí⟦6⟧. {line}")
    )
    assert problems == []
    assert text == ES.replace(
        'Los {{ term("axis", "ejes") }} del [plan](plan.md#a) son *claros*[^1].',
        '*Sí*. [Plan](plan.md#a): los {{ term("axis", "ejes claros") }}[^1].',
    )


def test_the_header_keeps_what_is_not_title_or_description() -> None:
    text, problems = received(changed("Una descripción.", "Otra descripción."))
    assert problems == []
    assert text == ES.replace("Una descripción.", "Otra descripción.")


def test_a_page_that_is_not_translated_yet_is_made_whole() -> None:
    text, problems = received(sent(), target=None)
    assert problems == []
    assert text == ES.replace('source:\n  next: "f4831b9a"\n', "")


def test_a_section_that_is_built_otherwise_is_made_as_the_source_builds_it() -> None:
    text, problems = received(
        sent(), target=ES.replace("- Otro `code`\n", "") + "\n## Resto { #rest }\n\nAlgo.\n"
    )
    assert problems == []
    assert text == ES + "\n## Resto { #rest }\n\nAlgo.\n"


def test_a_section_that_the_translation_lacks_is_added_in_its_place() -> None:
    start = ES.index("# El plan")
    text, problems = received(sent(), target=ES[: ES.index("\n## ")])
    assert problems == []
    assert text
    assert text[start:] == ES[start:]


def test_what_the_translation_has_or_lacks_already_may_stay_so() -> None:
    other = ES.replace("*claros*", '<span lang="fr">clairs</span>')
    data = sent(target=other).decode()
    assert received(data, target=other) == (other, [])
    text, problems = received(data.replace("Los ⟦1⟧", "Sus ⟦1⟧"), target=other)
    assert problems == []
    assert text == other.replace("Los {{", "Sus {{")
    _, problems = received(data.replace("Los ⟦1⟧", "Sus ⟦1⟧"))
    assert [line.split(".")[1] for line in problems[:1]] == [
        "po: In “plan#plan/2”, the placeholder ⟦5⟧ is lost"
    ]


UNREADABLE = (
    "x.po: The file cannot be read as PO. Ask for it again, in the format in which it was sent."
)
AGAIN = "Export the page again, and send that file."
READ_OTHERWISE = (
    "would not be read as it is written. A translation has no signs of its own such as * [ ] < > {"
    ' } | " and no empty lines. Write words, and keep placeholders that belong together in their'
    " order."
)
PROBLEMS = {
    "lost": (
        changed("del ⟦3⟧plan⟦4⟧ son", "del plan⟦4⟧ son"),
        ["x.po: In “plan#plan/2”, the placeholder ⟦3⟧ is lost. It stands for ["],
    ),
    "doubled": (
        changed("claros⟦6⟧⟦7⟧", "claros⟦6⟧⟦7⟧⟦7⟧"),
        ["x.po: In “plan#plan/2”, the placeholder ⟦7⟧ stands 2 times. It stands for [^1]"],
    ),
    "unknown": (
        changed("Otro ⟦1⟧", "Otro ⟦1⟧⟦8⟧"),
        ["x.po: In “plan#next/3”, the placeholder ⟦8⟧ is unknown. It has ⟦1⟧."],
    ),
    "unknown where there is none": (
        changed("Un punto", "Un ⟦1⟧"),
        ["x.po: In “plan#next/2”, the placeholder ⟦1⟧ is unknown. It has none."],
    ),
    "empty": (changed("Un punto", " "), ["x.po: The unit “plan#next/2” is not translated."]),
    "another unit": (
        changed("plan#next/2", "plan#next/77"),
        [
            f"x.po: The unit “plan#next/77” is not one of content/fr/plan.md. {AGAIN}",
            "x.po: The unit “plan#next/2” is missing. Every unit that was sent comes back.",
        ],
    ),
    "no fingerprint": (
        sent().replace(b"fingerprint: 33333333", b""),
        [
            "x.po: The file does not tell which version of the section “Suite” (#next) it translates. Each unit comes "
            f"back with its note “fingerprint: …”. {AGAIN}"
        ],
    ),
    "source changed": (
        sent().replace(b"33333333", b"44444444").replace(b"11111111-22222222", b"11111111-55555555"),
        [
            f"x.po: The source of the section “{title}” (#{anchor}) has changed since the export. Nothing was taken "
            f"from the file. {AGAIN}"
            for title, anchor in (("Le plan", "plan"), ("Suite", "next"))
        ],
    ),
    "another page": (
        sent().replace(b"content/fr/plan.md", b"content/fr/vision.md"),
        ["x.po: The file translates content/fr/vision.md, and not content/fr/plan.md."],
    ),
    "another language": (
        sent().replace(b"Language: es", b"Language: en"),
        ["x.po: The file is in the language “en”, and content/es/plan.md in “es”."],
    ),
    "unreadable": (b"msgid \xff", [UNREADABLE]),
    "empty file": (b"", [UNREADABLE]),
    "placeholders turned round": (
        changed("del ⟦3⟧plan⟦4⟧ son", "del ⟦4⟧plan⟦3⟧ son"),
        [f"x.po: In “plan#plan/2”, “Los ⟦1⟧ejes⟦2⟧ del ⟦4⟧plan⟦3⟧ son ⟦5⟧claros⟦6⟧⟦7⟧.” {READ_OTHERWISE}"],
    ),
    "markup": (
        changed("Una frase", "Una <script>frase"),
        [f"x.po: In “plan#next/4”, “Una <script>frase” {READ_OTHERWISE}"],
    ),
    "a call": (
        changed("Una frase", "Una {{ x }} frase"),
        [f"x.po: In “plan#next/4”, “Una {{{{ x }}}} frase” {READ_OTHERWISE}"],
    ),
    "another block": (
        changed("Una frase", "- Una frase"),
        [f"x.po: In “plan#next/4”, “- Una frase” {READ_OTHERWISE}"],
    ),
    "two cells": (changed('"uno"', '"uno | dos"'), [f"x.po: In “plan#next/9”, “uno | dos” {READ_OTHERWISE}"]),
    "quotes in the header": (
        changed("Una descripción.", "Una \\\"descripción\\\"."),
        [f"x.po: In “plan#plan/description”, “Una \"descripción\".” {READ_OTHERWISE}"],
    ),
    "quotes in a call": (
        changed("⟦1⟧ejes⟦2⟧", "⟦1⟧ejes \\\"x⟦2⟧"),
        [f"x.po: In “plan#plan/2”, “Los ⟦1⟧ejes \"x⟦2⟧ del ⟦3⟧plan⟦4⟧ son ⟦5⟧claros⟦6⟧⟦7⟧.” {READ_OTHERWISE}"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", PROBLEMS)
def test_what_is_refused_is_told(case: str) -> None:
    data, expected = PROBLEMS[case]
    assert received(data) == (None, expected)


def test_a_unit_that_stands_twice_is_refused() -> None:
    unit = sent("xliff").decode()
    start, end = unit.rindex("<trans-unit"), unit.rindex("</trans-unit>") + len("</trans-unit>")
    _, problems = received(unit[:end] + unit[start:], name="x.xlf")
    assert problems == ["x.xlf: The unit “plan#next/11” stands in the file 2 times. Keep one."]


@pytest.mark.parametrize(
    "data", [b"", b"<xliff/>", b"<x>", sent()], ids=["nothing", "bare", "broken", "po"]
)
def test_what_is_no_xliff_is_refused(data: bytes) -> None:
    how = "Ask for it again, in the format in which it was sent."
    assert received(data, name="x.xlf") == (
        None,
        [f"x.xlf: The file cannot be read as XLIFF 1.2. {how}"],
    )


def test_another_ending_is_refused() -> None:
    problem = Problem(
        "x.docx", 0, 0, "The file's name ends neither in .xlf nor in .po.", how="Export to either."
    )
    assert read_origin(b"", "x.docx") == (None, [problem])


def test_a_lost_element_of_xliff_is_told() -> None:
    data = sent("xliff").decode()
    before, _, after = data.rpartition('<ph id="3">[</ph>')
    _, problems = received(before + after, name="x.xlf")
    assert problems == ["x.xlf: In “plan#plan/2”, the placeholder ⟦3⟧ is lost. It stands for ["]


def test_tags_that_a_tool_puts_around_words_are_not_ours() -> None:
    data = changed("Un punto", "<!-- checked -->Un <!-- checked -->punto", "xliff")
    assert received(data, name="x.xlf") == (ES, [])
    data = changed("Un punto", '<mrk mtype="seg" mid="1">Un <g id="9">punto</g></mrk>', "xliff")
    assert received(data, name="x.xlf") == (ES, [])
    tool = sent("xliff").replace(b'target-language="es"', b'target-language="es-ES"')
    assert received(tool, name="x.xlf") == (ES, [])


def test_the_glossary_comes_as_notes() -> None:
    glossary = records().glossary
    note = (
        "gouvernance métropolitaine = gobernanza metropolitana; avoid: gobernabilidad metropolitana"
    )
    for text in (
        "La gouvernance métropolitaine.",
        'Elle. {{ term("metropolitan-governance", "La même") }}',
    ):
        assert note in glossary_notes(text, glossary, "fr", "es")
    notes = glossary_notes("Les espaces métropolitains", glossary, "fr", "es")
    assert any(one.startswith("espace métropolitain =") for one in notes)
    assert glossary_notes("La gouvernance métropolitaine.", glossary, "fr", "xx") == []


PIECES = [
    "mot", "é\u202f: ", " ", "\n", "\n> ", "  \n", '{{ term("axis", "axes") }}', "{{ term('axis', 'l “x”') }}",
    '{{ figure("people") }}', '{{ unknown("x y") }}', "{{", "}}", "{% x %}", "[mots](a.md#b)", "![im](a.png)", "[",
    "](", ")", "{ .lead }", "{ #a }", "{", "`code`", "`", "``c ` d``", "<br>", '<span lang="en">', "</span>",
    '<abbr title="Cités unies">', "</abbr>", "<", ">", "[^1]", "[^1]: ", "*", "**", "_", "\\", "\\*", "&amp;", "&", "⟦",
    "1", "⟧", "⟦1⟧", '"', "'", "|", "#", "- ", "2. ", "\u00a0", "\ufffc",
]  # fmt: skip
TEXT = st.lists(
    st.one_of(st.sampled_from(PIECES), st.text(st.characters(codec="utf-8"), max_size=4))
).map("".join)
# What may stand in a page, and so in an XML file.
PLAIN = st.lists(st.sampled_from(PIECES)).map("".join)


@given(TEXT)
def test_any_text_protected_and_restored_is_the_same(text: str) -> None:
    pieces = protect(text, SIGNATURES)
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)
    assert restore(*number(pieces)) == text


@given(PLAIN)
def test_any_text_travels_in_both_formats(text: str) -> None:
    line, fixed = number(protect(text.strip(" \t\n") or "x", SIGNATURES))
    sent = Document("a.md", "fr", "es", (Message("a#b/1", line, line, ("fingerprint: 1",)),))
    for form in (xliff_format, po_format):
        got = form.read(form.write(sent, {"a#b/1": fixed}))
        assert got
        (message,) = got.messages
        assert (message.source, message.target, message.fingerprint) == (line, line, "1")


@given(
    st.lists(
        st.sampled_from(
            [*PIECES, "\n\n", "# T { #t }\n", "## U { #u }\n", "\n| a | b |\n", "```\n"]
        )
    ).map("".join)
)
def test_any_page_is_its_blocks(text: str) -> None:
    text = HEADER.format("T", "D", "") + text
    found = page(text, "fr")
    blocks = find_segments(found)
    assert [block.end for block in blocks] == sorted(block.end for block in blocks)
    assert all(one.end <= other.start for one, other in pairwise(blocks))
    assert (
        replace_segments(text, 0, len(text), [(one, text[one.start : one.end]) for one in blocks])
        == text
    )
