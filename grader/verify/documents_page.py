"""`docs/documents.md`: what the documents print and claim, what torch gives, and which checks and questions hold it.

Made from `docs/documents.yaml` and from the course, by `python -m grader.verify.documents_page`.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from grader.atomic import write_whole
from grader.catalogue.course import Course, find_course, load_course
from grader.catalogue.exercise import Exercise
from grader.catalogue.rules import functions_of
from grader.yamlfile import Frozen, load_yaml

RECORDS = "docs/documents.yaml"
PAGE = "docs/documents.md"
KINDS = {"o": "Outputs", "c": "Claims", "e": "Errata"}
TITLES = {
    "d0": "000: the weights of `z.backward(v)`",
    "d1": "001: weights and accumulation",
    "d2": "002: the Jacobian by rows",
    "d3": "003: why `sum()` comes before `backward()`",
    "d4": "004: matrix calculus, `autograd.grad` and `backward`",
}
HEAD = """\
# The five documents, and what holds them

Made by `make docs` from `docs/documents.yaml` and the course; do not edit it by hand. An *output* is what a document
prints, and some check or question compares with it. A *claim* is what a document says and is so. An *erratum* is what
it says and is not so. Numbers that torch gives are those of torch 2.13.

Held by: `exercise.check` is a hidden check, `exercise` an exercise that teaches it, `unit: question` a quiz question.
A question in bold computes its key from the document's own numbers.
"""
TABLE = "| id | about | printed or said | torch gives | in short | held by |\n|---|---|---|---|---|---|\n"


class Record(Frozen):
    """One output, claim or erratum of a document."""

    id: str
    topic: str
    code: str
    printed: str
    torch: str
    note: str


def documents_page(course: Course) -> str:
    """Return the page of a course."""
    records = load_yaml(course.root / RECORDS, tuple[Record, ...])
    holders = held_by(course)
    parts = [HEAD]
    for document, title in TITLES.items():
        parts.append(f"\n## {title}\n")
        for letter, kind in KINDS.items():
            rows = [row_of(each, holders) for each in records if each.id.startswith(f"{document}-{letter}")]
            parts.append(f"\n### {kind}\n\n{TABLE}{''.join(rows)}" if rows else "")
    return "".join(parts)


def row_of(record: Record, holders: Mapping[str, Sequence[str]]) -> str:
    """Return one line of a table."""
    cells = (record.topic + ": " + record.code, record.printed, record.torch, record.note)
    told = [plain(each) for each in cells]
    return f"| {record.id} | {' | '.join(told)} | {'; '.join(holders.get(record.id, ())) or '—'} |\n"


def plain(text: str) -> str:
    """Return a text for a cell of a table: nothing in it is markup."""
    if text == "-":
        return "—"
    for sign in "\\|*_<[`$":
        text = text.replace(sign, f"\\{sign}")
    return text


def held_by(course: Course) -> Mapping[str, Sequence[str]]:
    """Return what holds each output, claim and erratum: checks first, then exercises that teach it, then questions."""
    found: dict[str, list[str]] = defaultdict(list)
    for exercise in course.exercises:
        for check, outputs in checks_of(exercise):
            for output in outputs:
                found[output].append(f"`{exercise.slug}.{check}`")
    for exercise in course.exercises:
        for about in exercise.sheet.documents:
            if not any(each.startswith(f"`{exercise.slug}.") for each in found[about]):
                found[about].append(f"`{exercise.slug}`")
    for unit, questions in course.quizzes.items():
        for question in questions:
            computed = {each.output for each in question.answer.documented}
            for about in dict.fromkeys((*question.sheet.documents, *sorted(computed))):
                mark = "**" if about in computed else ""
                found[about].append(f"{mark}{unit}: `{question.id}`{mark}")
    return found


def checks_of(exercise: Exercise) -> Iterator[tuple[str, list[str]]]:
    """Yield each hidden check of an exercise with the ids that its mark lists."""
    for name, function in functions_of(exercise.hidden_tests).items():
        marks = [each for each in function.decorator_list if isinstance(each, ast.Call)]
        covers = [each.value for mark in marks for each in mark.keywords if each.arg == "covers"]
        parts = [part for each in covers if isinstance(each, ast.List | ast.Tuple) for part in each.elts]
        yield name.removeprefix("test_"), [str(part.value) for part in parts if isinstance(part, ast.Constant)]


def is_fresh(course: Course) -> bool | None:
    """Whether the page says what the course holds now; None for a course that has no list of documents."""
    if not (course.root / RECORDS).is_file():
        return None
    page = course.root / PAGE
    return page.is_file() and page.read_text(encoding="utf-8") == documents_page(course)


def main() -> None:
    """Write the page of the course around here."""
    course = load_course(find_course(Path.cwd()))
    write_whole(course.root / PAGE, documents_page(course).encode())


if __name__ == "__main__":
    main()
