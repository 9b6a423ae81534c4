"""Descriptions of images: what a reader hears who does not see them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from metropolis.content.inlines import Link
from metropolis.content.page import Page
from metropolis.content.page_text import excerpt
from metropolis.language.collation import folded
from metropolis.language.dictionaries import are_words
from metropolis.problem import Problem

# Words for any image in the languages of the site, without accents; and small ones beside them.
_ANY_IMAGE = frozenset(
    """
    alt text alternative texte alternatif texto alternativo
    image images img photo photos photograph photographie picture pic figure fig screenshot graph
    graphic chart diagram drawing illustration icon logo banner untitled capture schema graphique
    description descripcion diagramme dessin icone visuel imagen imagenes foto fotos fotografia
    unnamed title titre titulo nom name nombre file fichier archivo dall whatsapp
    figura captura grafico grafica esquema diagrama dibujo ilustracion icono
    """.split()  # noqa: SIM905
)
_SMALL = frozenset(
    """
    the of a an la le l el un une una de d ecran pantalla at by par por sin sans e ai ia generated
    generee genere generada
    """.split()  # noqa: SIM905
)
# What Word writes below its guess.
_GENERATED = re.compile(
    "automatically generated|generee? automatiquement|generad[ao] automaticamente"
)
_FILE = re.compile(
    r"(?:[^\W\d_]+: ?)?[\w%+.@-]*\.(?:png|jpe?g|gif|svg|webp|avif|bmp|tiff?|heic|pdf)",
    re.IGNORECASE,
)
# What cameras, telephones and programs call a file: IMG_1234, DSC0001, WhatsApp-2021, image12.
_MADE_NAME = re.compile(r"(?:[a-z]+[_-]?)?\d[\d_-]*|[a-z]+(?:[_-][a-z\d]+)*_[a-z\d_-]+", re.I)
_ESCAPE = re.compile(r"\\(?=[^\w\s]|_)")  # "map\_1.png"
_WORD = re.compile(r"[^\W\d_]+")
# A word of a language: small letters, in no path and no name such as `ReDoc` or `site.org`.
_SMALL_WORD = re.compile(r"(?<![\w./@’'-])[^\W\d_A-ZÀ-Þ]{3,}(?![\w./@-])")


def says_nothing(description: str) -> bool:
    """Whether a description fits any image, or is the name of a file."""
    description = _ESCAPE.sub("", description)
    if _FILE.fullmatch(description) or _MADE_NAME.fullmatch(description):
        return True
    plain = folded(description)
    words = set(_WORD.findall(plain))
    is_any = not words or (words & _ANY_IMAGE and words <= _ANY_IMAGE | _SMALL)
    return bool(is_any or _GENERATED.search(plain))


def compare_descriptions(source: Page, page: Page) -> Iterator[Problem]:
    """Images whose description is still the source's."""
    for original, link in copied_descriptions(source, page):
        place = f"{source.path}, line {source.text.place(original.start)[0]}"
        what = f"The image's description “{excerpt(link.words)}” is that of {place}."
        yield page.problem(link.start, what, how="Translate it.")


def copied_descriptions(source: Page, page: Page) -> Iterator[tuple[Link, Link]]:
    """The images of both pages that have one description. Names are the same in every language."""
    originals = {link.address: link for link in source.links if link.is_image}
    for link in page.links:
        original = originals.get(link.address) if link.is_image else None
        if original is None or link.words != original.words or says_nothing(link.words):
            continue
        # Of the words of a language, "note" is in others too.
        is_own = are_words(_WORD.findall(link.words), page.locale)
        if _SMALL_WORD.search(link.words) and not is_own:
            yield original, link
