# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges weighted_grad under attack: every kind of check once, and probes that are quick to make smaller."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import Snippet, probe

DOUBLED = Snippet("lambda x: 2 * x")
PAIRED = Snippet("lambda x: torch.stack([x[0] * x[1], x[1] ** 2 - x[2], x[0] * x[2] ** 2])")
CASES = [
    (PAIRED, torch.tensor([1.5, -0.5, 2.0]), torch.tensor([0.5, -2.0, 1.25])),
    (Snippet("lambda x: x ** 2"), torch.tensor([0.25, -3.0, 1.0]), torch.tensor([1.0, 0.5, -0.75])),
    (Snippet("lambda x: x[:2] ** 3"), torch.tensor([2.0, -1.0, 0.5]), torch.tensor([-1.5, 0.25])),
]


def pulled_back(f, x, v):
    """Return the weighted gradient from torch's own vector-Jacobian product."""
    return torch.autograd.functional.vjp(f, x, v)[1]


@pytest.mark.check("documented", points=1.0)
def test_document_weights(student):
    """The weights of a document.

    文档的权重。
    """
    x, v = torch.tensor([1.0, 2.0, 3.0, 4.0]), torch.tensor([1.0, 0.1, 0.01, 0.001])
    student.call(DOUBLED, x, v).must_equal(torch.tensor([2.0, 0.2, 0.02, 0.002]))


@pytest.mark.check("probes", points=2.0)
@probe(st.sampled_from(CASES), examples=3)
def test_random_maps(student, case):
    """Random maps.

    随机函数。
    """
    student.call(*case).must_equal(pulled_back(*case))


@pytest.mark.check("edges", points=0.5)
def test_the_same_call_twice(student):
    """The second call gives the same answer as the first.

    第二次调用与第一次答案相同。
    """
    first, second = student.call_twice(*CASES[0])
    first.must_equal(pulled_back(*CASES[0]))
    second.must_equal(pulled_back(*CASES[0]))


@pytest.mark.check("edges", points=0.5)
def test_result_is_tidy(student):
    """The result is right, carries no graph, owns its memory, and the arguments stay as they were.

    结果正确、不带计算图、独占内存，参数保持不变。
    """
    answer = student.call(*CASES[0]).must_equal(pulled_back(*CASES[0]))
    answer.must_leave_arguments().must_carry_no_graph().must_own_its_storage()
