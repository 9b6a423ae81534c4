"""What a PDF says of itself, for readers' software and for archives."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Metadata:
    """`language` as in BCP 47; `date` the release's, so that the same input gives the same bytes."""

    title: str
    language: str
    subject: str
    author: str
    date: datetime.date
