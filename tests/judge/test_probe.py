"""Random probes: the same examples for every student, and the smallest counterexample of a failure."""

import importlib.util
import inspect
import sys

import pytest
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable

from grader.comparison.evidence import Aspect
from grader.judge.findings import CheckFailed, StudentRaised, StudentStopped
from grader.judge.probe import Drawn, probe
from grader.judge.strategies import tensors
from grader.protocol.messages import Load, Loaded, Observation, Observed, Raised
from grader.sandbox.process import Stopped
from grader.wording.message import message

FINDING = message("judge.carries_graph")
NUMBERS = st.integers(0, 10_000)


@pytest.fixture
def computing(scripted):
    """Return what makes a student, and the arguments it was called with, whose function is given."""

    def make(function):
        calls = []

        def script(request):
            if isinstance(request, Load):
                return Loaded((), {"answer": "(x)"}, ("answer",))
            calls.append(request.arguments[0])
            return Observed((Observation(function(request.arguments[0])),))

        student = scripted(script).called
        student.begin_check(probe_seed=7)
        return student, calls

    return make


def twice(strategy=NUMBERS, *, examples=40):
    """Return a check that asks for the double of what it draws."""

    @probe(strategy, examples=examples)
    def check(student, case):
        student.call(case).must_equal(2 * case)

    return check


def wrong_from(threshold):
    """Return a function that doubles right below the threshold alone."""
    return lambda x: 2 * x if x < threshold else -1


def test_a_right_function_sees_every_example_once(computing):
    """A student who is right is called once with each of the examples, and nothing is kept as evidence."""
    student, calls = computing(lambda x: 2 * x)
    twice(examples=25)(student)
    assert len(calls) == 25
    assert student.calls.first_failure is None


def test_every_student_gets_the_same_examples(computing):
    """Two students are called with the same examples in the same order, and another judge draws them again."""
    check = twice()
    seen = []
    for check_of_a_judge in (check, check, twice()):
        student, calls = computing(lambda x: 2 * x)
        check_of_a_judge(student)
        seen.append(calls)
    assert seen[0] == seen[1] == seen[2]
    assert len(set(seen[0])) > 10


def test_a_failing_student_changes_nothing_for_the_next(computing):
    """After a failure and its shrinking, the next student still gets the first examples."""
    check = twice()
    before, calls_before = computing(lambda x: 2 * x)
    check(before)
    failing, _ = computing(wrong_from(100))
    with pytest.raises(CheckFailed):
        check(failing)
    after, calls_after = computing(lambda x: 2 * x)
    check(after)
    assert calls_before == calls_after


def test_a_hidden_test_that_changes_its_example_changes_no_one_elses(computing):
    """A probe that works on its example in place gives the next student the example as it was drawn."""

    @probe(tensors((2,)), examples=5)
    def check(student, case):
        student.call(case.requires_grad_())
        (case * case).sum().backward()
        case.data.add_(1)

    seen = []
    student, _ = computing(lambda x: seen.append((x.tensor().tolist(), x.grad)))
    check(student)
    check(student)
    assert len(seen) == 10
    assert seen[:5] == seen[5:]


def test_another_secret_draws_other_examples(computing):
    """Another seed, as another course's secret gives it, draws other examples from the same test."""
    check = twice()
    student, calls = computing(lambda x: 2 * x)
    check(student)
    student.begin_check(probe_seed=8)
    first, calls[:] = list(calls), []
    check(student)
    assert first != calls


def test_examples_do_not_depend_on_what_else_is_imported(tmp_path):
    """A seed draws the same examples in every process, whatever modules with numbers in them are loaded there."""
    strategy = st.integers(0, 10**6)
    before = [Drawn(strategy, 30).examples(number) for number in range(20)]
    path = tmp_path / "full_of_numbers.py"
    path.write_text(f"NUMBERS = {[10_007 * number for number in range(1, 90)]}\n", encoding="utf-8")
    spec = importlib.util.spec_from_file_location("full_of_numbers", path)
    sys.modules["full_of_numbers"] = module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        after = [Drawn(strategy, 30).examples(number) for number in range(20)]
    finally:
        del sys.modules["full_of_numbers"]
    assert before == after


@pytest.mark.parametrize("threshold", [0, 1, 17, 1234])
def test_the_smallest_counterexample_is_told(computing, threshold):
    """A function that is wrong from some number on is told that very number."""
    student, calls = computing(wrong_from(threshold))
    with pytest.raises(CheckFailed) as caught:
        twice(st.integers(0, 4000))(student)
    assert f"x = {threshold}\n" in caught.value.finding.text("en")
    assert threshold in calls


def test_an_exception_is_made_small_too(computing):
    """An exception of the student's is told for the smallest case that raises it."""

    def raising(x):
        if sum(x) >= 3:
            raise StudentRaised(Raised("ValueError", (), ""), message("judge.part", path=x))
        return 2 * x

    student, _ = computing(raising)
    with pytest.raises(StudentRaised) as caught:
        twice(st.lists(st.integers(0, 9), max_size=8))(student)
    assert caught.value.finding.params["path"] == [3]


def test_evidence_is_of_the_first_failure_and_the_smallest(computing):
    """What a diagnosis compares with are the calls of the first failing example and of the smallest."""
    student, calls = computing(wrong_from(50))
    with pytest.raises(CheckFailed):
        twice(st.integers(0, 4000))(student)
    first = next(number for number in calls if number >= 50)
    assert [seen.before for seen in student.calls.telling()] == [(first,), (50,)]


def test_what_has_passed_is_not_called_again_for_shrinking(computing):
    """The examples before the failing one are called once: the search starts where the failure was."""
    examples = Drawn(st.integers(0, 4000), 40).examples(7)
    threshold = max(examples)
    passed = examples[: examples.index(threshold)]
    assert len(passed) > 3
    student, calls = computing(wrong_from(threshold))
    with pytest.raises(CheckFailed):
        twice(st.integers(0, 4000))(student)
    assert calls[: len(passed) + 1] == examples[: len(passed) + 1]
    assert calls[len(passed) + 1 : len(passed) + 2] == [threshold]


def test_shrinking_keeps_to_its_budget(computing):
    """A search that could go on for long ends with the budget of a check, and tells the smallest found."""
    student, calls = computing(lambda x: 0 if len(set(x)) > 11 else 2 * x)
    with pytest.raises(CheckFailed):
        twice(st.lists(st.integers(0, 10_000), min_size=15, max_size=20), examples=10)(student)
    assert len(calls) <= 10 + student.shrinking_attempts
    assert student.calls.smallest_failure is not None


def test_nothing_is_shrunk_where_nobody_reads_it(computing):
    """With no attempts to spend, a probe ends with the example that failed."""
    examples = Drawn(NUMBERS, 40).examples(7)
    student, calls = computing(wrong_from(max(examples)))
    student.shrinking_attempts = 0
    with pytest.raises(CheckFailed):
        twice()(student)
    assert calls == examples[: examples.index(max(examples)) + 1]
    assert student.calls.smallest_failure is None


def test_a_hang_is_never_repeated(computing):
    """A call that had to be stopped ends the probe there and then: no other is made to find a smaller one."""

    def hanging(x):
        if x >= 50:
            raise Stopped("cpu", "cpu")
        return 2 * x

    student, calls = computing(hanging)
    with pytest.raises(StudentStopped) as caught:
        twice()(student)
    assert caught.value.limit == "cpu"
    assert sum(number >= 50 for number in calls) == 1
    assert calls[-1] >= 50


def test_a_hang_met_while_shrinking_ends_the_search(computing):
    """A case that hangs on the way to a smaller one is called once, and the check has ended."""

    def wrong_or_hanging(x):
        if x > 9000:
            return 0
        if x > 10:
            raise Stopped("cpu", "cpu")
        return 2 * x

    student, calls = computing(wrong_or_hanging)
    with pytest.raises((CheckFailed, StudentStopped)):
        twice(st.integers(9001, 10_000).flatmap(lambda most: st.integers(0, most) | st.just(9500)))(student)
    assert sum(10 < number <= 9000 for number in calls) <= 1


def test_a_random_student_has_failed(computing):
    """A function that is wrong now and then is told the failure that was seen, though it can't be seen again."""
    answers = iter([0, 0, 0, 0, 5])
    student, _ = computing(lambda x: 2 * x + next(answers, 0))
    with pytest.raises(CheckFailed) as caught:
        twice()(student)
    assert caught.value.aspect is Aspect.VALUE
    assert student.calls.smallest_failure is None


def test_a_student_wrong_every_other_time_has_failed(computing):
    """A function that is right only at every other call has failed, however the search for a smaller case goes."""
    turns = iter(range(10_000))
    student, _ = computing(lambda x: 2 * x + next(turns) % 2)
    with pytest.raises(CheckFailed):
        twice()(student)


def test_a_mistake_in_the_hidden_test_is_not_searched_for(computing):
    """An exception of the hidden test itself passes as it is, at its first example."""

    @probe(NUMBERS, examples=5)
    def check(student, case):
        student.call(case)
        raise ZeroDivisionError(str(case))

    student, calls = computing(lambda x: 2 * x)
    with pytest.raises(ZeroDivisionError):
        check(student)
    assert len(calls) == 1


def test_what_no_input_avoids_is_not_searched_for(new_student):
    """An unwritten function is called once: no smaller case would tell more of it."""
    student = new_student("def answer(x):\n    raise NotImplementedError")
    student.begin_check(probe_seed=7)
    with pytest.raises(StudentRaised):
        twice()(student)
    student.close()
    assert len(student.calls.telling()) == 1


def test_a_strategy_that_draws_nothing_is_a_mistake_of_the_test(computing):
    """A probe that can draw no example does not pass in silence."""
    student, calls = computing(lambda x: 2 * x)
    with pytest.raises(Unsatisfiable):
        twice(NUMBERS.filter(lambda _: False))(student)
    assert calls == []


def test_a_small_strategy_gives_what_it_has(computing):
    """A strategy with fewer values than examples are asked for gives each of its values."""
    student, calls = computing(lambda x: 2 * x)
    twice(st.sampled_from([3, 5]), examples=20)(student)
    assert sorted(calls) == [3, 5]


def test_examples_are_drawn_once_for_each_seed():
    """A judge draws the examples of a course once, however many students it sees."""
    drawings = []
    drawn = Drawn(NUMBERS.map(lambda value: drawings.append(value) or value), 10)
    assert drawn.examples(1) == drawn.examples(1)
    assert len(drawings) == 10
    drawn.examples(2)
    assert len(drawings) == 20


def test_a_probe_looks_like_an_ordinary_test():
    """What pytest sees is a test that asks for the student alone, by its own name and docstring."""

    @probe(NUMBERS)
    def test_something(student, case):
        """Title."""
        student.call(case)

    assert test_something.__name__ == "test_something"
    assert test_something.__doc__ == "Title."
    assert test_something.__module__ == __name__
    assert list(inspect.signature(test_something).parameters) == ["student"]


def test_a_threshold_in_a_real_process_is_found(new_student):
    """A real submission that is wrong from 20 on is told the case 20, and its process was never restarted."""
    student = new_student("def answer(x):\n    return 2 * x if x < 20 else 0")
    student.begin_check(probe_seed=7)
    with pytest.raises(CheckFailed) as caught:
        twice(st.integers(0, 4000))(student)
    student.close()
    assert "x = 20\n" in caught.value.finding.text("en")
    assert student.spent.stops == 0


def test_a_random_number_in_a_real_process_is_a_failure(new_student):
    """A submission that answers with a random number has failed, and is no trouble of the grader's."""
    student = new_student("import os\ndef answer(x):\n    return 2 * x + os.urandom(1)[0] % 2")
    student.begin_check(probe_seed=7)
    with pytest.raises(CheckFailed):
        twice(examples=60)(student)
    student.close()
