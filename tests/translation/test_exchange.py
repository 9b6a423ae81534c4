"""Pages sent to agencies and back: nothing is lost on the way, and what an agency breaks is
reported, not written.

cases/returned.yml gives the exact result for files that come back. To add a case: the format, what
the agency changed in the file that was sent, and what is reported or written."""

from __future__ import annotations

import functools
from inspect import Parameter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from translate.storage import pypo, xliff

from macros import signatures
from metropolis.content.macro_signature import MacroSignature
from metropolis.content.page import Page, read_page, read_pages
from metropolis.content.page_text import apply_edits
from metropolis.data.records import Records
from metropolis.project import read_project
from metropolis.translation.exchange.message import Document, Message
from metropolis.translation.exchange.page_export import export_pages, term_notes
from metropolis.translation.exchange.page_import import find_locale, import_document
from metropolis.translation.exchange.po import write_po
from metropolis.translation.exchange.protection import number, pieces_of, protect
from metropolis.translation.exchange.returned_file import Format, read_file
from metropolis.translation.exchange.segments import ExchangedPage, Segment, find_segments
from metropolis.translation.exchange.xliff_reader import read_xliff
from metropolis.translation.exchange.xliff_writer import write_xliff

ROOT = Path(__file__).parents[2]
NAMES: dict[Format, str] = {"xliff": "x.xlf", "po": "x.po"}
BOTH = pytest.mark.parametrize("form", NAMES)


@functools.cache
def real_pages() -> dict[tuple[str, str], Page]:
    project, _ = read_project(ROOT)
    assert project
    return {(page.locale, page.name): page for page in read_pages(project)[0]}


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
    exchanged = ExchangedPage(page(source, "fr"), translation, PRINTS, frozenset(stale.split()))
    (data,) = export_pages([exchanged], "es", {}, SIGNATURES, form).values()
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
    documents, problems = read_file(data, name)
    text = None
    if documents:
        (document,) = documents
        exchanged = ExchangedPage(page(source, "fr"), translation, prints)
        text, problems = import_document(document, name, exchanged, SIGNATURES)
    assert (text is None) is any(problem.severity == "error" for problem in problems)
    return text, [str(problem) for problem in problems]


def changed(old: str, new: str, form: Format = "po") -> bytes:
    """What is sent, with the last `old` (the target's) replaced."""
    before, found, after = sent(form).decode().rpartition(old)
    assert found
    return f"{before}{new}{after}".encode()


@BOTH
@pytest.mark.parametrize("key", TRANSLATIONS, ids="/".join)
def test_every_real_page_comes_back_byte_for_byte(
    records: Records, key: tuple[str, str], form: Format
) -> None:
    translation, source = real_pages()[key], real_pages()["fr", key[1]]
    prints = {section.anchor: "3f2a9c1e-81d20b00" for section in source.sections}
    calls = signatures(records)
    exchanged = ExchangedPage(source, translation, prints, frozenset(prints))
    ((name, data),) = export_pages([exchanged], key[0], records.glossary, calls, form).items()
    assert name == f"{key[1].replace('/', '.')}.{key[0]}.{'xlf' if form == 'xliff' else 'po'}"
    # Through a translator's tool: read, and written again.
    store = xliff.xlifffile.parsestring(data) if form == "xliff" else pypo.pofile.parsestring(data)
    assert all(unit.target for unit in store.units)
    for unit in store.units:
        unit.rich_target = unit.rich_target
    (document,), problems = read_file(bytes(store), name)
    assert problems == []
    assert (document.page, document.locale) == (key[1], key[0])
    assert {message.state for message in document.messages} == {"review"}
    text, problems = import_document(document, name, exchanged, calls)
    assert [problem.severity for problem in problems] == ["advice"]
    assert text == translation.text.text


def checked_segments(page: Page) -> list[Segment]:
    """The page's segments; each put back where it was gives the page."""
    text, blocks = page.text.text, find_segments(page)
    same = [(one.start, one.end, text[one.start : one.end]) for one in blocks]
    assert apply_edits(text, same) == text
    return blocks


@pytest.mark.parametrize("key", sorted(real_pages()), ids="/".join)
def test_blocks_and_what_stands_between_them_are_the_page(key: tuple[str, str]) -> None:
    blocks = checked_segments(real_pages()[key])
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
    assert root.get("version") == "1.2"
    assert file.get("original") == "content/fr/plan.md"
    assert (file.get("source-language"), file.get("target-language")) == ("fr", "es")
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
    assert [note.text for note in unit.findall("x:note", spaces)] == [
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
        (document,), _ = read_file(sent(form, target=target, stale="next"), NAMES[form])
        assert {one.id for one in document.messages if not one.target} == {
            one.id for one in document.messages if one.anchor == "next"
        }


@BOTH
def test_a_changed_target_lands_in_its_place(form: Format) -> None:
    for old, new in [
        ("Otro ", "Y otro más "),
        ("Una frase", "Una frase mejor"),
        ("El plan", "El otro plan"),
        ("Una descripción.", "Otra descripción."),
    ]:
        text, problems = received(changed(old, new, form), name=NAMES[form])
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
    assert problems[0].startswith("x.po:31:1: In “plan#plan/2”, the placeholder ⟦5⟧ is lost.")


def test_tags_that_a_tool_puts_around_words_are_not_ours() -> None:
    data = changed("Un punto", "<!-- checked -->Un <!-- checked -->punto", "xliff")
    assert received(data, name="x.xlf") == (ES, [])
    data = changed("Un punto", '<mrk mtype="seg" mid="1">Un <g id="9">punto</g></mrk>', "xliff")
    assert received(data, name="x.xlf") == (ES, [])
    tool = sent("xliff").replace(b'target-language="es"', b'target-language="es-ES"')
    assert received(tool, name="x.xlf") == (ES, [])


def test_the_glossary_comes_as_notes(records: Records) -> None:
    glossary = records.glossary
    note = (
        "gouvernance métropolitaine = gobernanza metropolitana; avoid: gobernabilidad metropolitana"
    )
    for text in (
        "La gouvernance métropolitaine.",
        'Elle. {{ term("metropolitan-governance", "La même") }}',
    ):
        assert note in term_notes(text, glossary, "fr", "es")
    notes = term_notes("Les espaces métropolitains", glossary, "fr", "es")
    assert any(one.startswith("espace métropolitain =") for one in notes)
    assert term_notes("La gouvernance métropolitaine.", glossary, "fr", "xx") == []


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
    assert "".join(piece.text for piece in pieces_of(*number(pieces))) == text


@given(PLAIN)
def test_any_text_travels_in_both_formats(text: str) -> None:
    line, fixed = number(protect(text.strip(" \t\n") or "x", SIGNATURES))
    sent = Document("a.md", "fr", "es", (Message("a#b/1", line, line, ("fingerprint: 1",)),))
    for write, name in ((write_xliff, "x.xlf"), (write_po, "x.po")):
        (document,), _ = read_file(write(sent, {"a#b/1": fixed}), name)
        (message,) = document.messages
        assert (message.source, message.target, message.fingerprint) == (line, line, "1")


@given(
    st.lists(
        st.sampled_from(
            [*PIECES, "\n\n", "# T { #t }\n", "## U { #u }\n", "\n| a | b |\n", "```\n"]
        )
    ).map("".join)
)
def test_any_page_is_its_blocks(text: str) -> None:
    blocks = checked_segments(page(HEADER.format("T", "D", "") + text, "fr"))
    assert [block.end for block in blocks] == sorted(block.end for block in blocks)
    assert all(one.end <= other.start for one, other in pairwise(blocks))


CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("cases").joinpath("returned.yml").read_text("utf-8")
)


def case_result(case: dict[str, Any]) -> tuple[str | None, list[str]]:
    """The new text, and the problems without the file's name."""
    form = case.get("form", "po")
    source, target = replaced(FR, case.get("source", [])), replaced(ES, case.get("translation", []))
    text = sent(form, source, target).decode()
    for old, new in case.get("changes", []):
        before, found, after = text.rpartition(old)
        assert found, f"{old} is not in the file that was sent"
        text = before + new + after
    text = case.get("whole", replaced(text, case.get("everywhere", [])))
    name = case.get("file", NAMES[form])
    data = text.encode(case.get("encoding", "utf-8"))
    written, problems = received(data, source, target, name=name)
    return written, [problem.removeprefix(name).lstrip(": ") for problem in problems]


def replaced(text: str, changes: list[list[str]]) -> str:
    for old, new in changes:
        assert old in text, f"{old} is not in the text"
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_file_that_comes_back(case: dict[str, Any]) -> None:
    written, problems = case_result(case)
    assert problems == case.get("problems", [])
    target = replaced(replaced(ES, case.get("translation", [])), case.get("written", []))
    assert written == (target if "written" in case else None)


SPANISH = [
    "es", "ES", "es_ES", "es-419", "es_419", "spa", "ES-es", "es_ES.UTF-8", "Spanish", "español",
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "locale"),
    [(code, "es") for code in SPANISH]
    + [("pt_BR", "pt-BR"), ("pt-PT", None), ("PT-br", "pt-BR"), ("zh-Hans-CN", "zh")]
    + [("", None), ("xx", None), ("de", None), ("🙂", None), ("es es", None)],
)
def test_a_language_in_any_spelling(code: str, locale: str | None) -> None:
    assert find_locale(code, ["en", "es", "pt-BR", "zh"]) == locale


@given(st.text())
def test_any_word_for_a_language_is_a_locale_or_none(code: str) -> None:
    assert find_locale(code, ["en", "es"]) in ("en", "es", None)


BYTES = st.one_of(
    st.binary(),
    st.builds(
        lambda data, at, junk: data[:at] + junk + data[at + len(junk) :],
        st.sampled_from([sent("xliff"), sent("po")]),
        st.integers(0, 5000),
        st.binary(max_size=6),
    ),
)


@given(BYTES, st.sampled_from(["x.xlf", "x.po"]))
def test_any_bytes_are_read_or_reported(data: bytes, name: str) -> None:
    documents, problems = read_file(data, name)
    assert bool(documents) is not bool(problems)


def test_a_file_with_several_pages_in_both_formats() -> None:
    """A tool joins files, and may part one again: the units say where they belong."""
    for form, name in NAMES.items():
        first = sent(form).decode()
        second = first.replace("plan#", "challenges/index#").replace("fr/plan.md", "fr/other.md")
        if form == "po":
            whole = first + second[second.index("#. section") :]
        else:
            start, end = second.index("<file"), second.index("</file>") + len("</file>")
            whole = first.replace("</xliff>", f"{second[start:end]}</xliff>")
        documents, problems = read_file(whole.encode(), name)
        assert problems == []
        assert [one.page for one in documents] == ["plan", "challenges/index"]
        assert len({len(one.messages) for one in documents}) == 1


SPACE = "{urn:oasis:names:tc:xliff:document:2.0}"


def as_xliff2(data: bytes, state: str, is_split: bool) -> bytes:
    """The same units in XLIFF 2.1; `is_split`: plain words as two segments with a space between."""
    new = etree.Element(f"{SPACE}xliff", version="2.1", srcLang="fr", trgLang="es-ES")
    file = etree.SubElement(new, f"{SPACE}file", id="f1", original="C:\\x\\plan.docx")
    for old in etree.fromstring(data).iter("{*}trans-unit"):
        unit = etree.SubElement(file, f"{SPACE}unit", id="u1", name=old.get("id"))
        notes = etree.SubElement(unit, f"{SPACE}notes")
        for note in old.iter("{*}note"):
            etree.SubElement(notes, f"{SPACE}note").text = note.text
        source, target = old.find("{*}source"), old.find("{*}target")
        assert source is not None
        assert target is not None
        halves = [str(one.text).partition(" ") for one in (source, target)]
        if is_split and all(half[2] for half in halves) and not len(source):
            for place in (0, 2):
                segment = etree.SubElement(unit, f"{SPACE}segment", state=state)
                etree.SubElement(segment, f"{SPACE}source").text = halves[0][place]
                etree.SubElement(segment, f"{SPACE}target").text = halves[1][place]
                if place == 0:
                    between = etree.SubElement(unit, f"{SPACE}ignorable")
                    etree.SubElement(between, f"{SPACE}source").text = " "
            continue
        segment = etree.SubElement(unit, f"{SPACE}segment", state=state)
        for kind, text in (("source", source), ("target", target)):
            element = etree.SubElement(segment, f"{SPACE}{kind}")
            element.text = text.text
            for child in text:
                etree.SubElement(element, f"{SPACE}ph", id=child.get("id")).tail = child.tail
    return bytes(etree.tostring(new, encoding="utf-8", xml_declaration=True))


@pytest.mark.parametrize("is_split", [False, True])
def test_xliff_2_is_read(is_split: bool) -> None:
    data = sent("xliff")
    assert received(as_xliff2(data, "final", is_split), name="x.xlf") == (ES, [])
    text, problems = received(as_xliff2(data, "initial", is_split), name="x.xlf")
    assert text is None
    assert (
        "x.xlf:2:1: The unit “plan#plan/title” is not translated (state=initial). Translate it, and"
        " mark it as translated in the translation tool."
    ) in problems


def test_segments_that_a_translator_has_put_in_another_order() -> None:
    file = (
        '<xliff version="2.0"><file><unit id="a#b/1"><segment><source>Un. </source><target order="2">Dos.</target></segment>'
        '<segment><source>Deux.</source><target order="1">Uno. </target></segment></unit></file></xliff>'
    )
    (document,) = read_xliff(file.encode(), "x.xlf")
    assert document.messages[0].target == ("Uno. Dos.",)
