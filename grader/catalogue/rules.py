"""The rules that an exercise's files keep, checked without running anything.

Each function is one rule, named as the rule; it yields what breaks it. `author_rules.broken_rules` runs them all.
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
DOCUMENT = re.compile(r"\bdocuments? 00\d|文档 ?00\d", re.IGNORECASE)
WRONG_NAME = re.compile(r"^m[0-9]{2,3}_[a-z0-9_]+$")


Told = tuple[Path, int | None, str]
"""A text, with its file and line."""


@dataclass(frozen=True)
class Broken:
    """A broken rule: where, and what to do."""

    path: Path
    problem: str
    line: int | None = None


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
            wrong = next((line for line, right in zip(found, headings, strict=False) if line != right), None)
            number = next((number for number, line in enumerate(lines, 1) if line.rstrip() == wrong), len(lines) or 1)
            yield Broken(path, f"the sections must be {', '.join(headings)}, in this order", number)
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
    definitions = definitions_of(exercise.starter)
    for name in exercise.sheet.entry_points:
        if name not in definitions:
            yield Broken(exercise.starter, f"the entry point {name} is missing")
            continue
        node = definitions[name]
        if not ast.get_docstring(node):
            yield Broken(exercise.starter, f"{name} needs a docstring that states its contract", node.lineno)
        for function in functions_in(node):
            if not (docstring_apart(function) and raises_not_implemented(function.body[-1])):
                problem = f"the body of {function.name} must be `raise NotImplementedError` alone"
                yield Broken(exercise.starter, problem, function.lineno)


def docstring_apart(function: ast.FunctionDef) -> bool:
    """Whether a function's body is one statement, apart from its docstring."""
    return len(function.body) - (ast.get_docstring(function) is not None) == 1


def raises_not_implemented(node: ast.stmt) -> bool:
    """Whether a statement raises NotImplementedError."""
    return isinstance(node, ast.Raise) and node.exc is not None and "NotImplementedError" in ast.dump(node.exc)


def check_signatures_agree(_course: Course, exercise: Exercise) -> Iterator[Broken]:
    """Starter and solution declare the same parameters and return types, and so do the methods of their classes."""
    starter, solution = definitions_of(exercise.starter), definitions_of(exercise.solution)
    for name in exercise.sheet.entry_points:
        if name in starter and name in solution:
            given = {each.name: signature(each) for each in functions_in(starter[name])}
            for function in functions_in(solution[name]):
                if signature(function) != given.get(function.name, signature(function)):
                    problem = f"{function.name} has another signature than the starter"
                    yield Broken(exercise.solution, problem, function.lineno)


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
    """Title, hints, README, starter, public tests and the titles of hidden tests are in Chinese too."""
    for path, line, text in (*texts_given(exercise), *titles_of_tests(exercise.hidden_tests)):
        if path.name != "README.md" and not CHINESE.search(text):
            yield Broken(path, "the Chinese is missing; say it in both languages", line)


def check_texts_stand_alone(_course: Course, exercise: Exercise) -> Iterator[Broken]:
    """No text sends a student to a document by its number: students have none of them."""
    for path, line, text in (*texts_given(exercise), *titles_of_tests(exercise.hidden_tests)):
        for number, part in enumerate(text.splitlines(), line or 1):
            if DOCUMENT.search(part):
                problem = "students do not have the numbered documents; say here what is meant"
                yield Broken(path, problem, number if path.suffix == ".md" else line)


def texts_given(exercise: Exercise) -> Iterator[Told]:
    """Yield what students are given to read, with its place: title and hints, README, starter, public tests."""
    for each in (exercise.sheet.title, *exercise.sheet.hints):
        yield exercise.folder / "exercise.yaml", None, each.zh
    for name in HEADINGS:
        yield exercise.folder / name, None, read_text(exercise.folder / name)
    for path in (exercise.starter, exercise.public_tests):
        with suppress(ContentError):
            yield path, 1, ast.get_docstring(syntax_tree(path)) or ""
    yield from titles_of_tests(exercise.public_tests)


def titles_of_tests(path: Path) -> list[Told]:
    """Return the place and the docstring of each test in a file; none for one that other rules find broken."""
    with suppress(ContentError):
        tests = [node for name, node in functions_of(path).items() if name.startswith("test_")]
        return [(path, node.lineno, ast.get_docstring(node) or "") for node in tests]
    return []


def check_concepts_have_terms(course: Course, exercise: Exercise) -> Iterator[Broken]:
    """Each concept of an exercise has a Chinese term, in a course that lists them."""
    for concept in exercise.sheet.concepts if course.concepts else ():
        if concept not in course.concepts:
            problem = f"{concept!r} has no Chinese term in exercises/concepts.yaml; add it there"
            yield Broken(exercise.folder / "exercise.yaml", problem)


def check_needs_are_known(course: Course, exercise: Exercise) -> Iterator[Broken]:
    """The exercises that it needs lie somewhere in the course's folder."""
    sheet = exercise.folder / "exercise.yaml"
    for slug in exercise.sheet.needs:
        if not any(course.root.glob(f"exercises/*/{slug}/exercise.yaml")):
            yield Broken(sheet, f"needs {slug!r}, which is no exercise; correct its name")


RULES = (
    check_files_mirror,
    check_readmes,
    check_starter_raises,
    check_signatures_agree,
    check_canaries,
    check_public_tests_stand_alone,
    check_wrong_solutions_are_named,
    check_both_languages,
    check_texts_stand_alone,
    check_concepts_have_terms,
    check_needs_are_known,
)


def functions_of(path: Path) -> dict[str, ast.FunctionDef]:
    """Return the functions that a file defines at its top level."""
    return {name: node for name, node in definitions_of(path).items() if isinstance(node, ast.FunctionDef)}


def definitions_of(path: Path) -> dict[str, ast.FunctionDef | ast.ClassDef]:
    """Return the functions and classes that a file defines at its top level."""
    return {node.name: node for node in syntax_tree(path).body if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def functions_in(node: ast.FunctionDef | ast.ClassDef) -> list[ast.FunctionDef]:
    """Return the methods of a class, or a function itself."""
    within = node.body if isinstance(node, ast.ClassDef) else [node]
    return [each for each in within if isinstance(each, ast.FunctionDef)]


def returns_nothing(function: ast.FunctionDef) -> bool:
    """Whether a function is declared to return None: what it does is done to its arguments."""
    return isinstance(function.returns, ast.Constant) and function.returns.value is None


def syntax_tree(path: Path) -> ast.Module:
    """Return a Python file's syntax tree; ContentError for one that has none."""
    try:
        return ast.parse(read_text(path))
    except SyntaxError as problem:
        raise ContentError(f"this is not valid Python: {problem.msg}", path=path, line=problem.lineno) from None
