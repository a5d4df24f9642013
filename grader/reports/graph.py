"""The graph that a recorded call built: tensors as nodes, what led from one to the next as edges.

Pure: a function of the recording alone, without words. More than forty nodes are folded: the operations of a given
function into one for each line, and then the middle of what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from grader.protocol.operations import CUTS, DIFFERENTIATING, IN_PLACE
from grader.protocol.recording import Event, Recording, Use

NodeKind = Literal["leaf", "recorded", "plain", "folded"]
EdgeKind = Literal["recorded", "plain", "cut", "backward"]
MOST_NODES = 40


@dataclass(frozen=True)
class Node:
    """A tensor, or several that were folded."""

    name: str
    """What made it, or the name of the argument that it is."""
    line: int
    """The line that made it; 0 for an argument."""
    cell: int
    shape: tuple[int, ...]
    kind: NodeKind
    is_result: bool = False
    filled: tuple[int, ...] = ()
    """The lines in which a backward filled its `.grad`."""
    added: tuple[int, ...] = ()
    """The lines in which a backward added to it."""
    group: tuple[int, int, int] | None = None
    """Line, cell and call of the given function that made it."""
    folds: int = 1
    """How many tensors it stands for."""


@dataclass(frozen=True)
class Edge:
    """An arrow between two nodes, by their numbers."""

    start: int
    end: int
    kind: EdgeKind


@dataclass(frozen=True)
class Graph:
    """Nodes in the order in which they came to be, and edges."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def graph(recording: Recording, parameters: Sequence[str] = (), most: int = MOST_NODES) -> Graph:
    """Return the graph of a call whose arguments are called `parameters`, folded to `most` nodes."""
    arguments = {
        number: parameters[place] if place < len(parameters) else f"argument_{place + 1}"
        for place, numbers in enumerate(recording.arguments)
        for number in numbers
    }
    edges = list(dict.fromkeys(edge for event in recording.events for edge in edges_of(event)))
    used = {number for edge in edges for number in (edge.start, edge.end)} | {use.tensor for use in recording.results}
    makers = {number: event for event in reversed(recording.events) for number in event.made}
    times = times_of(recording.events)
    order = sorted(used, key=lambda number: (number not in arguments, times.get(number, -1), number))
    nodes = {number: node_of(number, recording, arguments, makers.get(number)) for number in order}
    return folded(renumbered(nodes, edges), most)


def edges_of(event: Event) -> Iterator[Edge]:
    """Yield what leads from the tensors of a call to those that it made, and the ways of gradients."""
    if event.name in DIFFERENTIATING:
        ends = (*event.made, *event.filled, *event.added)
        yield from (Edge(use.tensor, end, "backward") for use in event.inputs for end in ends)
        return
    for output in event.outputs or changed(event):
        kind = kind_of(event, output)
        yield from (Edge(start, output.tensor, kind) for start in event.used if start != output.tensor)


def changed(event: Event) -> tuple[Use, ...]:
    """Return the tensor that a call changed in place."""
    return event.inputs[:1] if event.name in IN_PLACE else ()


def times_of(events: Sequence[Event]) -> dict[int, int]:
    """Return when each tensor got its values: when it was made, or at last changed in place by the values of others."""
    times: dict[int, int] = {}
    for time, event in enumerate(events):
        for use in event.outputs:
            times.setdefault(use.tensor, time)
        for use in changed(event):
            if set(event.used) != {use.tensor}:
                times[use.tensor] = time
    return times


def kind_of(event: Event, output: Use) -> EdgeKind:
    """Return what a call did to the graph on its way to an output."""
    if event.name == "grad":
        return "backward"
    if output.has_graph or (event.name in IN_PLACE and any(use.requires_grad for use in event.inputs[1:])):
        return "recorded"
    has_graph = any(use.has_graph or use.requires_grad for use in event.inputs)
    return "cut" if has_graph and (event.name in (*CUTS, "data") or event.mode != "grad") else "plain"


def node_of(number: int, recording: Recording, arguments: Mapping[int, str], maker: Event | None) -> Node:
    """Return a tensor as a node."""
    uses = [use for use in all_uses(recording) if use.tensor == number]
    inside = maker is not None and "inside" in maker.options and number not in arguments
    return Node(
        name=arguments.get(number) or (maker.name if maker else ""),
        line=0 if maker is None or number in arguments else maker.line,
        cell=0 if maker is None else maker.cell,
        shape=recording.tensors[number].shape,
        kind=state_of(uses),
        is_result=any(use.tensor == number for use in recording.results),
        filled=lines_where(recording.events, lambda event: number in event.filled),
        added=lines_where(recording.events, lambda event: number in event.added),
        group=(maker.line, maker.cell, maker.call) if inside and maker else None,
    )


def all_uses(recording: Recording) -> Iterator[Use]:
    """Yield every use of a tensor, in order."""
    for event in recording.events:
        yield from (*event.inputs, *event.weights, *event.sought, *event.outputs)
    yield from recording.results


def state_of(uses: Iterable[Use]) -> NodeKind:
    """Return how a tensor stood in the graph, at its best."""
    found = list(uses)
    if any(use.has_graph for use in found):
        return "recorded"
    return "leaf" if any(use.requires_grad for use in found) else "plain"


def lines_where(events: Iterable[Event], holds: Callable[[Event], bool]) -> tuple[int, ...]:
    """Return the lines of events for which something holds."""
    return tuple(event.line for event in events if holds(event))


def renumbered(nodes: Mapping[int, Node], edges: Iterable[Edge]) -> Graph:
    """Return a graph whose edges name nodes by their places."""
    places = {number: place for place, number in enumerate(nodes)}
    return Graph(tuple(nodes.values()), tuple(Edge(places[e.start], places[e.end], e.kind) for e in edges))


def folded(whole: Graph, most: int) -> Graph:
    """Return a graph of at most so many nodes."""
    if len(whole.nodes) <= most:
        return whole
    first_of: dict[object, int] = {}
    keys = [node.group or place for place, node in enumerate(whole.nodes)]
    merged = merge(whole, [first_of.setdefault(key, place) for place, key in enumerate(keys)])
    if len(merged.nodes) <= most:
        return merged
    begin, end = most // 2, len(merged.nodes) - (most - most // 2 - 1)
    return merge(merged, [begin if begin <= place < end else place for place in range(len(merged.nodes))])


def merge(whole: Graph, into: Sequence[int]) -> Graph:
    """Return a graph in which each node has become one with the node of the given place."""
    kept: dict[int, Node] = {}
    for place, node in zip(into, whole.nodes, strict=True):
        kept[place] = node if place not in kept else together(kept[place], node)
    edges = dict.fromkeys(Edge(into[e.start], into[e.end], e.kind) for e in whole.edges if into[e.start] != into[e.end])
    return renumbered(kept, edges)


def together(one: Node, other: Node) -> Node:
    """Return a node that stands for two."""
    return replace(
        one,
        kind="folded",
        is_result=one.is_result or other.is_result,
        filled=one.filled + other.filled,
        added=one.added + other.added,
        folds=one.folds + other.folds,
    )
