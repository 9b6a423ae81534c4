"""nginx's configuration: the live release, hashed files, previews, “not found” in each language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import indent

from metropolis.publish.places import Places
from metropolis.release.headers import ASK_AGAIN, FOR_A_YEAR, HASHED, OPEN, OPEN_TO_ALL, SECURITY

BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")


def server_block(name: str, listen: Sequence[str], rules: Path) -> str:
    """The part that is made once, and to which certbot adds."""
    lines = "".join(f"    listen {one};\n" for one in listen)
    return f"server {{\n{lines}    server_name {name};\n    include {rules};\n}}\n"


def listen_addresses(listen: str, has_ipv6: bool) -> list[str]:
    """The addresses to listen on: a bare port means IPv4 and IPv6."""
    return [listen, f"[::]:{listen}"] if listen.isdecimal() and has_ipv6 else [listen]


def site_rules(places: Places, locales: Sequence[str], has_brotli: bool) -> str:
    """Our part, inside the server block. `locales` begins with the source language."""
    compression = "gzip_static on;\ngzip_vary on;" + ("\nbrotli_static on;" if has_brotli else "")
    languages = "\n".join(_language(places, locale) for locale in locales[1:])
    open_data = "\n".join(_location(folder, _PAGE | OPEN_TO_ALL) for folder in OPEN)
    return f"""\
root {places.current};
index index.html;
charset utf-8;
absolute_redirect off;
disable_symlinks off;
# No open_file_cache: it would go on serving the release before.
etag on;
{compression}
types {{
    text/html html; text/css css; text/javascript js mjs; image/svg+xml svg; application/json json;
    application/xml xml; application/atom+xml atom; font/woff2 woff2;
    text/plain txt; application/pdf pdf;
    text/csv csv; application/epub+zip epub;
    application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx;
    application/geo+json geojson; application/zip zip;
    image/png png; image/jpeg jpg jpeg; image/webp webp;
    image/gif gif; image/avif avif; image/x-icon ico;
    application/manifest+json webmanifest;
}}
{_not_found("/404.html")}

# For static hosts only; of a preview neither.
location ~ /_headers$ {{ return 404; }}

# Files with a hash of their content in their name: they outlive their release.
location ~ "{HASHED}" {{
    root {places.root};
    # The pool first: between finding a file under current and opening it,
    # current may have become another.
    try_files /pool$uri /current$uri =404;
{_headers({"Cache-Control": FOR_A_YEAR})}
}}

{languages}
{_location("/preview/", _PAGE | _HIDDEN, f"alias {places.previews}/;")}
{open_data}
# An Atom feed, whose address ends in .xml.
{_location("~ /feed[.]xml$", _PAGE, "types { application/atom+xml xml; }")}
{_location("/", _PAGE)}"""


_PAGE = {"Cache-Control": ASK_AGAIN}
_HIDDEN = {"X-Robots-Tag": "noindex, nofollow"}


def _language(places: Places, locale: str) -> str:
    """Pages of a language, and previews in it: “not found” is shown in that language."""
    not_found = _not_found(f"/{locale}/404.html")
    preview = f"alias {places.previews}/$of_preview;\n{not_found}"
    match = f'~ "^/preview/(?<of_preview>[^/]+/{locale}(?:/.*)?)$"'
    pages = _location(f"/{locale}/", _PAGE, not_found)
    return pages + "\n" + _location(match, _PAGE | _HIDDEN, preview)


def _not_found(page: str) -> str:
    # A folder without an index would be “forbidden”. For readers it is not found.
    return f"error_page 404 {page};\nerror_page 403 =404 {page};"


def _location(match: str, own: Mapping[str, str], rules: str = "") -> str:
    """A location with all headers: nginx drops those of the server once a location has its own."""
    inside = indent(f"{rules}\n", "    ") if rules else ""
    return f"location {match} {{\n{inside}{_headers(own)}\n}}\n"


def _headers(own: Mapping[str, str]) -> str:
    return "\n".join(
        f'    add_header {header} "{value}" always;'
        for header, value in {**SECURITY, **own}.items()
    )
