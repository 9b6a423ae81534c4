"""Signs of other dialects of Markdown: the site's prints them as they are typed. Each is reported
with the spelling to use. What is meant as typed is escaped (`\\~~`) or stands in code."""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator
from itertools import pairwise

from metropolis.content.code_spans import Span, is_table_rule
from metropolis.content.dialect_signs import HEAD, SIGNS
from metropolis.content.page import Page
from metropolis.content.page_text import PageText
from metropolis.problem import Problem

_ENTITY = re.compile(r"(?<!\\)&([A-Za-z][A-Za-z0-9]{0,40}|#[0-9]{2,7}(?![0-9]))(;?)")
# Names of letters and spaces, which may stand inside words: `&eacutecole`.
_INNER = re.compile(
    "|".join(
        name
        for name, character in sorted(html.entities.name2codepoint.items(), reverse=True)
        if (chr(character).isalpha() and len(name) > 4) or name in ("nbsp", "shy")
    )
)
_INITIALS = re.compile(r"(?<=[A-Z])&[A-Z]|&\w;")  # “R&D;” is no misspelt character
_IS_ADDRESS = re.compile(r"\S*(?:@|://)\S+")
_TARGET = re.compile(r"\]\(\S*")  # of a link that has no beginning, or no end
# Code blocks that other sites draw.
_DRAWN = re.compile(r"(?:`{3,}|~{3,}) *(?:mermaid|math|plantuml|graphviz|dataview)\b")


def check_dialects(page: Page) -> list[Problem]:
    # Other modules report what is wrong with these.
    known = (*page.inlines, *page.scanned.strays)
    spans = [(one.start, one.end) for one in known if one.kind in ("tag", "attributes", "target")]
    targets = (_TARGET.match(page.live.text, one.start) for one in known if one.kind == "link")
    indented = {block.start for block in page.indented("    ")}
    starts = [*(block.start for block in page.blocks), len(page.text.text)]
    code = [(start, end) for start, end in pairwise(starts) if start in indented]
    # The words of a link may be its address.
    spans += [
        (one.start, one.address_start)
        for one in page.links
        if _IS_ADDRESS.fullmatch(one.words.strip())
    ]
    live = page.live.blank(
        [*spans, *code, *_tables(page), *(target.span() for target in targets if target)]
    )
    return [*_signs(live), *_entities(live), *_drawings(page)]


def _tables(page: Page) -> Iterator[Span]:
    """Tables without bars before their rows: agreement.py reports them."""
    live = page.live
    for block in page.blocks:
        head, _, rest = live.text[block.start : block.end].partition("\n")
        if "|" in head and is_table_rule(rest.partition("\n")[0].lstrip(" >")):
            yield block.start, block.end


def _signs(live: PageText) -> Iterator[Problem]:
    """Of several signs at one place, the first."""
    taken = bytearray(len(live.text))
    for sign in (one for one in SIGNS if one.part in live.text):
        last = -1  # the line of the last sign
        for found in sign.form.finditer(live.text):
            is_named = "sign" in sign.form.groupindex
            start, end = found.span("sign" if is_named else 0)
            start = start if is_named else end - len(found[0].lstrip(" >"))
            if 1 in taken[start:end]:
                continue
            taken[start:end] = b"\1" * (end - start)
            before, last = last, live.place(start)[0]
            if last == before + 1 and sign.form.pattern.startswith(HEAD):
                continue  # another item of the list
            what = sign.what.replace("{}", live.quote(start, end))
            words = live.quote(*found.span(1)) if found.lastindex else ""
            how = sign.how.replace("{1}", words)
            yield live.problem(start, what, how=how, severity=sign.severity)


def _drawings(page: Page) -> Iterator[Problem]:
    for start, _ in page.code:
        if found := _DRAWN.match(page.text.text, start):
            what = f"“{found[0]}” would come out as code: nothing is drawn."
            yield page.problem(start, what, how="Write it in words, or show an image of it.")


def _entities(live: PageText) -> Iterator[Problem]:
    """Names of characters that there are not, and those that lack their last sign."""
    known = html.entities.html5
    for found in _ENTITY.finditer(live.text):
        name, end = found.groups()
        inner = _INNER.match(name)
        is_word = name[0] != "#" and not _INITIALS.match(live.text, found.start())
        if end and is_word and f"{name};" not in known:
            what = f"“{found[0]}” is no character of HTML, and would be printed as it stands."
            how = f"Write the character itself, or &amp;{name};."
        elif not end and ((len(name) > 2 and name in known) or name[0] == "#" or inner):
            name = inner[0] if inner else name
            what = f"“&{name}” would be printed as it stands: it has no semicolon."
            how = f"Write the character itself, or &{name};."
        else:
            continue
        yield live.problem(found.start(), what, how=how)
