"""An SVG is shapes, colours and words; whatever else it holds is refused at its place, in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metropolis.content.drawings import ATTRIBUTES, DEEPEST, ELEMENTS, MOST_ELEMENTS, check_drawing

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0'
    ' 0 9 9">'
)
PLAIN = "Export it again as plain SVG, shapes and words only."
UTF8 = "Export it again as plain SVG, saved as UTF-8."


def found(drawing: str | bytes) -> list[str]:
    content = drawing if isinstance(drawing, bytes) else drawing.encode("utf-8", "surrogatepass")
    return [str(problem).removeprefix("a.svg:") for problem in check_drawing(content, "a.svg")]


@pytest.mark.parametrize(
    "drawing",
    [
        f"{SVG}<path d='M0 0h1'/></svg>",
        (
            '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\r\n<!-- a program that exports'
            f" -->\r\n{SVG}\t</svg>"
        ),
        f"\ufeff{SVG}<title>Réseau &amp; villes &#233;</title><desc>x</desc></svg>",
        f"""{SVG}<rect fill="url('#a')" stroke="rgb(0, 0, 9)" style="fill: url(#a); opacity: .5"/></svg>""",
        (
            f"{SVG}<defs><linearGradient id='a' xlink:href='#b'><stop"
            " offset='0'/></linearGradient></defs></svg>"
        ),
        (
            f"{SVG}<g transform='matrix(1 0 0 1 2 2)'><text xml:space='preserve'>a <tspan"
            " dy='1'/></text></g></svg>"
        ),
        '<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:path d="M0 0"/></s:svg>',
    ],
)
def test_what_drawing_programs_export_passes(drawing: str) -> None:
    assert found(drawing) == []


@pytest.mark.parametrize(
    ("drawing", "problems"),
    [
        (
            f"<?xml version='1.0' encoding='ISO-2022-JP'?>{SVG}<scr\x1b(Bipt>alert(1)</scr\x1b(Bipt></svg>",
            [
                f"1:150: A character that nobody sees (U+001B) is here. {UTF8}",
                "1:1: The drawing says that it is saved in another way than UTF-8. "
                f'Only <?xml version="1.0" encoding="UTF-8"?> may. {UTF8}',
            ],
        ),
        (
            f"{SVG}<h:meta xmlns:h='http://www.w3.org/1999/xhtml' http-equiv='refresh'/></svg>",
            [
                f"1:102: <meta> is no element of a drawing: it belongs to “http://www.w3.org/1999/xhtml”. {PLAIN}",
                f"1:102: “http-equiv” is no attribute of a drawing. {PLAIN}",
            ],
        ),
        (
            '<s·:svg xmlns:s·="http://www.w3.org/2000/svg">\n<s·:script>alert(1)</s·:script></s·:svg>',
            [
                f"2:1: <script> is not allowed in a drawing: it may run a program or hold other content. {PLAIN}",
            ],
        ),
        (f"<!DOCTYPE svg [<!ENTITY a 'b'>]>{SVG}</svg>", [f"1:1: “<!DOCTYPE” hides what the drawing holds. {PLAIN}"]),
        (f"{SVG}&a;</svg>", [f"1:102: “&a;” hides what the drawing holds. {PLAIN}"]),
        (f"{SVG}<![CDATA[x]]></svg>", [f"1:102: “<!” hides what the drawing holds. {PLAIN}"]),
        (f"{SVG}<?php x?></svg>", [f"1:102: “<?php” hides what the drawing holds. {PLAIN}"]),
        (
            f"{SVG}<rect fill='url(https://example.com/#a)'/></svg>",
            [
                "1:102: “fill=\"url(https://example.com/#a)\"” in a <rect> may call another file (“url(”). "
                f"Only url(#…) may. {PLAIN}"
            ],
        ),
        (
            f"{SVG}<rect style='fill: u\\72l(//example.com)'/></svg>",
            [
                "1:102: “style=\"fill: u\\72l(//example.com)\"” in a <rect> may call another file (“\\”). "
                f"Only url(#…) may. {PLAIN}"
            ],
        ),
        (
            f"{SVG}<linearGradient xlink:href='other.svg#a'/></svg>",
            [
                "1:102: “href=\"other.svg#a\"” in a <linearGradient> calls another file or place. "
                f"Only a gradient of its own may. {PLAIN}"
            ],
        ),
        (
            f"{SVG}<clipPath id='a'><g clip-path='url(#b)'/></clipPath></svg>",
            ["1:119: A clip-path stands inside a <clipPath>. Cut the shape itself."],
        ),
        (f"{SVG}<g></svg>", [f"1:107: The drawing is not well-formed XML (mismatched tag). {PLAIN}"]),
        (SVG.encode("utf-16"), [f"1:1: The drawing is not UTF-8 text. {UTF8}"]),
        (f"{SVG}é</svg>".encode("latin-1"), [f"1:1: The drawing is not UTF-8 text. {UTF8}"]),
        (f"{SVG}<text>&#x202e;</text></svg>", [f"1:108: A character that nobody sees (U+202E) is here. {PLAIN}"]),
        (
            f"{SVG}{'<g>' * DEEPEST}{'</g>' * DEEPEST}</svg>",
            ["1:189: The drawing is nested more than 30 deep. Take its groups apart."],
        ),
        (
            f"{SVG}{'<g/>' * MOST_ELEMENTS}</svg>",
            ["1:80098: The drawing has more than 20,000 elements. Simplify its shapes."],
        ),
    ],
)  # fmt: skip
def test_what_is_no_drawing_is_refused_at_its_place(
    drawing: str | bytes, problems: list[str]
) -> None:
    assert found(drawing) == problems


STRANGE = """a animate animateMotion animateTransform audio canvas embed feImage filter font-face-uri foreignObject form
handler iframe image img link marker mask math meta metadata mpath object pattern script set style switch symbol
textPath use video view discard listener cursor color-profile"""
CALLING = """onload onclick onbegin onend onrepeat onfocusin onactivate onscroll onerror ONLOAD href xlink:href src
filter mask begin to cursor"""


@pytest.mark.parametrize("element", STRANGE.split())
def test_no_element_but_shapes_gradients_and_words(element: str) -> None:
    assert element not in ELEMENTS
    assert found(f"{SVG}<{element}/></svg>")
    assert found(f"{SVG}<x:{element} xmlns:x='http://www.w3.org/2000/svg'/></svg>")
    assert found(f"{SVG}<{element} xmlns='http://www.w3.org/1999/xhtml'/></svg>")


@pytest.mark.parametrize("attribute", CALLING.split())
def test_no_attribute_that_runs_or_calls(attribute: str) -> None:
    assert attribute not in ATTRIBUTES
    assert found(f"{SVG}<path {attribute}='x'/></svg>")


PIECES = st.sampled_from(
    ("<g>", "</g>", "<svg", ">", "<!--", "-->", "<!", "<?xml ", "?>", "&amp;", "&#", ";", "url(", "#a", ")", "'", "\\",
     " fill=", " on", "x", "\x00", "\n", "\ufffe", "é", "]]>", "xmlns:a='b'", "<a:b/>")
)  # fmt: skip


@given(
    content=st.one_of(
        st.binary(max_size=60), st.lists(PIECES).map("".join).map(lambda words: words.encode())
    )
)
def test_any_octets_are_answered_with_places(content: bytes) -> None:
    for one in (content, SVG.encode() + content + b"</svg>"):
        for problem in check_drawing(one, "a.svg"):
            assert problem.line >= 1
            assert problem.column >= 1
