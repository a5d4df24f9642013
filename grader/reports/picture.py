"""What a student's function did in one call, for the eyes: each of its lines, and the graph that was built.

A pure function of what was recorded, put into words of one language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from grader.protocol.operations import CUTS, IN_PLACE
from grader.protocol.recording import Event, Recording
from grader.reports.graph import Edge, Node, graph
from grader.results.facts import RecordingFacts, SourceLine
from grader.results.report import EdgeReport, Language, NodeReport, PictureReport, StepReport
from grader.wording.message import Message, message

CALL = re.compile(r"^ *[A-Za-z_]\w*\((?P<names>[\w, ]*)\)$", re.MULTILINE)
MOST_NAMES = 6
SWITCHES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "autograd.grad": ("did_gradient", "did_gradient_recorded"),
        "grad": ("did_grad_read", "did_grad_none"),
        "grad=": ("did_grad_set", "did_grad_emptied"),
        "requires_grad_": ("did_leaf", "did_no_leaf"),
        "requires_grad=": ("did_leaf", "did_no_leaf"),
        "grad_enabled": ("did_on", "did_off"),
    }
)
"""Calls that do another thing with an option: what they do without it, and with it."""


def picture(facts: RecordingFacts, language: Language) -> PictureReport | None:
    """Return what a recording shows; None where it shows nothing."""
    if not facts.recording.events:
        return None
    drawn = graph(facts.recording, parameters_in(facts.call))
    return PictureReport(
        call=facts.call,
        nodes=tuple(node_report(each, language) for each in drawn.nodes),
        edges=tuple(EdgeReport(start=each.start, end=each.end, kind=each.kind) for each in drawn.edges),
        told=tuple(told(each, drawn.nodes, language) for each in drawn.edges),
        steps=tuple(step(each, facts.recording, language) for each in facts.lines),
    )


def parameters_in(call: str) -> tuple[str, ...]:
    """Return the names of the arguments of a call as it is written in a message."""
    found = [match["names"] for match in CALL.finditer(call)]
    return tuple(name.strip() for name in found[-1].split(",")) if found else ()


def step(at: SourceLine, recording: Recording, language: Language) -> StepReport:
    """Return what a line did."""
    events = [each for each in recording.events if (each.line, each.cell) == (at.line, at.cell)]
    said = list(dict.fromkeys(each.text(language) for each in done(events)))
    ended = recording.ended
    if ended is not None and (ended.line, ended.cell) == (at.line, at.cell):
        said.append(message("picture.ended", type=ended.type).text(language))
    return StepReport(cell=at.cell, line=at.line, code=at.text, did=tuple(said))


def done(events: Sequence[Event]) -> Iterator[Message]:
    """Yield what the calls of a line did, those of one kind together."""
    for key, alike in groupby(events, key=what):
        same = list(alike)
        if key == "did_raised":
            for event in same:
                reason = message(f"picture.reason_{event.raised}")
                yield message("picture.did_raised", names=written(event.name), reason=reason)
        else:
            yield message(f"picture.{key}", names=names_of(same))


def what(event: Event) -> str:
    """Return the key of the sentence that tells what a call did."""
    if event.raised or "inside" in event.options:
        return "did_raised" if event.raised else "did_function"
    if event.name in SWITCHES:
        usual, switched = SWITCHES[event.name]
        return switched if {"off", "none", "create_graph"} & set(event.options) else usual
    match event.name:
        case "backward" | "autograd.backward":
            return "did_added" if event.added else "did_filled" if event.filled else "did_backward"
        case "zero_":
            return "did_cleared"
        case "retain_grad" | "register_hook":
            return "did_hook"
    return of_an_operation(event)


def of_an_operation(event: Event) -> str:
    """Return the key of the sentence for a call that computed something."""
    if event.name in IN_PLACE or event.name == "other_":
        return "did_changed"
    if any(use.has_graph for use in event.outputs):
        return "did_recorded"
    has_graph = any(use.has_graph or use.requires_grad for use in event.inputs)
    return "did_cut" if has_graph and event.name in (*CUTS, "data") else "did_unrecorded"


def names_of(events: Sequence[Event]) -> str | Message:
    """Return the names of calls, each once, not too many."""
    names = list(dict.fromkeys(written(event.name) for event in events))
    listed = ", ".join(names[:MOST_NAMES])
    return listed if len(names) <= MOST_NAMES else message("picture.names_more", names=listed)


def written(name: str) -> str:
    """Return a call's name as a student writes it."""
    return {"getitem": "[…]", "setitem": "[…] =", "other": "…", "other_": "…_"}.get(name, name)


def node_report(node: Node, language: Language) -> NodeReport:
    """Return a node in words."""
    name = written(node.name)
    if node.kind == "folded":
        name = message("picture.folded", number=node.folds).text(language)
    line = message("picture.in_line", line=node.line).text(language) if node.line else ""
    note = " · ".join(filter(None, [str(node.shape) if node.kind != "folded" else "", line]))
    gradients = [message("picture.grad_filled", line=each).text(language) for each in node.filled]
    gradients += [message("picture.grad_added", line=each).text(language) for each in node.added]
    return NodeReport(name=name, note=note, kind=node.kind, is_result=node.is_result, grad=tuple(gradients))


def told(edge: Edge, nodes: Sequence[Node], language: Language) -> str:
    """Return an edge in words, for who can't see the drawing."""
    start, end = (written(nodes[place].name) for place in (edge.start, edge.end))
    return message(f"picture.edge_{edge.kind}", start=start, end=end).text(language)
