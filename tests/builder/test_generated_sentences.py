"""The titles and descriptions of generated pages read right for the most difficult names."""

import pytest

from metropolis.builder.generated_pages import generated_pages
from metropolis.data.records import Records

CASES = {
    "le-caire": ("Le Caire (Égypte)", "Cairo (Egypt)", "El Cairo (Egipto)"),
    "la-paz": ("La Paz (Bolivie)", "La Paz (Bolivia)", "La Paz (Bolivia)"),
    "grand-paris": ("Grand Paris (France)", "Greater Paris (France)", "Gran París (Francia)"),
    "kalimantan-oriental": (
        "Kalimantan Oriental (Indonésie)",
        "East Kalimantan (Indonesia)",
        "Kalimantan Oriental (Indonesia)",
    ),
    "seoul": ("Séoul (Corée du Sud)", "Seoul (South Korea)", "Seúl (Corea del Sur)"),
    "xi-an": ("Xi’an (Chine)", "Xi’an (China)", "Xi’an (China)"),
    "male": ("Malé (Maldives)", "Malé (Maldives)", "Malé (Maldivas)"),
    "new-delhi-niua": (
        "New Delhi (NIUA, Inde)",
        "New Delhi (NIUA, India)",
        "Nueva Delhi (NIUA, India)",
    ),
    "santiago-du-chili": ("Santiago du Chili", "Santiago (Chile)", "Santiago de Chile"),
    "ville-de-mexico": ("Mexico (Mexique)", "Mexico City", "Ciudad de México"),
}
AFTER = {"fr": ", membre de ", "en": ", member of ", "es": ", miembro de "}


@pytest.fixture(scope="module")
def pages(records: Records) -> dict[str, dict[str, str]]:
    return {
        locale: {page.id: page.description for page in generated_pages(records, locale)}
        for locale in ("fr", "en", "es")
    }


@pytest.mark.parametrize(
    ("locale", "id", "place"),
    [
        (locale, id, place)
        for id, places in CASES.items()
        for locale, place in zip(AFTER, places, strict=True)
    ],
)
def test_a_description_reads_right(
    pages: dict[str, dict[str, str]], locale: str, id: str, place: str
) -> None:
    assert pages[locale][id].startswith(f"{place}{AFTER[locale]}Metropolis. ")
