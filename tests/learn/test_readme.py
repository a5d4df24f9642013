"""A README for a terminal: maths in Unicode, Chinese lines joined, code untouched."""

import pytest

from grader.learn.readme import prepared, readme


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("With $v_i$ for $y = f(x)$.", "With vᵢ for y = f(x)."),
        ("`$x$` stays code", "`$x$` stays code"),
        ("```python\ncost = '$5'\n```\n", "```python\ncost = '$5'\n```\n"),
        ("有多重要。\n弄清它", "有多重要。弄清它"),
        ("- 一个数。\n  另一个", "- 一个数。另一个"),
        ("一行\n\n另一段", "一行\n\n另一段"),
        ("one\ntwo", "one\ntwo"),
        ("$$\na = b\n$$", "a = b"),
        ("$a_x * b$", r"a\_x \* b"),
    ],
)
def test_prose_is_prepared_and_code_is_not(text, shown):
    """Maths becomes plain text that Markdown shows as it is; Chinese needs no blank where a line ends."""
    assert prepared(text) == shown


def test_headings_stand_at_the_left_without_a_box(console):
    """Rich would centre them."""
    printed = console(60)
    printed.print(readme("# Title\n\nText.\n\n## Goal\n\nMore."))
    lines = [line.rstrip() for line in printed.file.getvalue().splitlines()]
    assert [line for line in lines if line] == ["Title", "Text.", "Goal", "More."]


def test_chinese_is_wrapped_between_any_two_characters(console):
    """A long Chinese run begins on the line of the word before it, and no line begins with a full stop."""
    printed = console(20)
    printed.print(readme("计算时，torch 会记下每个结果是怎么得来的，这就是计算图。"))
    lines = [line.rstrip() for line in printed.file.getvalue().splitlines()]
    assert lines == ["计算时，torch 会记下", "每个结果是怎么得来", "的，这就是计算图。"]
