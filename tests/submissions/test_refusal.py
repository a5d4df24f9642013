"""The sentences that tell a student why something is not read."""

import string
from pathlib import Path

import grader.submissions
from grader.errors import SubmissionError
from grader.submissions.refusal import refused
from grader.wording.message import table

SENTENCES = table("submissions")


def fields(template):
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_every_sentence_exists_in_both_languages():
    """A sentence is there in English and in Chinese and names the same things in both."""
    assert [key for key, each in SENTENCES.items() if set(each) != {"en", "zh"}] == []
    assert [key for key, each in SENTENCES.items() if fields(each["en"]) != fields(each["zh"])] == []


def test_every_sentence_is_said_somewhere():
    """No sentence is kept that neither the intake nor the class's enrolment says."""
    folder = Path(grader.submissions.__file__).parent
    modules = [*folder.glob("*.py"), folder.parent / "grading" / "enrolment.py"]
    code = "".join(module.read_text(encoding="utf-8") for module in modules)
    assert [key for key in SENTENCES if f'"{key}"' not in code and f"submissions.{key}" not in code] == []


def test_a_refusal_reads_as_its_english_sentence():
    """A refusal is a student's error whose text is the sentence in English."""
    refusal = refused("symlink", name="a.py")
    assert isinstance(refusal, SubmissionError)
    assert str(refusal) == "a.py is a link. Links are not followed; hand in the file itself."
