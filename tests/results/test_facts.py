"""The facts' record: plain comparable data that survives JSON, and its arithmetic."""

import json
import math
import pickle

import pytest
from pydantic import ValidationError

from grader.results.facts import (
    AnswerFacts,
    CheckFacts,
    ExerciseFacts,
    QuizFacts,
    SubmissionFacts,
    decode_facts,
    encode_facts,
)
from grader.results.verdicts import AnswerVerdict, Verdict
from grader.wording.message import Message, Titled, message

FINDING = message(
    "judge.call",
    call="f(\udc80)",
    finding=message("judge.skipped", needed=Titled({"en": "The {first}.", "zh": "第一。"})),
)


def check(points=0.1, verdict=Verdict.FAILED, **fields):
    """Return a check's facts."""
    return CheckFacts(id="a", part="edges", points=points, max_points=1, verdict=verdict, **fields)


def exercise(*checks, verdict=Verdict.FAILED):
    """Return an exercise's facts."""
    return ExerciseFacts(slug="sum_backward", verdict=verdict, checks=checks)


def quiz(points=0.0, verdict=AnswerVerdict.WRONG):
    """Return a quiz with one answer."""
    one = AnswerFacts(
        id="q", kind="single", concepts=(), seed="5", attempt=1, points=points, max_points=1, verdict=verdict
    )
    return QuizFacts(unit="sums", points=points, max_points=1, answers=(one,))


def facts(*exercises, quizzes=(), **fields):
    """Return a submission's facts."""
    return SubmissionFacts(
        student="ada", course="0c0ffee", isolation="sandbox", exercises=exercises, quizzes=quizzes, **fields
    )


def test_facts_survive_json_with_every_sentence_and_every_character():
    """What is sent to another machine comes back equal, lone surrogates and nested sentences included."""
    whole = facts(
        exercise(check(1 / 3, finding=FINDING, brief=message("judge.brief_failed"), remarks=(FINDING,), limit="cpu")),
        quizzes=(quiz(-2 / 3),),
        problem=FINDING,
        remarks=(message("judge.budget_spent", limit=2.5),),
    )
    assert decode_facts(json.loads(json.dumps(encode_facts(whole)))) == whole
    assert pickle.loads(pickle.dumps(whole)) == whole


def test_facts_of_the_same_observation_are_equal():
    """A parameter that says the same is the same, whatever object the judge had in its hands."""
    tuples, texts = (message("judge.other_shape", got=got, expected=math.nan) for got in ((2, 3), "(2, 3)"))
    assert check(finding=tuples) == check(finding=texts) == check(finding=tuples)
    assert check(finding=tuples) != check(finding=message("judge.other_shape", got=(3, 2), expected=math.nan))


@pytest.mark.parametrize("broken", [{}, {"key": "judge.whole"}, {"key": "judge.whole", "params": 3}, "judge.whole", 7])
def test_what_is_no_sentence_is_refused(broken):
    """A broken record is told by its field."""
    with pytest.raises(ValidationError, match=r"(?s)finding.*this is no message"):
        check(finding=broken)


def test_facts_of_another_version_are_refused():
    """What a later grader stored is not read as if it were understood."""
    with pytest.raises(ValidationError, match="version"):
        decode_facts({**encode_facts(facts()), "version": 2})


def test_points_are_added_up_without_the_noise_of_binary_fractions():
    """A tenth and two tenths are three tenths, over checks, exercises and quizzes."""
    whole = facts(exercise(check(0.1), check(0.2)), exercise(check(0.1)), quizzes=(quiz(0.2),))
    assert whole.exercises[0].points == 0.3
    assert (whole.points, whole.max_points) == (0.6, 4)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_only_an_internal_verdict_waits_for_a_human(verdict):
    """Nobody needs to look at what the student's code did by itself."""
    whole = facts(exercise(verdict=Verdict.PASSED), exercise(verdict=verdict))
    assert whole.needs_review is (verdict in {Verdict.INTERNAL, Verdict.UNREAD})


@pytest.mark.parametrize("verdict", list(AnswerVerdict))
def test_only_an_internal_answer_waits_for_a_human(verdict):
    """A free text is somebody's work too, but no failure."""
    assert facts(quizzes=(quiz(verdict=verdict),)).needs_review is (verdict is AnswerVerdict.INTERNAL)


def test_a_failure_as_a_whole_waits_for_a_human():
    """Even where there is no exercise and no answer that could say so."""
    assert facts(failed=True).needs_review
    assert not facts().needs_review


def test_a_sentence_keeps_its_parameters_as_they_are_said():
    """Texts, whole numbers and truth values stay; anything else is the text that is inserted for it."""
    said = check(finding=Message("judge.part", {"path": (1, 2), "n": 3, "yes": True, "inf": math.inf})).finding
    assert said.params == {"path": "(1, 2)", "n": 3, "yes": True, "inf": "inf"}
