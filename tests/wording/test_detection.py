"""Sentences in the wrong language are found; names, quotations and marked words are not taken for
them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from metropolis.cache import Cache
from metropolis.content.page_text import BLANK
from metropolis.content.prose import find_passages
from metropolis.language import dictionaries
from metropolis.language.sentences import split_sentences
from metropolis.translation.workbench import open_workbench
from metropolis.wording.detection import Doubt, LanguageGuard, proper_names, settle
from metropolis.wording.wrong_language import find_untranslated, part_languages

RIGHT = yaml.safe_load((Path(__file__).parent / "cases" / "language.yml").read_text("utf-8"))
LOCALES = {"fr": "French", "en": "English", "es": "Spanish"}


@pytest.fixture(scope="module")
def guard() -> LanguageGuard:
    names = {
        "fr": ["use: urban sustainability exchange"],
        "en": [],
        "es": ["Greater Manchester Combined Authority"],
    }
    return LanguageGuard(LOCALES, names)


@pytest.mark.parametrize(
    ("locale", "words", "problems"),
    [
        (
            "es",
            "La ciudad cambia. Les métropoles doivent agir ensemble. Todo cambia.",
            [
                "content/es/page.md:8:19: “Les métropoles doivent agir ensemble.” is in French,"
                ' not in Spanish. Translate it; words that stay, mark: <span lang="fr">…</span>.'
            ],
        ),
        (
            "en",
            "- la transparencia y la rendición de cuentas",
            [
                "content/en/page.md:8:3: “la transparencia y la rendición de cuentas” is in"
                " Spanish, not in English. Translate it; words that stay, mark: <span"
                ' lang="es">…</span>.'
            ],
        ),
        (
            "es",
            'La red <span lang="en">the women of the metropolises</span> nace en Barcelona.',
            [],
        ),
        (
            "es",
            (
                'La red <span lang="en">la red de las mujeres de las metrópolis</span> nace en'
                " Barcelona."
            ),
            [
                "content/es/page.md:8:24: “la red de las mujeres de las metrópolis” is in Spanish,"
                ' not in English. Translate it; words that stay, mark: <span lang="es">…</span>.'
            ],
        ),
        ("fr", "La plateforme use: urban sustainability exchange relie des villes.", []),
        ("es", "La Greater Manchester Combined Authority trabaja con quienes viven allí.", []),
        ("fr", "Le rapport « The future of our metropolitan spaces » paraît en mai.", []),
        # A quotation may have several sentences, and signs that look like their ends.
        (
            "es",
            "Katie dice: “Victory is mine. And those notes enabled me to do it again.” En 2013.",
            [],
        ),
        (
            "fr",
            "Par exemple\u202f: «\u202fEnable this if…\u202f» au lieu de «\u202fThis can be enabled if…\u202f».",
            [],
        ),
        ("es", "B - V = -2,5 log (Fb/Fv) = -2,5 log (1,22) = -0,22,", []),
        ("es", "Hilo del foro por peppy (14/7/2009) «osu! news available via rss»", []),
        (
            "es",
            "“The victory is ours today. And those notes enabled me to do it again.”",
            [
                "content/es/page.md:8:1: ““The victory is ours today.” and 1 sentence after it are in"
                ' English, not in Spanish. Translate them; words that stay, mark: <span lang="en">…</span>.'
            ],
        ),
        # Code that nobody has marked is no language, but words around a name of a file are.
        ("fr", "npm dist-tag add pkg@1.0.1 beta", []),
        ("fr", '"scripts": \\{ "test": "echo "Error: no test specified" && exit 1" \\}', []),
        ("fr", "/parser org.kde.kmplot.Parser.setFunctionMinValue id min", []),
        ("fr", "oldstable = buster; stable = bullseye; testing = bookworm", []),
        ("fr", "return \\[expression\\];", []),
        ("fr", "svn co svn://`serveur`/`chemin`/`vers`/trunk `paquet`", []),
        (
            "fr",
            "- See the file package.json for what is missing.",
            [
                "content/fr/page.md:8:3: “See the file package.json for what is missing.” is in"
                ' English, not in French. Translate it; words that stay, mark: <span lang="en">…</span>.'
            ],
        ),
        ("fr", "Barcelona, Montréal, Guangzhou, Johannesburg.", []),
        # Titles in a list of references stay.
        (
            "fr",
            "Rice, P., Longden, I., & Bleasby, A. (2000). EMBOSS: the European molecular biology"
            " open software suite. *Trends in Genetics*, 16(6), 276-277.",
            [],
        ),
        (
            "fr",
            "**MAFFT**: Katoh, K., & Miyata, T. (2002). MAFFT: a novel method for rapid multiple"
            " sequence alignment based on fast Fourier transform.",
            [],
        ),
        (
            "fr",
            "Ostrom E. 1990. Governing the commons: the evolution of institutions for collective"
            " action in many places.",
            [],
        ),
        (
            "fr",
            "In 2000, P. Rice wrote that the cities act together for the people.",
            [
                "content/fr/page.md:8:1: “In 2000, P. Rice wrote that the cities act together for the…”"
                " is in English, not in French. Translate it; words that stay, mark:"
                ' <span lang="en">…</span>.'
            ],
        ),
        ("fr", 'Une phrase dans <span lang="it">lingua italiana di oggi</span> marquée.', []),
    ],
)
def test_case(
    guard: LanguageGuard, read: Callable[..., Any], locale: str, words: str, problems: list[str]
) -> None:
    page, passages = read(locale, words)
    assert [
        str(finding.problem) for finding in part_languages(page, passages, guard)[0]
    ] == problems


@pytest.mark.parametrize(
    ("locale", "words"), [(locale, words) for locale in RIGHT for words in RIGHT[locale]]
)
def test_a_right_sentence_is_not_reported(
    guard: LanguageGuard, read: Callable[..., Any], locale: str, words: str
) -> None:
    page, passages = read(locale, words)
    assert part_languages(page, passages, guard)[0] == []


@pytest.mark.parametrize(
    ("locale", "words", "severity"),
    [
        ("fr", "Cities together", "advice"),
        ("en", "Nuestras ciudades crecen", "advice"),
        ("es", "We must act together now for the climate.", "error"),
        ("fr", "Las ciudades del mundo\ntrabajan juntas para cambiar.", "error"),
        ("en", "Les eﬀets de l’aﬄuence se font sentir dans les quartiers.", "error"),
    ],
)
def test_few_words_are_advice_and_a_wrapped_sentence_is_one(
    guard: LanguageGuard, read: Callable[..., Any], locale: str, words: str, severity: str
) -> None:
    page, passages = read(locale, words)
    (finding,) = part_languages(page, passages, guard)[0]
    assert (finding.fragment, finding.problem.severity) == (words, severity)


def test_a_short_passage_that_is_the_sources(
    guard: LanguageGuard, read: Callable[..., Any]
) -> None:
    source, source_passages = read(
        "fr", "## Plan d’action { #plan }\n\n## Leadership { #leadership }"
    )
    page, passages = read("en", "## Plan d’action { #plan }\n\n## Leadership { #leadership }")
    found = find_untranslated(page, source, passages, source_passages, guard)[0]
    assert {finding.problem.severity for finding in found} == {"advice"}
    assert [str(finding.problem) for finding in found] == [
        "content/en/page.md:8:4: “Plan d’action” is copied word for word from content/fr/page.md."
        " Translate it."
    ]


@pytest.mark.parametrize(
    ("words", "is_reported"),
    [
        ("## Exemple { #one }", True),
        ("## Leadership { #one }", False),
        ("## Budget { #one }", False),
        ("## Barcelone { #one }", False),
        ("- partman-md", False),
        ("- Aix-Marseille", False),
        ("- mise-en-place", False),
        ("- Exemple", True),
        ("## mise en place { #one }", False),
        # Names of protocols are in no dictionary; a word that the page uses is its own.
        ("| a |\n| --- |\n| courriel (smtp, smtps, ssmtp) |", False),
        ("| a |\n| --- |\n| journal du démon |", True),
        ("- Dupont, Jean (2009) Guide Rapide. Presses Universitaires, Grenoble 5(7).", False),
        ("> Dupont, Jean (2009) Guide Rapide. Grenoble 5(7). doi:10.1371/revue.e1", False),
        ("- make `x` journal/du/démon --prefix=non", False),
        # Names beside other names, and names of several words.
        ("- Cobalt\n- Exemple", False),
        ("- Réseaux Graphiques Portables (.png)", False),
        ("- Réseaux graphiques", True),
        # A name with a title, a product with its version, a format, a term in two scripts.
        ("Dr. Connor", False),
        ("- libc: eglibc 2.11", False),
        ("- XBase (.dbf).", False),
        ("- Applix version 4 (.as).", False),
        ("## Nakṣatra (नक्षत्रम्) { #one }", False),
        ("- Dr. Connor, responsable", True),
    ],
)
def test_a_short_copy(
    guard: LanguageGuard, read: Callable[..., Any], words: str, is_reported: bool
) -> None:
    """It is untranslated only if it is a word of the source's language, and of that alone."""
    source, source_passages = read("fr", words)
    page, passages = read("en", words)
    found = find_untranslated(page, source, passages, source_passages, guard)[0]
    assert [finding.problem.severity for finding in found] == ["advice"] * is_reported


def test_a_copied_word_that_the_page_uses_is_its_own(
    guard: LanguageGuard, read: Callable[..., Any]
) -> None:
    source, source_passages = read("fr", "## Fichiers { #one }\n\nLes fichiers sont ici.")
    for text, is_reported in (("The files are here.", True), ("The fichiers are here.", False)):
        page, passages = read("en", f"## Fichiers {{ #one }}\n\n{text}")
        found = find_untranslated(page, source, passages, source_passages, guard)[0]
        assert bool(found) == is_reported


def test_copies_in_a_row_are_one_problem(guard: LanguageGuard, read: Callable[..., Any]) -> None:
    """With a name among them; not those after a passage that is translated."""
    words = "- Nouvelle ligne\n- Latex\n- Nouveau fichier\n- {}\n- Autre fichier"
    source, source_passages = read("fr", words.format("Tous les fichiers"))
    page, passages = read("en", words.format("All the files"))
    found, copies = find_untranslated(page, source, passages, source_passages, guard)
    assert [str(one.problem) for one in found] == [
        "content/en/page.md:8:3: “Nouvelle ligne” and 1 passage after it, to line 10, are copied word for word"
        " from content/fr/page.md. Translate them.",
        "content/en/page.md:12:3: “Autre fichier” is copied word for word from"
        " content/fr/page.md. Translate it.",
    ]
    assert [one.words for one in copies] == ["Nouvelle ligne", "Nouveau fichier", "Autre fichier"]


def test_an_exception_for_a_sentence_hides_no_other(
    guard: LanguageGuard, read: Callable[..., Any]
) -> None:
    """Sentences in a row are one finding, whose fragment has them all."""
    page, passages = read("fr", "The cities act together.\n\nThey know what is to be done now.")
    (finding,) = part_languages(page, passages, guard)[0]
    assert finding.fragment == "The cities act together. They know what is to be done now."


def test_on_this_sites_own_pages(root: Path) -> None:
    """Nothing right is reported; of passages put under another language, nearly all are."""
    workbench, problems = open_workbench(root)
    assert workbench, problems
    codes = [locale.code for locale in workbench.project.locales]
    guard = LanguageGuard(LOCALES, {code: proper_names(workbench.records, code) for code in codes})
    seeded = found = 0
    for page in workbench.pages.values():
        passages = find_passages(page, workbench.signatures)
        assert part_languages(page, passages, guard)[0] == []
        for passage in passages:
            other = codes[(codes.index(page.locale) + 1) % len(codes)]
            if passage.kind == "paragraph":
                seeded += 1
                foreign = passage.__class__(
                    passage.kind, passage.text, passage.start, passage.anchor, other
                )
                found += bool(part_languages(page, [foreign], guard)[0])
    assert found >= 0.98 * seeded


def test_words_that_the_model_does_not_know_prove_nothing() -> None:
    """All languages are as likely then, and their order is by chance."""
    assert settle(Doubt("", "es", tuple(LOCALES))) == ""
    assert settle(Doubt("123", "fr", tuple(LOCALES))) == ""


class _OnlyLarge(LanguageGuard):
    """Never sure of what the small model says."""

    is_sure = staticmethod(lambda confidence: False)


def test_the_small_model_calls_nothing_right_that_the_large_one_would_report(root: Path) -> None:
    """This site's sentences, put under each of the two other languages."""
    workbench, problems = open_workbench(root)
    assert workbench, problems
    names = {code: proper_names(workbench.records, code) for code in LOCALES}
    both, large = LanguageGuard(LOCALES, names), _OnlyLarge(LOCALES, names)
    asked = [
        (" ".join(sentence.split()), other)
        for page in workbench.pages.values()
        for passage in find_passages(page, workbench.signatures)
        for sentence in split_sentences(passage.text.replace(BLANK, " "), passage.locale)
        for other in LOCALES.keys() - {page.locale}
    ]
    assert len(asked) > 1000
    assert [one for one in asked if both.language_of(*one) != large.language_of(*one)] == []


def test_what_the_large_model_says_is_asked_once(tmp_path: Path) -> None:
    """A sentence of which the small model is not sure: its answer is kept for the next run."""
    cache, folder = Cache(tmp_path), tmp_path / "sentences"
    sentence = "La ciudad crece"
    guard = LanguageGuard(LOCALES, {}, cache)
    assert guard.language_of("Les métropoles doivent agir ensemble pour le climat.", "fr") == ""
    assert guard.language_of("Le plan avance", "fr") == ""
    assert not folder.exists()
    assert guard.language_of(sentence, "fr") == "es"
    (file,) = folder.iterdir()
    entry = cache.entry("sentences", Doubt("La ciudad crece", "fr", tuple(LOCALES)), settle)
    assert entry.key == file.name
    entry.write("")
    assert LanguageGuard(LOCALES, {}, cache).language_of(sentence, "fr") == ""
    assert LanguageGuard(LOCALES, {}).language_of(sentence, "fr") == "es"


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Construir capacidades adaptativas para la gobernanza metropolitana", ""),
        ("La ciudad participa en la vida social y cultural de la región.", ""),
        ("As cidades do mundo trabalham juntas para melhorar a vida das pessoas.", "pt"),
    ],
)
def test_a_language_without_a_dictionary_takes_no_sentence_that_is_known(
    sentence: str, found: str
) -> None:
    guard = LanguageGuard({**LOCALES, "pt": "Português"}, {})
    assert guard.language_of(sentence, "es") == found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("L’Observatoire date de 2016.", ""),
        ("Une page.", ""),
        ("Metropolis date de 1985, à Montréal.", ""),
        ("The cities of the world work together every day.", "en"),
    ],
)
def test_without_any_dictionary_two_or_three_words_prove_nothing(
    sentence: str, found: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dictionaries, "dictionary_name", lambda locale: None)
    assert LanguageGuard(LOCALES, {}).language_of(sentence, "fr") == found
