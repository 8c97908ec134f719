"""The theme: contrast as WCAG 2.1 computes it, and colours that colour-blind eyes tell apart."""

import math
from dataclasses import asdict
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.theme import (
    DARK,
    LIGHT,
    Theme,
    apply_theme,
    icon,
    mixed,
    style_sheet,
    theme_of,
)
from ui.theme import THEMES as BY_NAME

ICONS = Path(__file__).resolve().parents[2] / "resources" / "icons"
# WCAG 2.1: text (1.4.3), and edges that carry meaning (1.4.11); of high contrast 1.4.6, as EN 301 549, 11.7, asks.
TEXT_CONTRAST, EDGE_CONTRAST = 4.5, 3.0

# (what is laid, on what, the least contrast), by role.
PAIRS: tuple[tuple[str, str, float], ...] = (
    *((role, ground, TEXT_CONTRAST) for role in ("text", "muted") for ground in ("ground", "paper", "raised", "hover")),
    *(("text", ground, TEXT_CONTRAST) for ground in ("accent_ground", "free", "not_offered", "not_loaded")),
    *(("text", ground, TEXT_CONTRAST) for ground in ("warning_ground", "danger_ground", "success_ground")),
    *(("muted", ground, TEXT_CONTRAST) for ground in ("not_offered", "not_loaded")),
    *(("accent", ground, TEXT_CONTRAST) for ground in ("ground", "paper", "raised", "accent_ground")),
    ("on_accent", "accent", TEXT_CONTRAST),
    ("free_text", "free", TEXT_CONTRAST),
    ("free_edge", "not_offered", EDGE_CONTRAST),
    ("free_edge", "free", EDGE_CONTRAST),
    *(("edge", ground, EDGE_CONTRAST) for ground in ("ground", "paper")),
    *(("accent", ground, EDGE_CONTRAST) for ground in ("free", "not_offered", "not_loaded")),
    *(("now", ground, EDGE_CONTRAST) for ground in ("free", "not_offered", "not_loaded", "paper")),
    *(("warning", ground, TEXT_CONTRAST) for ground in ("warning_ground", "paper", "ground")),
    *(("danger", ground, TEXT_CONTRAST) for ground in ("danger_ground", "paper", "ground")),
    *(("success", ground, TEXT_CONTRAST) for ground in ("success_ground", "paper", "ground")),
)

THEMES = pytest.mark.parametrize("theme", BY_NAME.values(), ids=BY_NAME)
HIGH_CONTRAST = pytest.mark.parametrize("theme", [t for n, t in BY_NAME.items() if "contrast" in n])
STRONGER = {TEXT_CONTRAST: 7.0, EDGE_CONTRAST: 4.5}
LEAST_DIFFERENCE = 12  # CIE 1976; 2.3 is just noticeable side by side

# What a colour becomes for the eye, in linear light: Machado, Oliveira and Fernandes 2009, severity 1.
SIGHTS = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}


def linear(colour: str) -> list[float]:
    channels = (value / 255 for value in bytes.fromhex(colour[1:]))
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.1."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, WCAG 2.1: 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def seen(colour: str, sight: str) -> tuple[float, float, float]:
    """CIE L*a*b* of a colour as an eye of that sight receives it."""
    light = linear(colour)
    red, green, blue = (min(max(sum(a * b for a, b in zip(row, light, strict=True)), 0), 1) for row in SIGHTS[sight])
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def too_weak(theme: Theme, least: dict[float, float]) -> list[tuple[str, str]]:
    """The pairs that have not the contrast which takes the place of the one asked for."""
    return [
        (laid, ground)
        for laid, ground, asked_for in PAIRS
        if contrast(getattr(theme, laid), getattr(theme, ground)) < least[asked_for]
    ]


@THEMES
def test_every_pair_of_colours_in_use_has_the_contrast_that_wcag_asks_for(theme: Theme) -> None:
    assert too_weak(theme, {least: least for least in STRONGER}) == []


@THEMES
def test_text_is_readable_on_the_ground_of_every_service(theme: Theme) -> None:
    for index in range(len(theme.services)):
        ground = theme.service_ground(index)
        assert contrast(theme.text, ground) >= TEXT_CONTRAST
        assert contrast(theme.muted, ground) >= TEXT_CONTRAST


@HIGH_CONTRAST
def test_an_appointment_is_told_from_time_that_is_not_offered_by_its_outline(theme: Theme) -> None:
    for index in range(len(theme.services)):
        assert contrast(theme.service_outline(index), theme.not_offered) >= EDGE_CONTRAST


@THEMES
def test_time_gone_by_is_shaded_and_still_readable(theme: Theme) -> None:
    def gone_by(colour: str) -> str:
        return mixed(colour, "#000000", theme.past_shade)

    grounds = [theme.service_ground(index) for index in range(len(theme.services))]
    pairs = [(theme.free_text, theme.free), *((words, g) for g in grounds for words in (theme.text, theme.muted))]
    assert all(contrast(gone_by(words), gone_by(ground)) >= TEXT_CONTRAST for words, ground in pairs)


@HIGH_CONTRAST
def test_high_contrast_goes_further(theme: Theme) -> None:
    assert too_weak(theme, STRONGER) == []


@THEMES
def test_a_widget_knows_which_theme_it_wears(qapp: QApplication, theme: Theme) -> None:
    apply_theme(qapp, theme)
    assert theme_of(qapp.palette()) is theme
    apply_theme(qapp, LIGHT)


@THEMES
def test_the_bar_of_every_service_stands_out_from_its_ground_and_from_paper(theme: Theme) -> None:
    for index in range(len(theme.services)):
        colour = theme.service_colour(index)
        assert contrast(colour, theme.service_ground(index)) >= EDGE_CONTRAST
        assert contrast(colour, theme.paper) >= EDGE_CONTRAST
        assert contrast(colour, theme.not_offered) >= EDGE_CONTRAST


@THEMES
@pytest.mark.parametrize("sight", SIGHTS)
def test_services_are_told_apart_with_normal_and_colour_blind_sight(theme: Theme, sight: str) -> None:
    for one, other in combinations(theme.services, 2):
        assert math.dist(seen(one, sight), seen(other, sight)) >= LEAST_DIFFERENCE, (one, other)


@THEMES
def test_no_bar_is_taken_for_one_without_a_colour(theme: Theme) -> None:
    assert all(math.dist(seen(colour, "normal"), seen(theme.text, "normal")) >= 25 for colour in theme.services)


@THEMES
def test_more_services_than_colours_share_them_in_turn(theme: Theme) -> None:
    assert theme.service_colour(len(theme.services)) == theme.service_colour(0)


def test_a_mixture_lies_between_its_colours() -> None:
    assert mixed("#000000", "#FF8000", 0.5) == "#804000"


@THEMES
def test_the_whole_program_wears_the_theme(qapp: QApplication, theme: Theme) -> None:
    apply_theme(qapp, theme)
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == theme.ground
    assert qapp.palette().color(QPalette.ColorRole.Accent).name().upper() == theme.accent


def test_the_sheet_is_read_from_a_folder_of_any_name(qtlog: Any, qapp: QApplication) -> None:
    """Programs lie in `C:/Program Files`, too. A sheet that can't be read is dropped whole, with a line on Qt's log."""
    widget = QWidget()
    widget.setStyleSheet(style_sheet({**asdict(LIGHT), "chevron": "C:/Program Files (x86)/På norsk, Åse's/down.svg"}))
    widget.ensurePolished()
    assert [record.message for record in qtlog.records if "parse" in record.message] == []


@THEMES
def test_a_window_that_changes_its_theme_looks_as_one_that_began_with_it(qapp: QApplication, theme: Theme) -> None:
    def looks(*worn: Theme) -> QImage:
        apply_theme(qapp, worn[0])
        window = QWidget()
        column = QVBoxLayout(window)
        for part in (QLineEdit("14.03.1985"), QPushButton("Book"), QCheckBox("Shown"), QComboBox()):
            column.addWidget(part)
        window.grab()
        for each in worn[1:]:
            apply_theme(qapp, each)
        return window.grab().toImage()

    assert looks(DARK if theme is LIGHT else LIGHT, theme) == looks(theme)


@THEMES
def test_every_icon_can_be_drawn(qapp: QApplication, theme: Theme) -> None:
    for name in sorted(path.stem for path in ICONS.glob("*.svg")):
        image = icon(name, theme).pixmap(24, 24).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height())), name
