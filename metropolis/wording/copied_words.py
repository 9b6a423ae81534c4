"""Finds words left in the source's language inside a passage that is translated: half a sentence,
the words of a link, a cell, what a list item begins with. `wrong_language.py` judges whole
sentences and passages. The page's source has the same words, letter for letter, so that two
dictionaries are enough: only the source's language knows most, and none is the page's alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from metropolis.content.page import Page
from metropolis.content.page_text import BLANK, excerpt
from metropolis.content.prose import Passage
from metropolis.language.dictionaries import has_dictionary
from metropolis.problem import Severity
from metropolis.report import counted
from metropolis.wording.detection import MOST_ADVISED, LanguageGuard, is_only_in
from metropolis.wording.finding import Finding, found
from metropolis.wording.passage_pieces import PassagePiece, split_passage, table_heads

_FEWEST = 3  # words in a row
_MANY = 5  # words: of so many, a quarter has to be telling; of fewer, half
_MOST_ADVISED = MOST_ADVISED + 1  # words: more are no term
_LONG = 4  # letters that small words in a title have not
_SHORTEST_ALONE = 5  # letters of a word that makes up a piece
_NEAR = 60  # characters before a word that tell whether it begins a sentence, or explains another
# A word with its apostrophes and hyphens, which no sign of code touches: "l’équipe".
_WORD = re.compile(
    r"(?<![^\s(«“\"¿¡—–])[^\W\d_]+(?:[’'-][^\W\d_]+)*(?![^\s,;:.!?…)»”\"])(?![.:]\w)"
)
_MARKS = '.,;:!?…()«»“”"¿¡'
_GAP = re.compile(r"[ \xa0\u202f]?[,;]?(?:\s|\n\s*)")  # two spaces end a line
_SIGNS = re.compile(r"[^\w’'-]")
_LABEL = re.compile(
    r"[^.:,;\n]{0,20}:(?!\d)"
)  # "Package failed to build (F): …" names what a screen shows
_COMMA = re.compile(r"[,;]")
_EXPLAINED = re.compile(r"[”»\"]?\s*\(")  # what is said again behind it: "left button (botón)"
_LAST_WORD = re.compile(r"(\w+)\W*\Z")
_BEGINNING = re.compile(r"(?:^|[.!?…]\s+)[«“\"¿¡(]*\Z")

_Run = list[re.Match[str]]
_Words = tuple[str, ...]


@dataclass(frozen=True)
class _Original:
    """What the `source` says in its `passages`, read at the first question, and the language `own`
    of its translation."""

    source: Page
    passages: Collection[Passage]
    own: str

    def tells(self, word: str) -> bool:
        """Whether a word is only of the source's language. A letter alone may be a sign."""
        is_sign = len(word) == 1 and word.isascii()
        return not is_sign and is_only_in(_plain(word), self.source.locale, self.own)

    def is_translated(self, word: str) -> bool:
        return is_only_in(_plain(word), self.own, self.source.locale)

    @cached_property
    def pairs(self) -> dict[_Words, int]:
        """Words that follow each other, with the first place of them."""
        places: dict[_Words, int] = {}
        for passage in self.passages:
            for match, other in pairwise(_WORD.finditer(passage.text)):
                pair = _plain(match[0]), _plain(other[0])
                places.setdefault(pair, passage.start + match.start())
        return places

    @cached_property
    def pieces(self) -> dict[_Words, int]:
        """The words of each link, cell ..., with the first place of them."""
        heads, places = table_heads(self.source), dict[_Words, int]()
        for passage in self.passages:
            for piece in split_passage(self.source, passage, heads):
                if piece.kind != "words":
                    places.setdefault(_words(_WORD.finditer(piece.text)), piece.start)
        return places

    def line_of(self, words: _Words) -> int:
        """The line that has the words: none of their pairs can be there for the first time behind
        it."""
        place = self.pieces.get(words) or max(self.pairs.get(pair, 0) for pair in pairwise(words))
        return self.source.text.place(place)[0]


def find_copied_words(
    page: Page,
    source: Page,
    passages: Iterable[Passage],
    source_passages: Iterable[Passage],
    guard: LanguageGuard,
) -> list[Finding]:
    """One problem for each passage with such words, and for words that come again."""
    if not has_dictionary(page.locale) or not has_dictionary(source.locale):
        return []
    theirs = [one for one in source_passages if one.locale == source.locale]
    mine = [one for one in passages if one.locale == page.locale]
    original = _Original(source, theirs, page.locale)
    if not (tokens := _telling_tokens(mine, original)):
        return []
    heads, wholes = table_heads(page), {one.words for one in theirs}
    findings: dict[tuple[_Words, ...], Finding] = {}
    for passage in mine:
        if tokens.isdisjoint(_tokens(passage)) or passage.words in wholes:
            continue
        pieces = split_passage(page, passage, heads)
        left = [(one, run) for one in pieces for run in _left(page, one, original)]
        words = tuple(_words(run) for _, run in left)
        if left and words not in findings:
            findings[words] = _finding(page, left, original, guard)
    return list(findings.values())


def _telling_tokens(mine: Iterable[Passage], original: _Original) -> set[str]:
    """What both pages have between spaces, with a word that only the source's language knows: most
    pages have none, and no more is asked of them."""
    own = {token for one in mine for token in _tokens(one)}
    both = own.intersection(token for one in original.passages for token in _tokens(one))
    return {token for token in both if any(map(original.tells, _WORD.findall(token)))}


def _tokens(passage: Passage) -> list[str]:
    return [token.strip(_MARKS) for token in passage.text.replace(BLANK, " ").split()]


def _left(page: Page, piece: PassagePiece, original: _Original) -> Iterator[_Run]:
    """The words of a piece that are left in the source's language."""
    if piece.kind == "words":
        for run in _runs(piece, original):
            rest = _trim(run, piece.text, original)
            if rest and _is_shown(rest, piece, original):
                yield rest
        return
    whole = [*_WORD.finditer(piece.text)]
    words = [match[0] for match in whole]
    plain = [one for one in words if one.islower() or (one is words[0] and one[1:].islower())]
    is_left = any(map(original.tells, plain)) and not any(map(original.is_translated, words))
    if is_left and _words(whole) in original.pieces and _is_plain(page, piece, whole):
        yield whole


def _is_plain(page: Page, piece: PassagePiece, whole: _Run) -> bool:
    """Whether the words of a piece are no names. One word alone is none if it has a capital that
    the page nowhere writes small."""
    if len(_SIGNS.sub("", piece.text)) > sum(len(match[0]) for match in whole):
        return False  # a formula, a number
    if len(whole) > 1:
        small = [match for match in whole[1:] if match[0].islower()]
        fewest = _FEWEST if piece.kind == "speech" else 1
        return len(small) >= fewest and not _is_list(whole, piece)
    word = whole[0][0]
    is_name = len(word) < _SHORTEST_ALONE or "-" in word or not word[1:].islower()
    is_alone = piece.kind in ("head", "lead") and word[0].isupper()
    return is_alone and not is_name and word.lower() not in page.text.text


def _runs(piece: PassagePiece, original: _Original) -> Iterator[_Run]:
    """The words in a row that the source has in a row too."""
    run: _Run = []
    for match in _WORD.finditer(piece.text):
        is_translated = original.is_translated(match[0])
        if run and (is_translated or not _follows(run[-1], match, piece, original)):
            yield run
            run = []
        if not is_translated:
            run.append(match)
    yield run


def _follows(
    last: re.Match[str], match: re.Match[str], piece: PassagePiece, original: _Original
) -> bool:
    is_near = _GAP.fullmatch(piece.text, last.end(), match.start()) is not None
    return is_near and (_plain(last[0]), _plain(match[0])) in original.pairs


def _trim(run: _Run, text: str, original: _Original) -> _Run:
    """A run from the beginning of its sentence, or the first word that only the source's language
    knows, to the last; nothing if it is too short. A capital inside a sentence makes a name."""
    if len(run) < _FEWEST:
        return []
    is_first = _begins(text, run[0].start())
    small = [match[0].islower() or (is_first and match is run[0]) for match in run]
    telling = [number for number, one in enumerate(run) if small[number] and original.tells(one[0])]
    if not telling:
        return []
    place = slice(0 if is_first else telling[0], telling[-1] + 1)
    words = sum(small[place])
    share = 2 if words < _MANY else 4
    long = sum(len(run[number][0]) >= _LONG for number in telling)
    is_title = long < len(run[place]) - words  # "Journal of the Sea and of the Land"
    is_enough = words >= _FEWEST and share * len(telling) >= words and not is_title
    return run[place] if is_enough else []


def _is_shown(run: _Run, piece: PassagePiece, original: _Original) -> bool:
    """Whether a run is part of a sentence: no list of words, no name of what a screen shows or of
    an institution ("Agence française de développement"), and nothing that is said again beside it,
    as in "reemplazo por tarifa (replace by fee)", or that an acronym stands for."""
    start, end = run[0].start(), run[-1].end()
    before, behind = piece.text[max(start - _NEAR, 0) : start], piece.text[end : end + _NEAR]
    last = _LAST_WORD.search(before)
    is_acronym = last and last[1].lower() == "".join(match[0][0].lower() for match in run)
    is_name = last and last[1].istitle() and before.endswith(" ") and original.tells(last[1])
    is_inside = before.rfind("(") > before.rfind(")") and behind[:1] == ")"
    is_label = start < _NEAR and not before.strip() and _LABEL.match(behind)
    is_note = is_name or is_acronym or is_inside or _EXPLAINED.match(behind)
    is_said = is_label or (is_note and len(run) <= _MOST_ADVISED)
    return not is_said and not _is_list(run, piece)


def _is_list(run: _Run, piece: PassagePiece) -> bool:
    commas = _COMMA.findall(piece.text, run[0].start(), run[-1].end())
    return _FEWEST * len(commas) >= len(run)


def _begins(text: str, start: int) -> bool:
    """Whether a sentence begins there."""
    return _BEGINNING.search(text[max(start - _NEAR, 0) : start]) is not None


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")


def _words(run: Iterable[re.Match[str]]) -> _Words:
    return tuple(_plain(match[0]) for match in run)


def _finding(
    page: Page, left: list[tuple[PassagePiece, _Run]], original: _Original, guard: LanguageGuard
) -> Finding:
    source, runs = original.source, [run for _, run in left]
    spans = [(one.start + run[0].start(), one.start + run[-1].end()) for one, run in left]
    words = [page.text.text[start:end] for start, end in spans]
    language, own = guard.locales[source.locale], guard.locales[page.locale]
    more = f" and {counted(len(runs) - 1, 'place')} after it are" if runs[1:] else " is"
    what = f"“{excerpt(words[0])}”{more} in {language}, not in {own}:"
    what = f"{what} {source.path}, line {original.line_of(_words(runs[0]))}, says it so."
    how = f"Translate {'them' if runs[1:] else 'it'}; words that stay, mark:"
    how = f'{how} <span lang="{source.locale}">…</span>.'
    severity: Severity = "advice" if max(map(len, runs)) <= _MOST_ADVISED else "error"
    return found("language", page, spans[0][0], " ".join(words), what, how=how, severity=severity)
