"""The rules of a unit's introduction: each is broken on purpose and says where and what to do."""

import shutil
from pathlib import Path

import pytest

from grader.catalogue.course import load_course
from grader.catalogue.introduction import GRAPH, broken_introduction, introduction_files, introduction_of
from grader.catalogue.release import folder_release, with_exercises
from grader.catalogue.rules import CANARY

ROOT = Path(__file__).resolve().parents[2]
UNIT = "weights"
NAMES = ("README.md", "README.zh.md", GRAPH)


@pytest.fixture
def unit(copied):
    """Return the folder of the copied course's unit, with its introduction."""
    folder = copied / "exercises" / UNIT
    for name in NAMES:
        shutil.copy(ROOT / "exercises" / UNIT / name, folder)
    return folder


@pytest.fixture
def problems(copied):
    """Return what gives the broken rules as file, line and words."""
    return lambda: [
        (each.path.name, each.line, each.problem) for each in broken_introduction(load_course(copied), UNIT)
    ]


def replace(path, old, new):
    """Break one thing in a file that holds it."""
    text = path.read_text(encoding="utf-8")
    assert old in text, "the file holds what is to be broken"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_unit_may_do_without(copied, problems):
    """A course whose units have no introduction breaks no rule."""
    course = load_course(copied)
    assert (problems(), introduction_files(course, UNIT), introduction_of(course, UNIT, "en")) == ([], (), None)


@pytest.mark.usefixtures("unit")
def test_the_copy_is_whole(problems):
    """What the tests below find is what they broke."""
    assert problems() == []


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_file_is_told(unit, problems, name):
    """One language alone, or no drawing, is no introduction."""
    (unit / name).unlink()
    assert (name, None, "this file is missing; write it") in problems()


@pytest.mark.parametrize(
    "change",
    [
        ("README.md", "# Weights", "# On weights", "the first line must be the unit's title"),
        ("README.zh.md", "## 计算图", "## 图", "the sections must be ## 要点, ## 计算图, ## 教程怎么说"),
        ("README.md", "\n## The graph", 60 * "\n" + "\n## The graph", "lines are too many; say it in 80"),
        ("README.md", "(graph.svg)", "(picture.svg)", "the drawing is missing"),
        ("README.md", "## The graph", "## The graph\n\n图", "the text must be in English alone"),
        ("README.md", "A widely read one", "Document 004", "students do not have the numbered documents"),
        ("README.md", "A widely read one", CANARY, "holds a withheld file's canary"),
        ("README.zh.md", "(2 * x)", "(3 * x)", "the code differs from that in README.md; show the same"),
        ("README.md", "y = A @ x\n", f"y = A @ x  # {50 * '.'}\n", "a line of code has at most 58 characters"),
        (GRAPH, "</svg>", "", "this is not valid XML"),
        (GRAPH, ' role="img"', "", "the root must be <svg"),
        (GRAPH, '<title xml:lang="zh">', '<title xml:lang="fr">', 'there must be a <title xml:lang="en">'),
        (GRAPH, "prefers-color-scheme: dark", "prefers-color-scheme: light", "colours for dark pages are missing"),
        (GRAPH, "<defs>", "<script>1</script><defs>", "a drawing holds no script"),
        (GRAPH, "<defs>", '<image href="https://example.org/x.png"/><defs>', "a drawing holds no script and no link"),
    ],
)
def test_a_broken_rule_is_told(unit, problems, change):
    """Each rule, broken by one change."""
    name, old, new, told = change
    replace(unit / name, old, new)
    assert [found for found in problems() if found[0] == name and told in found[2]]


def test_without_code_there_is_nothing_to_try(unit, problems):
    """A page shows lines that can be run."""
    for name in NAMES[:2]:
        path = unit / name
        path.write_text(path.read_text(encoding="utf-8").replace("```python", "```text"), encoding="utf-8")
    assert {name for name, _, told in problems() if "no ```python block" in told} == set(NAMES[:2])


def test_students_get_it_with_the_exercises(unit, copied):
    """Its three files are released, and the text at the top names it before the unit's exercises; no other file is."""
    (unit / "notes.md").write_text("secret")
    course = load_course(copied)
    files = folder_release(course, with_exercises(course, ()))
    assert {name for name in files if name.count("/") == 1} == {f"{UNIT}/{name}" for name in NAMES}
    for name, words in (("README.md", "First read: "), ("README.zh.md", "先读：")):
        text = files[name].decode()
        assert text.index(f"[{words}") < text.index("weighted_grad.py")
        assert f"({UNIT}/{name})" in text
