"""Fixtures for the project's own tests: a warm sandbox, courses, a small disk, a small quiz."""

from __future__ import annotations

import contextlib
import resource
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest

from grader.catalogue.course import Course, load_course
from grader.catalogue.rules import CANARY
from grader.sandbox.limits import Limits
from grader.sandbox.sandbox import Sandbox

ROOT = Path(__file__).resolve().parent.parent

CLASS_RUNS = ("test_as_helpers.py", "test_attacks.py", "test_crowd.py", "test_notebooks.py")
LONGEST = (
    *CLASS_RUNS,
    "test_class.py",
    "test_answers.py",
    "test_autograde.py",
    "test_gradebook_walk.py",
    "test_layers.py",
    "test_formgrader.py",
)
LONGEST_FIRST = {name: place for place, name in enumerate(LONGEST)}
"""The test files that take a minute or more, by the order in which they begin."""

QUIZ_COURSE = {
    "config.yaml": """\
version: 1
title: {en: Quizzes, zh: 测验}
units:
  - name: weights
    title: {en: Weights, zh: 权重}
    exercises:
      - {slug: weighted_grad, points: 4}
    quiz: {points: 10}
  - name: print_outs
    title: {en: Print-outs, zh: 打印}
    quiz: {points: 3}
""",
    "exercises/weights/quiz.yaml": """\
version: 1
questions:
  - id: doubled
    kind: numeric
    concepts: [doubling]
    documents: ["000"]
    points: 2
    draw: {n: {integers: [3, 90]}}
    text: {en: "What is **twice** {{ n }}?", zh: "{{ n }} 的**两倍**是多少？"}
    hint_for: weighted_grad
  - id: larger
    kind: single
    concepts: [sizes]
    documents: ["000"]
    text: {en: "Which is larger?", zh: "哪个更大？"}
    options:
      - {id: left, en: "the *left* one", zh: "*左*边的"}
      - {id: right, en: "the right one", zh: "右边的"}
      - {id: neither, en: "neither", zh: "一样大"}
  - id: holds
    kind: true_false
    concepts: [sizes]
    documents: ["000"]
    text: {en: "Does it hold?", zh: "成立吗？"}
    hint_for: weighted_grad
  - id: tripled
    kind: tensor
    concepts: [doubling]
    documents: ["000"]
    draw: {v: {integers: [2, 9], shape: [2], distinct: true}}
    text: {en: "What is `3 * v` for {{ v }}?", zh: "{{ v }} 的 `3 * v` 是什么？"}
  - id: why
    kind: text
    concepts: [reasons]
    documents: ["000"]
    text: {en: "Why?", zh: "为什么？"}
""",
    "solutions/weights/quiz.yaml": f"""\
{CANARY}
version: 1
answers:
  - id: doubled
    key: 2 * n
    independent: n + n
    documented:
      - {{output: d0-o1, with: {{n: 4}}, gives: 8}}
    wrong:
      - {{misconception: M10, answer: n * n}}
    explanation: {{en: "Twice {{{{ n }}}} is **{{{{ 2 * n }}}}**.", zh: "{{{{ n }}}} 的两倍是 {{{{ 2 * n }}}}。"}}
  - id: larger
    key: "'left'"
    wrong:
      - {{misconception: M08, option: right}}
      - {{misconception: M09, option: neither}}
    explanation: {{en: "The left one is, always.", zh: "总是左边的大。"}}
  - id: holds
    key: "True"
    wrong:
      - {{misconception: M14}}
    explanation: {{en: "It holds, always.", zh: "总是成立。"}}
  - id: tripled
    key: "[3 * each for each in v]"
    wrong:
      - {{misconception: M15, answer: v}}
    explanation: {{en: "Each entry is tripled.", zh: "每个元素乘以三。"}}
  - id: why
    model: {{en: "Because of the chain rule.", zh: "因为链式法则。"}}
    explanation: {{en: "The chain rule says so.", zh: "链式法则如此。"}}
""",
    "exercises/print_outs/quiz.yaml": """\
version: 1
questions:
  - id: printed
    kind: output
    concepts: [printing]
    documents: ["000"]
    draw: {n: {integers: [3, 90]}}
    text: {en: "What is printed?", zh: "打印什么？"}
    code: |
      print({{ n }})
      print("*", {{ n }} + 1, "*")
      print({{ n }} + 2)
""",
    "solutions/print_outs/quiz.yaml": f"""\
{CANARY}
version: 1
answers:
  - id: printed
    wrong:
      - {{misconception: M04, answer: "f'{{n}}'"}}
    explanation: {{en: "One line after the other.", zh: "一行接一行。"}}
""",
}
"""A course with one question of most kinds: the first unit's are worth 4, 2, 2, 2 and nothing, the second's 3."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where several processes share the tests, keep those of one file together and let the longest begin first."""
    if not getattr(config.option, "loadgroup", False):  # xdist's
        return
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
    items.sort(key=lambda item: LONGEST_FIRST.get(item.path.name, len(LONGEST_FIRST)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Fork zygotes and workers from warm processes, but where their own start is what is tested."""
    if item.get_closest_marker("cold"):
        return (yield)
    from incubator import install, run_owner  # noqa: PLC0415 - a judge reads this file too, without tests/shared

    with pytest.MonkeyPatch.context() as patched:
        install(run_owner(), patched.setattr)
        return (yield)


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the repository's folder."""
    return ROOT


@pytest.fixture(scope="session")
def course() -> Course:
    """Return the project's own course."""
    return load_course(ROOT)


@pytest.fixture(scope="session")
def sample_course() -> Course:
    """Return the course of the sample class, which stays as it is when the project's own grows."""
    return load_course(ROOT / "tests" / "classroom" / "course.yaml")


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """Yield a warm sandbox with short limits, shared by the whole run."""
    limits = Limits(
        call_cpu_seconds=1.0,
        call_wall_seconds=4.0,
        total_cpu_seconds=6.0,
        total_wall_seconds=20.0,
        memory_mib=256,  # all of it can be filled in the time of a call, on a slow machine too
    )
    with Sandbox(limits) as warm:
        yield warm


@contextlib.contextmanager
def no_file_past(size: int) -> Iterator[None]:
    """Let no file grow past `size` bytes: the system itself refuses in the middle of a write."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def small_disk() -> Callable[[], contextlib.AbstractContextManager[None]]:
    """Return what makes the disk small for a `with` block alone: pytest's own output may go to a file too."""
    return lambda: no_file_past(400)


@pytest.fixture
def quiz_root(tmp_path: Path) -> Path:
    """Return the folder of a small course with quizzes and one exercise."""
    folder = tmp_path / "quiz-course"
    for part in ("exercises/weights/weighted_grad", "solutions/weights/weighted_grad", "tests/hidden/weights"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "solutions" / "misconceptions.yaml", folder / "solutions")
    for name, text in QUIZ_COURSE.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
