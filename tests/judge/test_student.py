"""A submission for one exercise, as hidden tests call it."""

import pytest
import torch

from grader.judge.findings import CheckFailed, StudentRaised, StudentStopped
from grader.judge.student import as_sent
from grader.judge.words import stop_finding
from grader.protocol.messages import Call
from grader.protocol.snippet import Snippet
from grader.protocol.values import TensorRecord
from grader.sandbox.limits import Limits

GOOD = """
import os
import torch

class Agreeable:
    def __eq__(self, other):
        return True
    __hash__ = None
    def __repr__(self):
        return "tensor(1.)"

class Chameleon(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        return True

def agreeable(x):
    return Agreeable()

def chameleon(x):
    return (2 * x).as_subclass(Chameleon)

def plain_float(x):
    return float(x.sum())

def itself(x):
    return x

def with_graph(x):
    return 2 * x.requires_grad_()

def pair(x, y):
    return x, y

def applied(f, x):
    return f(x)

def raising(x):
    y = 2 * x
    raise ValueError(f"bad sum {float(y.sum())}")

def unwritten(x):
    raise NotImplementedError

def one_argument(x):
    return x

def inside_torch(x):
    return torch.ones(2) @ torch.ones(3)

def endless(x):
    while True:
        pass

def chatty(x):
    for _ in range(3000):
        print("x" * 1000)

def dying(x):
    os._exit(3)

def hungry(x):
    return torch.zeros(2**36)

def greedy(x):
    raise MemoryError

def last_crumb(x):
    size = 16 << 20
    while size > 16:
        try:
            while True:
                HELD.append(bytearray(size))
        except MemoryError:
            size >>= 1
    while True:
        HELD.append([HELD])

def bulky(x):
    return torch.zeros(2**23)

HELD = []

number = 3
outside = int
"""
NAMES = (
    *("agreeable", "chameleon", "plain_float", "itself", "with_graph", "pair", "applied", "raising", "unwritten"),
    *("one_argument", "inside_torch", "endless", "chatty", "dying", "hungry", "greedy", "last_crumb", "bulky"),
    "outside",
)


def line_of(text):
    """Return the line of `GOOD` that starts with `text`, as Python counts."""
    return next(number for number, line in enumerate(GOOD.splitlines(), 1) if line.strip().startswith(text))


@pytest.fixture(scope="module")
def student(new_student):
    """Yield a student with functions of every kind."""
    student = new_student(GOOD, entries=NAMES)
    yield student
    student.close()


@pytest.fixture
def mortal(new_student):
    """Yield a student like it whose process may die."""
    student = new_student(GOOD, entries=NAMES)
    yield student
    student.close()


def finding_of(kind, call):
    """Return what `call` raises, having seen that both languages can say its finding."""
    with pytest.raises(kind) as caught:
        call()
    assert caught.value.finding.text("zh")
    return caught.value


def wrong(answer, expected):
    """Return the words for a wrong answer."""
    return finding_of(CheckFailed, lambda: answer.must_equal(expected)).finding.text("en")


ONES = torch.ones(2)


def test_the_first_entry_point_is_called(student):
    """A call without a name is of the exercise's first entry point."""
    assert "agreeable(x)" in wrong(student.call(ONES), ONES)


def test_an_object_that_equals_everything_equals_nothing(student):
    """An object whose `==` says yes is told as an object of its class, by a name the student knows."""
    text = wrong(student.call(ONES, entry="agreeable"), ONES)
    assert "is of another kind" in text
    assert "Agreeable (not a value that can be compared)" in text
    assert "torch.Tensor (2,)" in text


def test_a_tensor_subclass_is_no_tensor(student):
    """A subclass that answers for torch's functions is told as one, whatever its values are."""
    text = wrong(student.call(ONES, entry="chameleon"), 2 * ONES)
    assert "Chameleon (a subclass of torch.Tensor)" in text


def test_a_float_where_a_tensor_is_due(student):
    """A float in place of a tensor is told as a float, and the tensor by its shape."""
    text = wrong(student.call(ONES, entry="plain_float"), torch.tensor(2.0))
    assert "returned: float 2.0" in text
    assert "expected: torch.Tensor ()" in text


def test_the_argument_itself_is_a_value_like_any_other(student):
    """A function that returns its argument returns those values, in memory that is not its own."""
    answer = student.call(ONES, entry="itself").must_equal(ONES).must_leave_arguments()
    assert "shares its memory" in finding_of(CheckFailed, answer.must_own_its_storage).finding.text("en")


def test_a_result_with_a_graph_has_its_values(student):
    """A tensor that still requires grad is right in value, and is told to carry a graph."""
    answer = student.call(ONES.clone(), entry="with_graph").must_equal(2 * ONES)
    assert "still requires grad" in finding_of(CheckFailed, answer.must_carry_no_graph).finding.text("en")


def test_arguments_arrive_as_they_are(student):
    """Numbers, lists and tensors of each dtype arrive as what they are."""
    answer = student.call([1, 2.5, None, "a"], (torch.tensor([1]), torch.tensor(2.5)), entry="pair")
    answer.must_equal(([1, 2.5, None, "a"], (torch.tensor([1]), torch.tensor(2.5))))
    assert answer.remarks == []


def test_a_given_function_arrives_as_one(student):
    """A snippet, and any other function of the hidden test, can be called by the student's code."""
    student.call(Snippet("lambda x: 3 * x"), ONES, entry="applied").must_equal(3 * ONES)
    student.call(lambda x: 4 * x, ONES, entry="applied").must_equal(4 * ONES)


def test_trusted_code_runs_beside_the_students(student):
    """An observer sees the names that the student's file defines, and only reports values."""
    answer = student.observe(lambda names, x: (names["number"], x + 1), ONES)
    answer.must_equal((3, ONES + 1))


def test_what_an_observer_sees_is_no_result(student):
    """A finding calls an observer's arguments and report its own, and not those of the student's function."""
    seen = student.observe(lambda names, weights: {"flag": bool(names), "sum": weights.sum()}, ONES, entry="itself")
    told = finding_of(CheckFailed, lambda: seen.must_equal({"flag": False, "sum": 2 * ONES.sum()})).finding
    arguments = "\n    weights = torch.tensor([1.0, 1.0])\n"
    first = "The check calls itself in a few lines of its own and notes what it sees. It has"
    assert told.text("en").startswith(f"{first}{arguments}seen['flag'] is another value.")
    assert told.text("zh").startswith(
        f"这项检查用自己的几行代码调用 itself，并记下看到的情况。其中{arguments}观察结果['flag']"
    )


def test_what_an_observer_sees_as_a_whole_is_no_result(student):
    """A report that is one tensor is not called the result either, and nor is an exception one of the function's."""
    seen = student.observe(lambda _names, x: x, ONES, entry="itself")
    told = finding_of(CheckFailed, lambda: seen.must_equal(2 * ONES)).finding
    assert "of what it sees differ" in told.text("en")
    assert "看到的结果的 2 个元素中" in told.text("zh")
    raised = finding_of(StudentRaised, lambda: student.observe(lambda names, x: names["raising"](x), ONES))
    assert raised.finding.text("en").startswith("The check calls agreeable in a few lines of its own")


def test_a_missing_part_is_not_a_missing_return(student):
    """Only a whole result that is None may have been printed; a part that is None is told as such."""
    part = finding_of(CheckFailed, lambda: student.call(ONES, None, entry="pair").must_equal((ONES, ONES)))
    assert "result[1] is None.\n    expected:" in part.finding.text("en")
    assert "printed" not in part.finding.text("en")


def test_an_exception_is_told_with_line_and_call(student):
    """What the student's code raises is told with the call, the line in the student's file and its own text."""
    problem = finding_of(StudentRaised, lambda: student.call(ONES, entry="raising"))
    assert problem.raised.type == "ValueError"
    assert problem.finding.text("en") == (
        "    x = torch.tensor([1.0, 1.0])\n    raising(x)\n"
        f"raised ValueError in line {line_of('raise ValueError')} of your file: bad sum 4.0"
    )


def test_an_exception_below_is_told_by_the_students_line(student):
    """An exception inside torch is told by the line of the student's file that called it."""
    problem = finding_of(StudentRaised, lambda: student.call(ONES, entry="inside_torch"))
    assert f"raised RuntimeError in line {line_of('return torch.ones(2)')} of your file" in problem.finding.text("en")


def test_an_exception_outside_the_file_has_no_line(student):
    """An exception that never passed through the student's file is told without a line."""
    problem = finding_of(StudentRaised, lambda: student.call("three", entry="outside"))
    assert "raised ValueError: invalid literal" in problem.finding.text("en")
    assert "line" not in problem.finding.text("en")


def test_an_unwritten_function_is_told_as_one(student):
    """A starter that was handed in as it is gets told so, without a call."""
    problem = finding_of(StudentRaised, lambda: student.call(ONES, entry="unwritten"))
    text = problem.finding.text("en")
    assert text.startswith("unwritten is not written yet")
    assert f"line {line_of('raise NotImplementedError')}" in text


def test_other_parameters_are_told_with_the_signature(student):
    """A function with other parameters than the starter's is told so, with its own signature."""
    problem = finding_of(StudentRaised, lambda: student.call(ONES, ONES, entry="one_argument"))
    assert "one_argument(x) can't be called like this" in problem.finding.text("en")


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        ("hungry", "return torch.zeros(2**36)"),
        ("greedy", "raise MemoryError"),
        ("last_crumb", "HELD.append([HELD])"),
    ],
)
def test_too_much_memory_is_told_as_such(student, entry, line):
    """Memory that can't be had is told with the limit and the line, and the next call has all of it again."""
    problem = finding_of(StudentStopped, lambda: student.call(ONES, entry=entry))
    text = problem.finding.text("en")
    assert problem.limit == "memory"
    assert f"{student.processes.limits.memory_mib} MiB" in text
    assert f"(line {line_of(line)})" in text
    student.call(ONES, entry="itself").must_equal(ONES)


def test_a_result_too_large_to_be_sent_is_told(student):
    """A result beyond the message limit costs the check; it is told why, and the process lives on."""
    text = wrong(student.call(ONES, entry="bulky"), ONES)
    assert "too large to be sent" in text
    student.call(ONES, entry="itself").must_equal(ONES)


@pytest.mark.parametrize(
    ("entry", "limit", "words"),
    [
        ("endless", "cpu", "computed for more than 1 s"),
        ("chatty", "output", "printed more than 1024 KiB"),
        ("dying", None, "exit code 3"),
    ],
)
def test_a_stop_is_told_and_the_next_call_starts_anew(mortal, entry, limit, words):
    """A process that hits a limit or dies is told so, and the calls after it find a fresh one."""
    problem = finding_of(StudentStopped, lambda: mortal.call(ONES, entry=entry))
    assert problem.limit == limit
    assert words in problem.finding.text("en")
    mortal.call(ONES, entry="itself").must_equal(ONES)
    assert mortal.spent.stops == 1


def test_what_was_sent_is_kept_from_later_changes():
    """The arguments as sent keep their values when the hidden test changes its own afterwards; functions stay."""
    x = torch.ones(2)
    x.grad = torch.ones(2)
    function = Snippet("lambda x: x")
    _, (sent, (given,), number) = as_sent(Call("answer", (x, [function], 5)))
    x.add_(1)
    x.grad.add_(1)
    assert isinstance(sent, TensorRecord)
    assert torch.equal(sent.tensor(), torch.ones(2))
    assert torch.equal(sent.grad.tensor(), torch.ones(2))
    assert given is function
    assert number == 5


@pytest.mark.parametrize("limit", ["cpu", "wall", "output", "message", None])
def test_every_stop_has_its_words(limit):
    """Each limit is told with its amount, and a crash with how it ended, in both languages."""
    limits = Limits(call_cpu_seconds=71, call_wall_seconds=72, output_kib=73, message_mib=74)
    amount = {"cpu": "71", "wall": "72", "output": "73", "message": "74", None: "signal 11"}[limit]
    finding = stop_finding(limit, "signal 11", limits)
    assert amount in finding.text("en")
    assert amount in finding.text("zh")


def test_a_forged_answer_counts_as_the_students_own(new_student):
    """A process that writes its own answers is judged by what they say, and a malformed one ends it."""
    source = """
    import os, struct
    def answer(x):
        os.write(4, struct.pack("<III", 3, 3, 0) + b"abc")
        return x
    """
    student = new_student(source)
    assert finding_of(StudentStopped, lambda: student.call(1.0)).limit == "message"
    student.close()


def test_students_do_not_share_a_process(new_student):
    """Two students are two processes: what one leaves in torch, the other does not find."""
    source = "import torch\ndef answer(x):\n    torch.seen = getattr(torch, 'seen', 0) + 1\n    return torch.seen"
    for _ in range(2):
        student = new_student(source)
        student.call(1.0).must_equal(1)
        student.call(1.0).must_equal(2)
        student.close()
