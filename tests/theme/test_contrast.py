"""Every pair of colours that meets on the site has enough contrast, in both schemes (WCAG 2.2,
1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "theme/styles/tokens.css").read_text("utf-8")

TEXT = [
    ("ink", "paper"), ("ink", "paper-warm"), ("ink", "paper-sunk"), ("ink", "mark"),
    ("ink-soft", "paper"), ("ink-soft", "paper-warm"), ("ink-soft", "mark"),
    ("link", "paper"), ("link", "paper-warm"), ("link", "mark"),
    ("line-1", "paper"), ("line-2", "paper"), ("line-3", "paper"),
    ("line-1", "line-1-tint"), ("line-2", "line-2-tint"), ("line-3", "line-3-tint"),
    ("ink", "line-1-tint"), ("ink", "line-2-tint"), ("ink", "line-3-tint"),
    ("ink-soft", "line-1-tint"), ("ink-soft", "line-2-tint"), ("ink-soft", "line-3-tint"),
    ("on-line", "line-1"), ("on-line", "line-2"), ("on-line", "line-3"),
    ("on-band", "band"), ("on-band-soft", "band"), ("on-signal", "signal"), ("paper", "ink"),
]  # fmt: skip
GRAPHICS = [
    ("edge", "paper"), ("edge", "paper-warm"), ("signal", "band"),
    ("band-line-1", "band"), ("band-line-2", "band"), ("band-line-3", "band"),
]  # fmt: skip


def token(name: str, scheme: str) -> str:
    """The token's colour in a scheme, as #rrggbb."""
    found = re.search(rf"--{name}: (?:light-dark\((#\w{{6}}), (#\w{{6}})\)|(#\w{{6}}));", TOKENS)
    assert found, f"no colour token --{name}"
    return found[3] or (found[1] if scheme == "light" else found[2])


def luminance(colour: str) -> float:
    """WCAG's relative luminance of #rrggbb."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_stands_out(front: str, back: str, scheme: str) -> None:
    assert contrast(token(front, scheme), token(back, scheme)) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), GRAPHICS)
def test_graphics_stand_out(front: str, back: str, scheme: str) -> None:
    assert contrast(token(front, scheme), token(back, scheme)) >= 3


def test_black_on_white_is_21_to_1() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_colours_are_typed_in_the_tokens_alone() -> None:
    """Everything else uses them by name (the dialog's veil and ink on paper aside)."""
    styles = Path(__file__).parents[2] / "theme/styles"
    typed = {
        (path.name, colour)
        for path in styles.glob("*.css")
        if path.name != "tokens.css"
        for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b(?!\w)", path.read_text("utf-8"))
    }
    assert typed <= {("print.css", "#000")}
