"""The texts of a file of data/ in one language, as a page: what the checks of pages say of words,
they say of these. Each text stands at its line and column of the file; all else is empty."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from metropolis.content.page import Page
from metropolis.content.page_text import BLANK, PageText
from metropolis.content.prose import Passage
from metropolis.data.records import STRINGS
from metropolis.language.message_parts import MessagePart, message_parts
from metropolis.strict_yaml.document import Path, YamlDocument

_QUOTES = ("'", '"')


@dataclass(frozen=True)
class LabelPage:
    """The texts of `kind`, data/<kind>.yml, by the places of their labels: one passage each, and
    one for each form of a plural. Their section (anchor) is that place, so that one is compared
    with one."""

    kind: str
    page: Page
    parts: Mapping[Path, list[Passage]]

    @property
    def passages(self) -> list[Passage]:
        """All passages, in the order of the file."""
        found = [one for some in self.parts.values() for one in some]
        return sorted(found, key=lambda one: one.start)

    def text_of(self, path: Path) -> str:
        """The words of a label."""
        return " ".join(one.words for one in self.parts.get(path, ()))

    def place_of(self, path: Path, words: str) -> int:
        """Where `words` stand in a label, or where it begins."""
        first = self.parts[path][0]
        return first.start + max(first.text.find(words), 0)

    def without(self, paths: Collection[Path]) -> LabelPage:
        """The page without some of its labels."""
        rest = {path: some for path, some in self.parts.items() if path not in paths}
        return replace(self, parts=rest)

    def named(self, path: str) -> Page:
        """The page under the name that problems of its translations shall give it."""
        return replace(self.page, path=path, text=replace(self.page.text, path=path))


def find_labels(
    file: YamlDocument, locales: Collection[str]
) -> Iterator[tuple[Path, dict[str, str]]]:
    """Each text that stands there by language, with its place: {fr: …, en: …, es: …}."""
    for path, value in file.walk():
        is_label = isinstance(value, dict) and value and all(key in locales for key in value)
        if is_label and all(isinstance(text, str) for text in value.values()):
            yield path, value


def label_page(
    file: YamlDocument, raw: str, labels: Mapping[Path, dict[str, str]], locale: str
) -> LabelPage:
    """The texts of `labels` in `locale`; `raw` is the text of the file."""
    kind = file.file.rpartition("/")[2].removesuffix(".yml")
    lines = raw.split("\n")
    rows: list[list[str]] = [[] for _ in lines]
    ends = [0] * len(lines)
    placed: list[tuple[Path, int, int, str]] = []
    for path, label in labels.items():
        text = label.get(locale, "").replace("\n", " ")
        if text and not _is_title_of_another(file, path, label, locale):
            line, column = file.mark((*path, locale))
            row = min(line, len(lines)) - 1
            is_quoted = lines[row][column - 1 : column] in _QUOTES
            start = max(column - 1 + is_quoted, ends[row] + 1)
            rows[row] += [" " * (start - ends[row]), text]
            ends[row] = start + len(text)
            placed.append((path, row, start, text))
    page_text = PageText(file.file, "\n".join("".join(pieces) for pieces in rows))
    parts: dict[Path, list[Passage]] = {}
    blanks: list[tuple[int, int]] = []
    for path, row, column, text in placed:
        place = page_text.line_starts[row] + column
        whole = [MessagePart("", 0, text, ())]
        for part in message_parts(text) if kind == STRINGS else whole:
            words = _without_blanks(part)
            if any(sign.isalnum() for sign in words):
                anchor = "/".join(map(str, (*path, part.category)))
                passage = Passage("paragraph", words, place + part.start, anchor, locale)
                parts.setdefault(path, []).append(passage)
            blanks += [(place + start, place + end) for start, end in part.blanks]
    return LabelPage(kind, _page(page_text, locale, sorted(blanks)), parts)


def _is_title_of_another(
    file: YamlDocument, path: Path, label: Mapping[str, str], locale: str
) -> bool:
    """Whether the record says that this text is in another language (title_language)."""
    record = file.value
    for step in path[:-1]:
        record = record[step]
    given = record.get(f"{path[-1]}_language") if isinstance(record, dict) else None
    return given not in (None, locale) and label.get(str(given), label[locale]) == label[locale]


def _without_blanks(part: MessagePart) -> str:
    words = list(part.text)
    for start, end in part.blanks:
        words[start - part.start : end - part.start] = BLANK * (end - start)
    return "".join(words)


def _page(text: PageText, locale: str, blanks: list[tuple[int, int]]) -> Page:
    """A page without markup: its blanks are calls, whose words are not known here."""
    return Page(
        calls=(),
        call_spans=tuple(blanks),
        code=(),
        live=PageText(text.path, ""),
        problems=(),
        has_open_code=False,
        path=text.path,
        locale=locale,
        name=text.path,
        text=text,
        front_matter=None,
        body_start=0,
    )
