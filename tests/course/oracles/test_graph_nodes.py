"""The reference of graph_nodes against counts made by hand."""

import torch

LEAF = "torch::autograd::AccumulateGrad"


def test_shared_results_count_once(solution):
    """A chain of doublings has one node for each step, and one for the leaf."""
    for steps in (1, 5, 30):

        def doubled(x, steps=steps):
            for _ in range(steps):
                x = x + x
            return x

        names = solution("graph_nodes")(doubled, torch.ones(2))
        assert names == [*["AddBackward0"] * steps, LEAF]


def test_names_are_those_of_the_operations(solution):
    """Each operation of a computation written out by hand turns up under its own name."""
    names = solution("graph_nodes")(lambda x: (torch.sin(x) * x - x.exp() / 2).mean(), torch.ones(3))
    operations = ["DivBackward0", "ExpBackward0", "MeanBackward0", "MulBackward0", "SinBackward0", "SubBackward0"]
    assert names == [*operations, LEAF]
