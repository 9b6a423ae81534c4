"""The nginx site file: what is live, the pool of hashed files, previews, pages not found in the reader's language."""

from __future__ import annotations

import getpass
import os
from collections.abc import Sequence
from pathlib import Path

from metropolis.publish.headers import ASK_AGAIN, FOR_A_YEAR, HASHED, OPEN, OPEN_TO_ALL, SECURITY
from metropolis.publish.places import Places

BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")


def site_file(places: Places, locales: Sequence[str], name: str, listen: str, has_brotli: bool) -> str:
    """`locales` with the source language first; `name` is the server's, `listen` its address and port."""
    security = "\n".join(f'    add_header {header} "{value}" always;' for header, value in SECURITY.items())
    inner = security.replace("    add_header", "        add_header")
    compression = "    gzip_static on;\n    gzip_vary on;" + ("\n    brotli_static on;" if has_brotli else "")
    languages = "\n".join(_language(locale, inner) for locale in locales[1:])
    to_all = "\n".join(f'        add_header {header} "{value}" always;' for header, value in OPEN_TO_ALL.items())
    open_data = "\n".join(_open_data(folder, f"{inner}\n{to_all}") for folder in OPEN)
    return f"""\
# Written by `metropolis publish setup`. TLS stands in front of this, or is added here (certbot does).
server {{
    listen {listen};
    server_name {name};
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
        application/xml xml; font/woff2 woff2; text/plain txt; application/pdf pdf; text/csv csv;
        application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx;
        application/wasm wasm; application/geo+json geojson; application/zip zip; image/png png; image/jpeg jpg jpeg;
        application/manifest+json webmanifest;
        application/octet-stream pagefind pf_meta pf_index pf_fragment pf_filter;
    }}
    error_page 404 /404.html;

    # Files with a hash of their content in their name: they outlive their release.
    location ~ "{HASHED}" {{
        root {places.root};
        # The pool first: between finding a file under current and opening it, current may have become another.
        try_files /pool$uri /current$uri =404;
        add_header Cache-Control "{FOR_A_YEAR}" always;
{inner}
    }}

    location ^~ /preview/ {{
        alias {places.previews}/;
        add_header X-Robots-Tag "noindex, nofollow" always;
        add_header Cache-Control "{ASK_AGAIN}" always;
{inner}
    }}

{languages}
{open_data}
    location = /_headers {{ return 404; }}

    location / {{
        add_header Cache-Control "{ASK_AGAIN}" always;
{inner}
    }}
}}
"""


def _language(locale: str, headers: str) -> str:
    return f"""\
    location /{locale}/ {{
        error_page 404 /{locale}/404.html;
        add_header Cache-Control "{ASK_AGAIN}" always;
{headers}
    }}
"""


def _open_data(folder: str, headers: str) -> str:
    return f"""\
    location {folder} {{
        add_header Cache-Control "{ASK_AGAIN}" always;
{headers}
    }}
"""


def own_server(places: Places, folder: Path) -> str:
    """The configuration of an nginx of one's own, for demonstration and tests: nothing outside `folder`."""
    modules = f"load_module {BROTLI};" if BROTLI.is_file() else ""
    # As root, nginx would hand its work to an account that may not read a temporary folder.
    user = f"user {getpass.getuser()};" if os.geteuid() == 0 else ""
    return f"""\
{modules}
{user}
worker_processes 2;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {places.root}/nginx.conf;
}}
"""
