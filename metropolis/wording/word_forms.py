"""Words that no dictionary lists because a language makes them of any other: with a prefix, an
ending or a pronoun, of two words, or in a newer spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Latin and Greek prefixes that all three languages put before any word: no dictionary lists every
# combination.
_PREFIX = re.compile(
    r"(?:anti|auto|bio|co|contre?a?|d[eé]s|[eé]co|[eé]lectro|entre|extra|g[eé]o|hyper|hiper|inter|intra"
    r"|macro|m[eé]ga|m[eé]ta|micro|mini|mono|multi|n[eé]o|non|poly|post|pr[eé]|pseudo|r[eé]|semi"
    r"|sobre|sub|super|sur|t[eé]l[eé]|trans|ultra|un)(?=\w{5})",
    re.IGNORECASE,
)
# Pronouns that Spanish joins to a verb, whose accent they may bring: "configurarlos", "apáguelo".
_JOINED_PRONOUNS = re.compile(
    r"(?P<infinitive>\w+[aeií]r)(?:[mts]e|nos|os|l[aeo]s?){1,2}"
    r"|(?P<gerund>\w*[áé]ndo)(?:[mts]e|nos|os|l[aeo]s?){1,2}"
    r"|(?P<imperative>\w*[áéíóú]\w*[aeos])(?:[mts]e|nos|os|l[aeo]s?){1,2}"
)
_PLAIN_VOWELS = str.maketrans("áéíóú", "aeiou")
# Nouns and adjectives that Spanish makes of any verb: "tabulación", "enrutador", "arrancable".
_OF_VERB = re.compile(r"(\w+[aei])(?:ción|ciones|dor(?:a|es|as)?|bles?)")
_GENDER = re.compile(r"(\w{4,})([ao])(s?)")  # and the other gender of any: "robóticos"
# And verbs of any noun: "muestrear", "muestreado".
_EAR = re.compile(r"(\w{3,})e(?:ar|ad[oa]s?|ando|amos|an|a)")
# French makes nouns and adjectives of any verb: "harmoniseur", "décodable".
_EUR = re.compile(r"(\w+)(?:eu(?:rs?|ses?)|ables?)")
# English has "writable" and "prover" of verbs, but "noticeable"; and any plural: "tilings".
_ABLE = re.compile(r"(\w+[^\Wcg])able")
_PLAIN_END = re.compile(r"(\w+e)rs?|(\w{4,})s")
_PART = 3  # letters of the second of two words that English joins; the first has one more
_NO_PART = ("less", "like")
# The spelling of 1990 drops the circumflex, and hears an è: "connaitre", "surement", "cèdera".
_REFORMED = re.compile(r"[iu]|è(?=[^\W\daeiouyéè]{1,2}e(?:r[aeio]|ment))")
_OLDER = {"i": "î", "u": "û", "è": "é"}


def parts_of(word: str, locale: str) -> Iterator[tuple[str, ...]]:
    """What `word` may be made of: it is right if all words of one of these are."""
    if prefix := _PREFIX.match(word):
        yield (word[prefix.end() :],)
    yield from _FORMS.get(locale.split("-")[0], lambda _: iter(()))(word.lower())


def _french(word: str) -> Iterator[tuple[str, ...]]:
    if made := _EUR.fullmatch(word):
        yield (f"{made[1]}er",)
    for match in _REFORMED.finditer(word):
        yield (word[: match.start()] + _OLDER[match[0]] + word[match.end() :],)


def _english(word: str) -> Iterator[tuple[str, ...]]:
    if made := _ABLE.fullmatch(word):
        yield from ((made[1],), (f"{made[1]}e",))
    if made := _PLAIN_END.fullmatch(word):
        yield (made[1] or made[2],)
    if word.isalpha() and not word.endswith(_NO_PART):
        for place in range(_PART + 1, len(word) - _PART + 1):
            yield word[:place], word[place:]


def _spanish(word: str) -> Iterator[tuple[str, ...]]:
    if word.endswith("mente"):
        yield (word.removesuffix("mente"),)
    if made := _OF_VERB.fullmatch(word):
        yield (f"{made[1]}r",)
    if made := _GENDER.fullmatch(word):
        yield (f"{made[1]}{'o' if made[2] == 'a' else 'a'}{made[3]}",)
    if noun := _EAR.fullmatch(word):
        yield from ((f"{noun[1]}o",), (f"{noun[1]}a",))
    if "íac" in word:  # the Academy has both: "zodíaco", "zodiaco"
        yield (word.replace("íac", "iac"),)
    elif "iac" in word:
        yield (word.replace("iac", "íac"),)
    if joined := _JOINED_PRONOUNS.fullmatch(word):
        for verb in filter(None, joined.groups()):
            yield from ((verb,), (verb.translate(_PLAIN_VOWELS),))


_FORMS = {"fr": _french, "en": _english, "es": _spanish}
