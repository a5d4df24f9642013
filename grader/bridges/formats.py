"""Every format that a quiz can be exported to, by the name that the command line knows it by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from grader.bridges.html.page import render_page
from grader.bridges.jupyterquiz import notebook
from grader.bridges.pool import QuizExport


@dataclass(frozen=True)
class Format:
    """How a quiz is written for one system."""

    suffix: str
    """What the file's name ends with, such as `.gift`."""
    render: Callable[[Sequence[QuizExport]], bytes]
    """Makes a file of the exports it is given: the quiz in one language, or in both where `bilingual`."""
    bilingual: bool = False
    """Whether one file holds both languages."""


FORMATS: Mapping[str, Format] = {
    "jupyterquiz": Format(".ipynb", notebook),
    "html": Format(".html", render_page, bilingual=True),
}
