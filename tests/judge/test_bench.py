"""Hidden tests collected once and run for one submission after another."""

import os

import pytest

from grader.errors import ContentError
from grader.judge.bench import with_judge
from grader.results.verdicts import Part, Verdict

SECRET = b"secret"

HIDDEN = '''
@pytest.mark.check("documented", points=0.25, covers=["d0-o1", "d0-o2"])
def test_first(student):
    """The first check,
    in two lines.

    第一项检查。
    """
    student.call("first").must_equal(torch.ones(2, dtype=torch.float64))


@pytest.mark.check("edges", points=0.125, needs="test_first")
def test_waits(student):
    """A check that waits.

    等待的检查。
    """
    student.call("waits").must_equal(1)


@pytest.mark.check("edges", points=0.125, needs="test_waits")
def test_waits_for_the_waiting(student):
    """A check that waits for it.

    再等待的检查。
    """
    student.call("waits too").must_equal(1)


@pytest.mark.check("edges", points=0.125)
def test_our_mistake(student):
    """A hidden test with a mistake of its own.

    自身有错的隐藏测试。
    """
    if student.call("mistake").value == "provoke":
        torch.ones(2) @ torch.ones(3)


@pytest.mark.check("edges", points=0.125)
def test_graph(student):
    """No graph.

    没有计算图。
    """
    student.call("graph").must_carry_no_graph()


@pytest.mark.check("probes", points=0.25)
@probe(st.integers(0, 4000), examples=30)
def test_numbers(student, case):
    """Numbers.

    数。
    """
    student.call(case).must_equal(2 * case)
'''

RIGHT = """
import torch

def answer(x):
    if isinstance(x, int):
        return 2 * x
    return torch.ones(2, dtype=torch.float64) if x in ("first", "graph") else 1
"""

ACTS = """
import os
import torch

def answer(x):
    if isinstance(x, int):
        return 2 * x
    if x == "ACT":
        BODY
    return torch.ones(2, dtype=torch.float64) if x in ("first", "graph") else 1
"""


def acting(act, body):
    """Return a right submission but for what it does when it is called with `act`."""
    return ACTS.replace("ACT", act).replace("BODY", body)


SUBMISSIONS = {
    "right": RIGHT,
    "float32": RIGHT.replace("float64", "float32"),
    "wrong": acting("first", "return torch.zeros(2)"),
    "raises": acting("first", "raise ValueError('because')"),
    "hangs": acting("first", "while True: pass"),
    "crashes": acting("graph", "os.abort()"),
    "dies_everywhere": "import os\ndef answer(x):\n    os._exit(3)",
    "hungry": acting("graph", "return torch.zeros(2**36)"),
    "provokes": acting("mistake", "return 'provoke'"),
    "graph": acting("graph", "return torch.ones(1, requires_grad=True)"),
    "from_20": RIGHT.replace("return 2 * x", "return 2 * x if x < 20 else 0"),
    "does_not_run": "def answer(x)\n    return x",
    "misspelt": RIGHT.replace("def answer", "def anwser"),
    "empty": "",
}


@pytest.fixture(scope="module")
def outcomes(outcomes_of):
    """Return the outcomes of each submission."""
    return dict(zip(SUBMISSIONS, outcomes_of(HIDDEN, *SUBMISSIONS.values()), strict=True))


def verdicts(outcomes):
    """Return the verdicts of a submission, in order."""
    return [outcome.ending.verdict.value for outcome in outcomes.values()]


def test_a_right_submission_passes_every_check(outcomes):
    """A right submission passes everything, without a word and without a remark."""
    assert verdicts(outcomes["right"]) == ["passed"] * 6
    assert all(outcome.ending.finding is None and not outcome.remarks for outcome in outcomes["right"].values())


def test_a_check_has_title_part_points_and_outputs(outcomes):
    """A check's title is its docstring in both languages; part, points, outputs and what it waits for its marker's."""
    first, waits = (outcomes["right"][name].check for name in ("first", "waits"))
    assert first.title == {"en": "The first check, in two lines.", "zh": "第一项检查。"}
    assert (first.part, first.points, first.covers, first.needs) == (Part.DOCUMENTED, 0.25, ("d0-o1", "d0-o2"), None)
    assert (waits.part, waits.covers, waits.needs) == (Part.EDGES, (), "first")


def test_another_dtype_passes_with_a_remark(outcomes):
    """The right values in another dtype pass, and the remark stands with that check alone."""
    assert verdicts(outcomes["float32"]) == ["passed"] * 6
    assert [len(outcome.remarks) for outcome in outcomes["float32"].values()] == [1, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("submission", "verdict", "words"),
    [
        ("wrong", "failed", "2 of 2 entries of the result differ"),
        ("raises", "error", "raised ValueError in line 9 of your file: because"),
        ("hangs", "timeout", "computed for more than"),
    ],
)
def test_a_failure_skips_what_waits_for_it_and_nothing_else(outcomes, submission, verdict, words):
    """When a check ends badly, those that wait for it are skipped and say for which; the others run."""
    found = outcomes[submission]
    assert verdicts(found) == [verdict, "skipped", "skipped", "passed", "passed", "passed"]
    assert words in found["first"].ending.finding.text("en")
    assert "“The first check, in two lines.”" in found["waits"].ending.finding.text("en")
    assert "第一项检查。" in found["waits"].ending.finding.text("zh")
    assert "“A check that waits.”" in found["waits_for_the_waiting"].ending.finding.text("en")


def test_a_crash_costs_its_check_alone(outcomes):
    """After a crash a fresh process serves the checks that follow."""
    assert verdicts(outcomes["crashes"]) == ["passed", "passed", "passed", "passed", "crashed", "passed"]
    assert "signal 6" in outcomes["crashes"]["graph"].ending.finding.text("en")


def test_memory_costs_its_check_alone(outcomes):
    """Memory that can't be had is that check's verdict."""
    assert verdicts(outcomes["hungry"]) == ["passed", "passed", "passed", "passed", "memory", "passed"]


def test_a_mistake_of_ours_costs_no_other_check(outcomes):
    """An exception in the hidden test itself is internal, is traced, and leaves the other checks as they are."""
    assert verdicts(outcomes["provokes"]) == ["passed", "passed", "passed", "internal", "passed", "passed"]
    ending = outcomes["provokes"]["our_mistake"].ending
    assert "RuntimeError" in ending.trace
    assert "costs you nothing" in ending.finding.text("en")


def test_a_check_does_not_wait_for_our_mistake(outcomes_of):
    """A check that waits for one which failed by the grader's own fault is run: that costs the student nothing."""
    checks = '@pytest.mark.check("edges", points=1{})\ndef test_{}(student):\n    {}\n    {}\n\n\n'
    mistake = checks.format("", "mistake", TITLED, "1 / 0")
    waits = checks.format(', needs="test_mistake"', "waits", TITLED, "student.call(2).must_equal(2)")
    right, wrong = outcomes_of(mistake + waits, "def answer(x):\n    return x", "def answer(x):\n    return 0")
    assert verdicts(right) == ["internal", "passed"]
    assert verdicts(wrong) == ["internal", "failed"]


def test_a_process_that_always_dies_is_given_up(outcomes_of):
    """After as many restarts as the limits allow, the checks that remain are not run, and say so."""
    checks = "\n".join(
        f'@pytest.mark.check("edges", points=1)\ndef test_{number}(student):\n    """A.\n\n    甲。\n    """\n'
        f"    student.call({number}).must_equal({number})\n"
        for number in range(7)
    )
    (found,) = outcomes_of(checks, SUBMISSIONS["dies_everywhere"])
    assert verdicts(found) == ["crashed"] * 7
    assert "had to be stopped 4 times" in found["6"].ending.finding.text("en")


@pytest.mark.parametrize(
    ("submission", "words"),
    [
        ("does_not_run", "Your file could not be run: SyntaxError in line 1"),
        ("misspelt", "Your file defines anwser, but not answer. Rename it to answer."),
        ("empty", "It defines: nothing."),
    ],
)
def test_what_cannot_be_called_is_told_for_every_check(outcomes, submission, words):
    """A file that does not run, or lacks the function, is told for each check that does not wait for another."""
    found = outcomes[submission]
    assert verdicts(found) == ["error", "skipped", "skipped", "error", "error", "error"]
    for outcome in found.values():
        if outcome.ending.verdict is Verdict.ERROR:
            assert words in outcome.ending.finding.text("en")
            assert outcome.evidence is None


def test_a_probe_tells_the_smallest_counterexample(outcomes):
    """A failed probe is told by its smallest counterexample, with the first failing example as further evidence."""
    outcome = outcomes["from_20"]["numbers"]
    assert outcome.ending.verdict is Verdict.FAILED
    assert "x = 20\n" in outcome.ending.finding.text("en")
    first, smallest = outcome.evidence.calls
    assert first.before[0] >= 20
    assert smallest.before == (20,)


def test_evidence_is_of_failed_checks_alone(outcomes):
    """What failed or raised has its calls as evidence; what passed, was stopped or skipped has none."""
    assert outcomes["wrong"]["first"].evidence.calls[0].before == ("first",)
    assert outcomes["raises"]["first"].evidence.calls[0].observations[0].raised.type == "ValueError"
    assert outcomes["graph"]["graph"].evidence.aspect.value == "graph"
    assert outcomes["hangs"]["first"].evidence is None
    assert outcomes["wrong"]["waits"].evidence is None
    assert all(outcome.evidence is None for outcome in outcomes["right"].values())


def test_every_process_is_ended(new_exercise, new_student):
    """After its checks a student has no process, even when the last of them failed."""
    exercise = new_exercise(HIDDEN)
    students = [new_student(RIGHT), new_student(SUBMISSIONS["crashes"])]

    def use(judge):
        for student in students:
            judge.outcomes(exercise.slug, student)
        return [student._process for student in students]

    assert with_judge([exercise], SECRET, use) == [None, None]


def test_probes_follow_the_secret(new_exercise, scripted):
    """In one course every student's probes are the same; another course's secret draws others."""
    exercise = new_exercise(HIDDEN)

    def numbers_of(secret):
        made = scripted(lambda request: pytest.fail(str(request)))
        seeds = []
        student = made.student
        begin = student.begin_check
        student.begin_check = lambda seed: (seeds.append(seed), begin(seed))
        with_judge([exercise], secret, lambda judge: judge.outcomes(exercise.slug, student))
        return seeds

    assert numbers_of(b"one") == numbers_of(b"one")
    assert not set(numbers_of(b"one")) & set(numbers_of(b"two"))


ONE_CHECK = '''
import pytest


@pytest.mark.check("edges", points=1)
def test_one(student):
    """{}.

    甲。
    """
'''
TITLED = '"""A.\n\n    甲。\n    """'


@pytest.mark.parametrize(
    ("decorators", "body", "words"),
    [
        ("", TITLED, "test_one needs exactly one check marker"),
        ('@pytest.mark.check("edges", points=1)\n@pytest.mark.check("edges", points=1)', TITLED, "exactly one check"),
        ('@pytest.mark.check("edge", points=1)', TITLED, "'edge' is not a valid Part"),
        ('@pytest.mark.check("edges", points=0)', TITLED, "points must be more than 0"),
        ('@pytest.mark.check("edges", points=-1)', TITLED, "points must be more than 0"),
        ('@pytest.mark.check("edges", points=float("nan"))', TITLED, "points must be more than 0"),
        ('@pytest.mark.check("edges", points="many")', TITLED, "the check marker of test_one"),
        ('@pytest.mark.check("edges")', TITLED, "'points'"),
        ("@pytest.mark.check(points=1)", TITLED, "'part'"),
        ('@pytest.mark.check("edges", points=1, cover=["d0-o1"])', TITLED, "'cover'"),
        ('@pytest.mark.check("edges", points=1)', "pass", "two paragraphs"),
        ('@pytest.mark.check("edges", points=1)', '"""Only English."""', "the title in English and in Chinese"),
        ('@pytest.mark.check("edges", points=1)', '"""A.\n\n    甲。\n\n    B.\n    """', "two paragraphs"),
    ],
)
def test_a_check_of_another_form_is_told_by_file_and_line(new_exercise, decorators, body, words):
    """A marker or docstring that breaks its form is told with the file, the line of the check, and what to mend."""
    exercise = new_exercise(f"{decorators}\ndef test_one(student):\n    {body}\n")
    with pytest.raises(ContentError) as caught:
        with_judge([exercise], SECRET, lambda judge: judge.checks)
    assert words in caught.value.problem
    assert caught.value.path == exercise.hidden_tests
    lines = exercise.hidden_tests.read_text(encoding="utf-8").splitlines()
    first = next(number for number, line in enumerate(lines, 1) if line.startswith(("@", "def test_one")))
    assert first <= caught.value.line <= lines.index("def test_one(student):") + 1


def test_a_probe_of_another_form_is_told_by_its_own_line(new_exercise):
    """The line told of a probe is where the probe stands in the hidden test file, not where probes are made."""
    hidden = '@pytest.mark.check("edges", points=1)\n@probe(entries())\ndef test_one(student, case):\n    """A."""\n'
    exercise = new_exercise(hidden)
    with pytest.raises(ContentError) as caught:
        with_judge([exercise], SECRET, lambda judge: judge.checks)
    lines = exercise.hidden_tests.read_text(encoding="utf-8").splitlines()
    last = lines.index("def test_one(student, case):") + 1
    assert last - 2 <= caught.value.line <= last


@pytest.mark.parametrize(
    ("hidden", "words"),
    [
        ("def test_one(student:\n", "SyntaxError"),
        ("import not_installed_here\n", "not_installed_here"),
        ("1 / 0\n", "ZeroDivisionError"),
    ],
)
def test_hidden_tests_that_cannot_be_collected_are_told(new_exercise, hidden, words):
    """A hidden test file that can't be imported is told with its path and the reason."""
    exercise = new_exercise(hidden)
    with pytest.raises(ContentError) as caught:
        with_judge([exercise], SECRET, lambda judge: judge.checks)
    assert caught.value.path == exercise.hidden_tests
    assert "can't be collected" in caught.value.problem
    assert words in caught.value.problem


def test_missing_hidden_tests_are_told(new_exercise):
    """An exercise without its hidden test file is told which to write."""
    exercise = new_exercise("")
    exercise.hidden_tests.unlink()
    with pytest.raises(ContentError, match="the hidden tests are missing; write them") as caught:
        with_judge([exercise], SECRET, lambda judge: judge.checks)
    assert caught.value.path == exercise.hidden_tests


def test_hidden_tests_without_a_test_are_told(new_exercise):
    """A hidden test file that holds no check is told to the author, not found out by a student."""
    exercise = new_exercise("x = 1")
    with pytest.raises(ContentError):
        with_judge([exercise], SECRET, lambda judge: judge.checks)


def test_a_course_whose_conftest_fails_is_told(new_exercise):
    """Where pytest itself gives up before it collects, that nothing was collected is told."""
    exercise = new_exercise(HIDDEN)
    (exercise.hidden_tests.parent / "conftest.py").write_text("1 / 0\n", encoding="utf-8")
    with pytest.raises(ContentError, match="no hidden test was collected"):
        with_judge([exercise], SECRET, lambda judge: judge.checks)


def test_a_check_that_waits_for_nothing_known_is_told(new_exercise):
    """A check that waits for a check that is not there is an author's slip of the pen, and told as one."""
    check = f'@pytest.mark.check("edges", points=1, needs="test_onne")\ndef test_two(student):\n    {TITLED}\n'
    exercise = new_exercise(check)
    with pytest.raises(ContentError, match="onne"):
        with_judge([exercise], SECRET, lambda judge: judge.checks)


@pytest.mark.parametrize("needed", ["test_later", "test_itself"])
def test_a_check_waits_for_one_before_it(new_exercise, needed):
    """A check that waits for a later one, or for itself, would never be skipped; the author is told."""
    check = '@pytest.mark.check("edges", points=1{})\ndef test_{}(student):\n    {}\n\n\n'
    first = check.format(f', needs="{needed}"', "itself", TITLED)
    exercise = new_exercise(first + check.format("", "later", TITLED))
    with pytest.raises(ContentError, match=needed.removeprefix("test_")):
        with_judge([exercise], SECRET, lambda judge: judge.checks)


def test_hidden_tests_changed_since_are_collected_anew(tmp_path, course_writer):
    """A second judge in the same process sees the hidden tests as they are now."""
    titles = []
    for title in ("Before", "After the change"):
        exercise = course_writer(tmp_path, "edited", ONE_CHECK.format(title))
        with_judge([exercise], SECRET, lambda judge: titles.append(judge.checks["edited"][0].title["en"]))
    assert titles == ["Before.", "After the change."]


@pytest.mark.parametrize("broken", ["1 / 0\n", "x = 1\n", "def test_one(student:\n", "def test_one(student): pass\n"])
def test_hidden_tests_mended_since_are_collected(tmp_path, course_writer, broken):
    """An author who mends a hidden test file that was refused has it read anew by the next judge of the process."""
    exercise = course_writer(tmp_path, f"mended_{len(broken)}", broken)
    with pytest.raises(ContentError):
        with_judge([exercise], SECRET, lambda judge: judge.checks)
    exercise.hidden_tests.write_text(ONE_CHECK.format("Mended"), encoding="utf-8")
    checks = with_judge([exercise], SECRET, lambda judge: judge.checks[exercise.slug])
    assert [check.title["en"] for check in checks] == ["Mended."]


def test_courses_alike_in_names_are_kept_apart(tmp_path, course_writer):
    """Two courses with the same unit and exercise, judged one after the other, are judged by their own tests."""
    titles = []
    for name in ("spring", "autumn"):
        exercise = course_writer(tmp_path / name, "alike", ONE_CHECK.format(name))
        with_judge([exercise], SECRET, lambda judge: titles.append(judge.checks["alike"][0].title["en"]))
    assert titles == ["spring.", "autumn."]


@pytest.mark.parametrize("options", ["-k nothing_like_this", "--color=yes", "-x"])
def test_pytest_options_of_the_environment_do_not_count(new_exercise, monkeypatch, options):
    """What a machine sets for its own pytest runs changes no one's marks."""
    monkeypatch.setenv("PYTEST_ADDOPTS", options)
    exercise = new_exercise(HIDDEN)
    assert len(with_judge([exercise], SECRET, lambda judge: judge.checks[exercise.slug])) == 6


@pytest.mark.parametrize("before", [None, "", "1"])
def test_the_environment_is_left_as_it_was(new_exercise, monkeypatch, before):
    """Whatever the environment said of pytest's plugins, it says again afterwards."""
    name = "PYTEST_DISABLE_PLUGIN_AUTOLOAD"
    monkeypatch.delenv(name, raising=False)
    if before is not None:
        monkeypatch.setenv(name, before)
    with_judge([new_exercise(HIDDEN)], SECRET, lambda _judge: None)
    assert os.environ.get(name) == before


@pytest.mark.parametrize("problem", [ZeroDivisionError("ours"), KeyboardInterrupt(), SystemExit(3)], ids=repr)
def test_what_the_user_of_a_judge_raises_comes_out(new_exercise, problem):
    """An exception of whoever uses the judge passes through pytest as it is."""

    def use(_judge):
        raise problem

    with pytest.raises(type(problem)) as caught:
        with_judge([new_exercise(HIDDEN)], SECRET, use)
    assert caught.value is problem


def test_nothing_returned_is_a_result(new_exercise):
    """What `use` returns is returned, None included."""
    assert with_judge([new_exercise(HIDDEN)], SECRET, lambda _judge: None) is None


def test_exercises_are_judged_apart(new_exercise):
    """The checks of two exercises are collected together and told apart."""
    first, second = new_exercise(HIDDEN), new_exercise(HIDDEN.replace("test_first", "test_other"))
    checks = with_judge([first, second], SECRET, lambda judge: judge.checks)
    assert checks[first.slug][0].id == "first"
    assert checks[second.slug][0].id == "other"
