"""A submission survives the store with everything that a student may have put into it."""

from datetime import UTC, datetime

from grader.store.packed import pack, unpack
from grader.store.submission_data import decode_submission, encode_submission
from grader.submissions.answer_sheet import AnswerSheet, GivenAnswer
from grader.submissions.handed_in import HandedIn, Layout
from grader.submissions.own_modules import OwnModule
from grader.submissions.submission import SourceFile, Submission
from grader.wording.message import message

RAW = [None, True, 1, 2.5, "t\udc80", ["a", {"1": [1], "x": {"y": None}}], {1: "a", "1": "b"}, float("inf")]


def test_a_submission_comes_back_as_it_was():
    """Cells, modules, answers of any form, half characters, and both kinds of times."""
    given = tuple(GivenAnswer(number, raw, f"answers.yaml:{number}") for number, raw in enumerate(RAW, 1))
    submission = Submission(
        student="王小明",
        files={
            "sums": SourceFile(
                "a.ipynb", ("x = 1", "y = '\udc80'"), notebook=True, modules=(OwnModule("h", "h.py", "z"),)
            )
        },
        problems={"weights": message("submissions.missing", slug="weights", names="w")},
        problem=message("submissions.nothing_in_it"),
        digest="1f",
        sheet=AnswerSheet(("mark",), {"q": given}, message("quiz.no_answers")),
        remarks=(message("submissions.empty", name="a"),),
        handed_in=HandedIn(
            "ada",
            Layout.CANVAS,
            "1",
            "a@b",
            "2",
            is_late=True,
            at=datetime.fromisoformat("2030-01-01T00:00"),
            file_time=datetime.now(UTC),
        ),
        known_as=("Ada", "1"),
    )
    assert decode_submission(unpack(pack(encode_submission(submission)))) == submission


def test_a_submission_of_nothing_comes_back_too():
    """Where every field is empty."""
    nothing = Submission("ada", {}, {}, None, "")
    assert decode_submission(unpack(pack(encode_submission(nothing)))) == nothing
