"""Moodle draws no picture into a text that was put out of its filter's reach, and nothing else changes."""

import re

import pytest

from grader.bridges.emoticons import EMOTICONS, nolink


@pytest.mark.parametrize("sign", EMOTICONS)
@pytest.mark.parametrize("html", ["<p>{} and {}</p>", "<p><code>f{}</code></p>", r"<p>\(x {}\)</p>", "<pre>{}</pre>"])
def test_nothing_is_drawn(reading, sign, html):
    """In prose, code, maths and code blocks each sign stays; without the spans it is drawn, but in a code block."""
    text = html.format(sign, sign)
    assert reading.words(reading.drawn(nolink(text))) == reading.words(text)
    assert (reading.drawn(text) == text) is text.startswith("<pre>")


@pytest.mark.parametrize(
    ("html", "guarded"),
    [
        ("<p>plain</p>", "<p>plain</p>"),
        ("<p>&#x27;-)</p>", '<p><span class="nolink">&#x27;-)</span></p>'),
        ("<p>&#x27;) &amp; x</p>", "<p>&#x27;) &amp; x</p>"),
        ("<pre>f(y)</pre><p>(y)</p>", '<pre>f(y)</pre><p><span class="nolink">(y)</span></p>'),
        (r"<p>\( a</p><p>b \)</p>", r"<p>\( a</p><p>b \)</p>"),
        (r"<p>\(f(y)\)</p>", r'<p><span class="nolink">\(f(y)\)</span></p>'),
    ],
)
def test_only_what_must_be_is_guarded(html, guarded):
    """Maths is guarded as a whole, an escaped sign is not torn apart, and no span reaches across a tag."""
    assert nolink(html) == guarded


def test_code_in_a_line_is_always_guarded():
    """Whatever signs a site draws, it draws none into inline code."""
    assert re.findall('<span class="nolink">(.*?)</span>', nolink("<p><code>a</code> <code>b</code></p>")) == [
        "<code>a</code>",
        "<code>b</code>",
    ]
