"""A source that changes does not stop a push: its translations are published with a notice until
somebody has followed. What a translation alone loses is an error as before."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from metropolis.builder.gate import prepare

FR, EN, ES = (f"content/{code}/vision.md" for code in ("fr", "en", "es"))
NEXT = {FR: "## Cinq thèmes", EN: "## Five themes", ES: "## Cinco temas"}
SENTENCE = "La ville écoute aussi celles et ceux qui se taisent, et elle leur répond."
SECTION = f"## À voix basse {{ #quiet }}\n\n{SENTENCE}\n\n"
_MISSING, _STALE = "A paragraph is missing: ", "The section “Speak up, listen, create together”"
# What is changed, where, what is written there instead: the problems of the English page, by
# severity, with the beginning of their words.
CASES: dict[str, tuple[str, str, str, list[tuple[str, str]]]] = {
    "a new paragraph": (
        FR,
        rf"(?={NEXT[FR]})",
        f"{SENTENCE}\n\n",
        [("advice", f"{_STALE} is stale: "), ("advice", _MISSING)],
    ),
    "a new sentence": (
        FR,
        r"(?m)^L’absence de violence physique.*$",
        rf"\g<0> {SENTENCE}",
        [("advice", "The section “Peace, a goal and a path” is stale: ")],
    ),
    "another call": (
        FR,
        r" Les politiques et les solutions",
        r' {{ figure("members") }} membres.\g<0>',
        [("advice", f"{_STALE} is stale: "), ("advice", '{{ figure("members") }} is missing: ')],
    ),
    "a paragraph taken away": (
        FR,
        rf"(?s)Dans les \{{\{{ term.*?(?={NEXT[FR]})",
        "",
        [("advice", f"{_STALE} is stale: "), ("advice", "This paragraph has no counterpart")],
    ),
    "a new section": (
        FR,
        rf"(?={NEXT[FR]})",
        SECTION,
        [("advice", "The section “À voix basse” is missing: the source has it, and nobody has ")],
    ),
    "a new section in the translation": (
        EN,
        rf"(?={NEXT[EN]})",
        "## In a low voice { #quiet }\n\nThe city also listens to those who do not speak.\n\n",
        [("error", "## … { #quiet } has no counterpart in content/fr/vision.md.")],
    ),
    "a section that the translation loses": (
        EN,
        rf"(?s)## Speak up.*?(?={NEXT[EN]})",
        "",
        [("error", "## … { #participation } is missing: content/fr/vision.md has it on line 14.")],
    ),
    "a paragraph that the translation loses": (
        EN,
        rf"(?s)In the \{{\{{ term.*?(?={NEXT[EN]})",
        "",
        [("error", _MISSING)],
    ),
    "another anchor": (
        FR,
        "{ #participation }",
        "{ #voices }",
        [("error", "## … { #participation } is ## … { #voices } in content/fr/vision.md")],
    ),
    "a figure that changes": (
        FR,
        "Cinq sujets, les",
        "Dans 12 villes, les cinq sujets, les",
        [("advice", "The section “Five themes"), ("error", "“12” (")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_translation_is_behind_or_wrong(module_copy: Path, case: str) -> None:
    path, there, instead, expected = CASES[case]
    text = (module_copy / path).read_text("utf-8")
    changed = re.sub(there, instead, text, count=1)
    assert changed != text
    (module_copy / path).write_text(changed, "utf-8")
    _, problems = prepare(module_copy)
    (module_copy / path).write_text(text, "utf-8")
    found = [(one.severity, one.what) for one in problems if one.path == EN]
    assert [
        (severity, what[: len(words)])
        for (severity, what), (_, words) in zip(found, expected, strict=True)
    ] == expected
