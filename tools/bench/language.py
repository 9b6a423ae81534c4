"""How often a right sentence is called another language's, and how many wrong ones are found.

Sentences are this site's own, and those of FOREIGN: "debian" for a manual that Debian has in each
language, or a folder with a text for each (fr.txt, en.txt, es.txt), one paragraph on a line. The
right ones are also the hard ones of tests/wording/cases/language.yml, which have words of other
languages. A length counts the words that can show a language: no names, addresses and figures."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import yaml

from bench.foreign import download
from metropolis.content.page_text import BLANK
from metropolis.content.prose import find_passages
from metropolis.language.sentences import split_sentences
from metropolis.translation.workbench import Workbench, open_workbench
from metropolis.wording.detection import LanguageGuard, proper_names

MOST_FALSE = 5  # of 10,000 right sentences
LEAST_FOUND = 0.98  # of wrong sentences with seven words and more
_CASES = "tests/wording/cases/language.yml"
_LENGTHS = ((2, "2-3"), (4, "4-6"), (7, "7+"))


def measure_language(root: Path, foreign: str | None) -> bool:
    """Prints a line for each language and each pair; False where a limit is passed. Which reports
    of foreign prose are false is for a person to say: parts of it may not have been translated."""
    if foreign == "debian":
        with tempfile.TemporaryDirectory(prefix="metropolis-") as folder:
            download(["fr", "en", "es"], Path(folder))
            return measure_language(root, folder)
    workbench, problems = open_workbench(root)
    assert workbench, problems
    locales = {locale.code: locale.name for locale in workbench.project.locales}
    names = {code: proper_names(workbench.records, code) for code in locales}
    guard = LanguageGuard(locales, names)
    hard = yaml.safe_load((root / _CASES).read_text("utf-8"))
    texts = {code: _sentences(workbench, code, foreign) for code in locales}
    is_kept = True
    for own, sentences in texts.items():
        right = _split([*hard.get(own, ()), *sentences], own)
        wrong = [one for one in right if guard.language_of(one, own)]
        share = 10_000 * len(wrong) / len(right)
        is_kept &= foreign is not None or share <= MOST_FALSE
        print(f"{own}: {len(right)} right sentences, {share:.1f} of 10,000 reported")
        print(*(f"    {one[:100]}" for one in wrong[:20]), sep="\n")
        for other in locales.keys() - {own}:
            asked, found = Counter[str](), Counter[str]()
            for sentence in sentences:
                length = _length(guard.words(sentence, other))
                asked[length] += 1
                found[length] += bool(guard.language_of(sentence, other))
            shares = {length: found[length] / max(1, asked[length]) for _, length in _LENGTHS}
            is_kept &= shares["7+"] >= LEAST_FOUND
            shown = ", ".join(f"{length} words {shares[length]:.1%}" for _, length in _LENGTHS)
            print(f"{own} put into {other}, found: {shown}")
    return is_kept


def _sentences(workbench: Workbench, code: str, foreign: str | None) -> list[str]:
    texts = [
        passage.text.replace(BLANK, " ").replace("\n", " ")
        for page in workbench.pages.values()
        if page.locale == code
        for passage in find_passages(page, workbench.signatures)
        if passage.locale == code
    ]
    if foreign:
        texts += (Path(foreign) / f"{code}.txt").read_text("utf-8").splitlines()
    return _split(texts, code)


def _split(texts: list[str], code: str) -> list[str]:
    """The sentences of `texts` with two words and more, each once."""
    whole = (" ".join(text.split()) for text in texts)
    found = [" ".join(one.split()) for text in whole for one in split_sentences(text, code)]
    return [one for one in dict.fromkeys(found) if len(one.split()) > 1]


def _length(words: list[str]) -> str:
    return next((name for least, name in reversed(_LENGTHS) if len(words) >= least), "0-1")
