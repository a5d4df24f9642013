"""The rules that a new exercise breaks most often: what is still to write, its languages, hints and hidden tests.

`broken_rules` runs these and all of `rules.py`. Nothing of the content is run.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from grader.catalogue.course import Course
from grader.catalogue.exercise import Exercise
from grader.catalogue.rules import CHINESE, HEADINGS, RULES, Broken, functions_of, imported, syntax_tree
from grader.errors import ContentError
from grader.yamlfile import read_text

TODO = re.compile(r'\bTODO\b:?\s*([^"\n]*)')
WRITTEN_BY_HAND = (".py", ".md", ".yaml")
FENCE = "```"
NO_WORDS = re.compile(r"`[^`]*`|\$\$.*?\$\$|\$[^$]*\$", re.DOTALL)
NO_PART_OF_A_JUDGEMENT = frozenset(
    {"os", "sys", "io", "pathlib", "shutil", "tempfile", "glob", "subprocess", "socket", "urllib", "http", "requests"}
    | {"time", "datetime", "random", "secrets", "threading", "multiprocessing", "asyncio", "ctypes", "importlib"}
)
"""Packages of files, processes, the network, the clock and chance: with them one submission gets two verdicts."""
PROMISES = frozenset({"must_leave_arguments", "must_carry_no_graph", "must_own_its_storage"})
VALUE = "must_equal"


def broken_rules(course: Course, exercise: Exercise) -> list[Broken]:
    """Return every static rule that an exercise breaks; while something is to be written, that alone."""
    if unwritten := list(unwritten_in(exercise)):
        return unwritten
    found: list[Broken] = []
    for rule in (*RULES, check_readmes_keep_their_language, check_hints_differ, *HIDDEN_TEST_RULES):
        try:
            found.extend(rule(course, exercise))
        except ContentError as problem:
            found.append(Broken(problem.path, problem.problem, problem.line))
    return list(dict.fromkeys(found))  # a file that can't be read is met by several rules


def unwritten_in(exercise: Exercise) -> Iterator[Broken]:
    """Yield the lines of an exercise's files that are still to be written."""
    folders = (exercise.folder, exercise.solution.parent)
    for path in [*(path for folder in folders for path in sorted(folder.rglob("*"))), exercise.hidden_tests]:
        yield from unwritten_lines(path)


def unwritten_lines(path: Path) -> Iterator[Broken]:
    """Yield the lines of a file that say TODO; none for a file that is not there or can't be read."""
    if path.suffix not in WRITTEN_BY_HAND or not path.is_file():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        if found := TODO.search(line):
            yield Broken(path, f"still to write: {found[1] or 'this line'}", number)


def check_readmes_keep_their_language(_course: Course, exercise: Exercise) -> Iterator[Broken]:
    """Each README is in its own language: every paragraph of the Chinese one has Chinese, the English one none."""
    english, chinese = (exercise.folder / name for name in HEADINGS)
    for number, line in enumerate(read_text(english).splitlines(), 1):
        if CHINESE.search(line):
            yield Broken(english, "there is Chinese in the English text; say it in English", number)
            break
    for number, text in paragraphs(read_text(chinese)):
        if not CHINESE.search(text):
            yield Broken(chinese, "this paragraph is not in Chinese; say it in Chinese", number)


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield each paragraph of words with the number of its first line; headings and code are left out.

    A paragraph with fewer than three words, such as a formula, has no language.
    """
    start, lines, is_code = 0, list[str](), False
    for number, line in enumerate([*text.splitlines(), ""], 1):
        fence = line.lstrip().startswith(FENCE)
        if line.strip() and not (is_code or fence or line.startswith("#")):
            start = start if lines else number
            lines.append(line)
        elif lines:
            words = NO_WORDS.sub("", "\n".join(lines))
            if len(re.findall(r"[A-Za-z]{2,}|[\u4e00-\u9fff]", words)) > 2:  # noqa: PLR2004 - as the docstring says
                yield start, words
            lines = []
        is_code ^= fence


def check_hints_differ(_course: Course, exercise: Exercise) -> Iterator[Broken]:
    """Each hint tells more than those before it: none stands twice, in either language."""
    path = exercise.folder / "exercise.yaml"
    for language in ("en", "zh"):
        seen: dict[str, int] = {}
        for number, hint in enumerate(exercise.sheet.hints, 1):
            words = " ".join(hint.in_language(language).split()).casefold()
            if words in seen:
                problem = f"hint {number} says the same as hint {seen[words]}; let each tell more than the one before"
                yield Broken(path, problem, line_with(path, hint.in_language(language)))
            seen.setdefault(words, number)


def line_with(path: Path, text: str) -> int | None:
    """Return the last line of a file that holds the beginning of a text, or None."""
    begin = text.split("\n", maxsplit=1)[0][:30]
    found = [number for number, line in enumerate(read_text(path).splitlines(), 1) if begin in line]
    return found[-1] if found else None


def check_hidden_imports(_course: Course, exercise: Exercise) -> Iterator[Broken]:
    """A hidden test decides by the replies alone: no files, no clock, no chance, and no import of what it judges."""
    path = exercise.hidden_tests
    for node in ast.walk(syntax_tree(path)):
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        for name in sorted(imported(node) & NO_PART_OF_A_JUDGEMENT):
            problem = f"a hidden test must not import {name}: it depends on the student's replies alone; remove it"
            yield Broken(path, problem, node.lineno)
        for name in sorted(imported(node) & {exercise.slug, "solutions"}):
            problem = f"a hidden test must not import {name}; call the student's function by student.call"
            yield Broken(path, problem, node.lineno)


def check_promises_need_a_value(_course: Course, exercise: Exercise) -> Iterator[Broken]:
    """A promise earns points only beside a right value: whoever returns nothing keeps every promise."""
    functions = functions_of(exercise.hidden_tests)
    for name, test in functions.items():
        called = attributes_used(test, functions)
        if name.startswith("test_") and called & PROMISES and VALUE not in called:
            promise = min(called & PROMISES)
            problem = f"{name} pays for {promise} without a right value; add .{VALUE}(…) before it"
            yield Broken(exercise.hidden_tests, problem, test.lineno)


def attributes_used(test: ast.FunctionDef, functions: Mapping[str, ast.FunctionDef]) -> set[str]:
    """Return the attributes that a test uses, itself or by the file's functions that it names."""
    found, pending, seen = set[str](), [test], {test.name}
    while pending:
        for node in ast.walk(pending.pop()):
            if isinstance(node, ast.Attribute):
                found.add(node.attr)
            if isinstance(node, ast.Name) and node.id in functions and node.id not in seen:
                seen.add(node.id)
                pending.append(functions[node.id])
    return found


HIDDEN_TEST_RULES = (check_hidden_imports, check_promises_need_a_value)
