"""What a file's name says, and what is left of a name that a stranger chose."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.submissions.names import (
    LONGEST,
    LONGEST_BYTES,
    is_answer,
    is_hidden,
    shown,
    stem_of,
    student_name,
    suffix_of,
    unique_names,
)

RIGHT_TO_LEFT = "\u202e"


@pytest.mark.parametrize("name", [".git", "._a.py", "__MACOSX", "__pycache__", "Thumbs.db", "~$a.docx", ".."])
def test_litter_is_hidden(name):
    """What systems and editors leave behind is hidden."""
    assert is_hidden(name)


@pytest.mark.parametrize("name", ["__init__.py", "alice", "README.md"])
def test_what_people_name_is_not_hidden(name):
    """A name that a person gives is not hidden."""
    assert not is_hidden(name)


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("a.py", True),
        ("a.PY", True),
        ("a.ipynb", True),
        ("test_a.py", False),
        ("a.pyc", False),
        ("py", False),
    ],
)
def test_only_source_that_is_no_public_test_answers(name, answers):
    """Python files and notebooks may answer an exercise, unless the course itself gave them out as tests."""
    assert is_answer(name) is answers


def test_a_stem_is_without_the_whole_suffix():
    """The stem of an archive loses both parts of its suffix; a folder's name with a dot loses nothing."""
    assert [stem_of(name) for name in ("alice.tar.gz", "alice.ZIP", "alice.v2")] == [
        "alice",
        "alice",
        "alice.v2",
    ]


def test_an_unknown_suffix_is_none():
    """A suffix that is not asked for is reported as empty."""
    assert suffix_of("alice.rar", (".zip",)) == ""


def test_what_is_shown_has_nothing_invisible():
    """Control characters, direction marks and halves of characters are not shown."""
    assert shown(f"a\x1b[31m\n{RIGHT_TO_LEFT}b\udcff\u200bc") == "a[31mbc"


def test_what_is_shown_is_short():
    """A long name is cut and says so."""
    assert shown("x" * 500) == "x" * (LONGEST - 1) + "…"


@pytest.mark.parametrize(
    ("original", "name"),
    [
        ("..", "student"),
        ("", "student"),
        ("../../etc", "_.._etc"),
        ("a/b\\c:d", "a_b_c_d"),
        ("CON", "_CON"),
        ("lpt1.txt", "_lpt1.txt"),
        (f"{RIGHT_TO_LEFT}ecila", "ecila"),
        ("王小明", "王小明"),
        ("alice. ", "alice"),
    ],
)
def test_a_student_name_is_fit_for_a_folder(original, name):
    """Separators, dots at the ends, reserved and invisible names are mended."""
    assert student_name(original) == name


@given(st.text(st.characters(codec=None), max_size=300))
@example("CON" * 40)
@example("王" * 300)
@settings(max_examples=200, database=None, deadline=None)
def test_any_name_becomes_a_folder_name(original):
    """Whatever a student is called, the name can be a folder's and nothing in it is invisible."""
    name = student_name(original)
    assert name
    assert len(name) <= LONGEST
    assert len(name.encode()) <= LONGEST_BYTES
    assert name not in {".", ".."}
    assert not set(name) & set('/\\:<>"|?*\0')
    assert all(unicodedata.category(character) not in {"Cc", "Cf", "Cs"} for character in name)


def test_names_that_would_meet_are_told_apart():
    """Students whose names differ by case or by what had to be mended keep names of their own."""
    names = unique_names(["alice", "Alice", "a?", "a*", "a_"])
    assert len({name.casefold() for name in names.values()}) == 5
    assert names["a_"] == "a_"


def test_nobody_takes_the_name_that_tells_others_apart():
    """A name chosen to equal another student's hashed name does not merge the two."""
    hashed = unique_names(["Alice", "alice"])["alice"]
    names = unique_names(["Alice", "alice", hashed])
    assert len(set(names.values())) == 3


def test_the_order_of_students_does_not_change_their_names():
    """The same students get the same names whichever is listed first."""
    originals = ["b|", "b?", "b_", "B_"]
    assert unique_names(originals) == unique_names(reversed(originals))


def test_long_names_stay_apart_within_the_limit():
    """Two long names that begin alike differ after being cut, and neither is too long."""
    names = unique_names(["x" * 200, "x" * 201])
    assert len(set(names.values())) == 2
    assert all(len(name) <= LONGEST for name in names.values())
