"""Signs of other dialects of Markdown: the site's prints them as they are typed.

Each is reported with the spelling to use. What is meant as typed is escaped (`\\~~`) or stands in
code.
"""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator
from dataclasses import dataclass

from metropolis.content.page import Page
from metropolis.content.page_text import PageText
from metropolis.problem import Problem, Severity


@dataclass(frozen=True)
class _Sign:
    """A form that would be printed; `how` may quote its groups ({1})."""

    form: re.Pattern[str]
    how: str
    severity: Severity = "error"
    what: str = "“{}” would be printed as it stands."


_HEAD = r"(?m:^[ >]*)"
# Bounded wherever a form may begin at each sign of a long line.
_END = r"\s<>()\[\]\"“”«»\ufffc"  # of an address
_WORDS = r"[^\s{0}\n](?:[^{0}\n]{{0,200}}[^\s{0}\n])?"


def _between(sign: str, inner: str) -> str:
    return rf"(?<![{inner}\\]){sign}({_WORDS.format(inner)}){sign}(?![{inner}])"


def _items(sign: str) -> re.Pattern[str]:
    """Lines that follow one another and begin with such a sign: readers get one paragraph."""
    return re.compile(rf"{_HEAD}(?:{sign}) (?=[^\n]*\n[ >]*(?:{sign}) )")


_HEADING = "Write ## Words { #anchor } for a heading."
_SIGNS = [
    _Sign(re.compile(_between("~~", "~")), "Delete the words, or the signs."),
    _Sign(re.compile(_between("==", "=")), "Write **{1}**."),
    _Sign(re.compile(_between(r"\+\+", "+")), "Write *{1}*."),
    _Sign(re.compile(r"(?<![\s~\\])~([^\W_]{1,20})~(?!~)"), "Write <sub>{1}</sub>."),
    _Sign(re.compile(r"(?<![\s^\\\[])\^([^\W_]{1,20})\^(?!\^)"), "Write <sup>{1}</sup>."),
    _Sign(
        re.compile(rf"{_HEAD}(?:[-*+]|\d{{1,9}}[.)]) +\[[ xX]\](?= )"),
        "Write the item without the brackets.",
    ),
    _Sign(re.compile(rf"{_HEAD}\?\?\?\+?(?= *\w)"), 'Write !!! note "Title": nothing is folded.'),
    _Sign(
        re.compile(r"(?m:^)(?: {4})* {1,3}!!! *[A-Za-z]+"), "Begin a box at the head of its line."
    ),
    _Sign(
        re.compile(rf"{_HEAD}!!! *[a-z]+(?= *$)", re.MULTILINE),
        'Write a title, !!! note "Title", or none, !!! note "".',
        "advice",
        "The box “{}” has no title: readers get the English word.",
    ),
    _Sign(
        re.compile(rf"{_HEAD}\+ +\d[\d.,]{{0,20}}"),
        r"Write \+ for the sign, and - for an item.",
        what="“{}” would begin a list: readers would not get the sign.",
    ),
    _Sign(
        re.compile(rf"{_HEAD}(?::::+|///+)(?= *[\w{{])"),
        'Write !!! note "Title", and indent the words of the note.',
    ),
    _Sign(
        re.compile(r"(?m:^)[ >]*> *\[![A-Za-z]+[^\]\n]{0,99}\]"),
        'Write !!! note "Title", and indent the words of the note.',
    ),
    _Sign(re.compile(rf"{_HEAD}\*\[[^\]\n]{{1,99}}\]:"), 'Write <abbr title="Meaning">ABC</abbr>.'),
    _Sign(
        re.compile(rf"{_HEAD}@?\[TOC\](?= *$)", re.MULTILINE | re.IGNORECASE),
        "Delete it: the site lists the sections itself.",
    ),
    _Sign(re.compile(r"(?<!\\)!?\[\[([^\[\]\n]{1,200})\]\]"), "Write [words](page.md)."),
    _Sign(
        re.compile(r"(?<!\\)\^\[[^\[\]\n]{1,500}\]"),
        "Write [^name], and [^name]: with the note below the paragraph.",
    ),
    _Sign(
        re.compile(r"(?<![\\$])(\$\$?)[^\s$\ufffc](?:[^$\n\ufffc]{0,200}[^\s$\ufffc])?\1(?![\w$])"),
        "Write the formula in words.",
    ),
    _Sign(
        re.compile(r"(?<![\w*_\\])(\*|_{1,3})(?=[^\s*_])[^*_\n]{1,200}\s\1(?![\w*_])"),
        "Write {1}words{1}, without a space inside the signs.",
    ),
    _Sign(re.compile(r"(?<!\\)\\$", re.MULTILINE), "End the line with <br>, or with two spaces."),
    _Sign(re.compile(r"(?<![\w:]):[a-z][a-z0-9_+-]{1,50}:(?![\w:])"), "Write it in words."),
    _Sign(
        re.compile(rf"{_HEAD}={{1,6}} +\S[^\n]{{0,80}}"),
        _HEADING,
    ),
    _Sign(re.compile(rf"{_HEAD}={{3}}[!+]? *\""), _HEADING),
    _Sign(re.compile(rf"{_HEAD}\.\. [\w-]+::"), 'Write !!! note "Title".'),
    _Sign(re.compile(rf"{_HEAD}[•‣▪●○◦∙·](?= )"), "Write - for an item of a list."),
    _Sign(_items(r"[–—]"), "Write - for an item of a list."),
    _Sign(_items(r"\([a-z0-9]{1,4}\)|[a-z][.)]"), "Write 1. for an item of a list."),
    _Sign(re.compile(_between("%%", "%")), "Delete it: readers would get the comment."),
    _Sign(re.compile(r"(?<![|\\])\|\|[^|\n]{1,200}\|\|(?!\|)"), "Delete the bars."),
    _Sign(re.compile(r"'{3}[^'\n]{1,200}'{3}"), "Write **words** for bold."),
    _Sign(
        re.compile(
            r"\[(b|i|u|s|url|img|quote|code|color|size)(?:=[^\]\n]{0,99})?\][^\n]{1,200}?\[/\1\]"
        ),
        "Write **words** for bold, *words* for italics, > words for a quotation.",
    ),
    _Sign(
        re.compile(r"\[-?@[\w:-]{1,99}[^\]\n]{0,99}\]"),
        "Write [^name], and [^name]: with the source below the paragraph.",
    ),
    _Sign(
        re.compile(r"(?<!\\)\[[^\[\]\n]{1,200}\] \((?:[^()\s]*[./#][^()\s]*)\)"),
        "Write [words](address), without a space between.",
    ),
    _Sign(
        re.compile(r"\([^()\n]{1,200}\)\[[^\[\]\s]*[./#][^\[\]\s]*\]"),
        "Write [words](address): brackets first.",
    ),
    _Sign(
        re.compile(
            r"(?<![\w/.+@\[-])(?:www\.[\w-]+\.[\w./-]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)(?<!\.)"
        ),
        "Write [words](https://…) or [words](mailto:…), and it is a link.",
        "advice",
    ),
    _Sign(
        re.compile(rf"(?<![\w/.@\"'=(\[\\])(?<!\]: )(https?://[^{_END}]{{1,500}}[^{_END}.,;:!?])"),
        "Write [words]({1}), and it is a link.",
        "advice",
    ),
]
_MATHEMATICAL = re.compile(r"[\\^_=]")
_ENTITY = re.compile(r"(?<!\\)&([A-Za-z][A-Za-z0-9]{0,40})(;?)")


def check_dialects(page: Page) -> list[Problem]:
    """A problem for each sign of another dialect in `page`, and for entities that there are not."""
    live = page.live.blank(  # allowed_markup.py and html_tags.py report what is wrong with these
        [
            (one.start, one.end)
            for one in (*page.inlines, *page.scanned.strays)
            if one.kind in ("tag", "attributes") or page.live.text.startswith("](", one.start)
        ]
    )
    return [*_signs(live), *_entities(live)]


def _signs(live: PageText) -> Iterator[Problem]:
    for sign in _SIGNS:
        for found in sign.form.finditer(live.text):
            if found[0][0] == "$" != found[0][1] and not _MATHEMATICAL.search(found[0]):
                continue  # prices
            start = found.end() - len(found[0].lstrip(" >"))
            what = sign.what.replace("{}", live.quote(start, found.end()))
            words = live.quote(*found.span(1)) if found.lastindex else ""
            yield live.problem(
                start, what, how=sign.how.replace("{1}", words), severity=sign.severity
            )


def _entities(live: PageText) -> Iterator[Problem]:
    """Names of characters that there are not, and those that lack their last sign."""
    known = html.entities.html5
    for found in _ENTITY.finditer(live.text):
        name, end = found.groups()
        if end and f"{name};" not in known:
            what = f"“{found[0]}” is no character of HTML, and would be printed as it stands."
            how = f"Write the character itself, or &amp;{name};."
        elif not end and len(name) > 2 and name in known:
            what = f"“{found[0]}” would be printed as it stands: it has no semicolon."
            how = f"Write the character itself, or &{name};."
        else:
            continue
        yield live.problem(found.start(), what, how=how)
