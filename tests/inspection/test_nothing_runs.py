"""Whatever could run in a page is refused, wherever it stands: judged by html5lib, which reads as
browsers did in 2020.

Two readers that know nothing of each other are hard to deceive in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from metropolis.inspection.built_file import read_built_page
from metropolis.inspection.destinations import Addresses
from metropolis.inspection.facts import PageFacts
from metropolis.inspection.vocabulary import ELEMENTS

BASE = (Path(__file__).parent / "base/en/vision/index.html").read_text("utf-8")
ADDRESSES = Addresses("https://plan.example.org/")
RUNNING = ("javascript", "vbscript", "data")

# Each of these runs a program, or sends readers or what they typed elsewhere.
PAYLOADS = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "<script src=data:,alert(1)></script>",
    "<svg><script>alert(1)</script></svg>",
    "<svg onload=alert(1)></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>",
    "<svg><a><animate attributeName=href values=javascript:alert(1)></animate><text>x</text></a></svg>",
    "<svg><a><set attributeName=href to=javascript:alert(1)></set><text>x</text></a></svg>",
    "<svg><animateTransform attributeName=x></animateTransform></svg>",
    "<svg><foreignObject><p>x</p></foreignObject></svg>",
    "<svg><handler>alert(1)</handler></svg>",
    "<svg><use xlink:href='data:image/svg+xml,x#x'></use></svg>",
    "<svg><image href=https://example.com/></image></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<math href=javascript:alert(1)>x</math>",
    "<body onload=alert(1)>",
    "<html onclick=alert(1)>",
    "<head profile=x>",
    "<iframe srcdoc='&lt;script>alert(1)&lt;/script>'></iframe>",
    "<object data=x></object>",
    "<embed src=x>",
    "<base href=//example.com/>",
    "<meta http-equiv=refresh content='0;url=//example.com/'>",
    "<meta http-equiv=Set-Cookie content=a=b>",
    "<meta http-equiv=Content-Security-Policy content=''>",
    "<meta name=referrer content=unsafe-url>",
    "<link rel=import href=x>",
    "<link rel='stylesheet' href=x onload=alert(1)>",
    "<style>*{display:none}</style>",
    "<p style=position:fixed>x</p>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></p></noscript>",
    "<textarea>",
    "<plaintext>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'></p></xmp>",
    "<listing>x</listing>",
    "<noembed><p title='</noembed><img src=x onerror=alert(1)>'></p></noembed>",
    "<noframes><p title='</noframes><img src=x onerror=alert(1)>'></p></noframes>",
    "<template><img src=x onerror=alert(1)></template>",
    "<div><template shadowrootmode=open><img src=x onerror=alert(1)></template></div>",
    "<frameset onload=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<form action=//example.com/><input name=q></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<input type=image src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='java&#9;script:alert(1)'>x</a>",
    "<a href='&#1;javascript:alert(1)'>x</a>",
    "<a href=' javascript&colon;alert(1)'>x</a>",
    "<a href='JaVa\nScript:alert(1)'>x</a>",
    "<a href=data:text/html,x>x</a>",
    "<a href=vbscript:x>x</a>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<svg><a href=javascript:alert(1)><text>x</text></a></svg>",
    "<a href=x ping=//example.com/>x</a>",
    "<button is=x-y>x</button>",
    "<x-y>x</x-y>",
    "<p id=a onclick=alert(1) id=b>x</p>",
    "<?xml-stylesheet href=x?>",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<!doctype svg>",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<p title=x",
    "<isindex onfocus=alert(1)>",
    "<image src=x onerror=alert(1)>",
    "<select><title></select><img src=x onerror=alert(1)></title></select>",
    "<p>\u202e</p>",
    "<p>&#x202e;</p>",
    "<p>&rlm;</p>",
    "<p>\ufffe</p>",
    "<p>&#x1b;[2J</p>",
    "<p>\U000e0041</p>",
)  # fmt: skip
# Where a payload may land, and what a browser makes of the place.
PLACES = (
    "{}", "<p>{}</p>", "<ul><li>{}</li></ul>", "<table>{}</table>", "<table><tbody><tr>{}</tr></tbody></table>",
    "<table><tbody><tr><td>{}</td></tr></tbody></table>", "<svg>{}</svg>", "<svg><title>{}</title></svg>",
    "<svg><g>{}</g></svg>", "<svg></p><math><title>{}</title>", "<select>{}</select>", "<h2>{}</h2>",
    "<select><option>{}</option></select>", "<button type='button'>{}</button>", "<a href='../'>{}</a>",
    "<math><mi>{}</mi></math>", "<svg><desc>{}</desc></svg>", "<noscript>{}</noscript>", "</article>{}<article>",
    "</main></body>{}<main>", "<dialog>{}</dialog>",
)  # fmt: skip


def refused(words: str) -> bool:
    """The inspection finds something in a page that holds `words`."""
    page = read_built_page(
        BASE.replace("<p>More.</p>", words).encode("utf-8", "surrogatepass"),
        "en/vision/index.html",
        ("fr", "en"),
    )
    if not isinstance(page, PageFacts) or page.refusals:
        return True
    followed = [
        ADDRESSES.follow(page.path, one.address)
        for one in (*page.links, *page.loads, *page.mentions)
    ]
    return any(
        place.kind == "scheme" or (place.kind, place.file) == ("ours", "nowhere")
        for place in followed
    )


def test_the_page_itself_is_in_order() -> None:
    assert not refused("<p>More.</p>")


@pytest.mark.parametrize("place", PLACES)
def test_no_payload_passes_in_any_place(place: str) -> None:
    assert [payload for payload in PAYLOADS if not refused(place.format(payload))] == []


STRANGE = """math mi mtext annotation-xml foreignObject desc style script noscript textarea plaintext xmp iframe
template select option frameset body html head form table caption colgroup col animate set image base object b i font
nobr title marquee listing noembed noframes x-y"""
TAGS = sorted({name.rpartition(" ")[2] for name in ELEMENTS} | set(STRANGE.split()))
ATTRIBUTES = (
    "", " onload=x", " href=javascript:x", " title='", "'", ' class="', '"', " id=a", " /", " src=x", " xlink:href=x",
)  # fmt: skip
PIECES = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)),
    st.builds("</{}>".format, st.sampled_from(TAGS)),
    st.sampled_from(
        ("x", " ", "\n", "<!--", "-->", "<![CDATA[", "]]>", "<?", "<", "&lt;", "&", "\x00", "\x0c")
    ),
)
SOUP = st.lists(PIECES, max_size=14).map("".join)


@settings(max_examples=400)
@given(words=SOUP)
@example(words="<svg><title><a href=javascript:x>x</a></title></svg>")
@example(words="<p id=a></p><p id=a></p>")
def test_what_another_reader_sees_running_is_refused(words: str) -> None:
    if list(running(BASE.replace("<p>More.</p>", words))):
        assert refused(words)


def running(text: str) -> Iterator[str]:
    """What html5lib finds in a page that could run, or that has no place in one."""
    tree: Any = html5lib.parse(text, namespaceHTMLElements=False)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        name = element.tag.replace("{http://www.w3.org/2000/svg}", "svg ")
        if name not in ELEMENTS or (name == "script" and not element.get("src")):
            yield name
        for attribute, value in element.attrib.items():
            plain = re.sub(r"[\x00-\x20]", "", value).lower()
            if attribute.startswith("on") or plain.startswith(
                tuple(f"{scheme}:" for scheme in RUNNING)
            ):
                yield f"{name} {attribute}"
