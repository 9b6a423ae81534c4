"""The headers of each file: how long it may be cached, and what a page may load. For nginx and
`_headers`.

Browsers request pages again each time, and get “not changed”. A file with a hash of its content in
its name never changes, and is cached for a year. Pages load nothing from other sites and contain no
scripts."""

from __future__ import annotations

SECURITY = {
    # Pagefind searches with WebAssembly, which needs its own permission.
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
FOR_A_YEAR = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
# Open data: other sites' pages may read it too.
OPEN = ("/data/", "/api/")
OPEN_TO_ALL = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
_UNCHANGING = (
    "/assets/site.*", "/assets/scheme.*", "/assets/world.*", "/assets/metropolis-sans.*",
    "/pagefind/index/*",
    "/pagefind/fragment/*", "/pagefind/filter/*",
)  # fmt: skip
# Names with a hash of their content in them, under these folders.
HASHED = (
    r"^/(?:assets/.+\.[0-9a-f]{10}\.\w+|pagefind/(?:index|fragment|filter)/.+"
    r"|pagefind/pagefind\.[a-z-]+_[0-9a-f]+\.pf_meta)$"
)


def headers_file() -> str:
    """`_headers`, as static hosts read it (Netlify, Cloudflare Pages and others)."""
    everywhere = "".join(f"  {name}: {value}\n" for name, value in SECURITY.items())
    to_all = "".join(f"  {name}: {value}\n" for name, value in OPEN_TO_ALL.items())
    return (
        f"/*\n{everywhere}  Cache-Control: {ASK_AGAIN}\n"
        + "".join(
            f"{path}\n  ! Cache-Control\n  Cache-Control: {FOR_A_YEAR}\n" for path in _UNCHANGING
        )
        + "".join(f"{folder}*\n{to_all}" for folder in OPEN)
    )
