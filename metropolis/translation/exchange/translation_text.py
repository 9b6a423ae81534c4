"""Writes the new text of a translation, section by section."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from metropolis.content.page import Page
from metropolis.translation.exchange.segments import (
    Segment,
    by_section,
    find_segments,
    pair,
    replace_segments,
    section_spans,
)


def translation_text(source: Page, translation: Page | None, texts: Mapping[str, str]) -> str:
    """The translation's new text; `texts` are the new words of the source's segments, by id.

    A section that the translation builds as the source does keeps its own text between the
    segments. Any other is written as the source builds it. A section that only the translation has
    stays, after the one that it follows."""
    segments = find_segments(source)
    themselves = [(one, one) for one in segments]
    if translation is None:
        return _rewrite(source, (0, len(source.text.text)), themselves, texts)
    found = pair(segments, find_segments(translation))
    counterparts = [(one, found[one.id]) for one in segments if one.id in found]
    sources, own = section_spans(source), section_spans(translation)
    in_section = by_section(segments)
    pieces: list[str] = []
    is_rebuilt = False
    for anchor in _order(list(sources), list(own)):
        if anchor in own and all(one.id in found for one in in_section.get(anchor, [])):
            pieces.append(_rewrite(translation, own[anchor], counterparts, texts))
        else:
            is_rebuilt = True
            pieces.append(_rewrite(source, sources[anchor], themselves, texts))
    head = _rewrite(translation, (0, translation.body_start), counterparts, texts)
    return head + (_join(pieces) if is_rebuilt else "".join(pieces))


def _rewrite(
    page: Page,
    span: tuple[int, int],
    pairs: Iterable[tuple[Segment, Segment]],
    texts: Mapping[str, str],
) -> str:
    """What stands at `span` of `page`, with the new words of each source segment in the place of
    its counterpart there."""
    new = [(own, _written(page, own, texts[one.id])) for one, own in pairs if one.id in texts]
    return replace_segments(page.text.text, *span, new)


def _written(page: Page, segment: Segment, new: str) -> str:
    """The new words as the file has them: a changed text of the header in double quotes."""
    if not segment.is_header:
        return new
    return page.text.text[segment.start : segment.end] if new == segment.text else f'"{new}"'


def _order(sources: list[str], own: list[str]) -> list[str]:
    """The translation's sections in its order; those that it lacks where the source has them."""
    order = list(own)
    for number, anchor in enumerate(sources):
        if anchor not in order:
            order.insert(order.index(sources[number - 1]) + 1 if number else 0, anchor)
    return order


def _join(pieces: Iterable[str]) -> str:
    """Sections from both pages, with one empty line between them."""
    return "\n\n".join(piece.rstrip("\n") for piece in pieces if piece.strip("\n")) + "\n"
