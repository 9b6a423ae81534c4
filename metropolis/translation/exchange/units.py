"""The units of a page: each block with words, its placeholders, and what its translation says now.

Made anew from both pages at the export and at the import: a file that comes back is never trusted to say what a
placeholder stands for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from metropolis.content.calls import MacroSignature
from metropolis.content.page import Page
from metropolis.translation.exchange.blocks import Block, by_section, cut
from metropolis.translation.exchange.lines import Line, match, number
from metropolis.translation.exchange.protection import Piece, has_words, protect


@dataclass(frozen=True)
class Unit:
    """`fixed` tells what each placeholder stands for, in the source or in the translation.

    `own` are the ids of the source's. `target` is the translation as it stands, where the sections are built alike.
    """

    block: Block
    source: Line
    own: tuple[str, ...]
    fixed: Mapping[str, Piece]
    target: Line | None

    @property
    def id(self) -> str:
        """Its block's."""
        return self.block.id


def make_units(source: Page, translation: Page | None, signatures: Mapping[str, MacroSignature]) -> list[Unit]:
    """The units of `source`, in the order of the file."""
    blocks = cut(source)
    counterparts = pair(blocks, cut(translation) if translation else [])
    units: list[Unit] = []
    for block in blocks:
        pieces = protect(block.text, signatures)
        if not has_words(pieces):
            continue
        line, fixed = number(pieces)
        target, others = None, dict[str, Piece]()
        if counterpart := counterparts.get(block.id):
            target, others = match(protect(counterpart.text, signatures), fixed)
        units.append(Unit(block, line, tuple(fixed), {**fixed, **others}, target))
    return units


def pair(sources: list[Block], translations: list[Block]) -> dict[str, Block]:
    """For a source block's id its counterpart, in the header and in the sections that both pages build alike."""
    header = {block.kind: block for block in translations if block.is_header}
    found = {block.id: header[block.kind] for block in sources if block.kind in header}
    theirs = by_section(translations)
    for anchor, blocks in by_section(sources).items():
        others = theirs.get(anchor, [])
        if [block.kind for block in blocks] == [block.kind for block in others]:
            found.update({block.id: other for block, other in zip(blocks, others, strict=True)})
    return found
