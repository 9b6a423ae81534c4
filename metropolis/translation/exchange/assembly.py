"""A translation put together: its own text with the blocks replaced, section by section."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from metropolis.content.page import Page
from metropolis.translation.exchange.blocks import Block, by_section, cut, replace_blocks, section_spans
from metropolis.translation.exchange.units import pair


def assemble(source: Page, translation: Page | None, texts: Mapping[str, str]) -> str:
    """The translation's new text; `texts` are the new words of the source's blocks, by id.

    A section that the translation builds as the source does keeps its own text between the blocks; another is written
    as the source builds it. A section that only the translation has stays, after the one that it follows.
    """
    blocks = cut(source)
    if translation is None:
        pairs = [(block, block) for block in blocks]
        return _rewrite(source, (0, len(source.text.text)), pairs, texts)
    counterparts = pair(blocks, cut(translation))
    paired = [(block, counterparts[block.id]) for block in blocks if block.id in counterparts]
    head = _rewrite(translation, (0, translation.body_start), [one for one in paired if one[0].is_header], texts)
    sources, own = section_spans(source), section_spans(translation)
    theirs = by_section(blocks)
    pieces: list[str] = []
    for anchor in _order(list(sources), list(own)):
        inner = theirs.get(anchor, [])
        if anchor in own and _is_paired(inner, counterparts):
            pairs = [(block, counterparts[block.id]) for block in inner]
            pieces.append(_rewrite(translation, own[anchor], pairs, texts))
        else:
            pieces.append(_rewrite(source, sources[anchor], [(block, block) for block in inner], texts))
    is_rebuilt = any(anchor not in own or not _is_paired(theirs.get(anchor, []), counterparts) for anchor in sources)
    return head + (_join(pieces) if is_rebuilt else "".join(pieces))


def _is_paired(blocks: Iterable[Block], counterparts: Mapping[str, Block]) -> bool:
    """Whether the translation builds the section as the source does."""
    return all(block.id in counterparts for block in blocks)


def _rewrite(page: Page, span: tuple[int, int], pairs: Iterable[tuple[Block, Block]], texts: Mapping[str, str]) -> str:
    """What stands at `span` of `page`, with the new words of each source block in the place of its counterpart."""
    replacements = [(own, _written(page, own, texts[block.id])) for block, own in pairs if block.id in texts]
    return replace_blocks(page.text.text, *span, replacements)


def _written(page: Page, block: Block, new: str) -> str:
    """The new words as they stand in the file: a changed text of the header in double quotes."""
    if not block.is_header:
        return new
    return page.text.text[block.start : block.end] if new == block.text else f'"{new}"'


def _order(sources: list[str], own: list[str]) -> list[str]:
    """The translation's sections in its order, and those that it lacks where the source has them."""
    order = list(own)
    for number, anchor in enumerate(sources):
        if anchor not in order:
            order.insert(order.index(sources[number - 1]) + 1 if number else 0, anchor)
    return order


def _join(pieces: Iterable[str]) -> str:
    """Sections from both pages, with one empty line between them."""
    return "\n\n".join(piece.rstrip("\n") for piece in pieces if piece.strip("\n")) + "\n"
