"""The metadata of a PDF, for viewers and archives."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Metadata:
    """`language` is a BCP 47 tag; `date` is the release's, for reproducible bytes."""

    title: str
    language: str
    subject: str
    author: str
    date: datetime.date
