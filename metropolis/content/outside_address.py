"""Addresses of other sites without what names their language: a site has a page for each."""

from __future__ import annotations

import re

# `/fr/`, `/en-gb/`, `fr.` before a host, `lang=es`, `hl=es`.
_LANGUAGE = re.compile(
    r"(?<=/)(?P<folder>[a-z]{2})(?:[-_][a-zA-Z]{2})?(?:/|$)|^(?P<host>[a-z]{2})\.(?=.)"
    r"|[?&](?:hl|lang|language|locale)=(?P<asked>[a-z]{2})(?:[-_][a-zA-Z]{2})?(?=&|#|$)"
)
_SCHEME = re.compile(r"https?://")


def neutral_address(address: str) -> str:
    """`address` as all languages of its site have it: "https://site/fr/a" is "http://site/a"."""
    scheme = _SCHEME.match(address)
    return f"https://{_neutral(address[scheme.end() :])}" if scheme else address


def _neutral(rest: str) -> str:
    return _LANGUAGE.sub("", rest).rstrip("/")


def is_translated_address(address: str, locale: str, source: str) -> bool:
    """Whether `address` leads to a page in the language `locale` on the site that `source` leads
    to: the articles of an encyclopedia have another name in each language."""
    mine, theirs = _SCHEME.match(address), _SCHEME.match(source)
    if not mine or not theirs:
        return False
    rest = address[mine.end() :]
    if locale not in {code for found in _LANGUAGE.finditer(rest) for code in found.groups()}:
        return False
    return _host(rest) == _host(source[theirs.end() :])


def _host(rest: str) -> str:
    return _neutral(rest).partition("/")[0].removeprefix("www.")
