"""The little Markdown of questions: read once, shown in a terminal, a page or a quiz of another system."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.markup import Span, SpanKind, as_html, as_plain, delimited, mathml, paragraphs

TEXT, CODE, BOLD, MATHS = SpanKind.TEXT, SpanKind.CODE, SpanKind.BOLD, SpanKind.MATHS


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("plain", [(TEXT, "plain")]),
        ("the `x.grad` of $x^2$", [(TEXT, "the "), (CODE, "x.grad"), (TEXT, " of "), (MATHS, "x^2")]),
        ("**not** `a`", [(BOLD, "not"), (TEXT, " "), (CODE, "a")]),
        ("`a ** b` and `$5`", [(CODE, "a ** b"), (TEXT, " and "), (CODE, "$5")]),
        ("2 ** 3 ** x", [(TEXT, "2 "), (BOLD, " 3 "), (TEXT, " x")]),
        ("2 * 3 and 5 $", [(TEXT, "2 * 3 and 5 $")]),
        ("one\ntwo", [(TEXT, "one two")]),
        ("", []),
    ],
)
def test_a_paragraph_is_its_spans(text, spans):
    """Marks without their partner are text; what stands in code is no mark; a line's end is a blank."""
    assert paragraphs(text) == (tuple(Span(kind, part) for kind, part in spans),)


def test_paragraphs_are_set_apart_by_empty_lines():
    """However many, and whatever blanks stand in them."""
    assert [part[0].text for part in paragraphs("\n one\n\n\ntwo\n   \nthree\n")] == ["one", "two", "three"]


def test_html_holds_nothing_that_was_not_escaped():
    """A text can't bring markup of its own."""
    shown = as_html("<b> `a < b & c` **x > y** $a<b$\n\nsecond", delimited)
    assert shown == (
        "<p>&lt;b&gt; <code>a &lt; b &amp; c</code> <strong>x &gt; y</strong> \\(a&lt;b\\)</p><p>second</p>"
    )


def test_html_inside_a_line_has_no_paragraphs():
    """An option's text stands in a line of another's."""
    assert as_html("`a`\n\nb", delimited, inline=True) == "<code>a</code><br/>b"


def test_maths_becomes_mathml():
    """A browser shows it without a script."""
    shown = as_html("$x^2$", mathml)
    assert shown.startswith("<p><math")
    assert "<msup>" in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**Read** `x.grad`.", "Read x.grad."),
        ("one\n\ntwo", "one\n\ntwo"),
        ("$x_1^2$", "x₁²"),
        ("$J^T v$", "Jᵀ v"),
        (r"$J^\top v$", "Jᵀ v"),
        ("$A_{ij}$", "Aᵢⱼ"),
        (r"$3 \cdot x$", "3 · x"),
        (r"$a \times b \, x^2$", "a × b x²"),
        (r"$x \mapsto \partial x$", "x ↦ ∂x"),
        (r"$\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$", "[[1, 2], [3, 4]]"),
        (r"$\frac{1}{2}$", "1/2"),
        ("$x^{10}$", "x¹⁰"),
        ("$w_{max}$", "w_max"),
    ],
)
def test_plain_text_is_readable(text, shown):
    """Marks are gone, and maths is Unicode as far as it goes."""
    assert as_plain(text) == shown


@settings(derandomize=True, database=None, deadline=None)
@given(st.text(alphabet="ab `*$_^{}\\\n<&1·中", max_size=60))
def test_no_text_breaks_the_reading_of_it(text):
    """Every character but the marks, line ends and blanks around paragraphs is kept, in order."""

    def bare(part):
        return "".join(sign for sign in part if sign not in "`*$ \n")

    assert bare("".join(span.text for part in paragraphs(text) for span in part)) == bare(text)
    assert "<b" not in as_html(text, delimited).replace("<br/>", "")


@pytest.mark.parametrize("text", ["`" * 20001, "*" * 20001, "$" * 20001, "`a\n" * 5000, "$a\n" * 5000, "\n " * 5000])
def test_endless_marks_are_read(text):
    """Nothing in a text makes it slow to read."""
    assert as_html(text, delimited)
