"""The signs of other dialects of Markdown, of wikis and word processors, for dialects.py."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from metropolis.problem import Severity


@dataclass(frozen=True)
class Sign:
    """A form that would be printed. Its group `sign`, or else the whole, is quoted; `how` may quote
    its first group ({1}). A text without `part` has no such form: this is faster to ask."""

    form: re.Pattern[str]
    how: str
    severity: Severity
    what: str
    part: str


_PRINTED = "“{}” would be printed as it stands."
HEAD = r"(?m:^[ >]*)"
# Bounded wherever a form may begin at each sign of a long line.
_END = r"\s<>()\[\]\"“”«»\ufffc"  # of an address
_WORDS = r"[^\s\n{0}](?:[^\n{0}]{{0,200}}[^\s\n{0}])?"


def _between(sign: str, inner: str) -> str:
    return rf"{sign}(?<![\\{inner}]{sign})({_WORDS.format(inner)}){sign}(?![{inner}])"


def _around(sign: str, inner: str) -> str:
    """Words between signs that do not stand inside a word; the first is a letter."""
    return (
        rf"{sign}(?<![\\\w{inner}]{sign})(?=[^\W\d_])({_WORDS.format(inner)}){sign}"
        rf"(?![\w{inner}])"
    )


def _items(mark: str) -> str:
    """Lines that follow one another and begin with such a mark: readers get one paragraph."""
    return rf"{HEAD}(?P<sign>{mark})(?=[^\n]*\n[ >]*(?:{mark}))"


def _signs(
    part: str, how: str, *forms: str, severity: Severity = "error", what: str = _PRINTED
) -> Iterator[Sign]:
    for form in forms:
        yield Sign(re.compile(form), how, severity, what, part)


_BOX = 'Write !!! note "Title", and indent the words of the note.'
_BOX_HEAD = r" *[\w-]+(?: +[\w-]+)* *(?:(?<= )\"[^\"\n]*\"? *)?(?m:$)"  # of Python-Markdown
_AMOUNT = r" ?\d(?!\d*[.)] )[\d.,]{0,20}"
_NO_QUOTATION = "“{}” would begin a quotation: readers would not get the sign."
_LINK = "Write [words](address)."
_ITEM = "Write - for an item of a list."
_FORMULA = "Write the formula in words."
_WORD = "Write it in words."
_NOTE = "Write [^name], and [^name]: with the note below the paragraph."
_HEADING = "Write ## Words { #anchor } for a heading."
_TABLE = "Write a table with a bar before each cell, and |---|---| under its head."
_BOLD = "Write **words** for bold, *words* for italics."
# AsciiDoc's macros.
_MACROS = "image|video|audio|include|xref|link|mailto|footnote|kbd|btn|menu|icon|pass|stem"

# The part that a text with such a sign has, how to write it instead, and its forms, one on a line.
# fmt: off
SIGNS = [
    # Marked words.
    *_signs("~", "Delete the words, or the signs.", _between("~~", "~"), _around("~", "~")),
    *_signs("==", "Write **{1}**.", _between("==", "=")),
    *_signs("##", "Write **{1}**.", _around("##", "#")),
    *_signs("+", "Write *{1}*.", _around(r"\+", "+"), _around(r"\+\+", "+")),
    *_signs("''", "Write *{1}*.", _around("''", "'")),
    *_signs("//", "Write *{1}*.", rf"(?<![:/\w\\])//({_WORDS.format('/')})//(?![/\w])"),
    *_signs("~", "Write <sub>{1}</sub>.", r"(?<=[^\W_])~([^\W_]{1,20})~(?!~)"),
    *_signs("^", "Write <sup>{1}</sup>.",
        r"(?<![\s\\\[^])\^([^\W_]{1,20})\^(?!\^)",
        r"(?<!\S)\^([^\W_]{1,20})\^(?!\S)"),
    *_signs("'''", _BOLD, r"'{3}[^'\n]{1,200}'{3}"),
    *_signs("[/", _BOLD,
        r"\[(b|i|u|s|url|img|quote|code|color|size)(?:=[^\]\n]{0,99})?\][^\n]{1,200}?\[/\1\]"),
    *_signs("@", "Delete the signs.", _around("@", "*@"), _around("@@", "@")),
    *_signs("--", "Delete the signs.", _around("--", "-")),
    *_signs("-", "Delete the signs.",
        r"-(?<![\w\\\ufffc-]-)[^\W\d_]\w{0,50}-(?![\w\ufffc-])", severity="advice"),
    *_signs("||", "Delete the bars.", r"(?<![|\\])\|\|[^|\n]{1,200}\|\|(?!\|)"),
    *_signs("|", "Delete the bars.",
        r"(?m:^)[^|\n]*[\s(«“](?P<sign>\|\w[^|\n]{0,99}\w\|)(?![\w|])[^|\n]*$"),
    *_signs("!<", "Delete the signs.", rf"{HEAD}(?P<sign>>![^\n]{{1,200}}!<)"),
    *_signs("", "Write {1}words{1}, without a space inside the signs.",
        r"([*_](?<![\w*_\\\])»”].)(?:(?<=_)_{1,2})?)(?=[^\s*_])[^*_\n]{1,200}\s\1(?![\w*_]|\.\w)"),
    # Lists.
    *_signs("[", "Write the item without the brackets.",
        rf"{HEAD}(?:(?:[-*+]|\d{{1,9}}[.)]) *)?\[[ x]\](?= )",
        rf"{HEAD}(?:[-*+]|\d{{1,9}}[.)]) +\[X\](?= )"),
    *_signs("+ ", r"Write \+ for the sign, and - for an item.", rf"{HEAD}\+ +\d[\d.,]{{0,20}}",
        what="“{}” would begin a list: readers would not get the sign."),
    *_signs("** ", "Write - for an item, and indent an inner one by four spaces.",
        rf"{HEAD}\*{{2,5}}(?= )(?![^\n]*\*\*)"),
    *_signs("", _ITEM, rf"{HEAD}[•‣▪●○◦∙·\uf000-\uf0ff](?=\s)", _items(r"[–—.o§»☐☑☒✓✔✗✘] ")),
    *_signs("", _ITEM, _items(r"(?:[-=]>|[→➔➜➢➤➥►▶▷⇒✔]) ?")),
    *_signs("", "Write an ordinary space behind it.",
        rf"{HEAD}(?P<sign>[-*+]|\d{{1,2}}\.)(?=[^\S \n\t]+\S)",
        what="“{}” begins no item: the space behind it is a no-break space."),
    *_signs(">", r"Write \> for the sign.",
        rf"(?m:^(?![ >]*$| *>)[^\n]+\n)(?P<sign>>{_AMOUNT})", what=_NO_QUOTATION),
    *_signs(">", r"Write \> if you mean the sign.",
        rf"(?:\A|(?<=\n\n))(?P<sign>>{_AMOUNT})(?![^\n]*\n>)", what=_NO_QUOTATION,
        severity="advice"),
    *_signs("", "Leave a space behind the sign of an item.",
        _items(r"(?:[-+•]|\*(?![^*\n]*\*))(?=[^\W_])")),
    *_signs("", "Write 1. for an item of a list.",
        _items(r"(?:\([a-z\d]{1,4}\)|[a-z]{1,4}\)|[A-Za-z]\.|[IVXivx]{1,5}[.)]) "),
        _items(r"\d{1,3} ?[-–/°]\.? "),
        _items(r"\d{1,3}[)/](?=[^\W\d])"),
        _items(r"(?:\d{1,2}\.(?=[^\W\d])|[A-Za-z]/ ?|[IVX]{1,5} ?[-–/] )")),
    *_signs("", "Write - for an item, and indent an inner one by four spaces.",
        r"(?m:^[ >]*- [^\n]*\n)(?P<sign>-{2,5}) "),
    *_signs(">", "Begin the line with >, or leave an empty line above it.",
        r"(?m:^ *>[ >]*(?:[-*+]|\d{1,9}\.) [^\n]*\n)(?P<sign>(?:[-*+]|\d{1,9}\.)) ",
        what="“{}” would come out in the quotation above."),
    # Boxes, headings, tables and rules.
    *_signs("???", 'Write !!! note "Title": nothing is folded.', rf"{HEAD}\?\?\?\+?(?= *\w)"),
    *_signs("!!", _BOX,
        rf"{HEAD}(?P<sign>!!!(?!{_BOX_HEAD})\s*[^\W\d_][^\n]*|!!(?!!)\s*[a-z]+\s+[\"“«'‘][^\n]*)"),
    *_signs("!!!", "Begin a box at the head of its line.", r"(?m:^)(?: {4})* {1,3}!!! *[A-Za-z]+"),
    *_signs("!!!", 'Write a title, !!! note "Title", or none, !!! note "".',
        rf"{HEAD}!!! *[a-z]+(?m:(?= *$))", severity="advice",
        what="The box “{}” has no title: readers get the English word."),
    *_signs(":::", _BOX, rf"{HEAD}:::+(?= *[\w{{])"),
    *_signs("///", _BOX, rf"{HEAD}///+(?= *[\w{{])"),
    *_signs("[!", _BOX, r"(?m:^)[ >]*>[ >]*(?P<sign>\[![A-Za-z]+[^\]\n]{0,99}\])"),
    *_signs(".. ", _BOX, rf"{HEAD}\.\. [\w-]+::"),
    *_signs("[", _BOX,
        rf"{HEAD}(?m:\[(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION|"
        r"(?:source|quote|verse|example|abstract|cols)\b[^\]\n]*)\] *$)"),
    *_signs("", "Write ``` before and after code.",
        rf"{HEAD}(?P<sign>[‘’´'\"“”]{{3}})(?m: *[a-z]* *$)"),
    *_signs("", "Empty the line.", r"(?m:^ *(?P<sign>[^\S \n\t\v\f\x1c-\x1f\x85]+) *$)",
        what="This line holds a no-break space, and so joins what is above and below it."),
    *_signs("", "Write --- for a rule, or delete it.",
        r"(?:\A|(?<=\n\n))(?P<sign>={3,}|[–—―]{2,}|(?:[–—―•·=] ){2,}[–—―•·=]) *(?=\n\n|\n?\Z)"),
    *_signs("= ", _HEADING, r"(?:\A|(?<=\n\n))(?P<sign>={1,6} +\S[^\n]{0,80})"),
    *_signs("===", _HEADING, rf"{HEAD}={{3}}[!+]? *\""),
    *_signs("", _HEADING,
        rf"{HEAD}h[1-6]\. ",
        r"(?m:^[ >]*([\^\"'+~])\1{2,} *$)"),
    *_signs("bq. ", "Write > before each line of a quotation.", rf"{HEAD}bq\. "),
    *_signs("--- ", _TABLE, r"(?m:^[ >]*(?P<sign>-{3,}(?: +-{3,})+) *$)"),
    *_signs(" | ", _TABLE,
        r"(?m:^(?P<sign>(?![ >]*(?:[|]|:?-))[^|\n]+ \| [^\n]*)(?=\n(?![ >]*:?-)[^|\n]+ \| ))"),
    *_signs("]", "Delete it: the site lists the sections itself.",
        r"(?im:^[ >]*(?P<sign>@?\[TOC\]|\[\[_?TOC_?\]\]) *$)"),
    *_signs("", "Delete it.",
        r"(?m:^[ >]*(?P<sign>\. \. \.|<{3,}|\.{4,}) *$)"),
    *_signs("^", "Delete it.", r"(?<=\s)\^[\w-]+ *(?m:$)"),
    *_signs("%%", "Delete it: readers would get the comment.",
        _between("%%", "%"),
        rf"{HEAD}%% (?=[^\W\d_])[^\n]{{1,80}}"),
    *_signs("// ", "Delete it: readers would get the comment.", rf"{HEAD}// [^\n]{{1,80}}"),
    # Links, images and notes.
    *_signs("-\n", "Write the word on one line.",
        r"(?P<sign>[^\W\d_]{2,40}-)(?=\n[ >]*(?!(?:et|ou|and|or|to|y|o|e|u)\b)[^\W\d_]{2})",
        what="“{}” would come out with a space behind its hyphen, where the line ends."),
    *_signs("[[", "Write [words](page.md).", r"(?<!\\)!?\[\[([^\[\]\n]{1,200})\]\](?!\()"),
    *_signs("[", _LINK,
        rf"(?<![\w:]):?(?:{_MACROS})::?[^\s\[\]]{{0,200}}\[[^\]\n]{{0,200}}\]",
        r"(?<![!\\])\[[^\[\]\n]{1,200}(?:->|\|)(?:https?:|[\w./-]+\.)[^\s\]]{1,200}\]"),
    *_signs("]", _LINK, r"\](?=[\w./-]+\.(?:md|html?|pdf)\))"),
    *_signs("\ufffc_", _LINK, r"\ufffc__?(?!\w)"),
    *_signs("!", "Write ![what the image shows](image.png).",
        r"!\([^()\s]{1,200}\.\w{2,4}\)",
        r"!(?<!\w!)[\w./-]{1,200}\.(?:png|jpe?g|gif|svg|webp)!",
        r"(?<=!\[)[^\]\n]{0,200}\|\d+(?:x\d+)?(?=\ufffc)"),
    *_signs("^[", _NOTE, r"(?<!\\)\^\[[^\[\]\n]{1,500}\]"),
    *_signs("[^", _NOTE, r"(?<!\\)\[\^(?:\s[^\]\n]*\]|[^\[\]\n]*(?m:$))"),
    *_signs("((", _NOTE, r"(?<!\\)\(\([^()\n]{1,200}\)\)"),
    *_signs("@", "Write [^name], and [^name]: with the source below the paragraph.",
        r"\[-?@[\w:-]{1,99}[^\]\n\ufffc]{0,99}\]"),
    *_signs("*[", 'Write <abbr title="Meaning">ABC</abbr>.', rf"{HEAD}\*\[[^\]\n]{{1,99}}\]:"),
    *_signs("] (", "Write [words](address), without a space between.",
        r"(?<!\\)\[[^\[\]\n]{1,200}\] \((?:[^()\s]*[./#][^()\s]*)\)"),
    *_signs("(", "Write [words](address): a bracket is missing.",
        r"(?<!\\)\[[^\[\]()\n\ufffc]{1,200}\((?:[\w./-]+\.md(?:#[\w-]*)?|https?://[^()\s]+)\)"),
    *_signs("[http", "Write [words]({1}).",
        r"(?<!\\)\[(https?://[^\s\[\]()]{1,500}) [^\[\]()\n]{1,200}\](?!\()"),
    *_signs(")[", "Write [words](address): brackets first.",
        r"\([^()\n]{1,200}\)\[[^\[\]\s]*[./#][^\[\]\s]*\]",
        r"(?<!\])\((?:[\w./-]+\.md(?:#[\w-]*)?|https?://[^()\s]+)\)\[[^\[\]\n]{1,200}\]"),
    *_signs("www.", "Write [words](https://…), and it is a link.",
        r"(?<![\w/.+@\[-])www\.[\w-]+\.[\w./-]+(?<!\.)", severity="advice"),
    *_signs("@", "Write [words](mailto:{1}), and it is a link.",
        r"(?<![\w/.+@\[\u2010\u2011-])([\w.+-]+@[\w-]+(?:\.[\w-]+)*\.(?!(?:example|invalid|test)\b)[a-z]{2,})(?![\w-])",
        severity="advice"),
    *_signs("://", "Write [words]({1}), and it is a link.",
        rf"(?<![\w/.@\"'=(\[\\])(?<!\]: )(https?://(?!localhost|127\.|0\.0\.0\.0|\S*&lt;)[^{_END}]{{1,500}}[^{_END}.,;:!?*])",
        severity="advice"),
    # Formulas, commands and names of signs.
    *_signs("$", _FORMULA,
        rf"(?<![\\$\"“«])\$\$({_WORDS.format('$')})\$\$(?![\w$])",
        r"(?<![\\$])\$(?:[A-Za-z]{1,9}|(?=[^$\n]*[\\^_=+<>])[^\s$\ufffc](?:[^$\n\ufffc]{0,200}"
        r"[^\s$\ufffc])?)\$(?![\w$])",
        rf"{HEAD}(?P<sign>\$\$)(?m:[^\n$]*\n(?:[^\n]+\n){{0,30}}?[^\n$]*\$\$)",
        r"(?<![\\$])\$\ufffc+\$"),
    *_signs("\\(", _FORMULA,
        r"(?<![\\\]])\\\((?:\s?\w\s?|(?=[^()\n]*?(?:\\[A-Za-z]|(?<!\\)[\^_=+<>])[^()\n]*?\\\))"
        r"[^()\n]{1,200}?)\\\)"),
    *_signs("\\[", _FORMULA,
        r"(?<![\\\[])\\\[(?!\\\[)(?:\s[^\[\]\n]{0,200}|[^\W\d]|(?=[^\[\]\n]*?(?:\\[A-Za-z]|(?<!\\)[\^_=+<>])[^\[\]\n]*?\\\])"
        r"[^\[\]\n]{1,200}?)\\\]"),
    *_signs("\\", "Delete it, or write it in words.",
        r"(?<![\w:\\/])(?<!\]\()\\[A-Za-z]{2,30}(?![\\\w{\ufffc])"),
    *_signs("\\", "Delete the backslash.", r"(?<!\\)\\(?=[^\x00-\x7f\w\s\ufffc]|&)"),
    *_signs("\\", "End the line with <br>, or with two spaces.", r"(?<!\\)\\(?m:$)"),
    *_signs(":", "Write it in words; or between backticks, if it is to be read so.",
        r":(?<![\w:]:)(?<![«“\"]:)(?<![«“\"]\s:)[a-z][a-z0-9_+-]{1,50}:(?![\w:])"),
    *_signs("%", _WORD, r"(?<![\w%\\])%[^\W\d]\w{0,50}%(?![\w%])"),
    *_signs("::", _WORD, r"(?<![\w:])::(?=[^\W\d])[^\s:]*", r"(?<=[^\W\d]) ?::(?=\s)"),
]
# fmt: on
