"""Cells of a notebook as Python can read them: each magic of IPython is left out, or becomes the code that it runs.

For what reads a submission's source without running it; IPython itself reads the cells in the student process. Goes
through a cell once, line by line, so that no cell takes long; in doubt a line stays as it is.
"""

from __future__ import annotations

import re

RUNS_CODE = "(?:time|timeit|prun)"
OPTION = r"(?:-[a-zA-Z]+(?:[ \t]*\d+)?[ \t]+)*"
ELSEWHERE = re.compile(r"\A\s*%%(?!(?:time|timeit|prun|capture|check)\b)")
"""A cell whose body is no code of the notebook."""
CELL_MAGIC = re.compile(r"\A(\s*)%%[^\n]*")
PROMPT = re.compile(r"^[ \t]*(?:>>>|\.\.\.|In \[\d+\]:) ?", re.MULTILINE)
RUN = re.compile(rf"^([ \t]*(?:[^\n#'\"=%]*=[ \t]*)?)%{RUNS_CODE}[ \t]+{OPTION}(.*)$", re.MULTILINE)
VALUE = re.compile(r"^([^\n#'\"=%]*[^\n#'\"=%!<>]=[ \t]*)[%!](?!=).*$", re.MULTILINE)
COMMAND = re.compile(r"^([ \t]*)[%!,;/?].*$", re.MULTILINE)
HELP = re.compile(r"^([ \t]*)[%\w.*\[\]'\"]+\?{1,2}[ \t]*$", re.MULTILINE)


def as_python(cell: str) -> str:
    """Return a cell without its magics, every line in its place."""
    if ELSEWHERE.match(cell):
        return ""
    cell = CELL_MAGIC.sub(r"\1", cell)
    if PROMPT.match(cell.lstrip("\n")):
        cell = PROMPT.sub("", cell)
    cell = VALUE.sub(r"\1None", RUN.sub(r"\1\2", dedented(cell)))
    return HELP.sub(r"\1pass", COMMAND.sub(r"\1pass", cell))


def dedented(cell: str) -> str:
    """Return a cell whose first line is indented without that indentation, as IPython reads it."""
    first = cell.lstrip("\n")
    indent = first[: len(first) - len(first.lstrip(" \t"))]
    return re.sub(f"^{indent}", "", cell, flags=re.MULTILINE) if indent else cell
