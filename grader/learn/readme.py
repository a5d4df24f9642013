"""An exercise's README for a terminal: Markdown with its maths in Unicode, and Chinese lines joined as Chinese is.

Owns what is done to the text before Rich renders it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import Heading, Markdown, MarkdownElement, Paragraph
from rich.text import Text

from grader.markup import SPAN, plain_maths
from grader.reports.wrap import wrapped

FENCE = re.compile(r"(^```.*?^```[^\n]*$)", re.MULTILINE | re.DOTALL)
SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")
CHINESE_BREAK = re.compile(r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])\n *(?=[\u4e00-\u9fff\uff00-\uffef])")
DISPLAY = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)


@dataclass(frozen=True)
class Wrapped:
    """A text that is wrapped where its language allows it: Rich breaks at spaces alone."""

    text: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the text's lines."""
        for line in self.text.split(allow_blank=True):
            place, starts = 0, list[int]()
            for row in wrapped(line.plain, options.max_width):
                place = line.plain.index(row, place)
                starts.append(place)
                place += len(row)
            for part in line.divide(starts[1:]):
                part.rstrip()
                yield part


class WrappedParagraph(Paragraph):
    """A paragraph that is wrapped where its language allows it."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the paragraph's lines."""
        yield Wrapped(self.text)


class LeftHeading(Heading):
    """A heading at the left: Rich centres it, and boxes the first."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the heading."""
        text = self.text.copy()
        text.justify = "left"
        text.stylize("bold underline" if self.tag == "h1" else "bold")
        yield text


class PlainMarkdown(Markdown):
    """Markdown as a terminal without colour shows it well."""

    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "heading_open": LeftHeading,
        "paragraph_open": WrappedParagraph,
    }


def readme(text: str) -> PlainMarkdown:
    """Return a README as Rich can print it."""
    return PlainMarkdown(prepared(text), code_theme="ansi_dark", hyperlinks=False)


def prepared(text: str) -> str:
    """Return Markdown without maths and without blanks between Chinese lines; code blocks stay as they are."""
    parts = FENCE.split(text)
    return "".join(part if part.startswith("```") else prose(part) for part in parts)


def prose(text: str) -> str:
    """Return Markdown outside of code blocks as `prepared` does."""
    single = DISPLAY.sub(lambda found: f"${' '.join(found[1].split())}$", text)
    plain = SPAN.sub(lambda found: escaped(plain_maths(found["maths"])) if found["maths"] else found[0], single)
    return CHINESE_BREAK.sub("", plain)


def escaped(text: str) -> str:
    """Return plain text as Markdown that shows the same."""
    return SPECIAL.sub(r"\\\1", text)
