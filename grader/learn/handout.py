"""A folder that a teacher released: exercises with public tests and no course, as files or as notebooks.

Owns how it is told from other folders, and what lies in it. Its texts are a student's own by now: they are read, never
run here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from grader.catalogue.exercise import READMES
from grader.catalogue.visible_tests import METADATA_KEY, VisibleTests, test_in_cell, visible_tests
from grader.errors import UserError
from grader.yamlfile import read_text

MOST_BYTES = 16 << 20
UNWRITTEN = "raise NotImplementedError"
"""The body of every starter."""
LEVELS = 2
"""How deep an exercise lies below the top of a release."""


@dataclass(frozen=True)
class HandedOut:
    """One exercise of a release."""

    slug: str
    file: Path
    """The student's Python file, or the notebook that holds the exercise."""

    @property
    def is_notebook(self) -> bool:
        """Whether it was released as a notebook."""
        return self.file.suffix == ".ipynb"

    @property
    def is_begun(self) -> bool:
        """Whether the student's own file holds no starter's body any more; of a notebook, nobody can tell."""
        return self.is_notebook or UNWRITTEN not in read_text(self.file)

    def tests(self) -> VisibleTests:
        """Return the public tests; ContentError or UserError for what can't be read as such."""
        if self.is_notebook:
            return tests_in(self.file, self.slug)
        return visible_tests(self.file.with_name(f"test_{self.file.name}"), self.slug)

    def cells(self) -> tuple[str, ...]:
        """Return the student's own code: the file, or the notebook's cells without its tests."""
        if not self.is_notebook:
            return (read_text(self.file),)
        return tuple(source for about, source in code_cells(self.file) if about.get("part") not in {"setup", "test"})


def handed_out(here: Path) -> tuple[HandedOut, ...]:
    """Return the exercises of a release, of one of its units or of one exercise's folder; of another folder none."""
    return tuple(chain(of_files(here), of_notebooks(here)))


def of_files(folder: Path) -> Iterator[HandedOut]:
    """Yield the exercises in a folder, and in those below it: a folder of the exercise's name with three files."""
    for test in sorted(chain.from_iterable(folder.glob(f"{'*/' * depth}test_*.py") for depth in range(LEVELS + 1))):
        slug, place = test.stem.removeprefix("test_"), test.parent
        file = place / f"{slug}.py"
        if place.name == slug and file.is_file() and any((place / name).is_file() for name in READMES.values()):
            yield HandedOut(slug, file)


def of_notebooks(folder: Path) -> Iterator[HandedOut]:
    """Yield the exercises in the released notebooks of a folder."""
    for path in sorted(folder.glob("*.ipynb")):
        slugs = [about.get("exercise") for about, _ in code_cells(path) if about.get("part") == "test"]
        yield from (HandedOut(slug, path) for slug in dict.fromkeys(slugs) if isinstance(slug, str))


def tests_in(path: Path, slug: str) -> VisibleTests:
    """Return the public tests of an exercise in a released notebook."""
    setup, tests = list[str](), []
    for about, source in code_cells(path):
        if about.get("exercise") != slug:
            continue
        if about.get("part") == "setup":
            setup.append(source)
        elif about.get("part") == "test":
            try:
                test = test_in_cell(source)
            except SyntaxError:
                test = None
            if test is None:
                raise UserError(
                    f"{path}: a test of {slug} was changed and can't be run; take it from the release again"
                )
            tests.append(test)
    return VisibleTests("\n\n\n".join(setup), tuple(tests))


def code_cells(path: Path) -> list[tuple[Mapping[str, Any], str]]:
    """Return what the grader wrote about each code cell of a notebook, and its source; nothing for a broken one."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return []
        cells = json.loads(path.read_bytes())["cells"]
        return [(about_cell(each), "".join(each["source"])) for each in cells if each["cell_type"] == "code"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return []


def about_cell(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what the grader wrote about a cell."""
    about = cell.get("metadata", {}).get(METADATA_KEY, {})
    return about if isinstance(about, dict) else {}
