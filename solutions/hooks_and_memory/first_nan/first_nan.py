# canary: autograd-grader-withheld-5c1f9a2e7b
"""Where the nan comes from.

nan 是从哪里来的。
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from torch import Tensor


def first_nan(f: Callable[[Tensor], Tensor], x: Tensor) -> str | None:
    """Return the name of the first node whose backward gives nan, or None if no gradient is ever nan.

    f: function of one tensor that returns a tensor with one element.
    x: float tensor, with or without requires_grad.

    f is computed on a leaf that requires grad and has the values of x. The first node is meant in the order in which
    backward runs; its name is node.name(). A result without a graph gives None.

    Promised: nothing is raised; x keeps its data, .grad and requires_grad; no mode stays on; calling twice gives the
    same answer.
    """
    y = f(x.detach().requires_grad_())
    if y.grad_fn is None:
        return None
    found: list[str] = []
    to_visit, seen = [y.grad_fn], set()
    while to_visit:
        node = to_visit.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        to_visit.extend(after for after, _ in node.next_functions)
        node.register_hook(partial(note_nan, node, found))
    y.backward()
    return found[0] if found else None


def note_nan(node: Any, found: list[str], given: Sequence[Tensor | None], _received: Sequence[Tensor | None]) -> None:
    """Note the name of a node if one of the gradients that it gives has a nan in it."""
    if any(each is not None and each.isnan().any() for each in given):
        found.append(node.name())
