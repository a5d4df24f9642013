"""The workflow template: no commit of a student reaches what judges."""

from __future__ import annotations

import re

import pytest
import yaml


@pytest.fixture
def text(root) -> str:
    """Return the template."""
    return (root / "docs" / "templates" / "grade-repositories.yml").read_text(encoding="utf-8")


@pytest.fixture
def steps(text) -> list[dict[str, object]]:
    """Return the steps of its one job."""
    (job,) = yaml.safe_load(text)["jobs"].values()
    return job["steps"]


def test_nothing_that_a_student_does_starts_it(text):
    """Only the clock and the instructor's hand do."""
    workflow = yaml.safe_load(text)
    assert set(workflow[True]) == {"workflow_dispatch", "schedule"}  # YAML takes `on` for a truth value
    assert workflow["permissions"] == {"contents": "read"}


def test_no_step_knows_both_secrets(steps):
    """The one that clones knows a token that reads, the one that grades the course's secret, and no other step any."""
    known = [set(re.findall(r"secrets\.(\w+)", str(step))) for step in steps]
    assert [each for each in known if each] == [{"STUDENT_REPOSITORIES_TOKEN"}, {"GRADER_SECRET"}]


def test_a_students_repository_is_data(steps):
    """It is cloned without links, hooks and submodules, and nothing of it is run but by the grader."""
    (clone,) = [str(step["run"]) for step in steps if "git " in str(step.get("run"))]
    for option in ("core.symlinks=false", "core.hooksPath=/dev/null", "--no-recurse-submodules", "--depth 1", "--"):
        assert option in clone
    others = [str(step.get("run", "")) for step in steps if str(step.get("run")) != clone]
    assert [line for run in others for line in run.splitlines() if "class" in line] == [
        "grader grade class --roster roster.csv --out feedback || status=$?"
    ]


def test_torch_is_the_version_of_the_constraints(text, root):
    """The template installs what the project is tested with."""
    (pinned,) = re.findall(r"^torch==(\S+)$", (root / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE)
    assert f"torch=={pinned}+cpu" in text
