"""The site's languages in ICU. Its "en" is American, ours British; years are Gregorian in all."""

from __future__ import annotations

from functools import cache

import icu

_LANGUAGES = frozenset(icu.Locale.getISOLanguages())


@cache
def icu_locale(locale: str) -> icu.Locale:
    """ICU's name for a locale: `en_GB` for "en", `pt_BR` for "pt-BR"."""
    tag = "en-GB" if locale == "en" else locale
    return icu.Locale.forLanguageTag(f"{tag}-u-ca-gregory")


def is_language(code: str) -> bool:
    """Whether ISO 639 has the language of a code like "pt" or "pt-BR"."""
    return code.partition("-")[0] in _LANGUAGES


def language_name(code: str, locale: str) -> str:
    """The name of the language `code` in `locale`; the code itself if it has no name."""
    language = icu.Locale.forLanguageTag(code.partition("-")[0])
    return str(language.getDisplayLanguage(icu_locale(locale)))


def english_name(code: str) -> str:
    """The name of a language in the language of all messages."""
    return language_name(code, "en")


def own_name(code: str) -> str:
    """The name of a locale in its own language: `português (Brasil)`."""
    itself = icu.Locale.forLanguageTag(code)
    return str(itself.getDisplayName(itself))


def territory_name(code: str, locale: str) -> str:
    """The name in `locale` of the country or area with an ISO 3166 code."""
    return str(icu.Locale("", code).getDisplayCountry(icu_locale(locale)))


def direction(locale: str) -> str:
    """`rtl` or `ltr`: the direction of the language's script."""
    script = icu.Locale.addLikelySubtags(icu_locale(locale)).getScript()
    codes = icu.Script.getCode(script) if script else ()
    is_rtl = any(icu.Script(code).isRightToLeft() for code in codes)
    return "rtl" if is_rtl else "ltr"
