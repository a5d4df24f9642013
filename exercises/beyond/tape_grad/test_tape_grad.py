"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import pytest
from tape_grad import tape_grad


def test_the_example():
    """A product, a sum and a square.

    一个积、一个和、一个平方。
    """
    assert tape_grad([("mul", 0, 1), ("add", 2, 0), ("mul", 3, 3)], [2.0, 3.0]) == [64.0, 32.0]


@pytest.mark.parametrize(
    ("instruction", "expected"),
    [
        (("add", 0, 1), [1.0, 1.0]),
        (("sub", 0, 1), [1.0, -1.0]),
        (("mul", 0, 1), [4.0, 3.0]),
        (("div", 0, 1), [0.25, -0.1875]),
        (("sin", 0), [-0.9899924966, 0.0]),
        (("exp", 1), [0.0, 54.598150033]),
    ],
)
def test_single_instructions(instruction, expected):
    """Each operation by itself, at 3 and 4.

    每种运算单独一次，在 3 和 4 处。
    """
    found = tape_grad([instruction], [3.0, 4.0])
    assert all(abs(got - right) < 1e-8 for got, right in zip(found, expected, strict=True))


def test_no_instruction():
    """Without instructions, the last input is the result.

    没有指令时，最后一个输入就是结果。
    """
    assert tape_grad([], [2.0, 3.0]) == [0.0, 1.0]


def test_arguments_are_left_alone():
    """The program and the values are not touched.

    程序和输入的值保持原样。
    """
    program, values = [("mul", 0, 0)], [3.0]
    assert tape_grad(program, values) == [6.0]
    assert program == [("mul", 0, 0)]
    assert values == [3.0]
