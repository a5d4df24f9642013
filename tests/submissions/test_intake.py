"""How a submission, whatever it is, becomes the source text for each exercise."""

import gzip
import io
import json
import os
import tarfile
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.submissions.entries import Entry, listing
from grader.submissions.intake import read_submission
from grader.submissions.limits import DEFAULT_LIMITS
from grader.submissions.refusal import reason
from grader.submissions.submission import SourceFile
from grader.submissions.wanted import Wanted

WANTED = Wanted({"weighted_grad": ["weighted_grad"], "sum_backward": ["sum_backward"]})
ONE = "def weighted_grad(f, x, v):\n    return x\n"
OTHER = "def sum_backward(f, x):\n    return x\n"


@pytest.fixture
def home(tmp_path):
    path = tmp_path / "alice"
    path.mkdir()
    return path


def keys(submission):
    return {slug: problem.key.removeprefix("submissions.") for slug, problem in submission.problems.items()}


def test_a_file_named_as_an_exercise_answers_it(read):
    """A Python file named as an exercise is that exercise's source, and the other exercise has none."""
    submission = read(ONE.encode(), "weighted_grad.py")
    assert submission.student == "alice"
    assert submission.files == {"weighted_grad": SourceFile("weighted_grad.py", (ONE,), notebook=False)}
    assert submission.problem is None
    assert submission.problems["sum_backward"].text("en") == (
        "No file answers this exercise. Hand in sum_backward.py, sum_backward.ipynb, or a file that defines "
        "sum_backward."
    )


def test_a_file_of_another_name_answers_what_it_defines(read):
    """One file may answer several exercises; it is found by their entry points."""
    submission = read((ONE + OTHER).encode(), "alice.py")
    assert set(submission.files) == {"weighted_grad", "sum_backward"}
    assert submission.files["weighted_grad"] is submission.files["sum_backward"]


def test_broken_source_is_still_source(read):
    """A file that Python can't compile is handed on: its error is shown where it is run."""
    assert set(read((ONE + "return (").encode(), "alice.py").files) == {"weighted_grad"}


def test_a_cell_that_goes_elsewhere_answers_nothing(read, make):
    """What stands below a cell magic such as `%%writefile` is no answer."""
    submission = read(make.notebook(f"%%writefile other.py\n{OTHER}"), "alice.ipynb")
    assert submission.problems["sum_backward"].key == "submissions.missing"


def test_a_notebook_answers_by_its_cells(read, make):
    """A notebook of any name answers what its code cells define; text cells define nothing."""
    submission = read(make.notebook("%matplotlib inline", OTHER), "alice.ipynb")
    assert submission.files["sum_backward"].notebook
    assert submission.files["sum_backward"].cells == ("%matplotlib inline", OTHER)
    assert keys(submission) == {"weighted_grad": "missing"}


@pytest.mark.parametrize("form", ["zip", "tar"])
def test_an_archive_with_one_folder_is_read(read, make, form):
    """The folder that packing a folder leaves around the files is no obstacle."""
    data = getattr(make, form)([("hw1/weighted_grad.py", ONE.encode()), ("hw1/rest.py", OTHER.encode())])
    submission = read(data, "alice.zip" if form == "zip" else "alice.tar.gz")
    assert {slug: file.name for slug, file in submission.files.items()} == {
        "weighted_grad": "weighted_grad.py",
        "sum_backward": "rest.py",
    }


def test_a_folder_is_read_at_any_depth(read, home):
    """Files in the folders of units and exercises are found, and public tests among them are not source."""
    place = home / "weights" / "weighted_grad"
    place.mkdir(parents=True)
    (place / "weighted_grad.py").write_text(ONE)
    (place / "test_weighted_grad.py").write_text("weighted_grad = 1")
    assert read(home).files["weighted_grad"].cells == (ONE,)


def test_a_file_of_its_own_goes_before_a_shared_one(read, home):
    """An exercise with a file of its own is not looked for elsewhere, not even if that file is unreadable."""
    (home / "all.py").write_text(ONE + OTHER)
    (home / "weighted_grad.py").write_bytes(b"\0")
    submission = read(home)
    assert {slug: file.name for slug, file in submission.files.items()} == {"sum_backward": "all.py"}
    assert keys(submission) == {"weighted_grad": "null_character"}


def test_two_files_for_one_exercise_are_ambiguous(read, home):
    """Nobody chooses between two answers to one exercise; both are named."""
    for folder in ("draft", "final"):
        (home / folder).mkdir()
        (home / folder / "weighted_grad.py").write_text(f"x = '{folder}'")
    (home / "a.py").write_text(OTHER)
    (home / "b.py").write_text(OTHER + "changed = True")
    submission = read(home)
    assert submission.files == {}
    assert (
        submission.problems["weighted_grad"]
        .text("en")
        .startswith("Several files answer this exercise: draft/weighted_grad.py, final/weighted_grad.py. Keep the")
    )
    assert submission.problems["sum_backward"].params["names"] == "a.py, b.py"


def test_copies_of_one_file_are_not_ambiguous(read, home):
    """Two files of the same content count as one."""
    (home / "a.py").write_text(ONE)
    (home / "a copy.py").write_text(ONE)
    assert read(home).files["weighted_grad"].name == "a copy.py"


@pytest.mark.parametrize("name", ["alice.py", "alice.ipynb", "alice.zip", "alice.tar.gz", "weighted_grad.py"])
def test_an_empty_file_is_said_to_be_empty(read, name):
    """A file without content is that submission's or that exercise's problem."""
    submission = read(b"", name)
    problem = submission.problem or submission.problems["weighted_grad"]
    assert problem.text("en") == f"{name} is empty. Write your code into it and hand it in again."


@pytest.mark.parametrize("content", [b" \n\t\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_blank_source_is_empty(read, content):
    """A file of blanks alone is empty."""
    assert read(content, "alice.py").problem.key == "submissions.empty"


def test_a_notebook_without_code_is_empty(read, make):
    """A notebook whose code cells are blank is empty."""
    assert read(make.notebook("", "\n"), "alice.ipynb").problem.key == "submissions.empty"


def test_an_empty_folder_is_the_whole_submissions_problem(read, home):
    """A folder with nothing to read says what to hand in."""
    (home / "README.txt").write_text("hello")
    submission = read(home)
    assert (submission.files, submission.problems) == ({}, {})
    assert submission.problem.text("en").startswith("The submission holds no Python file and no notebook. Hand in")


def test_an_empty_module_beside_answers_is_no_problem(read, home):
    """An empty __init__.py explains nothing and hides nothing."""
    (home / "__init__.py").touch()
    (home / "weighted_grad.py").write_text(ONE)
    submission = read(home)
    assert set(submission.files) == {"weighted_grad"}
    assert keys(submission) == {"sum_backward": "missing"}


def test_an_unreadable_file_explains_what_is_missing(read, home):
    """A file that could not be read is named as the reason wherever no other file answers."""
    (home / "weighted_grad.py").write_text(ONE)
    (home / "rest.py").symlink_to("/etc/passwd")
    submission = read(home)
    assert set(submission.files) == {"weighted_grad"}
    assert keys(submission) == {"sum_backward": "symlink"}


def test_a_linked_answer_is_its_exercises_problem(read, home, tmp_path):
    """A link named as an exercise costs that exercise alone, and what it points to is not read."""
    (tmp_path / "bob.py").write_text("secret = 1")
    (home / "weighted_grad.py").symlink_to(tmp_path / "bob.py")
    (home / "sum_backward.py").write_text(OTHER)
    submission = read(home)
    assert set(submission.files) == {"sum_backward"}
    assert keys(submission) == {"weighted_grad": "symlink"}


def test_an_archive_in_a_folder_is_the_reason_if_nothing_else_is_there(read, home):
    """A student who handed in a folder with a broken zip in it is told so."""
    (home / "hw.zip").write_bytes(b"PK")
    assert read(home).problem.text("en").startswith("The archive can't be unpacked (BadZipFile)")


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("alice.py", b"\xff", "not_text"),
        ("alice.ipynb", b"{", "bad_notebook"),
        ("alice.zip", b"PK\x03\x04", "bad_archive"),
        ("alice.tar.gz", b"\x1f\x8b", "bad_archive"),
    ],
)
def test_content_that_is_not_what_its_name_says_is_a_problem(read, name, content, key):
    """A single file that can't be read is the problem of the whole submission."""
    submission = read(content, name)
    assert submission.problem.key == f"submissions.{key}"
    assert (submission.files, submission.problems) == ({}, {})


def test_a_large_submission_is_refused_unread(read):
    """A file or an archive over its limit is refused, whatever is in it."""
    limits = replace(DEFAULT_LIMITS, max_file_bytes=10, max_archive_bytes=20)
    assert read(b"x" * 11, "a.py", limits=limits).problem.text("en").startswith("a.py is larger than 10 B")
    assert "larger than 20 B" in read(b"x" * 21, "a.zip", limits=limits).problem.text("en")


def test_an_entry_with_a_problem_is_not_opened(tmp_path):
    """What was wrong with an entry is wrong with its submission."""
    entry = Entry("alice", tmp_path / "gone", reason("unsupported", name="a.doc"))
    submission = read_submission(entry, WANTED)
    assert submission.problem == entry.problem


def test_a_submission_that_vanished_is_a_problem(read, tmp_path):
    """A submission removed since it was listed is that student's problem."""
    assert read(tmp_path / "gone.py").problem.key == "submissions.unreadable"


def test_a_link_as_a_submission_is_a_problem(read, tmp_path):
    """A submission that is a link to another student's is refused."""
    (tmp_path / "bob.py").write_text(ONE)
    (tmp_path / "mallory.py").symlink_to("bob.py")
    assert read(tmp_path / "mallory.py").problem.key == "submissions.symlink"


def test_a_pipe_as_a_submission_is_a_problem(read, tmp_path):
    """A pipe that nobody writes to is refused at once."""
    os.mkfifo(tmp_path / "alice.py")
    assert read(tmp_path / "alice.py").problem.key == "submissions.special_file"


def test_a_name_is_shown_without_what_is_invisible(read):
    """A file's name can't move the cursor or turn the direction of the text around it."""
    assert read(ONE.encode(), "a\x1b[2J\u202e.py").files["weighted_grad"].name == "a[2J.py"


def test_a_traversal_writes_nothing(read, make, tmp_path):
    """An archive that names places outside itself is refused, and no file appears anywhere."""
    before = set(tmp_path.rglob("*"))
    submission = read(make.zip([("../evil.py", b"x"), ("weighted_grad.py", ONE.encode())]), "alice.zip")
    assert submission.problem.key == "submissions.traversal"
    assert set(tmp_path.rglob("*")) - before == {tmp_path / "alice.zip"}


def test_the_digest_follows_the_content(read, home):
    """The digest stays when nothing that is read changes, and changes with each file that is."""
    (home / "weighted_grad.py").write_text(ONE)
    first = read(home).digest
    (home / "notes.txt").write_text("not read")
    assert read(home).digest == first
    (home / "weighted_grad.py").write_text(ONE + "\n")
    second = read(home).digest
    (home / "weighted_grad.py").rename(home / "sum_backward.py")
    assert len({first, second, read(home).digest}) == 3
    assert len(first) == 64


def test_the_digest_of_a_refused_archive_follows_its_bytes(read):
    """An archive that can't be read has a digest of its bytes all the same."""
    assert read(b"PK1", "a.zip").digest != read(b"PK2", "a.zip").digest


def test_a_class_is_read_one_by_one(tmp_path):
    """Every entry of a class is read to the end, whatever the others handed in."""
    (tmp_path / "alice.py").write_text(ONE)
    (tmp_path / "bob.zip").write_bytes(b"broken")
    (tmp_path / "carl").mkdir()
    found = [read_submission(entry, WANTED) for entry in listing(tmp_path, WANTED).entries]
    assert [bool(submission.files) for submission in found] == [True, False, False]
    assert [submission.student for submission in found] == ["alice", "bob", "carl"]


SUFFIXES = [".py", ".ipynb", ".zip", ".tar.gz", ".tgz"]


def read_bytes(name, content):
    """Read bytes as a submission of this name."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        return read_submission(Entry("alice", path), WANTED)


def is_complete(submission):
    """Say whether every exercise has a file or a reason in words of both languages."""
    reasons = [submission.problem] if submission.problem else list(submission.problems.values())
    assert all(reason.text(language) for reason in reasons for language in ("en", "zh"))
    return bool(submission.problem) or set(submission.files) ^ set(submission.problems) == set(WANTED.entry_points)


@given(st.sampled_from(["a", "weighted_grad"]), st.sampled_from(SUFFIXES), st.binary(max_size=2000))
@example("a", ".py", b"# coding: \xff\n")
@example("a", ".ipynb", b'{"nbformat": true, "cells": [{}]}')
@settings(max_examples=100, database=None, deadline=None)
def test_no_bytes_raise(stem, suffix, content):
    """Whatever bytes are handed in under whichever name, the submission is read or says why not."""
    assert is_complete(read_bytes(stem + suffix, content))


JSON = st.recursive(
    st.none() | st.integers(-1, 5) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["nbformat", "cells", "worksheets", "cell_type", "source", "input", "metadata"]),
            inner,
        )
    ),
    max_leaves=12,
)


@given(st.integers(1, 4), JSON, JSON)
@settings(max_examples=100, database=None, deadline=None)
def test_no_notebook_raises(version, cells, worksheets):
    """Whatever the parts of a notebook are, it is read or says why not."""
    notebook = {"nbformat": version, "nbformat_minor": 0, "cells": cells, "worksheets": worksheets}
    assert is_complete(read_bytes("a.ipynb", json.dumps(notebook).encode()))


DAMAGE = st.lists(st.tuples(st.integers(0), st.integers(0, 255)), max_size=6)


def damaged(data, changes):
    """Return bytes with some of them changed."""
    changed = bytearray(data)
    for place, value in changes:
        changed[place % len(changed)] = value
    return bytes(changed)


def packed(suffix, changes):
    """Return an archive with changes to its bytes, for a tar file before it is compressed."""
    stream = io.BytesIO()
    if suffix == ".zip":
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("weighted_grad.py", ONE)
            archive.writestr("x/b.ipynb", b"{}", zipfile.ZIP_DEFLATED)
        return damaged(stream.getvalue(), changes)
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name in ("weighted_grad.py", "x" * 120 + "/b.ipynb"):
            archive.addfile(tarfile.TarInfo(name))
    return gzip.compress(damaged(stream.getvalue()[: 6 * 512], changes))


@given(st.sampled_from([".zip", ".tar.gz"]), DAMAGE)
@settings(max_examples=150, database=None, deadline=None)
def test_no_damage_to_an_archive_raises(suffix, changes):
    """Whichever bytes of an archive are changed, the submission is read or says why not."""
    assert is_complete(read_bytes(f"a{suffix}", packed(suffix, changes)))
