"""The HTML that may stand in a page. Markdown passes raw HTML through: so the tags are a closed
list, their form is strict, and every other `<` that a browser could take for a tag is refused."""

from __future__ import annotations

import re

from lxml.html.defs import tags as TAGS  # noqa: N812

from metropolis.content.given_names import CLASSES
from metropolis.content.page import Page
from metropolis.content.page_text import BLANK, PageText, excerpt
from metropolis.problem import Problem

# Each allowed tag with the attributes it may carry.
ALLOWED = {
    "abbr": ("title",),
    "span": ("lang", "class"),
    **dict.fromkeys(("br", "sup", "sub", "cite", "q", "kbd", "small"), ()),
}
_EMPTY = ("br",)

_LANGUAGE = r"[a-z]{2,3}(?:-[A-Za-z0-9]+)*"
_VALUES = {
    "title": re.compile(rf"[^\"<>\[\]{{}}`\\\n{BLANK}]+"),
    "lang": re.compile(_LANGUAGE),
    "class": re.compile(rf"(?:{'|'.join(CLASSES)})(?: (?:{'|'.join(CLASSES)}))*"),
}
_OPENING = re.compile(r"<([a-z]+)((?: [a-z]+=\"[^\"\n]*\")*)( ?/)?>")
_CLOSING = re.compile(r"</([a-z]+)>")
_ATTRIBUTE = re.compile(r" ([a-z]+)=\"([^\"\n]*)\"")
_NAME = re.compile(r"</?([A-Za-z][\w:-]*)")
_WEB_ADDRESS = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*:|[^<>@\s]+@)[^<>\n]*>")
# "<o:p>" and "<st1:place …>" are no addresses: a word processor left them.
_OFFICE_TAG = re.compile(r"<(?!(?:tel|urn|ftp):)[A-Za-z]{1,3}\d?:[A-Za-z]+[\s/>]")

_OLD_ANCHOR = re.compile(r"<a (?:name|id)=\"?([\w-]+)\"?[^<>\n]*>(?!\w)")
_LONGEST_TAG = 500  # where its end is looked for, to show it

_ONLY = f"Only these tags may: {', '.join(f'<{tag}>' for tag in ALLOWED)}."


def check_tags(page: Page) -> list[Problem]:
    live = page.live
    problems: list[Problem] = []
    opened: list[tuple[str, int]] = []
    refused_names: set[str] = set()
    # The links that these belong to are refused.
    targets = [range(one.start, one.end) for one in page.scanned.of("target")]
    for sign in page.scanned.signs:
        if sign.kind == "end":
            problems += [_refuse_unclosed(live, *tag) for tag in opened]
            opened = []
        if sign.kind not in ("tag", "open_tag"):
            continue
        start = sign.start
        name = _NAME.match(live.text, start)
        if name and live.text[start + 1] == "/" and name[1] in refused_names:
            continue
        if any(start in target for target in targets):
            continue
        if name and refused_names & {*_WHOLES.get(name[1].lower(), ())}:
            continue
        if refusal := _refuse(live, start):
            problems.append(refusal)
            refused_names |= {name[1]} if name else set()
        elif unpaired := _pair(live, start, opened):
            problems.append(unpaired)
    return problems + [_refuse_unclosed(live, *tag) for tag in opened]


def is_allowed(text: str, start: int) -> bool:
    name = _NAME.match(text, start)
    return name is not None and name[1] in ALLOWED


def _pair(live: PageText, start: int, opened: list[tuple[str, int]]) -> Problem | None:
    """Keep `opened` by the allowed tag at `start`; a problem if it closes nothing."""
    if opening := _OPENING.match(live.text, start):
        if opening[1] not in _EMPTY:
            opened.append((opening[1], start))
        return None
    closing = _CLOSING.match(live.text, start)
    if closing and opened and opened[-1][0] == closing[1]:
        opened.pop()
        return None
    shown = closing[0] if closing else "<"
    return live.problem(start, f"“{shown}” closes a tag that is not the last one opened.")


def _refuse_unclosed(live: PageText, tag: str, start: int) -> Problem:
    what = f"“<{tag}>” is not closed in its paragraph."
    return live.problem(start, what, how=f"Write </{tag}> after its words.")


def _refuse(live: PageText, start: int) -> Problem | None:
    opening, closing = _OPENING.match(live.text, start), _CLOSING.match(live.text, start)
    if closing and closing[1] in ALLOWED and closing[1] not in _EMPTY:
        return None
    if opening and opening[1] in ALLOWED and (not opening[3] or opening[1] in _EMPTY):
        return _refuse_attributes(live, start, opening)
    if live.text.startswith(("<!--", "<!", "<?"), start):
        what = "A comment or declaration is not allowed in a page: readers receive it too."
        return live.problem(start, what, how="Delete it.")
    is_office = _OFFICE_TAG.match(live.text, start)
    if not is_office and (address := _WEB_ADDRESS.match(live.text, start)):
        how = "Write [words that say where it leads](address)."
        return live.problem(start, f"“{excerpt(address[0])}” is a link without words.", how=how)
    name = _NAME.match(live.text, start)
    if name is None:
        what = "“<” before this would begin a tag."
        return live.problem(start, what, how="Write &lt; for the sign itself.")
    if name[1].lower() in ALLOWED:
        tag, _, _ = live.text[start : start + _LONGEST_TAG].partition(">")
        what = f"“{live.quote(start, start + len(tag))}” is not written in the plain form of a tag."
        return live.problem(start, what, f"Write {_form(name[1].lower())}.")
    tag = name[1].lower()
    how = "Write &lt; if you meant the sign itself."
    if tag in TAGS:
        how = "Delete the tag."
    if tag in _INSTEAD:
        how = f"Write {_INSTEAD[tag]}."
    if anchor := _OLD_ANCHOR.match(live.text, start):
        how = f"Write {{ #{anchor[1]} }} at the end of the heading."
    if is_office:
        how = "It comes from a word processor: delete it, and keep its words."
    return live.problem(start, f"The tag “<{name[1]}>” is not allowed in a page.", _ONLY, how)


def _refuse_attributes(live: PageText, start: int, opening: re.Match[str]) -> Problem | None:
    tag = opening[1]
    wrong = ["<abbr> does not say what it stands for."] if tag == "abbr" and not opening[2] else []
    for attribute, value in _ATTRIBUTE.findall(opening[2]):
        if attribute not in ALLOWED[tag]:
            wrong.append(f"“{attribute}” is not allowed in a <{tag}> tag.")
        elif not _VALUES[attribute].fullmatch(value):
            wrong.append(f"“{excerpt(value)}” cannot be the {attribute} of a <{tag}> tag.")
    if not wrong:
        return None
    if tag == "span" and "lang=" not in opening[2]:  # nobody meant a language
        return live.problem(start, wrong[0], how="Delete the tag, and keep its words.")
    return live.problem(start, wrong[0], f"Write {_form(tag)}.")


_FORMS = {
    "abbr": '<abbr title="United Cities and Local Governments">UCLG</abbr>',
    "span": '<span lang="en">words in English</span>',
    "br": "<br>",
}
# How Markdown writes it.
_INSTEAD = {
    **dict.fromkeys(("b", "strong"), "**words**"),
    **dict.fromkeys(("i", "em"), "*words*"),
    **dict.fromkeys(("code", "tt"), "`words`"),
    **dict.fromkeys(("ul", "ol", "li"), "- before each item"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "## Words { #anchor }"),
    "a": "[words](address)",
    "img": "![what the image shows](image.png)",
    "p": "the words alone, with an empty line before and after them",
    "pre": "the code between two lines of ```",
    "table": "a bar before each cell, and |---|---| under the head",
}
# The elements of which each is a part: one problem is enough for all of them.
_WHOLES = {
    **dict.fromkeys(("thead", "tbody", "tfoot", "tr", "td", "th", "caption", "col"), ("table",)),
    **dict.fromkeys(("dt", "dd"), ("dl",)),
    "li": ("ul", "ol"),
}


def _form(tag: str) -> str:
    return _FORMS.get(tag, f"<{tag}>words</{tag}>")
