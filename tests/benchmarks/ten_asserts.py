"""One assignment of three functions and ten one-point asserts, as a course of ours and as a course of nbgrader's.

Both forms are written from the same records, and both get the same submissions: right answers in several styles, and
wrong ones.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import nbformat
from nbformat import v4

UNIT = "ps"
CANARY = "# canary: autograd-grader-withheld-5c1f9a2e7b\n"


@dataclass(frozen=True)
class Task:
    """A function to write: right and wrong bodies, and (arguments, expected value) for each assert."""

    slug: str
    parameters: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    asserts: tuple[tuple[str, str], ...]

    def source(self, body: str) -> str:
        """Return the function with a body."""
        return f"import torch\n\n\ndef {self.slug}({self.parameters}):\n{textwrap.indent(body, '    ')}\n"


LEAF = "leaf = x.detach().clone().requires_grad_()\n"
FIRST = "(first,) = torch.autograd.grad(f(leaf), leaf{})\n"
TWICE = LEAF + FIRST + "return torch.autograd.grad(first.sum(), leaf)[0]"

TASKS = (
    Task(
        "slope",
        "f, x",
        (
            LEAF + "f(leaf).backward()\nreturn leaf.grad",
            "leaf = x.clone().detach().requires_grad_(True)\nreturn torch.autograd.grad(f(leaf), leaf)[0]",
        ),
        (LEAF + "f(leaf).backward()\nreturn -leaf.grad", "return f(x)"),
        (
            ("'lambda x: (x * x).sum()', [1.0, 2.0, 3.0]", "[2.0, 4.0, 6.0]"),
            ("'lambda x: (x ** 3).sum()', [1.0, -2.0]", "[3.0, 12.0]"),
            ("'lambda x: x[0] * x[1]', [3.0, 5.0]", "[5.0, 3.0]"),
        ),
    ),
    Task(
        "weighted",
        "f, x, v",
        (
            LEAF + "f(leaf).backward(v)\nreturn leaf.grad",
            LEAF + "(v * f(leaf)).sum().backward()\nreturn leaf.grad",
        ),
        (
            LEAF + "f(leaf).sum().backward()\nreturn leaf.grad",
            "return torch.zeros_like(x)",
        ),
        (
            ("'lambda x: x * x', [1.0, 2.0], [1.0, 1.0]", "[2.0, 4.0]"),
            ("'lambda x: x * x', [1.0, 2.0], [0.0, 1.0]", "[0.0, 4.0]"),
            ("'lambda x: 3 * x', [1.0, 2.0], [2.0, -1.0]", "[6.0, -3.0]"),
            ("'lambda x: x ** 3', [2.0], [0.5]", "[6.0]"),
        ),
    ),
    Task(
        "curvature",
        "f, x",
        (
            TWICE.format(", create_graph=True"),
            "return torch.autograd.functional.hessian(f, x).diagonal().clone()",
        ),
        (
            LEAF + "f(leaf).backward()\nreturn leaf.grad",
            TWICE.format(""),
        ),
        (
            ("'lambda x: (x ** 3).sum()', [1.0, 2.0]", "[6.0, 12.0]"),
            ("'lambda x: (x ** 4).sum()', [1.0, -1.0]", "[12.0, 12.0]"),
            ("'lambda x: (5 * x * x).sum()', [0.5]", "[10.0]"),
        ),
    ),
)


def answers(count: int) -> list[list[str]]:
    """Return `count` submissions, each a source per task; every second one is right in all three."""
    taken = [cycle(task.right) for task in TASKS], [cycle((*task.wrong, *task.right)) for task in TASKS]
    rounds = islice(cycle(range(20)), count)
    made = [[task.source(next(body)) for task, body in zip(TASKS, taken[n % 2], strict=True)] for n in range(20)]
    return [made[number] for number in rounds]


def write(path: Path, text: str) -> None:
    """Write a text file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_class(folder: Path, count: int) -> None:
    """Write `count` submissions as folders of files."""
    for number, sources in enumerate(answers(count)):
        for task, source in zip(TASKS, sources, strict=True):
            write(folder / f"student{number:05}" / f"{task.slug}.py", source)


def write_course(root: Path) -> None:
    """Write the assignment as a course of ours."""
    units = "".join(f"      - {{slug: {task.slug}, points: {len(task.asserts)}}}\n" for task in TASKS)
    write(
        root / "config.yaml",
        "version: 1\ntitle: {en: Ten asserts, zh: 十个断言}\nlanguage: en\n"
        f"units:\n  - name: {UNIT}\n    title: {{en: A problem set, zh: 习题}}\n    exercises:\n{units}",
    )
    write(root / "solutions" / "misconceptions.yaml", f"{CANARY}[]\n")
    for task in TASKS:
        write_exercise(root, task)


def write_exercise(root: Path, task: Task) -> None:
    """Write the files of one exercise."""
    given = root / "exercises" / UNIT / task.slug
    write(given / f"{task.slug}.py", task.source("raise NotImplementedError"))
    write(given / f"test_{task.slug}.py", f"from {task.slug} import {task.slug}\n")
    write(given / "README.md", f"# {task.slug}\n")
    write(given / "README.zh.md", f"# {task.slug}\n")
    hints = "hints: [{en: Look, zh: 看}, {en: Think, zh: 想}, {en: Write, zh: 写}]"
    write(
        given / "exercise.yaml",
        f"version: 1\ntitle: {{en: {task.slug}, zh: {task.slug}}}\nconcepts: [leaf]\nneeds: []\n"
        f"entry_points: [{task.slug}]\nforbidden: []\nrequired: []\ndocuments: [beyond]\n{hints}\n",
    )
    write(root / "solutions" / UNIT / task.slug / f"{task.slug}.py", CANARY + task.source(task.right[0]))
    write(root / "tests" / "hidden" / UNIT / f"test_{task.slug}_hidden.py", hidden_tests(task))


def hidden_tests(task: Task) -> str:
    """Return the asserts as hidden tests."""
    tests = "".join(
        f'\n\n@pytest.mark.check("edges", points=1.0)\ndef test_{number}(student):\n'
        f'    """Assert {number}.\n\n    断言 {number}。\n    """\n'
        f"    source, *numbers = {arguments}\n"
        f"    answer = student.call(Snippet(source), *map(torch.tensor, numbers))\n"
        f"    answer.must_equal(torch.tensor({expected}))\n"
        for number, (arguments, expected) in enumerate(task.asserts)
    )
    head = f'"""What judges {task.slug}."""\n\nimport pytest\nimport torch\n\nfrom grader.judge.hidden import Snippet\n'
    return CANARY + head + tests


def cell(name: str, source: str, **known: object) -> nbformat.NotebookNode:
    """Return a code cell with nbgrader's metadata."""
    metadata = {"schema_version": 3, "grade_id": name, "grade": False, "solution": False, "locked": False}
    return v4.new_code_cell(source, metadata={"nbgrader": {**metadata, "task": False, **known}})


def notebook(sources: list[str], *, judged: bool = False) -> nbformat.NotebookNode:
    """Return the assignment as nbgrader's notebook, answered with a source per task; `judged` for our judge."""
    cells = [cell("imports", "import torch", locked=True)]
    for task, source in zip(TASKS, sources, strict=True):
        cells.append(cell(f"{task.slug}-solution", source, solution=True))
        if judged:
            points = len(task.asserts)
            cells.append(cell(f"{task.slug}-autograde", f"# {task.slug}", grade=True, locked=True, points=points))
            continue
        for number, (arguments, expected) in enumerate(task.asserts):
            test = (
                f"source, *numbers = {arguments}\n"
                f"got = {task.slug}(eval(source), *map(torch.tensor, numbers))\n"
                f"assert torch.allclose(got, torch.tensor({expected}))"
            )
            cells.append(cell(f"{task.slug}-{number}", test, grade=True, locked=True, points=1))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def starter_sources() -> list[str]:
    """Return what students start from, in nbgrader's markers."""
    return [task.source("### BEGIN SOLUTION\npass\n### END SOLUTION") for task in TASKS]
