"""Wrong answers as learners write them: the true cause is told, alone or with another, and never a false one.

`cases/<case>/<slug>.py` is one mistake; `expected.yaml` tells its cause. `pairs/<slug>/mNN_mNN.py` is two at once.
"""

from pathlib import Path

import pytest
import yaml

from grader.grading.options import Options, load_assignment
from grader.submissions.submission import SourceFile
from grader.verify.trial import open_trials

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*/*.py"))
PAIRS = sorted((HERE / "pairs").glob("*/*.py"))
EXPECTED = yaml.safe_load((HERE / "cases" / "expected.yaml").read_text(encoding="utf-8"))
LEAST_PAIRS = 20


def slug_of(path):
    """Return the exercise that a file answers."""
    return path.stem if path in CASES else path.parent.name


@pytest.fixture(scope="session")
def facts(root):
    """Return what grades a file, each once."""
    slugs = tuple(sorted({*map(slug_of, (*CASES, *PAIRS))}))
    assignment = load_assignment(Options(root, b"a secret of the tests", names=slugs))
    exercises = {each.slug: each for each in assignment.exercises}
    with open_trials(assignment, assignment.exercises) as trials:

        def grade(path):
            source = SourceFile(f"{slug_of(path)}.py", (path.read_text(encoding="utf-8"),), notebook=False)
            return trials.judge.grade_exercise(exercises[slug_of(path)], source).facts

        yield grade


def names_in(facts):
    """Return the misconceptions that are named."""
    return [each.misconception for each in facts.diagnosis.misconceptions]


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_cause_of_a_mistake_is_told(facts, path):
    """It is named, and nothing else but a further mistake that the code makes."""
    expected = EXPECTED[path.parent.name]
    found = facts(path)
    assert found.points < found.max_points
    assert set(names_in(found)) & set(expected["cause"]), found.diagnosis
    assert set(names_in(found)) <= {*expected["cause"], *expected.get("also", ())}, found.diagnosis
    assert not set(names_in(found)) & set(expected.get("not", ()))


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_of_two_mistakes_at_once_none_is_told_falsely(facts, path):
    """Both are named, or one is and what it does not explain stays open."""
    found = facts(path)
    pair = set(path.stem.upper().split("_"))
    assert names_in(found), found.diagnosis
    assert set(names_in(found)) <= pair, found.diagnosis
    failed = {each.id for each in found.checks if each.verdict != "passed"}
    explained = {check for each in found.diagnosis.misconceptions for check in each.checks}
    assert explained | set(found.diagnosis.unexplained) | (failed if found.diagnosis.candidates else set()) >= {
        each.id for each in found.checks if each.verdict == "failed"
    }


def test_there_are_cases_and_pairs_enough():
    """Every case is expected, and pairs are many."""
    assert {path.parent.name for path in CASES} == set(EXPECTED)
    assert len(PAIRS) >= LEAST_PAIRS
