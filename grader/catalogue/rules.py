"""The rules that an exercise's files keep, checked without running anything.

Each function is one rule, named as the rule; it yields what breaks it. `broken_rules` runs them all.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from grader.catalogue.course import Course
from grader.catalogue.exercise import Exercise
from grader.errors import ContentError
from grader.yamlfile import read_text

CANARY = "# canary: autograd-grader-withheld-5c1f9a2e7b"
README_LINES = 60
STARTER_LINES = 40
HEADINGS = {
    "README.md": ("## Goal", "## Given", "## Do", "## Example"),
    "README.zh.md": ("## 目标", "## 已知", "## 任务", "## 示例"),
}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
WRONG_NAME = re.compile(r"^m[0-9]{2,3}_[a-z0-9_]+$")


@dataclass(frozen=True)
class Broken:
    """A broken rule: where, and what to do."""

    path: Path
    problem: str
    line: int | None = None


def broken_rules(course: Course, exercise: Exercise) -> list[Broken]:
    """Return every static rule that an exercise breaks."""
    rules = (
        check_files_mirror,
        check_readmes,
        check_starter_raises,
        check_signatures_agree,
        check_canaries,
        check_public_tests_stand_alone,
        check_wrong_solutions_are_named,
        check_both_languages,
        check_needs_are_known,
    )
    found: list[Broken] = []
    for rule in rules:
        try:
            found.extend(rule(course, exercise))
        except ContentError as problem:
            found.append(Broken(problem.path, problem.problem, problem.line))
    return list(dict.fromkeys(found))  # a file that can't be read is met by several rules


def check_files_mirror(_course: Course, exercise: Exercise) -> Iterator[Broken]:
    """Every file of an exercise is in its place, and nothing else is in the folder that students get."""
    texts = (exercise.folder / name for name in (*HEADINGS, "exercise.yaml"))
    wanted = (exercise.starter, exercise.public_tests, exercise.solution, exercise.hidden_tests, *texts)
    for path in wanted:
        if not path.is_file():
            yield Broken(path, "this file is missing; write it")
    for path in sorted(exercise.folder.iterdir()):
        if path not in wanted and path.name != "__pycache__":
            yield Broken(path, "this file belongs to no exercise; remove it, or students get it")


def check_readmes(_course: Course, exercise: Exercise) -> Iterator[Broken]:
    """A README in each language has its four sections in order, a title, and at most 60 lines."""
    for name, headings in HEADINGS.items():
        path = exercise.folder / name
        lines = read_text(path).splitlines()
        if not lines or not lines[0].startswith("# "):
            yield Broken(path, "the first line must be the title, as `# Title`", 1)
        found = tuple(line.rstrip() for line in lines if line.startswith("## "))
        if found != headings:
            yield Broken(path, f"the sections must be {', '.join(headings)}, in this order")
        if len(lines) > README_LINES:
            yield Broken(path, f"{len(lines)} lines are too many; say it in {README_LINES}")


def check_starter_raises(_course: Course, exercise: Exercise) -> Iterator[Broken]:
    """A starter is short, and each entry point has a docstring and does nothing but raise NotImplementedError."""
    yield from starter_problems(exercise)


def starter_problems(exercise: Exercise) -> Iterator[Broken]:
    """Yield what makes a starter no starter, such as a body that somebody wrote; ContentError for no Python."""
    text = read_text(exercise.starter)
    if len(text.splitlines()) > STARTER_LINES:
        yield Broken(exercise.starter, f"a starter has at most {STARTER_LINES} lines")
    functions = functions_of(exercise.starter)
    for name in exercise.sheet.entry_points:
        if name not in functions:
            yield Broken(exercise.starter, f"the entry point {name} is missing")
            continue
        node = functions[name]
        if not ast.get_docstring(node):
            yield Broken(exercise.starter, f"{name} needs a docstring that states its contract", node.lineno)
        if not (len(node.body) == 2 and raises_not_implemented(node.body[-1])):  # noqa: PLR2004 - docstring and raise
            yield Broken(exercise.starter, f"the body of {name} must be `raise NotImplementedError` alone", node.lineno)


def raises_not_implemented(node: ast.stmt) -> bool:
    """Whether a statement raises NotImplementedError."""
    return isinstance(node, ast.Raise) and node.exc is not None and "NotImplementedError" in ast.dump(node.exc)


def check_signatures_agree(_course: Course, exercise: Exercise) -> Iterator[Broken]:
    """Starter and solution declare the same parameters and return types."""
    starter, solution = functions_of(exercise.starter), functions_of(exercise.solution)
    for name in exercise.sheet.entry_points:
        if name in starter and name in solution and signature(starter[name]) != signature(solution[name]):
            yield Broken(exercise.solution, f"{name} has another signature than the starter", solution[name].lineno)


def signature(node: ast.FunctionDef) -> tuple[str, str]:
    """Return a function's parameters and return type as text."""
    return ast.unparse(node.args), ast.unparse(node.returns) if node.returns else ""


def check_canaries(_course: Course, exercise: Exercise) -> Iterator[Broken]:
    """Every withheld file carries the canary line, and no file that students get does."""
    withheld = (exercise.solution, exercise.hidden_tests, *(wrong.path for wrong in exercise.wrong_solutions))
    for path in withheld:
        if path.is_file() and not read_text(path).startswith(CANARY):
            yield Broken(path, f"the first line must be `{CANARY}`", 1)
    for path in exercise.folder.iterdir():
        if path.is_file() and CANARY in path.read_text(encoding="utf-8", errors="replace"):
            yield Broken(path, "a file that students get holds a withheld file's canary; remove it")


def check_public_tests_stand_alone(_course: Course, exercise: Exercise) -> Iterator[Broken]:
    """Public tests run in a released folder: they import nothing of the grader."""
    for node in ast.walk(syntax_tree(exercise.public_tests)):
        if isinstance(node, ast.ImportFrom | ast.Import) and imported(node) & {"grader", "solutions"}:
            yield Broken(exercise.public_tests, "public tests must not import the grader or solutions", node.lineno)


def imported(node: ast.ImportFrom | ast.Import) -> set[str]:
    """Return the top-level names of the packages that a statement imports from."""
    names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
    return {name.partition(".")[0] for name in names}


def check_wrong_solutions_are_named(course: Course, exercise: Exercise) -> Iterator[Broken]:
    """There are wrong solutions, each named by a known misconception."""
    if not exercise.wrong_solutions:
        yield Broken(
            exercise.solution.parent / "wrong",
            "there is no known-wrong solution; write one per misconception",
        )
    for path in sorted((exercise.solution.parent / "wrong").glob("*")):
        if path.is_file() and not (path.suffix == ".py" and WRONG_NAME.match(path.stem)):
            yield Broken(path, "the name must be like m05_saved_grad_is_an_alias.py")
    for wrong in exercise.wrong_solutions:
        if WRONG_NAME.match(wrong.name) and wrong.misconception not in course.misconceptions:
            yield Broken(
                wrong.path, f"{wrong.misconception} is not in solutions/misconceptions.yaml; describe it there"
            )


def check_both_languages(_course: Course, exercise: Exercise) -> Iterator[Broken]:
    """Title, hints, README and the titles of hidden tests are in Chinese too."""
    sheet = exercise.folder / "exercise.yaml"
    texts: list[tuple[Path, int | None, str]] = [
        (sheet, None, each.zh) for each in (exercise.sheet.title, *exercise.sheet.hints)
    ]
    readme = exercise.folder / "README.zh.md"
    texts.append((readme, None, read_text(readme)))
    texts += [(exercise.hidden_tests, line, text) for line, text in titles_of_tests(exercise.hidden_tests)]
    for path, line, text in texts:
        if not CHINESE.search(text):
            yield Broken(path, "the Chinese is missing; say it in both languages", line)


def titles_of_tests(path: Path) -> list[tuple[int | None, str]]:
    """Return the line and the docstring of each test in a file; none for one that other rules find broken."""
    with suppress(ContentError):
        tests = [node for name, node in functions_of(path).items() if name.startswith("test_")]
        return [(node.lineno, ast.get_docstring(node) or "") for node in tests]
    return []


def check_needs_are_known(course: Course, exercise: Exercise) -> Iterator[Broken]:
    """The exercises that it needs lie somewhere in the course's folder."""
    sheet = exercise.folder / "exercise.yaml"
    for slug in exercise.sheet.needs:
        if not any(course.root.glob(f"exercises/*/{slug}/exercise.yaml")):
            yield Broken(sheet, f"needs {slug!r}, which is no exercise; correct its name")


def functions_of(path: Path) -> dict[str, ast.FunctionDef]:
    """Return the functions that a file defines at its top level."""
    return {node.name: node for node in syntax_tree(path).body if isinstance(node, ast.FunctionDef)}


def syntax_tree(path: Path) -> ast.Module:
    """Return a Python file's syntax tree; ContentError for one that has none."""
    try:
        return ast.parse(read_text(path))
    except SyntaxError as problem:
        raise ContentError(f"this is not valid Python: {problem.msg}", path=path, line=problem.lineno) from None
