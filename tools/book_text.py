"""The text of a printed book by heading, as a screen reader gets it. For the tests."""

from __future__ import annotations

import io

import pikepdf

from metropolis.pdf.tag_tree import read_tags
from metropolis.pdf.text import TextSection, tagged_text


def structure_text(pdf: bytes) -> list[TextSection]:
    """In the order of the tags; empty for a file without tags."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root, _ = read_tags(document)
        return [] if root is None else tagged_text(root)
