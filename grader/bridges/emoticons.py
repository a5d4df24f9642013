"""Moodle's filter for emoticons draws pictures into a text, `f(y)` included, but not into code blocks or `nolink`.

Owns what is put out of its reach. Maths is left to Moodle's other filter, so nothing may stand inside it.
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
"""What is `left` as it is, else put into a span; of a sign such as `&#x27;` the end belongs to `;-)`."""


def nolink(html: str) -> str:
    """Return HTML with its inline code, its maths and its emoticons in spans that Moodle leaves alone."""
    return TAKEN.sub(lambda found: found[0] if found["left"] else f'<span class="nolink">{found[0]}</span>', html)
