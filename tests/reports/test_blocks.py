"""A message as blocks of prose and code."""

from grader.reports.blocks import blocks


def test_prose_and_code_are_told_apart():
    """Indented lines and calls alone are code; a blank line joins what it follows."""
    text = "Smallest case:\nf(x, y=1)\n\tx = 1\n\n\ty = 2\n\nSee f(x) above.\nAnd more.\n"
    assert [(block.is_code, block.text) for block in blocks(text)] == [
        (False, "Smallest case:"),
        (True, "f(x, y=1)\n\tx = 1\n\n\ty = 2"),
        (False, "See f(x) above.\nAnd more."),
    ]


def test_code_begins_at_the_left_edge():
    """A call with its arguments above it is one block that can be pasted as it stands."""
    (block,) = blocks("    x = torch.ones(2)\n    f(x)")
    assert (block.is_code, block.text) == (True, "x = torch.ones(2)\nf(x)")


def test_an_empty_message_has_no_blocks():
    """Nothing is shown for nothing."""
    assert list(blocks("\n \n")) == []
