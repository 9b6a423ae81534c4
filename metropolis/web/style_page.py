"""The style page, of previews only: every component once, to check a change of the look."""

from __future__ import annotations

from collections.abc import Callable

NAME = "style"
_HEAD = """\
---
title: Style
description: Every component of the site on one page, for those who work on its look.
---

# Style { #style }

Every component once.

"""

_LINKS = '{{ term("metropolitan-space") }}, {{ member("seoul") }}'
# (heading, Markdown), in the order of docs/maintainers/look.md.
_PARTS = (
    ("Key figures", '{{ key_figures("people-served", "members", "observatory-indicators") }}'),
    ("Numbered cards", "{{ result_kinds() }}"),
    ("The call's points", "{{ call_points() }}"),
    ("Challenges", "{{ challenges() }}"),
    ("Sub-themes", '{{ subthemes("resilience") }}'),
    ("Transit map and lines", "{{ action_plan() }}"),
    ("Axis with key ideas and results", "{{ axes(2) }}"),
    ("Where gender recurs", "{{ gender_mentions() }}"),
    ("Timeline", "{{ timeline() }}"),
    ("Table that reads as cards on a phone", "{{ indicators() }}"),
    ("Indicator", '{{ indicator_profile("air-quality") }}'),
    ("Member", '{{ member_profile("montreal") }}'),
    ("Table", "{{ regions() }}"),
    ("References", "{{ references() }}"),
    ("Quotation", "> «\u202fDes métropoles pour et par les personnes\u202f»"),
    ("Footnote, term, links", f"Text with a note[^1], {_LINKS}.\n\n[^1]: The note."),
    ("Lists", "- one\n- two\n\n1. first\n2. second"),
    ("Admonition", '!!! note "Title"\n\n    Text.'),
)


def style_page(locale: str, draw: Callable[..., str]) -> dict[str, str]:
    """The page's Markdown by its place, with components in the language `locale`."""
    notice = draw(
        "notice",
        title="A notice",
        text="What is said here.",
        href="#style",
        link="A link",
        hreflang="",
        sections=[],
    )
    parts = [
        f"## {heading} {{ #style-{number} }}\n\n{body}"
        for number, (heading, body) in enumerate([*_PARTS, ("Notice", notice)])
    ]
    return {f"{locale}/{NAME}.md": _HEAD + "\n\n".join(parts) + "\n"}
