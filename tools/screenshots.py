"""Pictures of every page type, to be looked at:
build/screenshots/<page>-<locale>-<width>-<scheme>.png.

usage: python tools/screenshots.py [--pages home,vision] [--locales fr,es] [--widths 390,1280]
[--schemes light] Run by `make screenshots`, after `make site`."""

from __future__ import annotations

import argparse

from site_browser import ROOT, open_site

PAGES = {
    "home": "", "era": "metropolitan-era/", "governance": "governance/",
    "initiatives": "initiatives/",
    "milestones": "milestones/", "forewords": "forewords/", "vision": "vision/",
    "mission": "mission/",
    "gender": "gender-mainstreaming/", "rethink": "rethink/", "challenges": "challenges/",
    "challenge": "challenges/urban-growth/", "plan": "action-plan/", "line": "action-plan/line-2/",
    "indicators": "indicators/", "indicator": "indicators/air-quality/", "members": "members/",
    "member": "members/montreal/", "references": "references/", "glossary": "glossary/",
    "data": "data/",
    "about": "about/", "accessibility": "accessibility/", "not-found": "404.html",
}  # fmt: skip


def main() -> None:
    """Takes the pictures that are asked for."""
    options = _options()
    out = ROOT / "build/screenshots"
    out.mkdir(parents=True, exist_ok=True)
    with open_site() as (base, browser):
        for width in options.widths:
            for scheme in options.schemes:
                page = browser.new_page(
                    viewport={"width": int(width), "height": 900}, color_scheme=scheme
                )
                for name in options.pages:
                    for locale in options.locales:
                        prefix = "" if locale == "fr" else f"{locale}/"
                        page.goto(base + prefix + PAGES[name])
                        page.screenshot(
                            path=out / f"{name}-{locale}-{width}-{scheme}.png", full_page=True
                        )
                page.close()
    print(f"{len(list(out.glob('*.png')))} pictures in {out.relative_to(ROOT)}/")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)

    def names(text: str) -> list[str]:
        return text.split(",")

    parser.add_argument("--pages", type=names, default=list(PAGES))
    parser.add_argument("--locales", type=names, default=["fr", "en", "es"])
    parser.add_argument("--widths", type=names, default=["390", "768", "1280", "1920"])
    parser.add_argument("--schemes", type=names, default=["light", "dark"])
    return parser.parse_args()


if __name__ == "__main__":
    main()
