"""A translation put together: its own text with the segments replaced, section by section."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from metropolis.content.page import Page
from metropolis.translation.exchange.segments import (
    Segment,
    by_section,
    find_segments,
    replace_segments,
    section_spans,
)
from metropolis.translation.exchange.units import pair


def assemble(source: Page, translation: Page | None, texts: Mapping[str, str]) -> str:
    """The translation's new text; `texts` are the new words of the source's segments, by id.

    A section that the translation builds as the source does keeps its own text between the
    segments; another is written as the source builds it. A section that only the translation has
    stays, after the one that it follows."""
    segments = find_segments(source)
    if translation is None:
        pairs = [(segment, segment) for segment in segments]
        return _rewrite(source, (0, len(source.text.text)), pairs, texts)
    counterparts = pair(segments, find_segments(translation))
    paired = [
        (segment, counterparts[segment.id]) for segment in segments if segment.id in counterparts
    ]
    head = _rewrite(
        translation, (0, translation.body_start), [one for one in paired if one[0].is_header], texts
    )
    sources, own = section_spans(source), section_spans(translation)
    theirs = by_section(segments)
    pieces: list[str] = []
    for anchor in _order(list(sources), list(own)):
        inner = theirs.get(anchor, [])
        if anchor in own and _is_paired(inner, counterparts):
            pairs = [(segment, counterparts[segment.id]) for segment in inner]
            pieces.append(_rewrite(translation, own[anchor], pairs, texts))
        else:
            pieces.append(
                _rewrite(source, sources[anchor], [(segment, segment) for segment in inner], texts)
            )
    is_rebuilt = any(
        anchor not in own or not _is_paired(theirs.get(anchor, []), counterparts)
        for anchor in sources
    )
    return head + (_join(pieces) if is_rebuilt else "".join(pieces))


def _is_paired(segments: Iterable[Segment], counterparts: Mapping[str, Segment]) -> bool:
    """Whether the translation builds the section as the source does."""
    return all(segment.id in counterparts for segment in segments)


def _rewrite(
    page: Page,
    span: tuple[int, int],
    pairs: Iterable[tuple[Segment, Segment]],
    texts: Mapping[str, str],
) -> str:
    """What stands at `span` of `page`, with the new words of each source segment in the place of
    its counterpart."""
    replacements = [
        (own, _written(page, own, texts[segment.id]))
        for segment, own in pairs
        if segment.id in texts
    ]
    return replace_segments(page.text.text, *span, replacements)


def _written(page: Page, segment: Segment, new: str) -> str:
    """The new words as they stand in the file: a changed text of the header in double quotes."""
    if not segment.is_header:
        return new
    return page.text.text[segment.start : segment.end] if new == segment.text else f'"{new}"'


def _order(sources: list[str], own: list[str]) -> list[str]:
    """The translation's sections in its order, and those that it lacks where the source has
    them."""
    order = list(own)
    for number, anchor in enumerate(sources):
        if anchor not in order:
            order.insert(order.index(sources[number - 1]) + 1 if number else 0, anchor)
    return order


def _join(pieces: Iterable[str]) -> str:
    """Sections from both pages, with one empty line between them."""
    return "\n\n".join(piece.rstrip("\n") for piece in pieces if piece.strip("\n")) + "\n"
