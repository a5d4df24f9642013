"""`grader verify`: the content's rules and matrix, as a table or as JSON."""

import json
from dataclasses import replace as changed
from pathlib import Path

import pytest

from grader.catalogue.course import load_course
from grader.catalogue.rules import Broken
from grader.results.facts import CheckFacts, DiagnosisFacts, ExerciseFacts, Explained
from grader.results.verdicts import Part, Verdict
from grader.verify import verify as verify_module
from grader.verify.documents import Outputs
from grader.verify.idle import IdleFate
from grader.verify.matrix import Matrix, Row
from grader.verify.mutation import Mutated
from grader.verify.verify import Verification, Verified


def facts(*verdicts, misconception=None):
    """Return facts with a check for each verdict; the first is one that the course has a title for."""
    checks = tuple(
        CheckFacts(
            id=f"check [bold]{number}[/bold]" if number > 1 else "both_shapes_of_the_same_outputs",
            part=Part.PROBES,
            points=1 if verdict is Verdict.PASSED else 0,
            max_points=1,
            verdict=verdict,
            covers=("d0-o2",),
        )
        for number, verdict in enumerate(verdicts, start=1)
    )
    named = (Explained(misconception=misconception, checks=()),) if misconception else ()
    diagnosis = DiagnosisFacts(tried=True, misconceptions=named)
    return ExerciseFacts(slug="weighted_grad", verdict=Verdict.FAILED, checks=checks, diagnosis=diagnosis)


@pytest.fixture
def found(copied, monkeypatch):
    """Let `verify` find a matrix with every verdict, without judging; return what is found, to be changed."""
    (exercise,) = load_course(copied).exercises
    rows = (
        Row("solution", exercise.solution, facts(*[Verdict.PASSED] * 9), None),
        Row("starter", exercise.starter, facts(*[Verdict.ERROR] * 9), None),
        Row("m14_mean_for_sum", exercise.solution, facts(*Verdict, misconception="M14"), "M14"),
        Row("m101_left_on", exercise.solution, facts(*reversed(Verdict)), "M101"),
    )
    mutants = (
        Mutated(17, "[a]", "b", "`[a]` became `b`", "c1", equal=False),
        Mutated(18, "c", "d", "`c` became `d`", "", equal=True),
        Mutated(19, "e", "", "`e` was dropped", "", equal=False),
    )
    idle = (IdleFate("None", (), ()), IdleFate("1", ("c1",), ()))
    holder = [Verification((Verified(Matrix(exercise, rows), mutants, idle),), (), ())]

    def verify(_assignment, _quizzes, progress, *, draws, cached):
        assert (draws, cached) == (1000, True)
        progress("weighted_grad")
        return holder[0]

    monkeypatch.setattr(verify_module, "verify", verify)
    return holder


def test_the_projects_own_content_is_verified(process, root):
    """An exercise of the project breaks no rule: exit code 0, with every solution's report as JSON."""
    ended = process("verify", "sum_backward", "--course", root, "--json")
    assert ended.code in (0, 1), ended.err
    found = json.loads(ended.out)
    assert found["broken"] == []
    assert ended.code == 0
    ((solution, starter, *wrong),) = [exercise["rows"] for exercise in found["exercises"]]
    assert (solution["name"], solution["report"]["score"]) == ("solution", solution["report"]["max_score"])
    assert (starter["name"], starter["report"]["score"]) == ("starter", 0)
    assert wrong
    assert all(row["report"]["misconception"] == row["expected"] for row in wrong)


def test_broken_content_ends_with_exit_code_1(process, files):
    """Each broken rule is told by its file, relative to the course, with what to do."""
    for path in files.wrong.iterdir():
        path.unlink()
    files.hidden.write_text(f"# no canary\n{files.hidden.read_text(encoding='utf-8')}def (\n", encoding="utf-8")
    ended = process("verify")
    assert ended.code == 1
    hidden = "tests/hidden/weights/test_weighted_grad_hidden.py"
    assert f"{hidden}:1: the first line must be `# canary" in ended.out
    assert f"{hidden}: the hidden tests can't be collected" in ended.out
    assert "solutions/weights/weighted_grad/wrong: there is no known-wrong solution" in ended.out
    assert "0 broken rules" not in ended.out


def test_a_matrix_has_a_letter_for_each_verdict(grader, found):
    """The table shows each solution's score, diagnosis and checks; the legend explains the letters."""
    ended = grader("verify", "weighted_grad")
    assert (ended.code, len(found)) == (0, 1)
    (mean,) = [line for line in ended.out.splitlines() if "m14_mean_for_sum" in line]
    assert "M14" in mean
    assert "·FETMCX-U!" in mean
    (left_on,) = [line for line in ended.out.splitlines() if "m101_left_on" in line]
    assert "?" in left_on
    assert "!U-XCMTEF·" in left_on
    for letter in "·FETMCX-U!":
        assert f"{letter} " in ended.out[ended.out.index("legend:") :]


def test_an_exercise_that_is_named_is_shown_whole(grader, found):
    """Its checks, its mutants and its idle answers; what looks like markup in them is text."""
    ended = grader("verify", "weighted_grad")
    assert "check [bold]2[/bold]" in ended.out
    for line in (
        "line 17: `[a]` became `b`: killed by c1",
        "line 18: `c` became `d`: equal",
        "line 19: `e` was dropped: survives",
        "2 idle answers: None, 1",
    ):
        assert f"  {line}\n" in ended.out
    assert len(found) == 1


def test_a_course_is_summed_up(grader, found):
    """An exercise that was not named has one line, and the last line is about them all."""
    ended = grader("verify")
    (line,) = [line for line in ended.out.splitlines() if "weighted_grad" in line]
    assert [cell.strip() for cell in line.strip("│").split("│")] == [
        "weighted_grad", "4", "9", "1/2", "1/2", "1", "1/2"
    ]  # fmt: skip
    assert "Check" not in ended.out
    assert "documented outputs" not in ended.out, "a course without documents owes none"
    assert (
        "1 exercises, 4 points, 2 wrong solutions, 9 checks, mutation score 50 % (1 of 2), 0 questions, 0 broken rules"
    ) in ended.out
    assert len(found) == 1


def test_outputs_that_are_owed_are_counted(grader, found):
    """Where the course lists the documents' outputs, the line says how many of them are covered."""
    found[0] = changed(found[0], outputs=Outputs({"d0-o1": Path("x")}, ("d0-o1", "d9-o9")))
    assert "documented outputs covered: 1 of 2: d0-o1\n" in grader("verify").out


def test_broken_rules_are_told_by_place(grader, found, copied):
    """Relative to the course, with the line where there is one; a place outside is told as it is."""
    inside, outside = copied / "config.yaml", Path("/elsewhere/[x].py")
    broken = (Broken(inside, "mend it", 3), Broken(inside, "all of it"), Broken(outside, "[red]gone[/red]"))
    found[0] = changed(found[0], broken=broken)
    ended = grader("verify")
    assert ended.code == 1
    for line in ("config.yaml:3: mend it", "config.yaml: all of it", "/elsewhere/[x].py: [red]gone[/red]"):
        assert f"\n{line}\n" in ended.out


def test_json_holds_what_the_table_shows(grader, found, copied):
    """--json prints the reports and the broken rules and nothing else; the exit code is the same."""
    found[0] = changed(found[0], broken=(Broken(copied / "config.yaml", "坏了", 3),))
    ended = grader("verify", "--json")
    data = json.loads(ended.out)
    assert ended.code == 1
    assert data["broken"] == [{"path": "config.yaml", "line": 3, "problem": "坏了"}]
    (exercise,) = data["exercises"]
    assert [mutant["killed_by"] for mutant in exercise["mutants"]] == ["c1", "", ""]
    assert [idle["paid"] for idle in exercise["idle"]] == [[], ["c1"]]
    assert [row["name"] for row in exercise["rows"]] == ["solution", "starter", "m14_mean_for_sum", "m101_left_on"]


def test_json_holds_a_place_outside_of_the_course(grader, found):
    """A course that was named by a roundabout path has places that do not begin with that path."""
    found[0] = changed(found[0], broken=(Broken(Path("/elsewhere/x.py"), "gone"),))
    data = json.loads(grader("verify", "--json").out)
    assert data["broken"] == [{"path": "/elsewhere/x.py", "line": None, "problem": "gone"}]


def test_the_isolation_that_is_asked_for_is_used(grader, found, monkeypatch):
    """An author whose machine lacks a layer verifies at the weaker level; by default it is the sandbox."""
    asked = []

    def verify(assignment, _quizzes, _progress, **_draws):
        asked.append(assignment.options.isolation)
        return found[0]

    monkeypatch.setattr(verify_module, "verify", verify)
    grader("verify")
    grader("verify", "--isolation", "process")
    assert asked == ["sandbox", "process"]


def test_everything_is_run_again_when_it_is_asked_for(grader, found, monkeypatch):
    """--no-cache believes nothing that was found before."""
    asked = []

    def verify(_assignment, _quizzes, _progress, *, draws, cached):
        asked.append((draws, cached))
        return found[0]

    monkeypatch.setattr(verify_module, "verify", verify)
    grader("verify", "--no-cache", "--draws", "5")
    assert asked == [(5, False)]


def test_the_exercises_are_left_out_when_the_quiz_alone_is_asked_for(grader, found, monkeypatch):
    """--quiz-only checks the quizzes of the units that are named, and no exercise."""
    asked = []

    def verify(assignment, quizzes, _progress, **_options):
        asked.append(([each.slug for each in assignment.exercises], tuple(quizzes)))
        return found[0]

    monkeypatch.setattr(verify_module, "verify", verify)
    grader("verify", "weights", "--quiz-only")
    grader("verify", "weights")
    assert asked == [([], ("weights",)), (["weighted_grad"], ("weights",))]
