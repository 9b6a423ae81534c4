"""The headers of each file, for nginx and `_headers`: how long it may be cached, and what a page
may load: nothing from other sites. A file with a hash of its content in its name never changes."""

from __future__ import annotations

SECURITY = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; img-src 'self' data:; "
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
    "/assets/site.*", "/assets/scheme.*", "/assets/search.*", "/assets/world.*",
    "/assets/metropolis-sans.*",
)  # fmt: skip
# Names with a hash of their content in them.
HASHED = r"^/assets/.+\.[0-9a-f]{10}\.\w+$"


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
