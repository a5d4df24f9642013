"""The picture of which exercise needs which: a band for each unit, a box for each exercise, an arrow for each need.

Owns the drawing as SVG. Knows no page that shows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from grader.catalogue.course import Course
from grader.catalogue.exercise import Exercise
from grader.config.course_config import ExerciseEntry, UnitEntry
from grader.wording.message import message

BOX_WIDTH, BOX_HEIGHT = 184, 28
ACROSS, DOWN = BOX_WIDTH + 14, 88
LEFT, TOP = 16, 44
"""Where the first box begins; a unit's title stands above its boxes."""
BETWEEN = 18
"""The distance of two arrows that end side by side."""
STYLE = """
  <style>
    .page { fill: #ffffff; stroke: #d0d7de; }
    .box { fill: #f6f8fa; stroke: #57606a; }
    .need { fill: none; stroke: #0969da; stroke-opacity: 0.45; stroke-width: 1.4; }
    .tip { fill: #0969da; }
    text { font: 13px ui-monospace, Menlo, Consolas, monospace; fill: #1f2328; }
    .unit { font: 600 14px system-ui, sans-serif; }
    .slug { text-anchor: middle; dominant-baseline: central; }
    @media (prefers-color-scheme: dark) {
      .page { fill: #0d1117; stroke: #30363d; }
      .box { fill: #161b22; stroke: #8b949e; }
      .need { stroke: #58a6ff; }
      .tip { fill: #58a6ff; }
      text { fill: #e6edf3; }
    }
  </style>
  <defs>
    <marker id="tip" class="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto">
      <path d="M0 0 L10 5 L0 10 z"/>
    </marker>
  </defs>"""


@dataclass(frozen=True)
class Box:
    """Where an exercise is drawn: its left upper corner."""

    x: int
    y: int

    @property
    def middle(self) -> int:
        """Return the middle between left and right."""
        return self.x + BOX_WIDTH // 2

    @property
    def bottom(self) -> int:
        """Return the lower edge."""
        return self.y + BOX_HEIGHT


@dataclass(frozen=True)
class Arrow:
    """A need: from the exercise that is needed to the one that needs it, and how far from their middles it ends."""

    start: Box
    end: Box
    leaves: int
    arrives: int


def needs_picture(course: Course, language: str) -> str:
    """Return the SVG of a course's exercises and what each needs, its words in a language."""
    units = [unit for unit in course.config.units if unit.exercises]
    boxes = {entry.slug: Box(LEFT + ACROSS * n, TOP + DOWN * row) for row, n, entry in places(units)}
    width = max((box.x for box in boxes.values()), default=0) + ACROSS
    height = TOP + DOWN * len(units)
    title = escape(message("course_page.picture_title").text(language))
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title desc">',
        f'  <title id="title">{title}</title>',
        f'  <desc id="desc">{escape(message("course_page.picture_told").text(language))}</desc>{STYLE}',
        f'  <rect class="page" x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="10"/>',
        *(drawn(each) for each in spread(arrows(course.exercises), boxes)),
        *(unit_title(unit, TOP + DOWN * row, language) for row, unit in enumerate(units)),
        *(box_of(slug, box) for slug, box in boxes.items()),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def places(units: Sequence[UnitEntry]) -> Iterator[tuple[int, int, ExerciseEntry]]:
    """Yield each exercise's entry with the row of its unit and its number in it."""
    for row, unit in enumerate(units):
        for number, entry in enumerate(unit.exercises):
            yield row, number, entry


def arrows(exercises: Sequence[Exercise]) -> list[tuple[str, str]]:
    """Return each need as (needed, needing), but those that follow from others: they would hide the picture."""
    needs = {each.slug: each.sheet.needs for each in exercises}
    return [
        (need, slug)
        for slug, needed in needs.items()
        for need in needed
        if need in needs and not any(reaches(other, need, needs) for other in needed if other != need)
    ]


def reaches(slug: str, goal: str, needs: Mapping[str, Sequence[str]]) -> bool:
    """Whether an exercise needs another, by itself or by what it needs."""
    return any(need == goal or reaches(need, goal, needs) for need in needs.get(slug, ()))


def spread(needs: Sequence[tuple[str, str]], boxes: Mapping[str, Box]) -> Iterator[Arrow]:
    """Yield the arrows with their ends side by side along a box, in the order of what lies at their other ends."""
    for need, slug in needs:
        goals = sorted((other for start, other in needs if start == need), key=lambda name: boxes[name].middle)
        starts = sorted((other for other, end in needs if end == slug), key=lambda name: boxes[name].middle)
        yield Arrow(
            boxes[need], boxes[slug], beside(goals.index(slug), len(goals)), beside(starts.index(need), len(starts))
        )


def beside(number: int, count: int) -> int:
    """Return how far from the middle of a box the end of an arrow lies, of `count` side by side."""
    return round((number - (count - 1) / 2) * min(BETWEEN, BOX_WIDTH / count))


def drawn(each: Arrow) -> str:
    """Return an arrow; within a unit it runs below the boxes."""
    start, end = each.start, each.end
    x, to = start.middle + each.leaves, end.middle + each.arrives
    if start.y == end.y:
        path = f"M{x} {start.bottom} C{x} {start.bottom + 24} {to} {start.bottom + 24} {to} {end.bottom + 2}"
    else:
        bend = (end.y - start.bottom) // 2
        path = f"M{x} {start.bottom} C{x} {start.bottom + bend} {to} {end.y - bend} {to} {end.y - 2}"
    return f'  <path class="need" d="{path}" marker-end="url(#tip)"/>'


def unit_title(unit: UnitEntry, y: int, language: str) -> str:
    """Return a unit's title above its boxes."""
    return f'  <text class="unit" x="{LEFT}" y="{y - 12}">{escape(unit.title.in_language(language))}</text>'


def box_of(slug: str, box: Box) -> str:
    """Return an exercise's box with its name."""
    return (
        f'  <rect class="box" x="{box.x}" y="{box.y}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="6"/>'
        f'<text class="slug" x="{box.middle}" y="{box.y + BOX_HEIGHT // 2}">{escape(slug)}</text>'
    )
