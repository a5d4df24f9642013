"""Entries added to the YAML files of a course as an author would, so that comments and layout stay as they were."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import indent

import yaml

from grader.errors import ContentError, UserError
from grader.yamlfile import compose


def with_exercise(text: str, path: Path, unit: str, entry: str) -> str:
    """Return the text of a course file with one more exercise at the end of a unit; UserError for no such unit."""
    node = unit_in(text, path, unit)
    exercises = value_of(node, "exercises")
    margin = " " * node.start_mark.column
    if not isinstance(exercises, yaml.SequenceNode):
        return with_lines(text, last_line(node), f"{margin}exercises:\n{margin}  - {entry}")
    if exercises.flow_style:
        end = exercises.end_mark.index - 1
        return f"{text[:end].rstrip()}{', ' if exercises.value else ''}{entry}{text[end:]}"
    return with_lines(text, last_line(exercises), f"{' ' * exercises.start_mark.column}- {entry}")


def with_unit(text: str, path: Path, unit: str, entry: str) -> str:
    """Return the text of a course file with one more unit at its end, which holds one exercise."""
    units = value_of(compose(text, path), "units")
    if not isinstance(units, yaml.SequenceNode) or units.flow_style:
        raise ContentError("`units` must be a list with one `- name: …` below the other", path=path)
    title = 'title: {en: "TODO: the title of the unit", zh: "TODO: 单元标题"}'
    lines = indent(f"- name: {unit}\n  {title}\n  exercises:\n    - {entry}", " " * units.start_mark.column)
    return with_lines(text, last_line(units), lines)


def with_quiz(text: str, path: Path, unit: str, points: str = "2") -> str:
    """Return the text of a course file in which a unit has a quiz."""
    node = unit_in(text, path, unit)
    if value_of(node, "quiz") is not None:
        return text
    return with_lines(text, last_line(node), f"{' ' * node.start_mark.column}quiz: {{points: {points}}}")


def with_question(text: str, path: Path, key: str, entry: str) -> str:
    """Return the text of a quiz file with one more entry at its end; ContentError for a file of another form."""
    root = compose(text, path)
    entries = value_of(root, key)
    if not isinstance(entries, yaml.SequenceNode) or entries.flow_style or root.value[-1][1] is not entries:
        line = entries.start_mark.line + 1 if entries is not None else 1
        raise ContentError(f"`{key}` must be the last key, with one `- id: …` below the other", path=path, line=line)
    return f"{text.rstrip()}\n\n{indent(entry, ' ' * entries.start_mark.column)}"


def unit_in(text: str, path: Path, unit: str) -> yaml.MappingNode:
    """Return the node of a unit in a course file; UserError for no such unit."""
    units = value_of(compose(text, path), "units")
    for node in units.value if isinstance(units, yaml.SequenceNode) else ():
        name = value_of(node, "name")
        if isinstance(node, yaml.MappingNode) and name is not None and name.value == unit:
            return node
    raise UserError(f"there is no unit {unit!r} in {path}; correct the name, or begin the unit with --new-unit")


def value_of(node: yaml.Node, key: str) -> yaml.Node | None:
    """Return the value of a key in a mapping, or None."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for name, value in pairs if name.value == key), None)


def last_line(node: yaml.Node) -> int:
    """Return the number of the last line of a part, from 1."""
    return max(end_of(each) for each in parts(node))


def end_of(node: yaml.Node) -> int:
    """Return the number of the line on which a part without block-style parts ends."""
    mark = node.end_mark
    return int(mark.line) + (mark.column > 0)


def parts(node: yaml.Node) -> Iterator[yaml.Node]:
    """Yield scalars and flow collections: of a block PyYAML only says where the next part begins."""
    if not isinstance(node, yaml.CollectionNode) or node.flow_style:
        yield node
        return
    for each in node.value:
        for part in each if isinstance(each, tuple) else (each,):
            yield from parts(part)


def with_lines(text: str, after: int, lines: str) -> str:
    """Return a text with more lines after the line of that number."""
    all_lines = text.splitlines()
    return "\n".join([*all_lines[:after], lines, *all_lines[after:]]) + "\n"
