"""Every format that a quiz can be exported to, by the name that the command line knows it by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from grader.bridges.canvas import qti12
from grader.bridges.gift import gift
from grader.bridges.html.page import render_page
from grader.bridges.jupyterquiz import notebook
from grader.bridges.moodle import moodle_xml
from grader.bridges.pool import QuizExport
from grader.bridges.qti21.package import qti21


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
    "moodle-xml": Format(".moodle.xml", moodle_xml),
    "gift": Format(".gift", gift),
    "qti12": Format(".qti12.zip", qti12),
    "qti21": Format(".qti21.zip", qti21),
    "jupyterquiz": Format(".ipynb", notebook),
    "html": Format(".html", render_page, bilingual=True),
}
