"""Addresses of other sites, without what names their language: another site has a page for each."""

from __future__ import annotations

import re

# `/fr/`, `/en-gb/`, `fr.` before a host, `lang=es`.
_LANGUAGE = re.compile(
    r"(?<=/)[a-z]{2}(?:[-_][a-zA-Z]{2})?(?:/|$)|^[a-z]{2}\.(?=.)|(?<=lang=)[a-z]{2}\b"
)


def neutral_address(address: str) -> str:
    """`address` as all languages of its site have it: "https://site/fr/a" and "https://site/a" are
    the same page."""
    scheme, separator, rest = address.partition("://")
    return f"{scheme}://{_LANGUAGE.sub('', rest).rstrip('/')}" if separator else address
