from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from core import tokens

STATIC = Path(settings.BASE_DIR) / "static"
TOKENS = tokens.read(STATIC / "tokens.json")
HUES = {f"hue-{name}": colour for name, colour in tokens.leaves(TOKENS, "hue")}
PAIRS = [
    pytest.param(theme, first, second, float(least), id=f"{theme}: {first} on {second}")
    for theme in tokens.THEMES
    for least, pairs in TOKENS["$extensions"]["portal.contrast"].items()
    for first, second in pairs
]
PARTS = [STATIC / "css" / "analytics.css", *sorted((STATIC / "css" / "parts").glob("*.css"))]


@pytest.mark.parametrize(("theme", "first", "second", "least"), PAIRS)
def test_declared_colours_contrast_enough(theme: str, first: str, second: str, least: float) -> None:
    colours = HUES | dict(tokens.leaves(TOKENS, theme))
    assert tokens.contrast(colours[first], colours[second]) >= least


def test_contrast_of_black_and_white_is_twenty_one() -> None:
    assert tokens.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert tokens.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_both_themes_name_the_same_tokens() -> None:
    light, dark = (dict(tokens.leaves(TOKENS, theme)) for theme in tokens.THEMES)
    assert light.keys() == dark.keys()


def test_every_text_and_soft_colour_is_a_declared_pair() -> None:
    declared = {tuple(pair) for pairs in TOKENS["$extensions"]["portal.contrast"].values() for pair in pairs}
    tones = [name.removesuffix("-soft") for name, _ in tokens.leaves(TOKENS, "light") if name.endswith("-soft")]
    assert {(f"{tone}-text", f"{tone}-soft") for tone in tones} <= declared


def test_built_stylesheets_are_current() -> None:
    call_command("build_tokens", "--check")


def test_check_notices_a_stylesheet_that_is_not_current(tmp_path: Path, settings: object) -> None:
    (tmp_path / "static" / "css" / "parts").mkdir(parents=True)
    (tmp_path / "static" / "tokens.json").write_text((STATIC / "tokens.json").read_text(encoding="utf-8"))
    settings.BASE_DIR = tmp_path  # type: ignore[attr-defined]
    call_command("build_tokens")
    (tmp_path / "static" / "css" / "parts" / "9-new.css").write_text("p { margin: 0; }")
    with pytest.raises(CommandError, match=r"portal\.css is not current"):
        call_command("build_tokens", "--check")


@pytest.mark.parametrize("part", PARTS, ids=lambda path: path.name)
def test_stylesheet_uses_only_declared_tokens(part: Path) -> None:
    css = re.sub(r"/\*.*?\*/", "", part.read_text(encoding="utf-8"), flags=re.DOTALL)
    known = set(re.findall(r"--([\w-]+):", tokens.css(TOKENS))) | set(re.findall(r"--([\w-]+):", css)) | {"own"}
    assert set(re.findall(r"var\(--([\w-]+)", css)) <= known
    assert not re.findall(r"#[0-9a-f]{3,8}\b(?=[^{]*;)|rgba?\(|hsla?\(", css)
    assert not re.findall(r"font-size:\s*[\d.]+(?:px|rem)", css)
