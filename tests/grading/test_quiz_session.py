"""A quiz being taken: what is open, what is kept, and whose it is."""

import os
from pathlib import Path

import pytest
import yaml

from grader.catalogue.course import load_course
from grader.errors import UserError
from grader.grading.own_sheet import read_own_sheet
from grader.grading.quiz_session import QuizSession
from grader.quiz.kinds.table import KINDS
from grader.quiz.seed import sheet_mark

SECRET = b"a secret of the tests"
QUESTIONS = ["doubled", "larger", "holds", "tripled", "why"]


@pytest.fixture
def sheet(tmp_path):
    """Return where the answers are kept."""
    return tmp_path / "answers.yaml"


@pytest.fixture
def session(quiz_root, sheet):
    """Return what begins a session, as the next start of the command would."""

    def begin(*, unit="weights", student="ada", **changes):
        course = load_course(quiz_root)
        return QuizSession(course, course.quizzes[unit], student, SECRET, sheet, **changes)

    return begin


def answer(session, name, raw=None):
    """Answer a question at its open attempt, rightly where no answer is given."""
    question = next(each for each in session.questions if each.id == name)
    attempt = session.attempt(question)
    variant = session.variant(question, attempt)
    right = KINDS[question.kind].typed(variant.key, variant) or "so"
    return session.answer(variant, attempt, right if raw is None else raw)


def open_ids(session):
    """Return the ids of the open questions."""
    return [each.id for each in session.open_questions()]


def test_a_new_quiz_has_every_question_open(session, sheet):
    """Nothing is written before the first answer."""
    assert open_ids(session()) == QUESTIONS
    assert not sheet.exists()


def test_every_answer_is_on_disk_at_once(session, sheet):
    """A quiz that ends anywhere goes on after the last answer."""
    answer(session(), "doubled")
    assert open_ids(session()) == QUESTIONS[1:]
    assert answer(session(), "larger", "z").verdict == "unreadable"
    assert answer(session(), "holds", "false").verdict == "wrong"
    assert open_ids(session()) == ["larger", "tripled", "why"]
    kept = yaml.safe_load(sheet.read_text(encoding="utf-8"))
    assert kept["sheet"] == sheet_mark(SECRET, "ada")
    assert [each["question"] for each in kept["answers"]] == ["doubled", "holds"]


def test_another_units_answers_stay_in_the_sheet(session, sheet):
    """One sheet holds the whole course."""
    answer(session(unit="print_outs"), "printed")
    answer(session(), "doubled")
    assert [each["question"] for each in yaml.safe_load(sheet.read_text(encoding="utf-8"))["answers"]] == [
        "printed",
        "doubled",
    ]
    assert open_ids(session(unit="print_outs")) == []


def test_again_asks_what_was_not_right_with_new_numbers(session):
    """A right answer and one that waits for a human are not asked again; another attempt has another variant."""
    first = session()
    for name, raw in (("doubled", "-1"), ("larger", None), ("holds", "false"), ("tripled", "0 0"), ("why", "so")):
        answer(first, name, raw)
    assert open_ids(session()) == []
    again = session(again=True)
    assert open_ids(again) == ["doubled", "holds", "tripled"]
    question = again.questions[3]
    assert (again.attempts_made(question), again.attempt(question)) == (1, 2)
    assert again.variant(question, 2).given != again.variant(question, 1).given
    answer(again, "tripled")
    assert open_ids(again) == ["doubled", "holds"]
    assert (again.is_right(question), again.attempt(question)) == (True, 2)


def test_hints_are_unlocked_one_after_the_other(session):
    """Each committed prediction for an exercise unlocks its next hint, right or not; others unlock nothing."""
    begun = session()
    doubled, larger, holds, *_ = begun.questions
    answer(begun, "doubled", "-1")
    exercise, first = begun.hint(doubled)
    assert (exercise.slug, first) == ("weighted_grad", exercise.sheet.hints[0])
    answer(begun, "holds")
    assert begun.hint(holds)[1] == exercise.sheet.hints[1]
    assert begun.hint(larger) is None


def test_standings_sum_up_by_concept(session):
    """Answered, asked and earned; what a human marks is not counted."""
    begun = session()
    first = next(str(each) for each in begun.variant(begun.questions[3], 1).key)
    answer(begun, "doubled")
    answer(begun, "tripled", f"{first} 0")
    answer(begun, "why", "so")
    found = {each.concept: (each.questions, each.answered, each.share) for each in begun.standings()}
    assert found == {"doubling": (2, 2, 1.5), "sizes": (2, 0, 0), "reasons": (0, 0, 0)}


def test_a_sheet_of_somebody_else_is_not_gone_on_with(session, sheet):
    """It is named, with what to do, and stays as it was."""
    answer(session(student="bob"), "doubled")
    before = sheet.read_bytes()
    with pytest.raises(UserError, match=r"belongs to another student or course; name another file with --answers"):
        session()
    assert sheet.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"version: 1\nanswers: [\n", "answers.yaml:3"),
        (b"\xfa\xc3", "UTF-8"),
        (b"x" * 300_000, "256 KiB"),
        (b"version: 1\nanswers:\n  - {question: a}\n  - {question: a}\n", "answers.yaml:4"),
        (b"- &a [b]\n- *a\n", "answers.yaml:2"),
    ],
)
def test_a_broken_sheet_is_told_and_kept(session, sheet, content, words):
    """Nobody's answers are overwritten because of a slip in the file."""
    sheet.write_bytes(content)
    with pytest.raises(UserError) as caught:
        session()
    assert str(sheet) in str(caught.value)
    assert words in str(caught.value)
    assert sheet.read_bytes() == content


def test_a_folder_in_the_sheets_place_is_told(tmp_path):
    """What can't be read is named with what to do."""
    with pytest.raises(UserError, match=r"can't be read \(Is a directory\); name another file with --answers"):
        read_own_sheet(tmp_path)


def test_a_disk_that_refuses_keeps_the_older_sheet(session, sheet, monkeypatch):
    """An answer that can't be kept is told at once; the ones before it are still there."""
    answer(session(), "doubled")
    before = sheet.read_bytes()

    def refuse(*_arguments):
        raise OSError(30, os.strerror(30))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(UserError, match="read-only"):
        answer(session(), "larger")
    assert sheet.read_bytes() == before
    assert list(sheet.parent.glob("*answers*")) == [sheet]


def test_a_sheet_filled_in_by_hand_is_gone_on_with(session, sheet):
    """Numbers and lists that YAML reads are answers too; an empty place is an open question."""
    first = session()
    key = first.variant(first.questions[3], 1).key
    sheet.write_text(
        f"version: 1\nanswers:\n  - {{question: tripled, answer: {key}}}\n  - {{question: doubled, answer: }}\n",
        encoding="utf-8",
    )
    assert open_ids(session()) == ["doubled", "larger", "holds", "why"]
    assert session().is_right(first.questions[3])
    answer(session(), "doubled")
    assert session().is_right(first.questions[3])
