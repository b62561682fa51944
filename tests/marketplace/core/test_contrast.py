"""Text is readable in both themes: WCAG contrast computed from tokens.css itself."""

import re
from itertools import product

import pytest

from marketplace.core.bundles import STATIC

TOKENS = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
DECLARATION = re.compile(r"(--[\w-]+):\s*([^;]+);")
HEX = re.compile(r"#[0-9A-Fa-f]{6}")


def block(selector: str) -> dict[str, str]:
    """Return the declarations of the first rule of a selector."""
    body = TOKENS.split(f"{selector} {{", 1)[1].split("}", 1)[0]
    return dict(DECLARATION.findall(body))


LIGHT = block(":root")
BY_SYSTEM = block(':root:not([data-theme="light"])')
BY_CHOICE = block(':root[data-theme="dark"]')
THEMES = {"light": LIGHT, "dark": LIGHT | BY_CHOICE}

GROUNDS = ("--paper", "--surface", "--sunken")
TONES = [f"--tone-{number}-{end}" for number in range(1, 7) for end in ("from", "to")]
PAIRS = [
    *product(("--ink", "--muted", "--pine", "--pine-deep", "--alert", "--alert-deep"), GROUNDS),
    *[(f"--{name}-deep", f"--{name}-soft") for name in ("pine", "apricot", "sky", "lilac", "alert", "sun")],
    *product(("--ink", "--muted"), [f"--{name}-soft" for name in ("pine", "apricot", "sky", "lilac", "sun")]),
    *product(("--ink", "--muted"), ("--hero-from", "--hero-to")),
    ("--on-action", "--action"),
    ("--on-alert", "--alert"),
    *[("--on-tone", tone) for tone in TONES],
    ("--pine", "--hero-from"),
]


def luminance(colour: str) -> float:
    """Return the relative luminance of a #RRGGBB colour (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_is_readable(theme: str, text: str, ground: str) -> None:
    tokens = THEMES[theme]
    assert contrast(tokens[text], tokens[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("edge", "ground"), [*product(("--line-strong", "--focus", "--pine"), GROUNDS)])
def test_edges_of_controls_are_visible(theme: str, edge: str, ground: str) -> None:
    assert contrast(THEMES[theme][edge], THEMES[theme][ground]) >= 3


def test_the_dark_theme_is_the_same_by_system_and_by_choice() -> None:
    assert BY_SYSTEM == BY_CHOICE


def test_components_use_tokens_only() -> None:
    sheets = [
        STATIC / "css" / "base.css",
        STATIC / "css" / "layout.css",
        *(STATIC / "css" / "components").glob("*.css"),
    ]
    allowed = {"#FFFFFF"}  # the plate below a QR code is white in the dark too
    found = {(sheet.name, colour) for sheet in sheets for colour in HEX.findall(sheet.read_text(encoding="utf-8"))}
    assert {colour for _, colour in found} <= allowed


def test_every_token_that_is_used_exists() -> None:
    sheets = [
        STATIC / "css" / "base.css",
        STATIC / "css" / "layout.css",
        *(STATIC / "css" / "components").glob("*.css"),
    ]
    used = {name for sheet in sheets for name in re.findall(r"var\((--[\w-]+)", sheet.read_text(encoding="utf-8"))}
    assert used <= set(LIGHT)
