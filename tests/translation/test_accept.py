"""Accepting records what was looked at, and refuses a mark that would mean nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

from metropolis.content.page import Page
from metropolis.translation.accept import Decision, accept
from metropolis.translation.acceptance import Acceptance, Log, append_to_log, log_path, read_log


def refused(
    small: SimpleNamespace, translation: str, decision: Decision, log: Log, source: str = ""
) -> list[str]:
    page = small.page(translation, "es")
    text, lines, problems = accept(
        small.page(source or small.source), page, small.shown, log, decision
    )
    assert text == page.text.text
    assert lines == []
    return [str(problem) for problem in problems]


def test_the_header_gets_the_fingerprints_and_the_body_nothing(
    small: SimpleNamespace, accepted: tuple[Page, Log]
) -> None:
    page, log = accepted
    text, first = page.text.text, log.acceptances[0]
    assert text.endswith(f"---\n\n{small.translation}")
    assert text.startswith(f'---\n{small.header}source:\n  vision: "{first.source}"\n  peace: "')
    assert [(one.section, one.how, one.by, one.reason) for one in log.acceptances] == [
        (section, "page", "Ana", "") for section in ("vision", "peace", "city")
    ]


def test_one_section_leaves_the_others_as_they_were(small: SimpleNamespace) -> None:
    page = small.page(
        small.translation, "es", header=small.header + 'source:\n  vision: "01234567"\n'
    )
    decision = replace(small.decision, section="city", how="section")
    text, lines, _ = accept(small.page(small.source), page, small.shown, Log(), decision)
    assert [one.section for one in lines] == ["city"]
    assert f'source:\n  vision: "01234567"\n  city: "{lines[0].source}"\n---\n' in text


def test_what_is_current_is_not_recorded_again(
    small: SimpleNamespace, accepted: tuple[Page, Log]
) -> None:
    page, log = accepted
    again = accept(small.page(small.source), page, small.shown, log, small.decision)
    assert again == (page.text.text, [], [])


def test_a_section_that_is_not_there(small: SimpleNamespace) -> None:
    decision = replace(small.decision, section="town", how="section")
    assert refused(small, small.translation, decision, Log()) == [
        "content/es/vision.md:1:1: The page has no section “town”. Its sections are: vision, peace,"
        " city."
    ]


def test_a_section_that_the_source_does_not_have(small: SimpleNamespace) -> None:
    decision = replace(small.decision, section="city", how="section")
    source = small.source.partition("## La ville")[0]
    assert refused(small, small.translation, decision, Log(), source) == [
        "content/es/vision.md:14:1: The source, content/fr/vision.md, has no section “city”. "
        "Remove it from the translation."
    ]


def test_a_section_that_is_still_the_sources(small: SimpleNamespace) -> None:
    translation = (
        small.translation.partition("## La ciudad")[0]
        + "## La ville { #city }\n\nLa ville change.\n"
    )
    assert refused(small, translation, small.decision, Log()) == [
        "content/es/vision.md:14:1: The section “La ville” is word for word the source's. "
        'Translate it. If it is right as it is, say why: --editorial "reason".'
    ]


def test_a_changed_source_under_an_untouched_translation_asks_for_a_reason(
    small: SimpleNamespace, accepted: tuple[Page, Log]
) -> None:
    log = accepted[1]
    changed = small.source.replace("La ville change.", "La ville change !")
    assert refused(small, small.translation, small.decision, log, changed) == [
        "content/es/vision.md:14:1: The section “La ciudad” is as it was when it was last accepted,"
        " and its source has changed. Edit it. If the change needs no new wording here, say why:"
        ' --editorial "reason".'
    ]
    reason = "A sign of exclamation only."
    editorial = replace(small.decision, section="city", how="editorial", reason=reason)
    page = small.page(small.translation, "es")
    _, more, problems = accept(small.page(changed), page, small.shown, log, editorial)
    assert problems == []
    assert [(one.section, one.how, one.reason) for one in more] == [("city", "editorial", reason)]


def test_a_changed_figure_asks_for_no_reason(
    small: SimpleNamespace, accepted: tuple[Page, Log]
) -> None:
    shown = small.shows({"people": "610 millions"})
    _, more, problems = accept(
        small.page(small.source), accepted[0], shown, accepted[1], small.decision
    )
    assert problems == []
    assert [one.section for one in more] == ["peace"]


def test_the_log_is_only_added_to_and_read_back(small: SimpleNamespace, tmp_path: Path) -> None:
    project = replace(small.project, root=tmp_path)
    first = Acceptance("2026-11-23", "page", "vision", "peace", "01234567", "89abcdef", "Ana", "")
    second = replace(first, how="editorial", source="76543210", reason="A\tcomma\nonly")
    append_to_log(project, "es", [first])
    append_to_log(project, "es", [second])
    log, problems = read_log(project, "es")
    assert problems == []
    assert log.acceptances == (first, replace(second, reason="A comma only"))
    assert log.last("vision", "peace") == replace(second, reason="A comma only")
    assert log.last("vision", "peace", "01234567") == first
    assert log.last("vision", "city") is None


def test_an_editor_that_cuts_the_ends_of_lines_loses_nothing(
    small: SimpleNamespace, tmp_path: Path
) -> None:
    project = replace(small.project, root=tmp_path)
    first = Acceptance("2026-11-23", "page", "vision", "peace", "01234567", "89abcdef", "Ana", "")
    append_to_log(project, "es", [first])
    log = log_path(project, "es")
    log.write_text(log.read_text("utf-8").replace("\t\n", "\n"), "utf-8")
    read, problems = read_log(project, "es")
    assert (read.acceptances, problems) == ((first,), [])


def test_a_line_that_the_command_did_not_write(small: SimpleNamespace, tmp_path: Path) -> None:
    project = replace(small.project, root=tmp_path)
    append_to_log(project, "es", [])
    with log_path(project, "es").open("a", encoding="utf-8") as log:
        log.write("2026-11-23\tall\tvision\tpeace\t01234567\t89abcdef\tAna\t\n")
    assert [str(problem) for problem in read_log(project, "es")[1]] == [
        "language/accepted.es.tsv:2:1: This line is not one that the command has written. "
        "Take the file back from git; `metropolis translation accept` adds its lines."
    ]
