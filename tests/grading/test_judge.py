"""A judge that one can hold: what it finds, what it remembers, and that neither hangs on who came before."""

import json
from contextlib import contextmanager
from dataclasses import replace

import pytest

from grader.errors import InternalError, IsolationError
from grader.grading import judge as module
from grader.grading.judge import Judge, open_judge
from grader.grading.options import Options, load_assignment
from grader.judge import talk
from grader.judge.memory import Memory
from grader.results.facts import encode_facts
from grader.results.verdicts import Verdict
from grader.submissions.answer_sheet import AnswerSheet, GivenAnswer
from grader.submissions.submission import SourceFile, Submission

STOPS = {Verdict.TIMEOUT, Verdict.MEMORY, Verdict.CRASHED}
SHARED = ("weighted_grad", "sum_backward", "vjp_matmul")


class Counting:
    """A sandbox that counts the processes that are started."""

    def __init__(self, source):
        self.source = source
        self.limits = source.limits
        self.started = 0

    def start(self, **given):
        """Return a new process."""
        self.started += 1
        return self.source.start(**given)


class Failing:
    """A sandbox that fails in a way that nobody foresaw."""

    def __init__(self, judge, problem):
        self.limits = judge.source.limits
        self.problem = problem

    def start(self, **_given):
        """Fail."""
        raise self.problem


def forgetful(judge, **fields):
    """Return a judge like another, that remembers nothing yet."""
    basis = replace(judge.means.basis, memory=Memory())
    return Judge(judge.assignment, replace(judge.means, basis=basis), fields.get("source", judge.source))


def facts_of(judge, submissions):
    """Return what a judge finds of submissions, by student, as it is sent and stored."""
    return {each.student: json.dumps(encode_facts(judge.grade(each).facts)) for each in submissions}


def checks_of(graded):
    """Return verdict, points and greatest points of the checks of the only exercise, by id."""
    (exercise,) = graded.facts.exercises
    return {each.id: (each.verdict, each.points, each.max_points) for each in exercise.checks}


@contextmanager
def counted(judge, monkeypatch):
    """Note the checks whose hidden tests are run meanwhile."""
    seen = []
    run = judge.means.tests.run
    with monkeypatch.context() as patched:
        patched.setattr(judge.means.tests, "run", lambda *given: seen.append(given[1]) or run(*given))
        yield seen


def test_whatever_fails_in_the_judge_is_no_verdict_on_the_student(judge, submission, sources):
    """Any exception becomes facts that count nothing and ask for a person, with the traceback beside it."""
    broken = forgetful(judge, source=Failing(judge, ZeroDivisionError("broken on purpose")))
    graded = broken.grade(submission("ada", sources.right))
    assert (graded.facts.student, graded.facts.points, graded.facts.max_points) == ("ada", 0, 0)
    assert graded.facts.needs_review
    assert [exercise.verdict for exercise in graded.facts.exercises] == [Verdict.INTERNAL]
    assert "ZeroDivisionError: broken on purpose" in graded.traces[0]
    assert "broken on purpose" not in graded.facts.model_dump_json()


def test_an_interrupt_is_not_taken_for_a_failure(judge, submission, sources):
    """Ctrl+C ends the run and is no fact."""
    broken = forgetful(judge, source=Failing(judge, KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        broken.grade(submission("ada", sources.right))


class Refusing:
    """A door behind which no zygote can be had."""

    def __init__(self, problem):
        self.problem = problem

    def connect(self, *, notebooks):
        """Refuse, for files and notebooks alike."""
        assert notebooks is False
        raise self.problem


@pytest.mark.parametrize("problem", [IsolationError("does not hold here"), InternalError("no zygote")])
def test_grading_refuses_where_no_student_process_can_be_had(assignment, problem):
    """A machine that can't keep the promise of isolation grades nobody, and says so instead of giving facts."""
    with pytest.raises(type(problem), match=str(problem)), open_judge(assignment, door=Refusing(problem)):
        pytest.fail("a judge was given")


def test_a_check_that_is_given_up_costs_nothing(judge, submission, sources):
    """It is taken out of the reckoning; the others, and what waits for it, are judged as ever."""
    graded = judge.grade(
        submission("ada", sources.right), too_slow=[("sum_backward", "squares"), ("other", "no_graph")]
    )
    assert checks_of(graded) == {
        "squares": (Verdict.INTERNAL, 0, 0),
        "random_points": (Verdict.PASSED, 1.5, 1.5),
        "argument_stays": (Verdict.PASSED, 0.5, 0.5),
        "no_graph": (Verdict.PASSED, 0.25, 0.25),
    }
    assert graded.facts.needs_review
    assert graded.traces == ("the judge took too long for this check, twice\n",)


def test_a_check_that_was_given_up_is_judged_again(judge, submission, sources):
    """That it was too slow once is remembered of nobody."""
    given_up = judge.grade(submission("ada", sources.right), too_slow=[("sum_backward", "squares")])
    graded = judge.grade(submission("bob", sources.right))
    assert given_up.facts.points < graded.facts.points == graded.facts.max_points == 3


def test_one_source_can_be_graded_for_one_exercise(judge, assignment, sources):
    """As an author's matrix does: without a student, with the same facts."""
    (exercise,) = assignment.exercises
    source = SourceFile("sum_backward.py", (sources.mean,), notebook=False)
    alone = judge.grade_exercise(exercise, source).facts
    whole = judge.grade(Submission("ada", {"sum_backward": source}, {}, None, ""))
    assert (alone,) == whole.facts.exercises


@pytest.fixture
def quizzes_alone(quiz_root, monkeypatch):
    """Yield a judge of a unit that has a quiz and no exercise, where no sandbox can be opened."""
    monkeypatch.setattr(module, "open_sandbox", lambda *_, **__: pytest.fail("a sandbox is opened"))
    with open_judge(load_assignment(Options(quiz_root, b"a secret of the tests", names=("print_outs",)))) as judge:
        yield judge


ANSWERED = Submission("ada", {}, {}, None, "", AnswerSheet(given={"printed": (GivenAnswer(1, "1", "answers.yaml:2"),)}))


def test_a_unit_with_a_quiz_alone_needs_no_sandbox(quizzes_alone):
    """There is nothing to run: the answers are marked, and that is all."""
    facts = quizzes_alone.grade(ANSWERED).facts
    assert facts.exercises == ()
    assert [(quiz.unit, quiz.max_points, len(quiz.answers)) for quiz in facts.quizzes] == [("print_outs", 3, 1)]
    assert (facts.max_points, facts.needs_review, facts.problem) == (3, False, None)


def test_a_quiz_that_fails_on_our_side_waits_for_a_person(quizzes_alone, monkeypatch):
    """Without any exercise, too, our failure is an internal verdict and costs nothing."""
    monkeypatch.setattr(module, "put_together", lambda *_: 1 / 0)
    graded = quizzes_alone.grade(ANSWERED)
    assert (graded.facts.needs_review, graded.facts.points, graded.facts.max_points) == (True, 0, 0)
    assert "ZeroDivisionError" in graded.traces[0]


EXITS = "import os\n\n\ndef sum_backward(f, x):\n    os._exit(3)\n"


@pytest.fixture
def class_of_all_kinds(sources, submission):
    """Return submissions that end in many ways, some of them alike."""
    written = {
        "right": sources.right,
        "starter": sources.starter,
        "mean": sources.mean,
        "ones": sources.ones,
        "doubled": sources.doubled,
        "forbidden": sources.forbidden,
        "telling": sources.telling,
        "breaks": sources.breaks_grader,
        "exits": EXITS,
        "right_again": f"# by somebody else\n{sources.right}",
        "mean_again": f"{sources.mean}# the same mistake\n",
    }
    return [submission(name, source) for name, source in written.items()]


def test_what_a_judge_remembers_changes_no_fact(judge, class_of_all_kinds):
    """With the memory empty and full, in one order and the other, everyone has the same facts."""
    expected = {}
    for each in class_of_all_kinds:
        expected |= facts_of(forgetful(judge), [each])
    one = forgetful(judge)
    assert facts_of(one, class_of_all_kinds) == expected
    assert one.means.basis.memory.nodes
    assert facts_of(one, class_of_all_kinds[::-1]) == expected
    assert facts_of(forgetful(judge), class_of_all_kinds[::-1]) == expected


def test_the_same_answers_are_judged_once(judge, submission, sources, monkeypatch):
    """Whoever gives the same replies, by other code, runs no hidden test any more."""
    one = forgetful(judge)
    one.grade(submission("ada", sources.mean))
    with counted(one, monkeypatch) as seen:
        one.grade(submission("bob", f"# written otherwise\n\n{sources.mean}"))
        assert seen == []
        one.grade(submission("cleo", sources.ones))
    assert "squares" in seen


def test_a_check_that_broke_in_the_judge_is_not_remembered(judge, submission, sources, monkeypatch):
    """Our failure may be gone with the next submission: its hidden test is run again."""
    one = forgetful(judge)
    with counted(one, monkeypatch) as seen:
        for student in ("ada", "bob"):
            one.grade(submission(student, sources.breaks_grader))
    assert seen.count("no_graph") == 2
    assert seen.count("squares") == 1


@pytest.mark.parametrize("point", [4, 3, 1])
def test_a_stop_is_never_remembered(judge, submission, sources, point):
    """It may hang on the machine's mood: each submission that stops is run by itself."""
    source = f"{sources.right}\n\nright = sum_backward\n\n\ndef sum_backward(f, x):\n    if x.numel() == {point}:\n"
    source = f"import os\n{source}        os._exit(3)\n    return right(f, x)\n"
    counting = Counting(judge.source)
    one = forgetful(judge, source=counting)
    first = one.grade(submission("ada", source))
    started = counting.started
    second = one.grade(submission("ada", source))
    assert (first.facts, counting.started) == (second.facts, 2 * started)
    assert Verdict.CRASHED in {verdict for verdict, _, _ in checks_of(first).values()}
    kept = [node.outcome for node in one.means.basis.memory.nodes.values() if node.outcome]
    assert {outcome.ending.verdict for outcome in kept} == {Verdict.PASSED}
    assert not any(each.facts.verdict in STOPS for each in one._known.values())


def wrong_value(word, filler):
    """Return a wrong solution that says a word wherever no check looks."""
    return f"""
{filler}
import torch


def {word}_helper(t):
    '''{word}.'''
    {word} = torch.ones_like(t)  # {word}
    return {word}


def sum_backward(f, x):
    return {word}_helper(x)
"""


def own_parameter(word, filler):
    """Return a wrong solution whose parameter is named by a word."""
    return f"{filler}\nimport torch\n\n\ndef sum_backward(f, {word}):\n    return torch.ones_like({word})\n"


def own_exception(word, filler):
    """Return a solution that raises an exception of a class and a text that say a word."""
    return f"""
{filler}
class {word}(Exception):
    pass


def sum_backward(f, x):
    raise {word}("{word} in words")
"""


def own_builtin(word, filler):
    """Return a solution that raises an exception of Python's own with a text that says a word."""
    return f"{filler}\ndef sum_backward(f, x):\n    raise ValueError('{word} in words')\n"


@pytest.mark.parametrize("write", [wrong_value, own_parameter, own_exception, own_builtin])
@pytest.mark.parametrize("fillers", [("#", "# a\n# b"), ("#", "#")])
def test_no_word_of_one_student_reaches_another(judge, submission, write, fillers):
    """Facts hold no name, comment or text of somebody who gave the same answer before."""
    one = forgetful(judge)
    words = ("zebra_of_ada", "walrus_of_bob")
    written = [submission(f"student {number}", write(word, filler)) for number, (word, filler)
               in enumerate(zip(words, fillers, strict=True))]  # fmt: skip
    found = facts_of(one, written)
    assert facts_of(one, written) == found
    for own, other, each in ((*words, written[0]), (*words[::-1], written[1])):
        assert other not in found[each.student]
        assert facts_of(forgetful(judge), [each]) == {each.student: found[each.student]}
        if write in (own_exception, own_builtin):
            assert own in found[each.student], "what a student's own code said is told"


def test_the_same_wrong_value_is_judged_once_whatever_it_is_written_in(judge, submission, monkeypatch):
    """Names, comments and lines are no part of a reply."""
    one = forgetful(judge)
    one.grade(submission("ada", wrong_value("zebra", "#")))
    with counted(one, monkeypatch) as seen:
        one.grade(submission("bob", wrong_value("walrus", "# a\n# b")))
    assert seen == []


@pytest.fixture(scope="module")
def several(root):
    """Yield a judge of three of the project's own exercises, two of which forbid the same."""
    with open_judge(load_assignment(Options(root, b"a secret of the tests", names=SHARED))) as opened:
        yield opened


@pytest.fixture(scope="module")
def hand_ins(several):
    """Return submissions for three exercises: right ones, wrong ones, and ones that spoil what they share."""
    exercises = {each.slug: each for each in several.assignment.exercises}
    right = {slug: each.solution.read_text(encoding="utf-8") for slug, each in exercises.items()}
    wrong = {slug: each.wrong_solutions[0].path.read_text(encoding="utf-8") for slug, each in exercises.items()}
    first, second, third = exercises
    written = {
        "right": right,
        "wrong": wrong,
        "half": {**right, second: wrong[second]},
        "stops": {**right, first: f"import os\ndef {first}(*given):\n    os._exit(3)\n"},
        "spoils": {**right, second: f"{right[second]}\ntorch.nothing_of_that_name = 1\n"},
        "counts": {**wrong, third: f"{right[third]}\nimport builtins\nbuiltins.count = 1\n"},
        "broken": {**right, first: "1 / 0\n"},
        "right again": right,
    }
    return [Submission(name, files_of(texts), {}, None, "") for name, texts in written.items()]


def files_of(texts):
    """Return source files by slug."""
    return {slug: SourceFile(f"{slug}.py", (text,), notebook=False) for slug, text in texts.items()}


def test_only_what_is_asked_for_is_graded(several, hand_ins):
    """A learner who saved one file waits for its exercise alone, and it comes to what it comes to among the others."""
    asked_for = SHARED[1]
    only = several.grade(hand_ins[0], only=(asked_for,)).facts
    assert [each.slug for each in only.exercises] == [asked_for]
    assert only.exercises[0] == next(
        each for each in several.grade(hand_ins[0]).facts.exercises if each.slug == asked_for
    )


@pytest.fixture(scope="module")
def in_the_ordinary_way(several, hand_ins):
    """Return the facts of the submissions with shared processes, requests sent ahead, and a memory."""
    counting = Counting(several.source)
    found = facts_of(forgetful(several, source=counting), hand_ins)
    assert counting.started < len(hand_ins) * len(SHARED), "processes are shared"
    assert len(set(found.values())) == len(hand_ins)
    return found


def test_sharing_a_process_changes_no_fact(several, hand_ins, in_the_ordinary_way, monkeypatch):
    """An exercise ends as it does in a process of its own."""
    monkeypatch.setattr(module, "runnable", lambda _programs: [])
    counting = Counting(several.source)
    assert facts_of(forgetful(several, source=counting), hand_ins) == in_the_ordinary_way
    assert counting.started >= (len(hand_ins) - 1) * len(SHARED)


def test_asking_ahead_changes_no_fact(several, hand_ins, in_the_ordinary_way, monkeypatch):
    """Requests that are sent one by one get the same replies."""
    monkeypatch.setattr(talk, "FIRST_AHEAD", 0)
    monkeypatch.setattr(talk, "MOST_AHEAD", 0)
    assert facts_of(forgetful(several), hand_ins) == in_the_ordinary_way


def test_remembering_changes_no_fact_of_several_exercises(several, hand_ins, in_the_ordinary_way):
    """Each submission, graded by a judge that has seen nobody, has the same facts."""
    found = {}
    for each in hand_ins:
        found |= facts_of(forgetful(several), [each])
    assert found == in_the_ordinary_way
