"""What a hidden test asks of one call: the right value, and the promises of the contract."""

from dataclasses import replace

import pytest
import torch

from grader.comparison.compare import DEFAULT_TOLERANCES
from grader.comparison.evidence import Aspect
from grader.judge.answer import Answer, PromiseWithoutValueError
from grader.judge.call import MadeCall
from grader.judge.findings import CheckFailed
from grader.judge.student import as_sent
from grader.protocol.messages import Call, Observation
from grader.protocol.snippet import Snippet
from grader.protocol.values import Foreign

BODIES = {
    "clones": "return x.clone()",
    "doubles": "return 2 * x.detach()",
    "adds_in_place": "x.detach().add_(1); return torch.ones(2)",
    "edits_old_grad": "x.grad.zero_(); return torch.ones(2)",
    "sets_grad": "y = x.detach().requires_grad_(); y.sum().backward(); x.grad = y.grad; return torch.ones(2)",
    "removes_grad": "x.grad = None; return torch.ones(2)",
    "requires_grad": "x.requires_grad_(True); return torch.ones(2)",
    "requires_no_grad": "x.requires_grad_(False); return torch.ones(2)",
    "changes_a_part": "x[1].add_(1); return torch.ones(2)",
    "changes_inside": "x[1][0].detach().zero_(); return torch.ones(2)",
    "empties_list": "x.clear(); return torch.ones(2)",
    "makes_huge": "x.data = torch.ones(6_000_000); return torch.ones(2)",
    "keeps_graph": "return 2 * torch.ones(2, requires_grad=True)",
    "keeps_graph_inside": "return [1.0, {'a': (torch.ones(1), torch.ones(1, requires_grad=True))}]",
    "returns_argument": "return x",
    "returns_view": "return (torch.zeros(1), x.detach()[1:])",
    "returns_grad": "return x.grad",
    "returns_grads_view": "return {'a': x.grad.view(-1, 1)}",
    "returns_one_twice": "y = torch.ones(2); return y, y",
    "returns_overlapping": "y = torch.ones(4); return y[:3], 5.0, y[2:]",
    "returns_rows": "return torch.ones(2, 3).unbind()",
    "returns_two": "return torch.ones(2), torch.ones(2)",
    "returns_empties": "y = torch.empty(0); return y, y, torch.empty(3, 0), torch.ones(1)",
    "accumulates": "y = (x * x).sum(); y.backward(); return x.grad.clone()",
}


@pytest.fixture(scope="module")
def student(new_student):
    """Yield a student whose functions do what their names say."""
    source = "import torch\n" + "".join(f"def {name}(x):\n    {body}\n" for name, body in BODIES.items())
    student = new_student(source, entries=tuple(BODIES))
    yield student
    student.close()


def promised(student, *arguments, entry):
    """Return the answer to a call as if its value had been compared: the test is about a promise."""
    given = student.call(*arguments, entry=entry)
    given.looked_at.add(Aspect.VALUE)
    return given


def answer(value, *arguments, after=None, times=1, parameters=("x", "y")):
    """Return an answer whose call was given `arguments`, left `after`, and returned `value`."""
    call = MadeCall("answer", parameters, as_data(*arguments), times)
    returned, left = as_data(value, arguments if after is None else after)
    return Answer(call, Observation(returned, None, left), DEFAULT_TOLERANCES, looked_at={Aspect.VALUE})


def as_data(*values):
    """Return values as they are after they have crossed: tensors as records."""
    return as_sent(Call("answer", values))[1]


def failing(call):
    """Return the `CheckFailed` that `call` must raise, having seen that both languages can say it."""
    with pytest.raises(CheckFailed) as caught:
        call()
    assert caught.value.finding.text("zh")
    return caught.value


def leaf(*numbers, requires_grad=False, old=None):
    """Return a leaf with an old gradient of ones times `old`."""
    x = torch.tensor(numbers, requires_grad=requires_grad)
    x.grad = None if old is None else torch.full_like(x, old).detach()
    return x


def test_questions_chain(student):
    """Each question returns the answer, so that another can follow."""
    answer = student.call(leaf(1.0, 2.0), entry="doubles")
    assert (
        answer.must_equal(torch.tensor([2.0, 4.0])).must_leave_arguments().must_carry_no_graph().must_own_its_storage()
    ) is answer


def test_a_wrong_value_tells_call_and_values(student):
    """A wrong value is told with the call, its arguments, what came back and what was expected."""
    call = student.call(leaf(1.0, 2.0), entry="doubles")
    problem = failing(lambda: call.must_equal(torch.tensor([2.0, 5.0])))
    assert problem.aspect is Aspect.VALUE
    assert problem.finding.text("en") == (
        "    x = torch.tensor([1.0, 2.0])\n"
        "    doubles(x)\n"
        "1 of 2 entries of the result differ; the largest difference is 1.0, at index (1,).\n"
        "    returned: torch.tensor([2.0, 4.0])\n"
        "    expected: torch.tensor([2.0, 5.0])"
    )


def test_a_remark_is_told_once(student):
    """A dtype that costs nothing is remarked on once in a check, however many answers have it."""
    for _ in range(2):
        student.call(leaf(1.0), entry="clones").must_equal(torch.ones(1, dtype=torch.float64))
    assert [remark.key for remark in student.remarks] == ["judge.other_dtype"]


def test_the_call_is_written_with_every_argument():
    """The call is written with names from the starter, old gradients, and a number where the starter has no name."""
    given = answer(None, leaf(1.0, requires_grad=True, old=3.0), 0.5, [True], Snippet("lambda x: 2 * x"))
    assert given.call.text() == (
        "    x = torch.tensor([1.0], requires_grad=True)\n"
        "    x.grad = torch.tensor([3.0])\n"
        "    y = 0.5\n"
        "    argument_3 = [True]\n"
        "    argument_4 = lambda x: 2 * x\n"
        "    answer(x, y, argument_3, argument_4)"
    )


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("g", ["    def g(t):", "        return 2 * t", "    f = g"]),
        ("f", ["    def f(t):", "        return 2 * t"]),
    ],
)
def test_a_given_function_is_written_so_that_it_runs(name, lines):
    """A function of several lines stands by itself, and the parameter is given its name when that is another."""
    given = answer(None, Snippet(f"def {name}(t):\n    return 2 * t"), parameters=("f",))
    assert given.call.text().splitlines()[:-1] == lines


def test_a_second_call_is_said_to_be_one():
    """An answer of `call_twice` says that the call was made twice on the same arguments."""
    given = answer(torch.ones(1), leaf(1.0), times=2)
    assert "called twice on the very same arguments" in failing(lambda: given.must_equal(None)).finding.text("en")
    once = answer(torch.ones(1), leaf(1.0))
    assert "twice" not in failing(lambda: once.must_equal(None)).finding.text("en")


@pytest.mark.parametrize(
    ("entry", "argument", "words"),
    [
        ("adds_in_place", leaf(1.0, 2.0), "The argument x was changed.\n    before: torch.tensor([1.0, 2.0])"),
        ("adds_in_place", leaf(1.0, requires_grad=True), "The argument x was changed."),
        ("edits_old_grad", leaf(1.0, old=7.0), "The call changed x.grad."),
        ("sets_grad", leaf(1.0), "before: None\n    after:  torch.tensor([1.0])"),
        ("removes_grad", leaf(1.0, old=7.0), "before: torch.tensor([7.0])\n    after:  None"),
        ("requires_grad", leaf(1.0), "left x.requires_grad at True; it was False"),
        ("requires_no_grad", leaf(1.0, requires_grad=True), "left x.requires_grad at False; it was True"),
        ("changes_inside", (1.0, [leaf(5.0)]), "The argument x was changed."),
        ("changes_a_part", [leaf(1.0), leaf(5.0)], "The argument x[1] was changed."),
        ("accumulates", leaf(1.0, requires_grad=True, old=1.0), "The call changed x.grad."),
    ],
)
def test_a_changed_argument_is_found(student, entry, argument, words):
    """Changed values, a changed, set or removed `.grad` and a switched `requires_grad` are found and told."""
    call = promised(student, argument, entry=entry)
    problem = failing(call.must_leave_arguments)
    assert problem.aspect is Aspect.ARGUMENTS
    assert words in problem.finding.text("en")


@pytest.mark.parametrize("entry", ["clones", "returns_argument", "returns_grad"])
@pytest.mark.parametrize("requires_grad", [False, True])
def test_an_argument_left_alone_is_found_so(student, entry, requires_grad):
    """An argument that is only read is as before, in whichever state it came."""
    promised(student, leaf(1.0, requires_grad=requires_grad, old=7.0), entry=entry).must_leave_arguments()


@pytest.mark.parametrize(("entry", "argument"), [("empties_list", [leaf(1.0)]), ("makes_huge", leaf(1.0))])
def test_an_argument_that_is_gone_is_a_changed_one(student, entry, argument):
    """A tensor that was taken out of its list, or made too large to be sent, was not left alone."""
    call = promised(student, argument, entry=entry)
    assert failing(call.must_leave_arguments).aspect is Aspect.ARGUMENTS


def test_a_nameless_argument_is_told_by_its_number():
    """A changed argument that the starter does not name is told by its place in the call."""
    given = answer(leaf(0.0), 1.0, 2.0, leaf(1.0), after=(1.0, 2.0, leaf(5.0)))
    assert "argument_3 was changed." in failing(given.must_leave_arguments).finding.text("en")


@pytest.mark.parametrize("entry", ["keeps_graph", "keeps_graph_inside"])
def test_a_graph_in_the_result_is_found(student, entry):
    """A returned tensor that requires grad is found, however deep in the result it lies."""
    call = promised(student, leaf(1.0), entry=entry)
    problem = failing(call.must_carry_no_graph)
    assert problem.aspect is Aspect.GRAPH
    assert "still requires grad" in problem.finding.text("en")


def test_a_plain_result_carries_no_graph(student):
    """A detached result of an argument that requires grad is plain."""
    promised(student, leaf(1.0, requires_grad=True), entry="doubles").must_carry_no_graph()


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("returns_argument", "with an argument"),
        ("returns_view", "with an argument"),
        ("returns_grad", "with the argument's .grad"),
        ("returns_grads_view", "with the argument's .grad"),
        ("returns_one_twice", "share memory"),
        ("returns_overlapping", "share memory"),
    ],
)
def test_shared_memory_is_found(student, entry, words):
    """A result in the memory of an argument, of its `.grad` or of another result is found, views included."""
    call = promised(student, leaf(1.0, 2.0, old=3.0), entry=entry)
    problem = failing(call.must_own_its_storage)
    assert problem.aspect is Aspect.STORAGE
    assert words in problem.finding.text("en")


@pytest.mark.parametrize("entry", ["clones", "returns_two", "returns_rows", "returns_empties"])
def test_memory_of_its_own_is_found_so(student, entry):
    """Copies own their memory, and tensors without entries share nothing."""
    promised(student, leaf(1.0, 2.0, old=3.0), entry=entry).must_own_its_storage()


def test_both_calls_see_the_same_arguments(student):
    """`call_twice` calls on the very same objects: what the first call leaves behind, the second finds."""
    first, second = student.call_twice(leaf(1.0, 2.0, requires_grad=True), entry="accumulates")
    first.must_equal(torch.tensor([2.0, 4.0]))
    second.must_equal(torch.tensor([4.0, 8.0]))
    failing(lambda: second.must_equal(torch.tensor([2.0, 4.0])))


def test_promises_are_kept_apart(student):
    """Each question looks at its own aspect alone: a wrong value may still leave its arguments as they were."""
    promised(student, leaf(1.0), entry="clones").must_leave_arguments().must_carry_no_graph().must_own_its_storage()
    student.call(leaf(2.0), entry="returns_argument").must_equal(torch.tensor([2.0])).must_leave_arguments()


@pytest.mark.parametrize("promise", ["must_leave_arguments", "must_carry_no_graph", "must_own_its_storage"])
def test_a_promise_counts_beside_a_right_value_only(promise):
    """A hidden test that looks at a promise without comparing the value is the author's mistake, and says so."""
    given = replace(answer(torch.ones(1), leaf(1.0)), looked_at=set())
    with pytest.raises(PromiseWithoutValueError, match="call must_equal before looking at"):
        getattr(given, promise)()
    getattr(given.must_equal(torch.ones(1)), promise)()


def test_what_was_looked_at_is_noted():
    """Each question notes its aspect, for a check that passes as for one that fails."""
    given = answer(torch.ones(1), leaf(1.0))
    given.must_leave_arguments().must_own_its_storage()
    assert given.looked_at == {Aspect.VALUE, Aspect.ARGUMENTS, Aspect.STORAGE}
    failing(lambda: given.must_equal(None))
    given.must_carry_no_graph()
    assert given.looked_at == set(Aspect)


def test_what_could_not_be_sent_is_seen_as_it_is():
    """A returned value outside the closed set is there to be looked at, as its description."""
    assert answer(range(3)).value == Foreign("range", "not a value that can be compared")
