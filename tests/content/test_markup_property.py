"""Whatever a page says: when the checks let it pass, Markdown makes of it no tag, attribute or
address that may harm.

Markdown runs here with the site's own extensions; the answer is read by Python's HTML parser.
"""

from __future__ import annotations

from html.parser import HTMLParser

import markdown
from hypothesis import example, given, settings
from hypothesis import strategies as st

from metropolis.content.allowed_markup import check_markup
from metropolis.content.characters import find_hidden_characters
from metropolis.content.headings import check_headings
from metropolis.content.page import read_page

HEADER = (
    '---\ntitle: "Vision"\ndescription: "Ce que l’association veut atteindre, dit en mots'
    ' simples."\n---\n\n'
)
EXTENSIONS = [
    *("attr_list", "admonition", "def_list", "footnotes", "tables", "toc", "fenced_code"),
    "metropolis.content.sign_escapes",
]

# What Markdown makes by itself, and what html_tags.py allows.
TAGS = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "a", "img", "em", "strong", "code", "pre", "blockquote",
    "ul", "ol", "li", "hr", "br", "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "div",
    "sup", "sub", "abbr", "span", "cite", "q", "kbd", "small",
}  # fmt: skip
ATTRIBUTES = {"href", "src", "alt", "title", "id", "class", "lang", "start", "align", "role"}

PIECES = [
    "<", ">", "</", "/>", "<script>", "</script>", "<!--", "-->", "<?", "?>", "<![CDATA[", "]]>", "<div>",
    "<b", "<a href=", "<span ", "<span>", "</span>", '<abbr title="', '<br>', "<br ", "<sup>", "</sup>",
    " onclick=", "onclick=x", ' title="', " lang=fr", "[", "]", "(", ")", "](", "![", "][", "]:", "[x]",
    "[x]: ", "[^1]", "[^1]: ", "[y][x]", "[mots](vision.md)", "javascript:", "javascript:alert", "javascript\\:", "](javascript\\:x)", "\\:", "\\&",
    "JavaScript&colon;", "java&#x0a;script:", "data:text/html,x", "vbscript:", "https://a.b", "&#106;",
    "&lt;", "&", "\\", "\\<", "\\`", "`", "``", "```", "```\n", "~~~", "~~~\n", "`<script>`", "`a|b`", "|",
    "| - | - |\n", "{ ", " }", "{", "}", "{ #x }", "{ .x }", "{: ", "{ onclick=x }", "{ #x onclick=x }",
    "{ lang=fr }", "#x", "# ", "## ", "### x { #y }", "#", "===\n", "---\n", "-", "- ", "1. ", "> ", ": ",
    "    ", "   ", "!!! note \"", "*", "**", "_", " ", "\n", "\n\n", "\n    ", "\n- ", "\n> ", "\n: ",
    "\n[x]: ", "\n```\n", "x", "mot", "'", '"', "=", "@", "<a@b>", "<x:y>", '{{ member("x") }}', "\x02",
    "\x03", "klzzwxh:0000", "\x0c", "\x0b", "\u2028", "\u00a0", "\ufffc", "www.x.org",
]  # fmt: skip


class Finder(HTMLParser):
    """Lists whatever in a rendered page is not harmless."""

    def __init__(self) -> None:
        super().__init__()
        self.offences: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.offences.append(f"<{tag}>")
        for name, value in attrs:
            address = "".join((value or "").split()).lower()
            if name == "style" and (value or "").startswith("text-align: "):  # a table's columns
                continue
            if name not in ATTRIBUTES:
                self.offences.append(f"{name}=")
            if (
                name in ("href", "src")
                and ":" in address.split("/")[0]
                and not self.is_allowed(address)
            ):
                self.offences.append(f"{name}={value}")

    @staticmethod
    def is_allowed(address: str) -> bool:
        return address.startswith(("https:", "http:", "mailto:", "#fn"))

    def handle_comment(self, data: str) -> None:
        self.offences.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.offences.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.offences.append(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self.offences.append(f"<![{data}]>")


def passes(text: str) -> bool:
    page, problems = read_page("content/fr/vision.md", "fr", "vision", text)
    return not (problems or check_markup(page) or find_hidden_characters(page.text))


# Most pieces pass alone: a text of them often passes too, and is then worth asking about.
PASSING = [piece for piece in PIECES if passes(HEADER + piece)]
ONE = st.sampled_from(PASSING)
BODY = st.lists(
    st.one_of(ONE, ONE, ONE, ONE, st.sampled_from(PIECES), st.text(max_size=3)), max_size=16
).map("".join)


def offences(body: str) -> list[str]:
    finder = Finder()
    # Calls have been expanded when Markdown runs; what they write is ours.
    finder.feed(
        markdown.markdown(body.replace('{{ member("x") }}', "Barcelone"), extensions=EXTENSIONS)
    )
    finder.close()
    return finder.offences


@given(BODY)
@settings(max_examples=4000)
@example("`a\n<script>alert(1)</script>\nb`")
@example("`a\nb `<script>` c")
@example("\\`<script>`")
@example("- ```\n  <script>\n  ```")
@example("[x]\n\n> [x]: javascript:alert")
@example("    <script>")
@example("[a\nb]: javascript:alert\n\n[a b]")
@example('<{{ member("x") }} onclick=x>')
def test_what_passes_is_harmless(body: str) -> None:
    if passes(HEADER + body):
        assert offences(body) == []


@given(BODY)
@settings(max_examples=1500)
def test_headings_are_those_that_we_read(body: str) -> None:
    text = f"{HEADER}# Vision {{ #vision }}\n\n{body}"
    page, problems = read_page("content/fr/vision.md", "fr", "vision", text)
    if problems or check_markup(page) or find_hidden_characters(page.text) or check_headings(page):
        return
    renderer = markdown.Markdown(extensions=EXTENSIONS)
    renderer.convert(page.body.replace('{{ member("x") }}', "Barcelone"))
    tokens: list[dict[str, object]] = vars(renderer)["toc_tokens"]  # set by the extension "toc"
    assert anchors(tokens) == [(h.level, h.anchor) for h in page.headings]


def anchors(tokens: list[dict[str, object]]) -> list[tuple[object, object]]:
    found: list[tuple[object, object]] = []
    for token in tokens:
        found.append((token["level"], token["id"]))
        found += anchors(token["children"])  # type: ignore[arg-type]
    return found
