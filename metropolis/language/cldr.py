"""What Unicode CLDR calls the site's languages: "en" there is American, and ours is British."""

from __future__ import annotations


def cldr_locale(locale: str) -> str:
    """The name under which Babel knows a locale: `en_GB` for "en", `pt_BR` for "pt-BR"."""
    return "en_GB" if locale == "en" else locale.replace("-", "_")
