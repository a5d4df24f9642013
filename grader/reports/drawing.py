"""A graph as SVG: own drawing without script, every text escaped, every tone doubled by a frame, a dash or a sign.

Boxes in rows from top to bottom, at most three in a row, so that a phone can show them. A leaf has a thick frame, what
is returned a double one; a cut edge is dashed and carries a cross; the ways of gradients run along the right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count

from markupsafe import Markup, escape
from rich.cells import cell_len, set_cell_size

from grader.reports.plaintext import line
from grader.results.report import EdgeReport, NodeReport, PictureReport

WIDTH, HEIGHT = 136, 40
GRAD_HEIGHT = 16
GAP_X, GAP_Y = 14, 30
IN_A_ROW = 3
MARGIN, LANE = 4, 9
MOST_LANES, MOST_CELLS, MOST_GRADS = 6, 20, 4


@dataclass(frozen=True)
class Box:
    """Where a node stands."""

    x: float
    y: float
    height: float

    @property
    def middle(self) -> float:
        """The middle from left to right."""
        return self.x + WIDTH / 2


def drawing(picture: PictureReport, name: str, title: str) -> Markup:
    """Return the drawing of a graph; `name` makes its ids unique in a page, `title` says what it is."""
    boxes = placed(picture)
    lanes = min(sum(is_upward(edge, boxes) for edge in picture.edges), MOST_LANES)
    width = IN_A_ROW * (WIDTH + GAP_X) - GAP_X + 2 * MARGIN + (lanes + 1) * LANE
    height = max((box.y + box.height for box in boxes), default=0) + MARGIN
    nodes = (node_parts(*each) for each in zip(picture.nodes, boxes, strict=True))
    parts = [*edges(picture.edges, boxes), *chain.from_iterable(nodes)]
    return Markup(  # noqa: S704 - numbers of our own and escaped texts
        f'<svg class="graph" role="img" aria-labelledby="{escape(name)}-title {escape(name)}-desc" '
        f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}">'
        f'<title id="{escape(name)}-title">{escape(line(title))}</title>'
        f'<desc id="{escape(name)}-desc">{escape("; ".join(map(line, picture.told)))}</desc>{"".join(parts)}</svg>'
    )


def placed(picture: PictureReport) -> list[Box]:
    """Return a box for each node: below all that leads to it, in rows of a few."""
    depth = [0] * len(picture.nodes)
    for place in range(len(picture.nodes)):
        before = [depth[edge.start] + 1 for edge in picture.edges if edge.end == place and edge.start < place]
        depth[place] = max(before, default=0)
    boxes: dict[int, Box] = {}
    y = float(MARGIN)
    for row in rows(depth):
        tallest = max(height_of(picture.nodes[place]) for place in row)
        left = (IN_A_ROW - len(row)) * (WIDTH + GAP_X) / 2 + MARGIN
        for column, place in enumerate(row):
            boxes[place] = Box(left + column * (WIDTH + GAP_X), y, height_of(picture.nodes[place]))
        y += tallest + GAP_Y
    return [boxes[place] for place in range(len(picture.nodes))]


def rows(depth: Sequence[int]) -> Iterator[list[int]]:
    """Yield the places of the nodes of each row."""
    for level in sorted(set(depth)):
        places = [place for place, each in enumerate(depth) if each == level]
        yield from (places[start : start + IN_A_ROW] for start in range(0, len(places), IN_A_ROW))


def height_of(node: NodeReport) -> float:
    """Return how tall a node's box is."""
    return HEIGHT + GRAD_HEIGHT * len(node.grad[:MOST_GRADS])


def is_upward(edge: EdgeReport, boxes: Sequence[Box]) -> bool:
    """Whether an edge does not lead to a row below."""
    return boxes[edge.end].y <= boxes[edge.start].y


def edges(drawn: Sequence[EdgeReport], boxes: Sequence[Box]) -> Iterator[str]:
    """Yield the lines and their heads."""
    lanes = count()
    for edge in drawn:
        start, end = boxes[edge.start], boxes[edge.end]
        way = upward(start, end, next(lanes)) if is_upward(edge, boxes) else downward(start, end)
        yield f'<g class="edge {edge.kind}"><path d="{way.path}"/><path class="head" d="{way.head}"/>'
        if edge.kind == "cut":
            yield f'<path class="cross" d="M{way.x - 5:g} {way.y - 5:g}l10 10m0-10l-10 10"/>'
        yield "</g>"


@dataclass(frozen=True)
class Way:
    """A line, its head, and the place of a sign on it."""

    path: str
    head: str
    x: float
    y: float


def downward(start: Box, end: Box) -> Way:
    """Return the way from a box to one in a row below."""
    top, bottom = start.y + start.height, end.y
    bend = (top + bottom) / 2
    one, other = start.middle, end.middle
    path = f"M{one:g} {top:g}C{one:g} {bend:g} {other:g} {bend:g} {other:g} {bottom - 7:g}"
    return Way(path, f"M{other:g} {bottom:g}l-4-8h8z", (one + other) / 2, bend)


def upward(start: Box, end: Box, lane: int) -> Way:
    """Return the way back to a box that is not below, along the right."""
    right = IN_A_ROW * (WIDTH + GAP_X) - GAP_X + MARGIN + LANE * (1 + lane % MOST_LANES)
    low, high, side = start.y + start.height / 2, end.y + end.height / 2, end.x + WIDTH
    path = f"M{start.x + WIDTH:g} {low:g}H{right:g}V{high:g}H{side + 7:g}"
    return Way(path, f"M{side:g} {high:g}l8-4v8z", right, (low + high) / 2)


def node_parts(node: NodeReport, box: Box) -> Iterator[str]:
    """Yield a node's frame and texts."""
    yield f'<g class="node {node.kind}">'
    for inset in (0, 3) if node.is_result else (0,):
        yield (
            f'<rect x="{box.x + inset:g}" y="{box.y + inset:g}" '
            f'width="{WIDTH - 2 * inset}" height="{box.height - 2 * inset:g}" rx="{8 - inset}"/>'
        )
    grads = [(text, "note grad", 48 + GRAD_HEIGHT * place) for place, text in enumerate(node.grad[:MOST_GRADS])]
    for text, style, y in ((node.name, "name", 17), (node.note, "note", 32), *grads):
        if text:
            yield f'<text class="{style}" x="{box.middle:g}" y="{box.y + y:g}">{escape(short(text))}</text>'
    yield "</g>"


def short(text: str) -> str:
    """Return a text that a box has room for."""
    shown = line(text)
    return shown if cell_len(shown) <= MOST_CELLS else set_cell_size(shown, MOST_CELLS - 1).rstrip() + "…"
