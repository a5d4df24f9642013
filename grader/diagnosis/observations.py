"""What a recording shows: facts about how autograd was used, each with its line.

No observation says "never": a recorder does not see everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from grader.diagnosis import cuts, gradients, promises, refusals
from grader.diagnosis.history import History
from grader.protocol.recording import Recording
from grader.results.facts import ObservationFacts

OBSERVERS: Final[tuple[Callable[[History], Iterator[ObservationFacts]], ...]] = (
    cuts.late_switches,
    cuts.cut_graphs,
    refusals.not_scalars,
    refusals.refused_weights,
    refusals.freed_graphs,
    refusals.changed_values,
    refusals.unused_inputs,
    gradients.read_nones,
    gradients.missing_gradients,
    refusals.used_nones,
    gradients.kept_gradients,
    refusals.weights_twice,
    gradients.sums_of_outputs,
    cuts.detached_parts,
    promises.returned,
    gradients.sums_of_gradients,
    gradients.clearings,
    promises.arguments,
    promises.results,
    refusals.weights_of_ones,
)
"""What weighs most comes first."""

NAMES: Final = (
    "requires_grad_too_late", "no_leaf", "leaf_not_used", "cut_by_detach", "cut_by_data", "cut_by_item", "cut_by_numpy",
    "cut_by_tensor", "cut_by_no_grad", "cut_by_inference", "derivative_not_recorded", "retained_not_created",
    "constant_derivative", "derivative_detached", "not_scalar", "derivative_not_scalar", "weights_of_other_shape",
    "weights_not_tensor", "graph_used_twice", "old_history_used", "leaf_changed_in_place", "saved_value_changed",
    "whole_numbers_asked", "unused_input", "clone_is_no_leaf", "non_leaf_grad", "grad_of_a_part",
    "retain_grad_too_late", "autograd_grad_fills_nothing", "grad_was_none", "grad_stayed_none", "missing_gradient",
    "none_used", "name_for_grad", "grad_replaced", "weights_twice", "outputs_summed", "part_detached",
    "nothing_returned", "tuple_returned", "grad_never_cleared", "cleared_before_read", "cleared_between",
    "argument_changed", "argument_requires_grad", "argument_grad_filled", "argument_grad_cleared", "result_has_graph",
    "result_is_argument_grad", "result_shares_argument", "results_share_memory", "weights_of_ones",
)  # fmt: skip


def observations_of(recording: Recording) -> tuple[ObservationFacts, ...]:
    """Return what a recording shows, each name once, at its first place; what weighs most first."""
    history = History(recording)
    found: dict[str, ObservationFacts] = {}
    for observer in OBSERVERS:
        for each in observer(history):
            found.setdefault(each.name, each)
    return tuple(found.values())
