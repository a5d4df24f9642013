"""Keeps Moodle from drawing pictures for signs such as `(y)`, which it does even in `f(y)`.

Its filter leaves code blocks and spans of class `nolink` alone. Maths gets one span as a whole: inside a formula a span
would break it.
"""

from __future__ import annotations

import re

# fmt: off
EMOTICONS = (
    ":-)", ":)", ":-D", ";-)", ":-/", "V-.", ":-P", ":-p", "B-)", "^-)", "8-)", ":o)", ":-(", ":(", "8-.", ":-I",
    ":-X", "8-o", "P-|", "8-[", "(grr)", "xx-P", "|-.", "}-]", "(h)", "(heart)", "(y)", "(n)", "(martin)", "( )",
)
# fmt: on
"""What Moodle draws unless a site was told otherwise."""
DRAWN = "|".join(map(re.escape, EMOTICONS))
TAKEN = re.compile(
    rf"(?P<left><pre>.*?</pre>|<(?!code>)[^>]*>)|<code>.*?</code>|\\\([^<]*?\\\)|&[#\w]+;-\)|{DRAWN}", re.DOTALL
)
"""What is `left` as it is, or gets a span. An escaped quote before `-)` ends in `;-)`, and gets its span whole."""


def nolink(html: str) -> str:
    """Return HTML with its inline code, its maths and its emoticons in spans that Moodle leaves alone."""
    return TAKEN.sub(lambda found: found[0] if found["left"] else f'<span class="nolink">{found[0]}</span>', html)
