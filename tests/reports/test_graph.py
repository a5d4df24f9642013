"""The graph of a recorded call: what led to what, where it was cut, and how it folds."""

import pytest

from grader.protocol.recording import Event, Recording, TensorSeen, Use
from grader.reports.graph import Edge, graph

PLAIN, LEAF, MADE = (False, False, False), (True, False, False), (True, True, False)


def use(number, state=PLAIN):
    """Return a tensor in a state."""
    return Use(number, *state)


def event(name, line, inputs=(), outputs=(), **more):
    """Return a call in a line of a file."""
    return Event(name, line, 0, 1, more.pop("mode", "grad"), tuple(inputs), outputs=tuple(outputs), **more)


def recording(*events, tensors=8, arguments=((0,),), results=()):
    """Return a recording of vectors of three."""
    return Recording(
        events, (TensorSeen((3,), floating=True, storage=0),) * tensors, arguments, tuple(results), "tensor"
    )


USUAL = recording(
    event("detach", 4, [use(0)], [use(1)]),
    event("requires_grad_", 4, [use(1)], [use(1, LEAF)]),
    event("mul", 5, [use(1, LEAF)], [use(2, MADE)], options=("inside",)),
    event("sum", 6, [use(2, MADE)], [use(3, MADE)]),
    event("backward", 7, [use(3, MADE)], filled=(1,)),
    event("backward", 8, [use(3, MADE)], added=(1,)),
    event("grad", 9, [use(1, LEAF)], [use(4)]),
    results=[use(4)],
)


def test_tensors_are_nodes_and_calls_are_edges():
    """An argument has its parameter's name, what was computed the name of the call, with its line."""
    drawn = graph(USUAL, ("x",))
    assert [(node.name, node.line, node.kind) for node in drawn.nodes] == [
        ("x", 0, "plain"),
        ("detach", 4, "leaf"),
        ("mul", 5, "recorded"),
        ("sum", 6, "recorded"),
        ("grad", 9, "plain"),
    ]
    assert drawn.edges[:3] == (Edge(0, 1, "plain"), Edge(1, 2, "recorded"), Edge(2, 3, "recorded"))
    assert [node.is_result for node in drawn.nodes] == [False, False, False, False, True]


def test_accumulation_is_seen():
    """A leaf tells which line filled its .grad and which added to it, and gradients have ways of their own."""
    drawn = graph(USUAL)
    assert (drawn.nodes[1].filled, drawn.nodes[1].added) == ((7,), (8,))
    assert drawn.edges[3:] == (Edge(3, 1, "backward"), Edge(1, 4, "backward"))


@pytest.mark.parametrize(
    ("name", "mode", "kind"),
    [("detach", "grad", "cut"), ("item", "grad", "cut"), ("mul", "no_grad", "cut"), ("mul", "grad", "plain")],
)
def test_a_cut_is_told_from_what_was_never_recorded(name, mode, kind):
    """What takes the numbers of a tensor with a graph cuts it; what had no graph has none to lose."""
    before = use(0, MADE) if kind == "cut" else use(0)
    assert graph(recording(event(name, 2, [before], [use(1)], mode=mode))).edges == (Edge(0, 1, kind),)


def test_a_second_derivative_is_recorded_on_its_way():
    """The gradient of autograd.grad is a tensor below what was differentiated."""
    twice = recording(event("autograd.grad", 3, [use(0, MADE)], [use(1, MADE)], sought=(use(2, LEAF),)))
    assert graph(twice).edges == (Edge(0, 1, "backward"),)


def test_what_is_filled_entry_by_entry_stands_below_its_entries():
    """An in-place change leads from what was put in to what was changed, and is recorded if that was."""
    filled = recording(
        event("zeros", 1, outputs=[use(1)]),
        event("mul", 2, [use(0, LEAF)], [use(2, MADE)]),
        event("setitem", 3, [use(1), use(2, MADE)]),
        event("sum", 4, [use(1, MADE)], [use(3, MADE)]),
    )
    drawn = graph(filled)
    assert [node.name for node in drawn.nodes] == ["argument_1", "mul", "zeros", "sum"]
    assert drawn.edges == (Edge(0, 1, "recorded"), Edge(1, 2, "recorded"), Edge(2, 3, "recorded"))


def test_what_no_edge_touches_is_left_out():
    """A tensor that led nowhere and came from nothing is no part of the graph, unless it was returned."""
    assert graph(recording(event("ones", 2, outputs=[use(5)]))).nodes == ()
    assert len(graph(recording(event("ones", 2, outputs=[use(5)]), results=[use(5)])).nodes) == 1


def chain(length, *, inside):
    """Return a recording of so many operations in a row."""
    options = ("inside",) if inside else ()
    events = [event("mul", 3, [use(n, LEAF)], [use(n + 1, MADE)], options=options) for n in range(length)]
    return recording(*events, tensors=length + 1, results=[use(length, MADE)])


def test_many_operations_of_a_given_function_become_one():
    """Past forty nodes, what the given function did in one line is one node that says how many it stands for."""
    assert len(graph(chain(39, inside=True)).nodes) == 40
    first, folded = graph(chain(60, inside=True), ("x",)).nodes
    assert (first.name, folded.kind, folded.folds, folded.is_result) == ("x", "folded", 60, True)


def test_a_long_way_of_ones_own_loses_its_middle():
    """Past forty nodes the first and the last are kept, and the edges go through the one between them."""
    drawn = graph(chain(100, inside=False))
    assert len(drawn.nodes) == 40
    assert [node.folds for node in drawn.nodes if node.folds > 1] == [62]
    assert drawn.edges == tuple(Edge(place, place + 1, "recorded") for place in range(39))


def test_an_empty_recording_has_no_graph():
    """Nothing was done, so nothing is drawn."""
    assert graph(recording()).nodes == ()
