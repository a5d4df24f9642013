"""The colours of a page: everybody can tell them apart, in the light scheme and in the dark one."""

import re

import pytest

from grader.reports.html import packaged


def palette(scheme):
    """Return the colours of a scheme by name."""
    style = packaged("look.css")
    light, dark = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[:2]
    return dict(re.findall(r"--(\S+): (#[0-9a-f]{6});", light if scheme == "light" else dark))


def luminance(color):
    """Return the relative luminance as WCAG 2 defines it."""
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Return the contrast ratio as WCAG 2 defines it."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "behind"),
    [
        *[("ink", name) for name in ("page", "card", "code", "accent-soft", "bad-soft", "ours-soft", "warn-soft")],
        *[("muted", name) for name in ("page", "card", "accent-soft")],
        *[("accent", name) for name in ("card", "accent-soft")],
        *[(tone, f"{tone}-soft") for tone in ("good", "bad", "warn", "quiet", "ours")],
        *[(tone, "card") for tone in ("good", "bad", "warn", "quiet", "ours")],
    ],
)
def test_text_stands_out(scheme, text, behind):
    """Every pair of colours that meets holds contrast AA."""
    colors = palette(scheme)
    assert contrast(colors[text], colors[behind]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_bar_stands_out(scheme):
    """The filled part of a bar is told from the empty one."""
    colors = palette(scheme)
    assert contrast(colors["accent"], colors["track"]) >= 3
