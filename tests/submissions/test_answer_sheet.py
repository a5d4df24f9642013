"""Answer sheets: what is read of one, and what is told of one that breaks its form."""

import os
import re
import stat
import tarfile
import zipfile
from dataclasses import replace

import pytest
import yaml

from grader.submissions.answer_sheet import GivenAnswer, no_sheet, read_sheet
from grader.submissions.entries import listing
from grader.submissions.intake import read_submission
from grader.submissions.limits import DEFAULT_LIMITS, KIB
from grader.submissions.tally import Item
from grader.submissions.wanted import Wanted
from grader.yamlfile import PlainLoader

WANTED = Wanted({"weighted_grad": ["weighted_grad"], "sum_backward": ["sum_backward"]})
CODE = b"def weighted_grad(f, x, v):\n    return x\n"
SHEET = """\
version: 1
sheet: 0123456789ab
answers:
  - question: rows
    answer: b
  - question: rows
    attempt: 2
    answer: [1, 2.5]
  - question: words
    answer: |
      Two lines
      of text
  - question: empty
    answer:
"""
ANSWERED = "version: 1\nanswers:\n  - question: rows\n    answer: {}\n"
BROKEN = {
    "no YAML": ("version: 1\nanswers: [\n", 3, "this is not valid YAML"),
    "alias bomb": ("version: 1\nanswers:\n  - &a [x, x]\n  - &b [*a, *a]\n", 4, "aliases (*name) are not allowed"),
    "python object": (ANSWERED.format("!!python/object/apply:os.system [id]"), 4, "could not determine a constr"),
    "python name": (ANSWERED.format("!!python/name:os.system"), 4, "could not determine a constructor"),
    "huge decimal": (ANSWERED.format("9" * 5000), 4, "this number is too long"),
    "huge hexadecimal": (ANSWERED.format("0x" + "f" * 6000), 4, "this number is too long"),
    "huge base 60": (ANSWERED.format("1" + ":1" * 5000), 4, "this number is too long"),
    "huge base 60 fraction": (ANSWERED.format("1" + ":1" * 5000 + ".5"), 4, "this number is too long"),
    "huge attempt": ("version: 1\nanswers:\n  - {question: a, attempt: 0x" + "f" * 6000 + "}\n", 3, "too long"),
    "huge version": ("version: 0x" + "f" * 6000 + "\n", 1, "this number is too long"),
    "no date": (ANSWERED.format("2026-99-99"), 4, "no such value: month must be in 1..12"),
    "no int": (ANSWERED.format("!!int ''"), 4, "no such value"),
    "NUL": (ANSWERED.format("a\0b"), 4, "special characters are not allowed"),
    "no character": (ANSWERED.format('"\\U00110000"'), None, "this is not valid YAML"),
    "surrogate name": ('version: 1\nanswers:\n  - {question: "\\ud800"}\n', 3, "answers.0.question"),
    "deep": (ANSWERED.format("[" * 2000 + "]" * 2000), None, "nested too deeply"),
    "deep mapping": (ANSWERED.format("{a: " * 2000 + "}" * 2000), None, "nested too deeply"),
    "unknown key": ("version: 1\nanswers: []\ngrade: 100\n", 3, "grade is not a known key"),
    "unknown key inside": (ANSWERED.format("b\n    points: 5"), 5, "answers.0.points is not a known key"),
    "repeated key": (ANSWERED.format("b\n    answer: c"), 5, "the key 'answer' stands twice"),
    "answers as text": ("version: 1\nanswers: all of them\n", 2, "answers must be a list"),
    "list": ("- question: rows\n", 1, "the file must be keys"),
    "text": ("b a c\n", 1, "the file must be keys"),
    "no version": ("answers: []\n", 1, "version is missing"),
    "other version": ("version: 2\n", 1, "version must be 1, not 2"),
    "no question": ("version: 1\nanswers:\n  - answer: b\n", 3, "answers.0.question is missing"),
    "number for a question": ("version: 1\nanswers:\n  - {question: 5}\n", 3, "answers.0.question must be a text"),
    "long question": (f"version: 1\nanswers:\n  - question: {'q' * 101}\n", 3, "too long; 100 characters are the most"),
    "attempt 0": ("version: 1\nanswers:\n  - {question: a, attempt: 0}\n", 3, "at least 1, not 0"),
    "attempt 1001": ("version: 1\nanswers:\n  - {question: a, attempt: 1001}\n", 3, "at most 1000, not 1001"),
    "half an attempt": ("version: 1\nanswers:\n  - {question: a, attempt: 1.5}\n", 3, "a whole number, not 1.5"),
    "100,000 entries": ("version: 1\nanswers: [" + "{}," * 100_000 + "]\n", None, ""),
    "20,000 entries": ("version: 1\nanswers: [" + "0," * 20_000 + "]\n", 2, "there are too many entries"),
    "two documents": ("version: 1\n---\nversion: 1\n", 2, "found another document"),
    "empty": ("", None, "the file is empty"),
}
"""By name: a broken sheet, the line that is to blame, and part of what is told."""


def read(content, name="answers.yaml", limits=DEFAULT_LIMITS):
    """Read one sheet."""
    return read_sheet(Item(name, content if isinstance(content, bytes) else content.encode()), limits)


@pytest.fixture
def home(tmp_path):
    """Return a student's folder with one exercise in it."""
    path = tmp_path / "class" / "alice"
    path.mkdir(parents=True)
    (path / "weighted_grad.py").write_bytes(CODE)
    return path


@pytest.fixture
def taken(home):
    """Return what reads the student's folder as the grader does; the exercise must be found, whatever the sheet is."""

    def read_home():
        (entry,) = listing(home.parent, WANTED).entries
        submission = read_submission(entry, WANTED)
        assert submission.problem is None
        assert submission.files["weighted_grad"].cells == (CODE.decode(),)
        return submission.sheet

    return read_home


def test_answers_are_read_as_they_stand():
    """By question and attempt: what was typed, and the line it begins on; an empty place is None."""
    sheet = read(SHEET)
    assert (sheet.marks, sheet.problem) == (("0123456789ab",), None)
    assert sheet.answers("rows") == (
        GivenAnswer(1, "b", "answers.yaml:4"),
        GivenAnswer(2, [1, 2.5], "answers.yaml:6"),
    )
    assert sheet.answers("words")[0].raw == "Two lines\nof text\n"
    assert sheet.answers("empty") == (GivenAnswer(1, None, "answers.yaml:13"),)
    assert sheet.answers("nothing_known") == ()


def test_attempts_are_in_order_however_they_stand():
    """The last attempt is the one with the greatest number, wherever it is written."""
    text = "version: 1\nanswers:\n" + "".join(f"  - {{question: a, attempt: {each}}}\n" for each in (3, 1, 2))
    assert [each.attempt for each in read(text).answers("a")] == [1, 2, 3]


def test_a_byte_order_mark_and_another_systems_lines_are_no_harm():
    """What an editor on another system makes of the file is read the same."""
    assert read(b"\xef\xbb\xbf" + SHEET.replace("\n", "\r\n").encode()).answers("rows")[0].raw == "b"


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_sheet_is_told_by_file_and_line(name):
    """Nothing raises; the problem names the place, and is a sentence in each language."""
    text, line, words = BROKEN[name]
    sheet = read(text)
    assert sheet.given == {}
    english, chinese = sheet.problem.text("en"), sheet.problem.text("zh")
    assert words in english
    assert (f"answers.yaml:{line}: " if line else "answers.yaml") in english
    assert (f"answers.yaml:{line}" if line else "answers.yaml") in chinese
    assert re.search("[\u4e00-\u9fff]", chinese)
    assert len(english) < 400


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", "version: 1 # \u738b".encode("gb18030")])
def test_a_sheet_in_another_encoding_is_told(content):
    """Whatever is neither UTF-8 nor marked as UTF-16 is named as that."""
    assert read(content).problem.key == "submissions.not_text"


def test_a_sheet_saved_by_windows_is_read():
    """UTF-16 with its mark is read as UTF-8 is."""
    assert read(SHEET.encode("utf-16")) == read(SHEET)


def test_an_answer_given_twice_is_told_at_the_second():
    """Which of the two was meant, nobody can say."""
    sheet = read(SHEET + "  - question: rows\n    answer: c\n")
    assert sheet.problem.key == "submissions.answered_twice"
    assert "answers.yaml:15" in sheet.problem.text("en")
    assert "rows" in sheet.problem.text("zh")
    assert sheet.given == {}


def test_a_large_sheet_is_not_even_read(monkeypatch):
    """Past its size no part of a sheet is parsed."""
    monkeypatch.setattr(PlainLoader, "__init__", lambda *_arguments: pytest.fail("the sheet is parsed"))
    sheet = read("#" * (256 * KIB + 1))
    assert sheet.problem.key == "submissions.sheet_too_large"
    assert "256 KiB" in sheet.problem.text("en")


@pytest.mark.parametrize("endless", ["[" + "0," * 100_000 + "]", "{" + "a: {" * 50_000, "- 0\n" * 50_000])
def test_the_work_on_a_sheet_is_bounded(monkeypatch, endless):
    """However a small file is made of little parts, only so many of them are looked at."""
    looked_at = []
    compose = yaml.SafeLoader.compose_node
    monkeypatch.setattr(yaml.SafeLoader, "compose_node", lambda *arguments: looked_at.append(1) or compose(*arguments))
    assert read(endless).problem is not None
    assert 0 < len(looked_at) <= DEFAULT_LIMITS.max_sheet_nodes


def test_what_a_student_writes_is_cut_and_visible():
    """A name of a megabyte, or one that steers a terminal, is not told as it is."""
    problem = read('version: 1\nanswers:\n  - {question: "\\e[2J\\u202e' + "x" * 1000 + '"}\n').problem.text("en")
    assert len(problem) < 300
    assert not {"\x1b", "\u202e"} & set(problem)


def test_no_sheet_is_no_mistake(taken):
    """A student without a sheet is told so, and has no answers."""
    assert taken() == no_sheet()
    assert no_sheet().problem.key == "submissions.no_answer_sheet"


@pytest.mark.parametrize("place", ["answers.yaml", "Answers.YAML", "quiz/answers.yaml"])
def test_a_sheet_lies_anywhere_in_a_folder(home, taken, place):
    """Whatever the case of its name, and in whichever folder."""
    (home / place).parent.mkdir(exist_ok=True)
    (home / place).write_text(SHEET, encoding="utf-8")
    assert taken().answers("rows")[0].raw == "b"


def test_a_folder_with_a_sheet_alone_is_one_students(tmp_path):
    """A student who answered questions alone hands in a folder too, and has no exercise."""
    (tmp_path / "answers.yaml").write_text(SHEET, encoding="utf-8")
    (entry,) = listing(tmp_path, WANTED).entries
    submission = read_submission(entry, WANTED)
    assert submission.sheet.answers("rows")
    assert set(submission.problems) == set(WANTED.entry_points)
    assert submission.problem is None


@pytest.mark.parametrize("kind", ["zip", "tar.gz", "tgz"])
def test_a_sheet_lies_in_an_archive(tmp_path, make, kind):
    """Packed beside the exercises, it is read as from a folder."""
    pack = make.zip if kind == "zip" else make.tar
    (tmp_path / f"alice.{kind}").write_bytes(
        pack([("work/weighted_grad.py", CODE), ("work/answers.yaml", SHEET.encode())])
    )
    (entry,) = listing(tmp_path, WANTED).entries
    submission = read_submission(entry, WANTED)
    assert set(submission.files) == {"weighted_grad"}
    assert submission.sheet.answers("rows")[1].raw == [1, 2.5]


def test_sheets_change_what_identifies_a_submission(home):
    """Other answers are another submission."""
    (entry,) = listing(home.parent, WANTED).entries
    digests = set()
    for text in ("", SHEET, SHEET.replace("answer: b", "answer: c")):
        (home / "answers.yaml").write_text(text, encoding="utf-8")
        digests.add(read_submission(entry, WANTED).digest)
    assert len(digests) == 3


def test_sheets_of_two_units_are_one_students(home, taken):
    """Sheets made unit by unit are joined, with the mark that both have."""
    for unit, question in (("sums", "one"), ("weights", "two")):
        (home / unit).mkdir()
        sheet = SHEET.replace("question: rows", f"question: {question}")
        (home / unit / "answers.yaml").write_text(sheet, encoding="utf-8")
    joined = taken()
    assert joined.problem is None
    assert joined.marks == ("0123456789ab",)
    assert joined.answers("one") == joined.answers("two") != ()


def test_a_blank_sheet_beside_a_filled_one_says_nothing(home, taken):
    """A question that is left empty in one sheet is answered by the other."""
    (home / "a").mkdir()
    (home / "a" / "answers.yaml").write_text(SHEET.replace("answer: b", "answer:"), encoding="utf-8")
    (home / "answers.yaml").write_text(SHEET, encoding="utf-8")
    assert taken().problem.key == "submissions.sheets_differ"
    (home / "a" / "answers.yaml").write_text("version: 1\nanswers:\n  - question: rows\n    answer:\n")
    assert [each.raw for each in taken().answers("rows")] == ["b", [1, 2.5]]


def test_sheets_of_two_students_keep_both_marks(home, taken):
    """Who joins a neighbour's sheet to the own is found out by its mark."""
    (home / "a").mkdir()
    (home / "a" / "answers.yaml").write_text(SHEET.replace("0123456789ab", "ba9876543210"), encoding="utf-8")
    (home / "answers.yaml").write_text(SHEET, encoding="utf-8")
    assert taken().marks == ("0123456789ab", "ba9876543210")


def test_sheets_that_differ_are_ambiguous(home, taken):
    """Nobody guesses which one was meant; both are named."""
    (home / "answers.yaml").write_text(SHEET, encoding="utf-8")
    (home / "old").mkdir()
    (home / "old" / "answers.yaml").write_text(SHEET.replace("answer: b", "answer: c"), encoding="utf-8")
    problem = taken().problem
    assert problem.key == "submissions.sheets_differ"
    assert "old/answers.yaml" in problem.text("zh")


def test_two_copies_of_one_sheet_are_one(home, taken):
    """A copy is no contradiction."""
    for place in (home, home / "copy"):
        place.mkdir(exist_ok=True)
        (place / "answers.yaml").write_text(SHEET, encoding="utf-8")
    assert taken().answers("rows")


def test_a_sheet_of_ten_megabytes_costs_the_quiz_alone(home, taken):
    """It is refused by its size, unread."""
    (home / "answers.yaml").write_text(ANSWERED.format("x" * 10_000_000), encoding="utf-8")
    sheet = taken()
    assert sheet.given == {}
    assert "answers.yaml" in sheet.problem.text("en")


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_sheet_costs_the_quiz_alone(home, taken, name):
    """The exercises beside it are read as ever."""
    (home / "answers.yaml").write_bytes(BROKEN[name][0].encode())
    sheet = taken()
    assert sheet.problem is not None
    assert sheet.given == {}


def test_a_folder_named_as_a_sheet_is_a_folder(home, taken):
    """What lies in it counts as what it is; there is no sheet."""
    (home / "answers.yaml").mkdir()
    (home / "answers.yaml" / "sum_backward.py").write_text("def sum_backward(f, x):\n    return x\n")
    assert taken() == no_sheet()


@pytest.mark.parametrize("target", ["/etc/passwd", "nowhere", "weighted_grad.py"])
def test_a_link_named_as_a_sheet_is_not_followed(home, taken, target):
    """Nothing of what it points to is read, and the student is told."""
    (home / "answers.yaml").symlink_to(target)
    sheet = taken()
    assert sheet.given == {}
    assert "answers.yaml" in sheet.problem.text("en")
    assert "root" not in sheet.problem.text("en")


def test_a_pipe_named_as_a_sheet_is_not_waited_for(home, taken):
    """A special file is refused without being opened for reading."""
    os.mkfifo(home / "answers.yaml")
    assert stat.S_ISFIFO((home / "answers.yaml").stat().st_mode)
    assert taken().given == {}


def test_a_link_in_an_archive_is_not_followed(tmp_path, make):
    """An archive with a link in it is refused as one is without quizzes."""
    link = tarfile.TarInfo("answers.yaml")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    (tmp_path / "alice.tgz").write_bytes(make.tar([("weighted_grad.py", CODE), (link, b"")]))
    (entry,) = listing(tmp_path, WANTED).entries
    submission = read_submission(entry, WANTED)
    assert submission.sheet.given == {}
    assert (submission.problem or submission.sheet.problem) is not None


def test_a_packed_bomb_of_a_sheet_is_not_unpacked(tmp_path, make):
    """A sheet that unpacks to ten megabytes is refused before it is unpacked."""
    packed = make.zip([("weighted_grad.py", CODE), ("answers.yaml", b"#" * 10_000_000)], method=zipfile.ZIP_DEFLATED)
    (tmp_path / "alice.zip").write_bytes(packed)
    (entry,) = listing(tmp_path, WANTED).entries
    submission = read_submission(entry, WANTED)
    assert submission.sheet.given == {}
    assert (submission.problem or submission.sheet.problem) is not None


def test_the_bounds_are_the_limits():
    """A sheet is measured by the limits of the intake."""
    assert read(SHEET, limits=replace(DEFAULT_LIMITS, max_sheet_bytes=100)).problem.params["limit"] == "100 B"
    assert read(SHEET, limits=replace(DEFAULT_LIMITS, max_sheet_nodes=10)).problem is not None
