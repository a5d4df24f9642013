"""A graph as SVG: every node and edge is drawn, inside the frame, and nothing in it is markup of a student's."""

import re
from functools import partial
from xml.etree import ElementTree as ET

import pytest

from grader.reports.drawing import IN_A_ROW, drawing
from grader.results.report import EdgeReport, NodeReport, PictureReport

SVG = "{*}"


def node(name, kind, grad):
    """Return a node with the same text wherever one may stand."""
    return NodeReport(name=name, note=name, kind=kind, grad=grad)


@pytest.fixture
def svg():
    """Return what draws nodes of given kinds and edges, as a parsed tree."""

    def draw(kinds, edges=(), *, name="n", told=()):
        grads = [(name,) if kind == "leaf" else () for kind in kinds]
        nodes = tuple(map(partial(node, name), kinds, grads))
        made = tuple(EdgeReport(start=start, end=end, kind=kind) for start, end, kind in edges)
        picture = PictureReport(call="", nodes=nodes, edges=made, told=told, steps=())
        return ET.fromstring(str(drawing(picture, "g1", name)))

    return draw


def test_every_node_and_edge_is_drawn(svg):
    """A box for each node by its kind, a line for each edge by its kind, and a cross on a cut."""
    edges = [(0, 1, "recorded"), (1, 2, "cut"), (2, 3, "plain"), (3, 0, "backward")]
    tree = svg(["leaf", "recorded", "plain", "folded"], edges)
    assert [each.get("class") for each in tree.iter() if (each.get("class") or "").startswith(("node", "edge"))] == [
        *(f"edge {kind}" for _, _, kind in edges),
        *(f"node {kind}" for kind in ("leaf", "recorded", "plain", "folded")),
    ]
    assert len(tree.findall(".//*[@class='cross']")) == 1


@pytest.mark.parametrize("count", [1, 3, 7, 40])
def test_all_boxes_are_inside_and_none_covers_another(svg, count):
    """However many nodes stand beside each other, a row has three at most."""
    tree = svg(["plain"] * count, [(0, place, "recorded") for place in range(1, count)])
    width, height = (float(each) for each in tree.get("viewBox").split()[2:])
    boxes = [box for box in tree.iter() if "rect" in box.tag]
    corners = [tuple(float(box.get(side)) for side in ("x", "y", "width", "height")) for box in boxes]
    assert all(x >= 0 and y >= 0 and x + w <= width and y + h <= height for x, y, w, h in corners)
    assert len({(x, y) for x, y, _, _ in corners}) == count
    rows = [sum(y == other for _, other, _, _ in corners) for _, y, _, _ in corners]
    assert max(rows) <= IN_A_ROW


def test_an_edge_leads_down_and_a_gradient_back_up(svg):
    """What was made stands below what it was made from."""
    tree = svg(["leaf", "recorded"], [(0, 1, "recorded"), (1, 0, "backward")])
    first, second = [float(box.get("y")) for box in tree.iter() if "rect" in box.tag]
    assert first < second
    paths = [each.get("d") for each in tree.iter() if "path" in each.tag and "head" not in (each.get("class") or "")]
    assert [re.match(r"M[\d.]+ [\d.]+([CH])", path)[1] for path in paths] == ["C", "H"]


def test_it_is_told_in_words(svg):
    """Title and description are named by the drawing, and the description tells each edge."""
    tree = svg(["leaf", "plain"], [(0, 1, "cut")], told=("x → item: the graph is cut",))
    title, desc = tree.find(f"{SVG}title"), tree.find(f"{SVG}desc")
    assert tree.get("role") == "img"
    assert tree.get("aria-labelledby").split() == [title.get("id"), desc.get("id")]
    assert desc.text == "x → item: the graph is cut"


def test_hostile_text_is_text(svg, hostile):
    """No element, attribute, control or override comes from a name."""
    tree = svg(["leaf"], name=hostile, told=(hostile,))
    names = {each.tag.rpartition("}")[2] for each in tree.iter()}
    assert names == {"svg", "title", "desc", "g", "rect", "text"}
    assert "\\u202e" in tree.find(f"{SVG}title").text
    assert all("\u202e" not in "".join(each.itertext()) for each in tree.iter())
