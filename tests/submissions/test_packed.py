"""Archives within archives, and archives that are of another kind than their names say."""

import gzip
from dataclasses import replace

import pytest

from grader.submissions.limits import DEFAULT_LIMITS

ONE = b"def weighted_grad(f, x, v):\n    return x\n"


def outcome(submission):
    """Return the answer, or why there is none."""
    file = submission.files.get("weighted_grad")
    problem = submission.problem or submission.problems.get("weighted_grad")
    return file.cells[0].encode() if file else problem.key.removeprefix("submissions.")


@pytest.fixture
def packed(make):
    """An archive with the answer, by its kind."""
    members = [("hw/weighted_grad.py", ONE)]
    tar = make.tar(members)
    return {"zip": make.zip(members), "tar.gz": tar, "tar": gzip.decompress(tar)}


@pytest.mark.parametrize("name", ["alice.zip", "alice.tar.gz", "alice.tgz", "alice.tar", "alice.TAR"])
@pytest.mark.parametrize("kind", ["zip", "tar.gz", "tar"])
def test_an_archive_is_read_as_what_it_is(read, packed, kind, name):
    """A zip that was renamed to tar, and the other way round, is read."""
    assert outcome(read(packed[kind], name)) == ONE


@pytest.mark.parametrize("kind", ["zip", "tar.gz", "tar"])
def test_an_archive_in_an_archive_is_read_one_level_deep(read, make, packed, kind):
    """What is packed twice is read; what is packed three times is named."""
    twice = make.zip([("inner/hw." + kind, packed[kind]), ("notes.pdf", b"x")])
    assert outcome(read(twice, "alice.zip")) == ONE
    assert outcome(read(make.zip([("outer.zip", twice)]), "alice.zip")) == "nested_archive"


def test_archives_in_a_folder_are_read(read, tmp_path, packed):
    """A folder with a zip in it is read as the zip would be."""
    (tmp_path / "alice").mkdir()
    (tmp_path / "alice" / "hw.zip").write_bytes(packed["zip"])
    assert outcome(read(tmp_path / "alice")) == ONE


def test_all_archives_count_together(read, make, packed):
    """The limit on archives is one of the whole submission."""
    stored = make.zip([("a.zip", packed["zip"]), ("b.zip", packed["zip"])])
    limits = replace(DEFAULT_LIMITS, max_archive_bytes=len(stored))
    assert outcome(read(stored, "alice.zip", limits=limits)) == "total_too_large"


def test_a_bomb_within_is_found(read, make):
    """An archive within an archive is held to the same limits."""
    bomb = make.zip([("weighted_grad.py", b"\n" * 1_000_000)])
    assert outcome(read(make.zip([("a.zip", bomb)]), "alice.zip")) == "archive_bomb"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("alice.zip", b"Rar!\x1a\x07\x01\x00", "rar"),
        ("alice.zip", b"7z\xbc\xaf\x27\x1c\0", "7z"),
        ("alice.tar.gz", b"\xfd7zXZ\0\0", "xz"),
    ],
)
def test_a_foreign_archive_under_another_name_is_told(read, name, content, kind):
    """What only calls itself a zip is named as what it is, with what to hand in instead."""
    problem = read(content, name).problem
    assert f"{name} is packed as {kind}, which is not opened here. Pack your files as .zip" in problem.text("en")


@pytest.mark.parametrize("name", ["hw.7z", "hw.rar", "hw.tar.xz"])
def test_a_foreign_archive_within_is_told(read, tmp_path, name):
    """An archive of a kind that is not opened is the reason why an answer is missing."""
    (tmp_path / "alice").mkdir()
    (tmp_path / "alice" / name).write_bytes(b"x")
    assert outcome(read(tmp_path / "alice")) == "foreign_archive"
    (tmp_path / "alice" / "weighted_grad.py").write_bytes(ONE)
    assert outcome(read(tmp_path / "alice")) == ONE


def test_windows_makes_zips_with_backslashes(read, make):
    """A member's name with backslashes lies in folders."""
    assert outcome(read(make.zip([("hw\\weights\\weighted_grad.py", ONE)]), "alice.zip")) == ONE


def test_a_document_alone_is_work(read, tmp_path):
    """A folder with nothing but a document is told so; a README alone is nothing."""
    (tmp_path / "alice").mkdir()
    (tmp_path / "alice" / "README.txt").write_text("x")
    assert outcome(read(tmp_path / "alice")) == "nothing_in_it"
    (tmp_path / "alice" / "answers.docx").write_text("x")
    assert outcome(read(tmp_path / "alice")) == "unsupported"


def test_the_outputs_of_a_notebook_do_not_count(read, make):
    """A notebook with a few megabytes of pictures is read by its code, and the code alone is limited."""
    content = make.notebook(ONE.decode()).replace(b'"outputs": []', b'"outputs": ["%s"]' % (b"x" * 3_000_000))
    assert outcome(read(content, "weighted_grad.ipynb")) == ONE
    assert outcome(read(make.notebook("#" * 1_100_000), "weighted_grad.ipynb")) == "notebook_code_too_large"


def test_a_notebook_in_utf16_is_read(read, make):
    """A notebook that Windows saved is read."""
    content = make.notebook(ONE.decode()).decode().encode("utf-16")
    assert outcome(read(content, "weighted_grad.ipynb")) == ONE
