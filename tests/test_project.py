"""The repository keeps its own promises: pins, withheld files, both languages, layers of folders."""

from __future__ import annotations

import re
import subprocess
import tomllib
from itertools import chain
from pathlib import Path

import pytest

from grader.catalogue.course import Course
from grader.catalogue.rules import CANARY
from grader.wording.message import sections, table

MARK = CANARY.removeprefix("# ")


def tracked(root: Path) -> list[Path]:
    """Return the files that git knows or would add."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout.splitlines()
    return [path for name in listed if (path := root / name).is_file()]


def requirements(root: Path) -> list[str]:
    """Return the names of everything that the project asks pip for."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    extras = chain.from_iterable(project["project"]["optional-dependencies"].values())
    asked = [*project["project"]["dependencies"], *extras, *project["build-system"]["requires"]]
    return [re.split(r"[<>=\[ ]", each)[0].lower() for each in asked]


def test_every_requirement_is_pinned(root):
    """constraints.txt holds an exact version of everything that the project asks pip for."""
    pins = (root / "constraints.txt").read_text(encoding="utf-8").lower().splitlines()
    pinned = {line.partition("==")[0] for line in pins if "==" in line}
    assert not [name for name in requirements(root) if name not in pinned]


def test_torch_is_pinned_to_one_version(root):
    """Both pyproject.toml and constraints.txt name the same torch."""
    pin = re.search(r"^torch==(.+)$", (root / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE)
    assert pin
    assert f'"torch=={pin[1]}"' in (root / "pyproject.toml").read_text(encoding="utf-8")


def test_every_withheld_file_begins_with_the_canary(root):
    """Solutions, wrong solutions, misconceptions and hidden tests carry the canary in their first line."""
    places = [*(root / "solutions").rglob("*.*"), *(root / "tests" / "hidden").rglob("*.*")]
    withheld = [path for path in places if path.suffix in (".py", ".yaml")]
    assert withheld
    assert not [path for path in withheld if not path.read_text(encoding="utf-8").startswith(CANARY)]


def test_nothing_that_students_get_holds_the_canary(root):
    """No file under exercises/ holds the mark of a withheld file."""
    given = [path for path in (root / "exercises").rglob("*") if path.is_file()]
    assert given
    assert not [path for path in given if MARK.encode() in path.read_bytes()]


def test_every_sentence_exists_in_both_languages():
    """Every entry of every wording table has an English and a Chinese text, the latter with Chinese in it."""
    for section in sections():
        for key, texts in table(section).items():
            assert set(texts) == {"en", "zh"}, f"{section}.{key}"
            assert all(texts.values()), f"{section}.{key}"


def test_titles_hints_and_misconceptions_are_chinese_in_chinese(course: Course):
    """The Chinese text of every title, hint and misconception holds Chinese characters."""
    texts = [text for exercise in course.exercises for text in (exercise.sheet.title, *exercise.sheet.hints)]
    texts += [text for each in course.misconceptions.values() for text in (each.title, each.explanation)]
    assert not [text.en for text in texts if not re.search(r"[\u4e00-\u9fff]", text.zh)]


def test_pages_for_students_exist_in_both_languages(root):
    """docs/student.md and each exercise's README have a Chinese counterpart."""
    pages = [root / "docs" / "student.md", *(root / "exercises").glob("*/*/README.md")]
    assert not [page for page in pages if not page.with_suffix(".zh.md").is_file()]


def test_no_lock_file_names_a_registry(root):
    """What npm is to install is told by name, version and hash, not by the address of the mirror it once came from."""
    lock = (root / "tests" / "browser" / "package-lock.json").read_text(encoding="utf-8")
    assert lock.count('"integrity"') >= 2
    assert not re.search(r'"resolved"|https?://[^"]*registry', lock)


@pytest.mark.parametrize("target", ["learn", "grade", "test", "test-browser", "test-services", "check", "format"])
def test_make_has_the_targets_that_the_guides_name(root, target):
    """The Makefile has every target that README and CONTRIBUTING tell people to type."""
    assert re.search(rf"^{target}:", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_the_guides_link_to_files_that_exist(root):
    """Every relative link in the guides leads to a file."""
    for page in (root / "README.md", root / "CONTRIBUTING.md", *(root / "docs").glob("*.md")):
        for link in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert link.startswith("http") or (page.parent / link).exists(), f"{page.name}: {link}"


def test_no_machine_is_named(root):
    """No tracked text names a folder of the machine that it was written on."""
    home = re.compile(rb"/(?:root|home/[a-z]+)/\.|" + re.escape(str(root).encode()))
    assert not [path for path in tracked(root) if path.suffix != ".ipynb" and home.search(path.read_bytes())]
