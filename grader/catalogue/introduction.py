"""The introduction to a unit: one page in each language, and the graph drawn on it.

Owns where they lie and the rules that they keep, checked without running anything. A unit may do without one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from grader.catalogue.course import Course
from grader.catalogue.exercise import READMES
from grader.catalogue.rules import CANARY, CHINESE, DOCUMENT, Broken
from grader.errors import ContentError
from grader.yamlfile import read_text

GRAPH = "graph.svg"
MOST_LINES = 80
MOST_COLUMNS = 58
"""Of code: a terminal of 60 columns shows it with a blank on each side."""
SECTIONS = {
    "en": ("## The ideas", "## The graph", "## What tutorials say"),
    "zh": ("## 要点", "## 计算图", "## 教程怎么说"),
}
CODE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
DRAWING = re.compile(r"!\[([^\]]+)\]\(graph\.svg\)")
SVG = "{http://www.w3.org/2000/svg}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
FOREIGN = re.compile(r"<script|<!|(?:href|src)\s*=|url\(\s*['\"]?[^#'\"\s)]|@import", re.IGNORECASE)


def introduction_of(course: Course, unit: str, language: str) -> Path | None:
    """Return the page that introduces a unit in a language, or None for a unit without one."""
    path = unit_folder(course, unit) / READMES[language]
    return path if path.is_file() else None


def introduction_files(course: Course, unit: str) -> tuple[Path, ...]:
    """Return the files of a unit's introduction, which students get; none for a unit without one."""
    return tuple(path for path in places(course, unit) if path.is_file())


def unit_folder(course: Course, unit: str) -> Path:
    """Return the folder of a unit that students get."""
    return course.root / "exercises" / unit


def places(course: Course, unit: str) -> tuple[Path, ...]:
    """Return where the files of a unit's introduction lie if it has one."""
    return tuple(unit_folder(course, unit) / name for name in (*READMES.values(), GRAPH))


def broken_introduction(course: Course, unit: str) -> list[Broken]:
    """Return every rule that a unit's introduction breaks; a unit without one breaks none."""
    found = introduction_files(course, unit)
    broken = [Broken(path, "this file is missing; write it") for path in places(course, unit) if path not in found]
    if not found or broken:
        return broken if found else []
    try:
        for language in READMES:
            broken += check_page(course, unit, language)
        broken += check_same_code(course, unit)
        broken += check_graph(unit_folder(course, unit) / GRAPH)
    except ContentError as problem:
        broken.append(Broken(problem.path, problem.problem, problem.line))
    return broken


def check_page(course: Course, unit: str, language: str) -> Iterator[Broken]:
    """A page has the unit's title, three sections, the drawing, code, and at most 80 lines, and stands alone."""
    path = unit_folder(course, unit) / READMES[language]
    text = read_text(path)
    lines = text.splitlines()
    (title,) = (each.title.in_language(language) for each in course.config.units if each.name == unit)
    if lines[:1] != [f"# {title}"]:
        yield Broken(path, f"the first line must be the unit's title, `# {title}`", 1)
    if tuple(line.rstrip() for line in lines if line.startswith("## ")) != SECTIONS[language]:
        yield Broken(path, f"the sections must be {', '.join(SECTIONS[language])}, in this order")
    if len(lines) > MOST_LINES:
        yield Broken(path, f"{len(lines)} lines are too many; say it in {MOST_LINES}")
    if not DRAWING.search(text):
        yield Broken(path, f"the drawing is missing; show it, and say in words what it shows: `![…]({GRAPH})`")
    if not CODE.search(text):
        yield Broken(path, "there is no ```python block; show a few lines that can be run")
    yield from check_words(path, lines, language)
    yield from check_width(path, lines)


def check_words(path: Path, lines: list[str], language: str) -> Iterator[Broken]:
    """A page is in its own language, names no document by its number, and holds nothing withheld."""
    if bool(CHINESE.search("\n".join(lines))) != (language == "zh"):
        yield Broken(path, f"the text must be in {'Chinese' if language == 'zh' else 'English alone'}")
    for number, line in enumerate(lines, 1):
        if DOCUMENT.search(line):
            yield Broken(path, "students do not have the numbered documents; say here what is meant", number)
        if CANARY.removeprefix("# ") in line:
            yield Broken(path, "a file that students get holds a withheld file's canary; remove it", number)


def check_width(path: Path, lines: list[str]) -> Iterator[Broken]:
    """Code fits a narrow terminal without being wrapped."""
    is_code = False
    for number, line in enumerate(lines, 1):
        is_code ^= line.startswith("```")
        if is_code and len(line) > MOST_COLUMNS:
            yield Broken(path, f"a line of code has at most {MOST_COLUMNS} characters; break it", number)


def check_same_code(course: Course, unit: str) -> Iterator[Broken]:
    """Both languages show the same code."""
    english, chinese = (unit_folder(course, unit) / name for name in READMES.values())
    if CODE.findall(read_text(english)) != CODE.findall(read_text(chinese)):
        yield Broken(chinese, f"the code differs from that in {english.name}; show the same")


def check_graph(path: Path) -> Iterator[Broken]:
    """A drawing has a size, a title and a description in both languages, is seen in the dark, and loads nothing."""
    text = read_text(path)
    try:
        root = ET.fromstring(text)  # noqa: S314 - a file of the course's own
    except ET.ParseError as problem:
        yield Broken(path, f"this is not valid XML: {problem}", problem.position[0])
        return
    if root.tag != f"{SVG}svg" or not root.get("viewBox") or root.get("role") != "img":
        yield Broken(path, 'the root must be <svg xmlns="http://www.w3.org/2000/svg" viewBox="…" role="img">', 1)
    for name in ("title", "desc"):
        told = {each.get(LANGUAGE) for each in root.findall(f"{SVG}{name}") if (each.text or "").strip()}
        if told != set(READMES):
            yield Broken(path, f'there must be a <{name} xml:lang="en"> and a <{name} xml:lang="zh">, not empty')
    if "prefers-color-scheme: dark" not in text:
        yield Broken(path, "colours for dark pages are missing; add `@media (prefers-color-scheme: dark)` to its style")
    if FOREIGN.search(text):
        yield Broken(path, "a drawing holds no script and no link, and loads nothing; remove it")
