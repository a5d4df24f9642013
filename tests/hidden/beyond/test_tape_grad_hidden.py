# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges tape_grad."""

import math

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import oracle, pick, probe, quarters

EXAMPLE = [("mul", 0, 1), ("add", 2, 0), ("mul", 3, 3)]
SUM_OF_SQUARES = [("mul", 0, 0), ("mul", 1, 1), ("mul", 0, 1), ("add", 2, 3), ("add", 5, 4)]
SQUARE_AND_CUBE = [("mul", 0, 0), ("mul", 1, 0), ("add", 1, 2)]
LONG = [("div", 0, 1), ("sin", 2), ("mul", 3, 0), ("sub", 4, 1), ("exp", 3), ("add", 5, 6)]
DOUBLINGS = [("add", 0, 0), *(("add", position, position) for position in range(2, 41)), ("mul", 41, 1)]
LARGE = 30.0
SMALL = 0.25

numbers = quarters(-2, 2)

OPERATIONS = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "sin": torch.sin,
    "exp": torch.exp,
}
UNARY = ("sin", "exp")


def run(program, inputs):
    """Every value of a program, on torch scalars."""
    found = list(inputs)
    for name, *places in program:
        found.append(OPERATIONS[name](*(found[place] for place in places)))
    return found


@oracle
def derivatives(program, values):
    """The oracle: the same program on float64 scalars of torch, with torch.autograd.grad."""
    leaves = [torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in values]
    last = run(program, leaves)[-1]
    return [each.item() for each in torch.autograd.grad(last, leaves, materialize_grads=True)]


def is_tame(name, operands):
    """Whether an operation neither divides by almost nothing nor leaves the range where numbers stay readable."""
    if name == "div" and abs(operands[1]) < SMALL:
        return False
    return not (name == "exp" and operands[0] > math.log(LARGE))


@st.composite
def programs(draw, names):
    """A program of three to ten instructions that uses values again, and its inputs."""
    values = [draw(pick(numbers, place)) for place in range(draw(pick((2, 3, 1), 0)))]
    program, known = [], [torch.tensor(value, dtype=torch.float64) for value in values]
    for number in range(draw(pick((3, 5, 7, 10), 0))):
        name = draw(pick(names, number))
        last = len(known) - 1
        places = [last if number % 2 else draw(st.integers(0, last)), draw(st.integers(0, last))]
        if name in UNARY:
            del places[1]
        if not is_tame(name, [known[place].item() for place in places]):
            name, places = "sub", [places[0], 0]
        result = OPERATIONS[name](*(known[place] for place in places))
        if abs(result.item()) > LARGE:
            name, places, result = "sin", [last], torch.sin(known[last])
        program.append((name, *places))
        known.append(result)
    return program, values


def left_alone(namespace, program, values):
    """Report the derivatives, and program and values as they are afterwards."""
    found = namespace["tape_grad"](program, values)
    return {"derivatives": found, "program": program, "values": values}


@pytest.mark.check("documented", points=0.75)
def test_sums_of_squares_and_powers(student):
    """A sum of two squares and a product, and a square plus a cube, at several points.

    两个平方与一个积之和，以及平方加立方，在几个点处。
    """
    for at, expected in (([3.0, 1.0], [7.0, 5.0]), ([-2.0, 0.5], [-3.5, -1.0])):
        student.call(SUM_OF_SQUARES, at).must_equal(expected)
    for at, expected in ((1.0, 5.0), (-2.0, 8.0)):
        student.call(SQUARE_AND_CUBE, [at]).must_equal([expected])


@pytest.mark.check("documented", points=0.75)
def test_worked_example(student):
    """The example of the README, at two points.

    README 中的例子，在两个点处。
    """
    for at, expected in (([2.0, 3.0], [64.0, 32.0]), ([-1.0, 0.5], [-4.5, 3.0])):
        student.call(EXAMPLE, at).must_equal(expected)


@pytest.mark.check("probes", points=1.5)
@probe(programs(("mul", "add", "sub", "mul", "add")), examples=12)
def test_sums_and_products(student, case):
    """Programs of sums, differences and products that use values again.

    由和、差、积组成的程序，其中的值会重复使用。
    """
    student.call(*case).must_equal(derivatives(*case))


@pytest.mark.check("probes", points=1.5)
@probe(programs(("div", "mul", "sin", "add", "exp", "sub")), examples=12)
def test_all_operations(student, case):
    """Programs of all operations.

    包含所有运算的程序。
    """
    student.call(*case).must_equal(derivatives(*case))


@pytest.mark.check("edges", points=0.25)
def test_values_without_influence(student):
    """An input that is not used, and a result that nobody uses.

    没有用到的输入，以及没有人用到的结果。
    """
    student.call([("mul", 0, 0), ("exp", 1), ("mul", 2, 0)], [3.0, 2.0]).must_equal([27.0, 0.0])
    student.call([("sin", 0), ("sub", 0, 1)], [3.0, 2.0]).must_equal([1.0, -1.0])


@pytest.mark.check("edges", points=0.25)
def test_a_value_with_itself(student):
    """Operations that take the same value twice.

    两次用到同一个值的运算。
    """
    for name, expected in (("mul", 6.0), ("add", 2.0), ("sub", 0.0), ("div", 0.0)):
        student.call([(name, 0, 0), ("mul", 1, 0)], [3.0]).must_equal(derivatives([(name, 0, 0), ("mul", 1, 0)], [3.0]))
        student.call([(name, 0, 0)], [3.0]).must_equal([expected])


@pytest.mark.check("edges", points=0.25)
def test_no_instruction(student):
    """Without instructions the last input itself is differentiated; then with one.

    没有指令时，求导的就是最后一个输入本身；然后是有一条指令的情形。
    """
    student.call([], [2.0, 3.0, 5.0]).must_equal([0.0, 0.0, 1.0])
    student.call([], [2.0]).must_equal([1.0])
    student.call([("mul", 0, 0)], [3.0]).must_equal([6.0])


@pytest.mark.check("edges", points=0.25)
def test_forty_doublings(student):
    """Forty doublings in a row, where the number of paths doubles with each, times a small number.

    连续四十次加倍，每次路径的条数都翻一倍，再乘以一个很小的数。
    """
    at = [1.5, 2.0**-40]
    student.call(DOUBLINGS, at).must_equal([1.0, 1.5 * 2.0**40])
    student.call([*DOUBLINGS, ("mul", 42, 0)], at).must_equal([3.0, 2.25 * 2.0**40])


@pytest.mark.check("edges", points=0.25)
def test_twice(student):
    """A second call with the same objects gives the same answer.

    用同样的对象再调用一次，得到同样的答案。
    """
    for answer in student.call_twice(LONG, [2.0, -1.5]):
        answer.must_equal(derivatives(LONG, [2.0, -1.5]))


@pytest.mark.check("edges", points=0.25)
def test_arguments_stay_as_they_were(student):
    """Program and values are left as they were.

    程序和输入的值保持原样。
    """
    seen = {"derivatives": derivatives(LONG, [2.0, -1.5]), "program": LONG, "values": [2.0, -1.5]}
    student.observe(left_alone, LONG, [2.0, -1.5]).must_equal(seen)
