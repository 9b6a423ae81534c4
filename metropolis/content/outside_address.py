"""Addresses of other sites without what names their language: a site has a page for each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

# `/fr/`, `/en-gb/`, `/FR:Page`, `fr.` before a host, `lang=es`, `hl=es`, `/index.es.html`,
# `/terms.es.html`, `/home-fr.html`, `/guide-fra.pdf`.
_LANGUAGE = re.compile(
    r"(?<=/)(?P<folder>[a-z]{2})(?:[-_][a-zA-Z]{2})?(?:/|$)|^(?P<host>[a-z]{2})\.(?=.)"
    r"|(?<=/)(?P<page>[A-Z]{2}):"
    r"|[?&](?:hl|lang|language|locale)=(?P<asked>[a-z]{2})(?:[-_][a-zA-Z]{2})?(?=&|#|$)"
    r"|(?:/index)?[._-](?P<file>[a-z]{2})\.(?:html?|pdf|aspx)(?=[?#]|$)"
    r"|[_-](?P<letter>[ef])\.(?:html?|aspx?|cfm|pdf)(?=[?#]|$)"  # of Canada's offices
    r"|(?<=[/_.=-])(?P<code>eng|fra|fre|spa|esp)(?=[/_.?#&-]|$)"
)
_TWO_LETTERS = {
    "eng": "en",
    "fra": "fr",
    "fre": "fr",
    "spa": "es",
    "esp": "es",
    "e": "en",
    "f": "fr",
}
# A file of one site has hardly ever the same address in two languages.
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|od[pst])(?=[?#]|$)", re.I)
_SCHEME = re.compile(r"https?://")


def neutral_address(address: str) -> str:
    """`address` as all languages of its site have it: "https://site/fr/a#vision" is
    "http://site/a"."""
    if address.startswith("/"):
        return _neutral(address)
    scheme = _SCHEME.match(address)
    return f"https://{_neutral(address[scheme.end() :])}" if scheme else address


def _neutral(rest: str) -> str:
    host, slash, path = rest.partition("#")[0].partition("/")
    return _LANGUAGE.sub("", host.lower() + slash + path).rstrip("/").replace("%7E", "~")


def is_same_site(address: str, other: str) -> bool:
    """Whether both lead to one site, which may have another address in each language."""
    return _site(address) == _site(other) != []


@lru_cache(maxsize=10_000)  # each of a section is compared with each
def _site(address: str) -> list[str]:
    return _host_of(address)[-2:]


def _host_of(address: str) -> list[str]:
    scheme = _SCHEME.match(address)
    return _host(address[scheme.end() :]) if scheme else []


Hosts = frozenset[tuple[str, str]]


def twin_hosts(own: Iterable[str], other: Iterable[str]) -> Hosts:
    """Two hosts of one site, of which each page has only one, as often as the other page has the
    other, but not once: the site in another language, as "meteo.gc.ca" and "weather.gc.ca"."""
    mine, theirs = (Counter(".".join(_host_of(one)) for one in some) for some in (own, other))
    twins: dict[tuple[str, int], list[str]] = {}
    for host in theirs.keys() - mine.keys():
        twins.setdefault((_domain(host), theirs[host]), []).append(host)
    return frozenset(
        (one, twin)
        for one in mine.keys() - theirs.keys()
        for twin in twins.get((_domain(one), mine[one]), ())
        if mine[one] > 1
    )


def _domain(host: str) -> str:
    return ".".join(host.split(".")[-2:])


def are_twins(address: str, other: str, hosts: Hosts) -> bool:
    return (".".join(_host_of(address)), ".".join(_host_of(other))) in hosts


def is_counterpart(address: str, locale: str, source: str) -> bool:
    """Whether `address` leads where `source` leads, or to a page in the language `locale` on the
    same site: the articles of an encyclopedia have another name in each language."""
    mine, theirs = (_SCHEME.match(one) for one in (address, source))
    if not mine or not theirs:
        return False
    rest, other = address[mine.end() :], source[theirs.end() :]
    if _neutral(rest).removeprefix("www.") == _neutral(other).removeprefix("www."):
        return True
    codes = {code.lower() for found in _LANGUAGE.finditer(rest) for code in found.groups() if code}
    if _DOCUMENT.search(rest) and _DOCUMENT.search(other) and _site(address) == _site(source):
        return True
    is_own = locale in {_TWO_LETTERS.get(code, code) for code in codes}
    mine_at, theirs_at = _host(rest), _host(other)
    if mine_at[-1:] == [locale]:  # "google.fr" and "google.com"
        return mine_at[-2:-1] == theirs_at[-2:-1]
    return is_own and mine_at[-2:] == theirs_at[-2:]


def _host(rest: str) -> list[str]:
    """The labels of the host, without a language's."""
    return _neutral(rest).partition("/")[0].split(".")
