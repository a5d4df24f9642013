"""The little Markdown of a question's text: paragraphs, `code`, **bold** and `$maths$` in LaTeX; nothing else.

Owns reading it and writing it as HTML or as plain text. Knows nothing of questions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from html import escape, unescape
from xml.etree.ElementTree import tostring

SPAN = re.compile(r"`(?P<code>[^`\n]+)`|\*\*(?P<bold>[^*\n]+)\*\*|\$(?P<maths>[^$\n]+)\$")
ROWS = re.compile(r"\\begin\{[pb]?matrix\}(.*?)\\end\{[pb]?matrix\}", re.DOTALL)
BETWEEN = re.compile(r"(\\(?:cdot|times|to|mapsto|approx|leq?|geq?|neq?|in))\s+")
"""Signs between two others: the blank after them is lost to LaTeX, and wanted in plain text."""
SUBSCRIPT = re.compile(r"_(?:\{([0-9ijknm]+)\}|([0-9ijknm])(?![0-9A-Za-z]))")
SUPERSCRIPT = re.compile(r"\^(?:\{(\\top|[0-9nT]+)\}|(\\top\b|[0-9nT])(?![0-9A-Za-z]))")
SUBSCRIPTS = str.maketrans("0123456789ijknm", "₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₙₘ")
SUPERSCRIPTS = str.maketrans("0123456789nT", "⁰¹²³⁴⁵⁶⁷⁸⁹ⁿᵀ")


class SpanKind(StrEnum):
    """What a piece of text is."""

    TEXT = "text"
    CODE = "code"
    BOLD = "bold"
    MATHS = "maths"


@dataclass(frozen=True)
class Span:
    """A piece of a paragraph, without the marks around it."""

    kind: SpanKind
    text: str


def paragraphs(text: str) -> tuple[tuple[Span, ...], ...]:
    """Return the paragraphs of a text, each as its spans."""
    return tuple(tuple(spans(each)) for each in re.split(r"\n\s*\n", text.strip()))


def spans(paragraph: str) -> list[Span]:
    """Return the spans of a paragraph in order; a line's end is a blank."""
    found: list[Span] = []
    position = 0
    for mark in SPAN.finditer(paragraph):
        found.append(Span(SpanKind.TEXT, paragraph[position : mark.start()]))
        kind = SpanKind(mark.lastgroup or "text")
        found.append(Span(kind, mark[kind.value]))
        position = mark.end()
    found.append(Span(SpanKind.TEXT, paragraph[position:]))
    return [Span(each.kind, each.text.replace("\n", " ")) for each in found if each.text]


def as_html(text: str, maths: Callable[[str], str], *, inline: bool = False) -> str:
    """Return a text as HTML; `maths` writes LaTeX as markup, and `inline` leaves the paragraphs' own tags out."""
    blocks = ["".join(span_html(span, maths) for span in each) for each in paragraphs(text)]
    return "<br/>".join(blocks) if inline else "".join(f"<p>{block}</p>" for block in blocks)


def span_html(span: Span, maths: Callable[[str], str]) -> str:
    """Return one span as HTML."""
    match span.kind:
        case SpanKind.CODE:
            return f"<code>{escape(span.text)}</code>"
        case SpanKind.BOLD:
            return f"<strong>{escape(span.text)}</strong>"
        case SpanKind.MATHS:
            return maths(span.text)
    return escape(span.text)


@cache
def mathml(latex: str) -> str:
    """Return LaTeX as an inline MathML element."""
    from latex2mathml.converter import convert_to_element  # noqa: PLC0415 - a tenth of a second that few commands need

    element = convert_to_element(latex)
    for each in element.iter():
        each.text = unescape(each.text) if each.text else None
    return tostring(element, encoding="unicode")


def delimited(latex: str) -> str:
    r"""Return LaTeX between `\(` and `\)`, as MathJax finds it in a page."""
    return f"\\({escape(latex)}\\)"


def as_plain(text: str) -> str:
    """Return a text for a terminal: no marks, maths in Unicode as far as it goes."""
    blocks = ("".join(span_plain(span) for span in each) for each in paragraphs(text))
    return "\n\n".join(blocks)


def span_plain(span: Span) -> str:
    """Return one span as plain text."""
    return plain_maths(span.text) if span.kind is SpanKind.MATHS else span.text


@cache
def plain_maths(latex: str) -> str:
    """Return LaTeX as a line of Unicode text."""
    from pylatexenc.latex2text import LatexNodes2Text  # noqa: PLC0415 - as above

    rows = ROWS.sub(lambda found: matrix_text(found[1]), latex)
    rows = SUBSCRIPT.sub(lambda found: raised(found, SUBSCRIPTS), rows)
    rows = SUPERSCRIPT.sub(lambda found: raised(found, SUPERSCRIPTS), rows)
    rows = BETWEEN.sub(r"\1{} ", rows)
    return " ".join(str(LatexNodes2Text(math_mode="text").latex_to_text(rows)).split())


def raised(found: re.Match[str], letters: Mapping[int, int]) -> str:
    """Return what stood below or above the line as letters that Unicode has for it, in braces for LaTeX."""
    text = (found[1] or found[2]).replace(r"\top", "T").translate(letters)
    return f"{{{text}}}"


def matrix_text(rows: str) -> str:
    r"""Return the rows of a LaTeX matrix, `a & b \\ c & d`, as nested brackets."""
    entries = ([entry.strip() for entry in row.split("&")] for row in rows.split(r"\\"))
    return f"[{', '.join('[' + ', '.join(row) + ']' for row in entries)}]"
