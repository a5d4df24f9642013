"""What students get: a list of names, written without losing what is there."""

import errno
import io
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from grader.catalogue.course import load_course
from grader.catalogue.introduction import introduction_files
from grader.catalogue.release import ANSWERS_CHECK, folder_release, with_exercises, write_release, zipped
from grader.catalogue.rules import CANARY
from grader.errors import ContentError, UserError

UNIT, SLUG = "weights", "weighted_grad"
GIVEN = {"README.md", "README.zh.md", f"{UNIT}/{SLUG}/README.md", f"{UNIT}/{SLUG}/README.zh.md"}
GIVEN |= {f"{UNIT}/{SLUG}/{SLUG}.py", f"{UNIT}/{SLUG}/test_{SLUG}.py"}

PLAIN_PYTEST = """
import sys
import pytest
code = pytest.main(["-q", "-p", "no:cacheprovider", "."])
assert not [name for name in sys.modules if name.partition(".")[0] == "grader"]
sys.exit(code)
"""


def release_of(folder):
    """Return the release of a whole course on disk."""
    course = load_course(folder)
    return folder_release(course, with_exercises(course, []))


def run_pytest(folder):
    """Return what plain pytest, without any plugin, ends with in a folder, and what it prints."""
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", PLAIN_PYTEST]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert "AssertionError" not in done.stderr
    return done.returncode, done.stdout


def test_a_release_holds_the_named_files_and_no_other(copied):
    """Whatever else lies in an exercise's folder stays behind: its sheet, notes, a forgotten solution."""
    folder = copied / "exercises" / UNIT / SLUG
    for name in ("solution.py", "notes.txt", f"{SLUG}.py.bak", f"test_{SLUG}_hidden.py"):
        (folder / name).write_text("secret")
    (folder / "__pycache__").mkdir()
    files = release_of(copied)
    assert set(files) == GIVEN
    assert b"secret" not in b"".join(files.values())


def test_what_is_released_is_what_lies_in_the_course(course):
    """Texts, starters and public tests come as they are."""
    files = folder_release(course, with_exercises(course, []))
    introduced = [unit for unit in course.config.units if introduction_files(course, unit.name)]
    assert ANSWERS_CHECK in files
    assert len(files) == 3 + 3 * len(introduced) + 4 * len(course.exercises)
    for exercise in course.exercises:
        for name in ("README.md", "README.zh.md", f"{exercise.slug}.py", f"test_{exercise.slug}.py"):
            content = (exercise.folder / name).read_bytes()
            assert files[f"{exercise.unit}/{exercise.slug}/{name}"] == content


def test_the_page_at_the_top_leads_to_every_exercise(course):
    """Both languages name each exercise, the file to write in and its points, and say how to hand in."""
    files = folder_release(course, with_exercises(course, []))
    for name, language in (("README.md", "en"), ("README.zh.md", "zh")):
        text = files[name].decode()
        assert course.config.title.in_language(language) in text
        assert "answers.yaml" in text
        for exercise in course.exercises:
            place = f"{exercise.unit}/{exercise.slug}"
            assert f"[{exercise.sheet.title.in_language(language)}]({place}/{name})" in text
            assert f"`{place}/{exercise.slug}.py` | {exercise.points:g} |" in text


def test_only_the_named_units_are_released(course):
    """A unit that was not asked for is neither in the folder nor on the page at the top."""
    files = folder_release(course, with_exercises(course, ["jacobian", "weights"]))
    assert {name.partition("/")[0] for name in files if "/" in name} == {"weights", "jacobian"}
    assert b"sum_backward" not in files["README.md"]


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["weightz"], "there is no unit 'weightz' in .*course.yaml; did you mean weights?"),
        ([SLUG], f"there is no unit '{SLUG}'"),
        (["weights", "graph"], "the unit graph has no exercises to release; leave it out"),
    ],
)
def test_a_unit_that_can_not_be_released_is_told(sample_course, names, told):
    """A misspelt name, an exercise's name and a unit of questions alone are told in one sentence."""
    with pytest.raises(UserError, match=told) as caught:
        with_exercises(sample_course, names)
    assert "\n" not in str(caught.value)


def test_a_course_of_questions_alone_has_nothing_to_release(copied):
    """Then there is no empty folder for students, but a sentence."""
    text = (copied / "config.yaml").read_text(encoding="utf-8")
    head, _, tail = text.partition("  exercises:\n")
    (copied / "config.yaml").write_text(head + tail.split("\n", 2)[2], encoding="utf-8")
    course = load_course(copied)
    with pytest.raises(UserError, match=r"no unit of .* has exercises to release"):
        with_exercises(course, [])


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("    raise NotImplementedError", "    return x * v", "must be `raise NotImplementedError` alone"),
        ("def weighted_grad(", "def weighted_grad)", "this is not valid Python"),
        ("def weighted_grad(", "def weighted_gard(", "the entry point weighted_grad is missing"),
    ],
)
def test_a_starter_that_was_solved_or_broken_in_place_is_not_released(exercise, copied, old, new, told):
    """The file is named, and the line where there is one; nobody gets what a learner wrote."""
    text = exercise.starter.read_text(encoding="utf-8")
    exercise.starter.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError, match=told) as caught:
        release_of(copied)
    assert caught.value.path == exercise.starter
    assert caught.value.line or "missing" in told


@pytest.mark.parametrize("name", ["README.md", f"{SLUG}.py", f"test_{SLUG}.py"])
def test_a_withheld_file_in_the_place_of_another_stops_the_release(copied, name):
    """A solution that was saved as the starter does not go out: its canary is seen."""
    path = copied / "exercises" / UNIT / SLUG / name
    path.write_text(f"{CANARY}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    with pytest.raises(ContentError, match="canary and is not released") as caught:
        release_of(copied)
    assert caught.value.path == path


def test_the_public_tests_run_in_the_released_folder(course, tmp_path):
    """Plain pytest needs torch and nothing of the grader: starters fail, solutions pass."""
    write_release(folder_release(course, with_exercises(course, [])), tmp_path)
    code, said = run_pytest(tmp_path / UNIT / SLUG)
    assert (code, "NotImplementedError" in said) == (1, True)
    for exercise in course.exercises:
        shutil.copy(exercise.solution, tmp_path / exercise.unit / exercise.slug)
    code, said = run_pytest(tmp_path)
    assert code == 0, said


def test_a_zip_holds_the_same_files(course):
    """What is in the folder is in the zip, under the same names."""
    files = folder_release(course, with_exercises(course, []))
    with zipfile.ZipFile(io.BytesIO(zipped(files))) as archive:
        assert archive.testzip() is None
        assert {each.filename: archive.read(each) for each in archive.infolist()} == files


def test_the_same_course_gives_the_same_zip(copied, monkeypatch):
    """Neither the date of a file, the day of the release, nor the order of the names changes a byte."""
    files = release_of(copied)
    first = zipped(files)
    for path in copied.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert zipped(release_of(copied)) == first
    assert zipped(dict(reversed(files.items()))) == first


def test_a_second_release_of_the_same_is_no_harm(copied, tmp_path):
    """What is there already as it should be is no reason to refuse."""
    out = tmp_path / "out"
    write_release(release_of(copied), out)
    write_release(release_of(copied), out)
    assert {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()} == GIVEN


def test_a_changed_file_is_never_lost(tmp_path):
    """One file that differs, and nothing at all is written; the sentence names it and the way out."""
    (tmp_path / "a.txt").write_text("mine")
    with pytest.raises(UserError, match=r"a\.txt \(and 1 more\) is there already and differs.*--force"):
        write_release({"b.txt": b"b", "a.txt": b"a", "c.txt": b"c"}, make_other(tmp_path, "c.txt"))
    assert (tmp_path / "a.txt").read_text() == "mine"
    assert not (tmp_path / "b.txt").exists()


def make_other(folder, name):
    """Put a file of another content into a folder; return the folder."""
    (folder / name).write_text("other")
    return folder


def test_force_replaces_what_the_release_names_and_nothing_else(tmp_path):
    """A student's or instructor's own file beside the released ones stays."""
    (tmp_path / "a.txt").write_text("old")
    (tmp_path / "own.txt").write_text("own")
    write_release({"a.txt": b"new"}, tmp_path, force=True)
    assert (tmp_path / "a.txt").read_text() == "new"
    assert (tmp_path / "own.txt").read_text() == "own"


def test_a_link_is_not_followed(tmp_path):
    """What a link leads to is not overwritten: it is refused, and replaced itself by force."""
    target, link = tmp_path / "target.txt", tmp_path / "a.txt"
    target.write_text("elsewhere")
    link.symlink_to(target)
    with pytest.raises(UserError, match="is there already"):
        write_release({"a.txt": b"elsewhere"}, tmp_path)
    write_release({"a.txt": b"new"}, tmp_path, force=True)
    assert target.read_text() == "elsewhere"
    assert not link.is_symlink()


def test_a_folder_that_can_not_be_written_is_told(tmp_path, monkeypatch):
    """A file or a folder in the way, and missing rights, are told in one sentence."""
    (tmp_path / "file").write_text("")
    (tmp_path / "folder" / "a.txt").mkdir(parents=True)
    for place, told in (("file", "a part of the path is a file"), ("folder", "a folder of that name is in the way")):
        with pytest.raises(UserError, match=told):
            write_release({"a.txt": b"a"}, tmp_path / place)

    def refuse(*_arguments, **_options):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(UserError, match="you may not write there; choose another folder"):
        write_release({"a.txt": b"a"}, tmp_path / "closed")
