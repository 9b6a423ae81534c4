"""Finds what writers leave where words are still missing: `TODO`, `XX %`, `[1]`, `(à compléter)`.

Each form is one that hardly any finished sentence has: `todo` in Spanish, a century (`siglo XX`), a
list of TODOs or `[…]` are none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from metropolis.content.page import Page
from metropolis.content.page_text import BLANK
from metropolis.content.prose import Passage
from metropolis.wording.finding import Finding, found

_STILL = (
    r"(?:encore\s)?à\s(?:compléter|remplir|rédiger|écrire|vérifier|confirmer|préciser|traduire|relire"
    r"|revoir|mettre\sà\sjour)"
    r"|to\s(?:be\s(?:completed|written|filled\sin|checked|confirmed|decided|defined|determined"
    r"|announced|translated|updated|added)|do)"
    r"|(?:queda\s)?(?:por|pendiente\sde)\s(?:completar|rellenar|redactar|escribir|verificar|confirmar"
    r"|precisar|traducir|revisar|actualizar|traducción|revisión)"
)
_INSERT = (
    r"insérer|inscrire|ajouter|indiquer|insert|add|enter|type|insertar|añadir|escribir|indicar"
    r"|noms?|names?|nombres?|dates?|fechas?|titres?|titles?|títulos?|chiffres?|figures?|cifras?|texte?|texto"
    r"|liens?|links?|enlaces?|sources?|fuentes?"
)
_REPLACE = "Write them, or delete it."
_NOTE = "Write [^name], and [^name]: with the note below the paragraph; or delete it."
_NOTE_NUMBER = re.compile(
    r"\[(?:\d{1,3}|réf\. (?:nécessaire|souhaitée)|citation needed|cita requerida)\]"
)
_FORMS = {
    # A word that programmers leave, as the head of what is to be done or alone in its place.
    "todo": r"(?<![\w«“\"'’.-])(?:TODO|FIXME)(?=\s*(?:[:(\]),.…–—]|$))"
    r"|(?<=[\[(])(?:TODO|FIXME)\b|\ATODO\b(?!\s[A-ZÀ-Þ])|(?<![\w«“\"'’.-])TBD(?![\w-])",
    "year": r"(?<![\w.-])(?:19|20)XX(?!\w)",
    # A number that nobody has filled in.
    "number": r"(?<![\w.-])X{2,4}(?:[/.]\w{0,2}X{2,4}){0,2}(?=\s?%|\s[a-zà-ÿ€$£]|[.,;:)](?!\w)|$)"
    r"|(?<![\w.-])xx(?=\s?%)",
    "question": r"(?<![\w?¿«“\"])(?<![«“]\s)\?{3,5}(?!\?|\s?\w)|(?<=\d)\?{3,5}|(?<=\w)\s\?{3,5}"
    r"|(?<!\w)[\[(]\s?\?{1,5}\s?[\])]",
    # What must be done, in brackets or as the whole text; what must be put in.
    "still": rf"[\[(]\s?(?i:{_STILL})(?:\s[^\])\n]{{0,30}})?[\])]|\A[^\w%]*(?i:{_STILL})[^\w%]*\Z",
    "verb": r"\[(?i:revisar|traducir|completar|verificar|revoir|traduire|compléter|vérifier)\]",
    "insert": rf"\[(?i:{_INSERT})(?:\s[^\]\n]{{0,60}})?\]",
    # Notes of an encyclopedia, or of the document that the words come from; no "[words][1]".
    # "x[5]" is an element of x.
    "note": rf"(?<!\])(?<!\b[A-Za-z])(?<!\b[A-Z]{2}){_NOTE_NUMBER.pattern}",
}
_ANY = re.compile("|".join(f"(?P<{name}>{form})" for name, form in _FORMS.items()))
# Most texts have none of what a form begins with: this is faster to ask.
_PARTS = ("TODO", "FIXME", "TBD", "XX", "xx", "??", "[", "(")
# "Why not ???"
_ASKS = re.compile(
    r"\b(?:why|what|how|who|where|when|which|pourquoi|quoi|comment|qui|où|quand|quel\w*|por\squé|qué"
    r"|cómo|quién|dónde|cuándo|cuál)\b[^.!?]*\Z",
    re.I,
)
_BEGINS = re.compile(r"\W*(?:encore|à|to|queda|por|pendiente)\b", re.I)
# Roman numbers of centuries, and of people: "siglos XIX y XX", "Jean XX".
_BEFORE_ROMAN = re.compile(
    r"(?:(?<=\s)[A-ZÀ-Þ][\w’'-]*|(?:\bsiglos?|\bs\.|\bsiècles?)(?:\s[XVI]+\b[^.!?\n]{0,40})?)\s$"
)


# A page that joins it to other words lets it stand for any text: "mi.XXX", "prefixXXX".
_STAND_IN = re.compile(r"[a-zà-ÿ_]\.?XX+(?!\w)|[a-z]XX+[a-z]|\bXX+\.[a-z]")


@lru_cache(maxsize=4)  # asked for each number that is missing
def _has_stand_in(text: str) -> bool:
    return _STAND_IN.search(text) is not None


def find_unfinished(page: Page, passages: Iterable[Passage]) -> list[Finding]:
    """Advice on what still waits for its words in `page`, once for the same signs."""
    places: dict[str, list[int]] = {}
    for passage in passages:
        text = passage.text.replace(BLANK, " ")
        is_likely = any(part in text for part in _PARTS) or _BEGINS.match(text)
        for match in _ANY.finditer(text) if is_likely else ():
            kind, words = match.lastgroup, match[0].strip()
            if kind == "number" and (
                _BEFORE_ROMAN.search(text, 0, match.start()) or _has_stand_in(page.text.text)
            ):
                continue
            if kind == "question" and words[0] == "?" and _ASKS.search(text, 0, match.start()):
                continue
            if kind == "insert" and _is_argument(page, passage.text, match):
                continue
            start = passage.start + match.start() + match[0].index(words)
            places.setdefault(words, []).append(start)
    return [_unfinished(page, words, starts) for words, starts in places.items()]


def _unfinished(page: Page, words: str, starts: list[int]) -> Finding:
    is_note, more = _NOTE_NUMBER.fullmatch(words), len(starts) - 1
    looks = "the number of a note" if is_note else "a place that still waits for its words"
    what = f"“{words}” looks like {looks}"
    what += f", and so do {more} more on this page." if more else "."
    return found("style", page, starts[0], words, what, how=_NOTE if is_note else _REPLACE)


def _is_argument(page: Page, text: str, match: re.Match[str]) -> bool:
    """Whether words in brackets are an argument of a command: the page's code has them, or code or
    others in brackets are beside them; or the brackets are meant: they are escaped, or end a
    quotation."""
    beside = {text[: match.start()].rstrip(" ")[-1:], text[match.end() :].lstrip(" ")[:1]}
    name = match[0].strip("[]")
    code = (page.text.text[start:end] for start, end in page.code)
    is_quoted = text[match.end() :][:1] in tuple("'’”»\"")
    is_beside = not beside.isdisjoint(("[", "]", BLANK))
    return is_quoted or is_beside or any(name in one for one in code)
