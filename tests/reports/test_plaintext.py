"""Text of unknown origin becomes harmless and honest."""

import pytest

from grader.reports.plaintext import line, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x00\x1b[31m", r"\x00\x1b[31m"),
        ("a\rb", r"a\x0db"),
        ("\x7f\x85\x9b", r"\x7f\x85\x9b"),
        ("\u202aa\u202e", r"\u202aa\u202e"),
        ("\u2066\u2069", r"\u2066\u2069"),
        ("\u200b\u200d\u2060\ufeff", r"\u200b\u200d\u2060\ufeff"),
        ("\u2028\u2029", r"\u2028\u2029"),
        ("\udc80\ud83d", r"\udc80\ud83d"),
        ("\U000e0041", r"\U000e0041"),
    ],
)
def test_a_deceptive_character_becomes_its_escape(text, shown):
    """Controls, bidi overrides, invisible characters and lone surrogates are shown as escapes."""
    assert visible(text) == shown


@pytest.mark.parametrize("text", ["", "a\n\tb", "naïve", "文档 000", "مرحبا", "🙂", "x ≤ y — “z”"])
def test_ordinary_text_stays(text):
    """Text in any script stays, with its newlines and tabs."""
    assert visible(text) == text


def test_windows_line_ends_become_newlines():
    """A carriage return before a newline is no deception."""
    assert visible("a\r\nb") == "a\nb"


def test_long_text_is_cut_and_counted():
    """What was cut is counted, and escapes do not count."""
    assert visible("\x00" * 12, limit=10) == r"\x00" * 10 + "… (+2)"
    assert visible("a" * 10, limit=10) == "a" * 10


def test_the_default_limit_holds():
    """A megabyte of text becomes a page of it."""
    assert len(visible("a" * 1_000_000)) < 21_000


def test_a_line_has_no_line_ends():
    """Newlines and tabs become escapes where one line is promised."""
    assert line("a\r\nb\tc\nd") == r"a\nb\tc\nd"


def test_every_result_can_be_written_as_utf8(hostile):
    """No character is left that a file can't hold."""
    assert visible(hostile).encode().decode() == visible(hostile)
