"""A small course of three exercises, a learner's own folder of it, and an outline without files."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
import yaml
from rich.console import Console

from grader.catalogue.course import load_course
from grader.learn.outline import Lesson, Outline
from grader.learn.progress import Progress
from grader.learn.start import start_in
from grader.learn.state import State
from grader.learn.workspace import open_workspace
from grader.results.report import CheckReport, ExerciseReport, Report
from grader.results.verdicts import Part, Verdict

ROOT = Path(__file__).resolve().parents[2]
UNITS = {"first_steps": ["make_leaf", "describe_graph"], "weights": ["weighted_grad"]}
"""The units and exercises of the small course; `describe_graph` and `weighted_grad` need `make_leaf`."""


@pytest.fixture
def copied(tmp_path):
    """Return the folder of a course with three exercises of the project, whole and unbroken."""
    folder = tmp_path / "course"
    for unit, slugs in UNITS.items():
        for slug in slugs:
            for part in ("exercises", "solutions"):
                shutil.copytree(
                    ROOT / part / unit / slug,
                    folder / part / unit / slug,
                    ignore=shutil.ignore_patterns("__pycache__"),
                )
            hidden = folder / "tests" / "hidden" / unit
            hidden.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / "tests" / "hidden" / unit / f"test_{slug}_hidden.py", hidden)
    shutil.copy(ROOT / "solutions" / "misconceptions.yaml", folder / "solutions")
    config = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
    config["units"] = [
        {**unit, "exercises": [each for each in unit["exercises"] if each["slug"] in UNITS[unit["name"]]]}
        for unit in config["units"]
        if unit["name"] in UNITS
    ]
    for unit in config["units"]:
        unit.pop("quiz")
    (folder / "config.yaml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    return folder


@pytest.fixture
def own(copied, tmp_path):
    """Return a learner's own folder of that course."""
    folder = tmp_path / "mine"
    start_in(load_course(copied), folder, None)
    return folder


@pytest.fixture
def space(own):
    """Return the workspace of that folder."""
    return open_workspace(own)


def lesson(slug, unit="unit", needs=(), *, has_quiz=True, has_introduction=False):
    """Return an exercise that stands nowhere but in an outline."""
    return Lesson(
        slug=slug,
        unit=unit,
        unit_title=f"The {unit}",
        title=f"About {slug}",
        points=2.0,
        needs=tuple(needs),
        hints=("look", "think", "almost"),
        file=f"{unit}/{slug}/{slug}.py",
        unit_has_quiz=has_quiz,
        unit_has_introduction=has_introduction,
    )


@pytest.fixture
def outline():
    """Return three exercises of two units; the second needs the first, the third's unit has no quiz but a page."""
    lessons = (
        lesson("one"),
        lesson("two", needs=["one"]),
        lesson("three", "other", has_quiz=False, has_introduction=True),
    )
    return Outline("A course", lessons)


@pytest.fixture
def state(outline):
    """Return the state of somebody who begins with the first exercise."""
    return State(outline, Progress(), "one")


@pytest.fixture
def report():
    """Return what makes a report on one exercise with one check."""

    def made(slug="one", verdict=Verdict.FAILED, score=0.0):
        check = CheckReport(
            id="squares",
            title="The squares of 1, 2, 3.",
            part=Part.DOCUMENTED,
            points=score,
            max_points=2.0,
            verdict=verdict,
            message="" if verdict is Verdict.PASSED else "f(x)\n    x = torch.tensor([1.0, 2.0])",
        )
        exercise = ExerciseReport(
            slug=slug,
            title=f"About {slug}",
            score=score,
            max_score=2.0,
            verdict=verdict,
            simplest="squares",
            checks=(check,),
        )
        return Report(
            student="mine",
            course="A course",
            language="en",
            isolation="sandbox",
            feedback="visible",
            score=score,
            max_score=2.0,
            exercises=(exercise,),
        )

    return made


@pytest.fixture
def console():
    """Return what makes a console of some size that writes into a text."""

    def made(width=60, height=24):
        return Console(file=io.StringIO(), width=width, height=height, color_system=None, legacy_windows=False)

    return made
