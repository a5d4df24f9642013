"""Facts in words: for each language, each feedback level and each day, without grading again."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from grader.config.course_config import FeedbackLevel, FeedbackPolicy
from grader.errors import InternalError
from grader.reports.jsonfile import read_report
from grader.reports.render import rendered
from grader.results.facts import (
    AnswerFacts,
    CheckFacts,
    DiagnosisFacts,
    ExerciseFacts,
    Explained,
    QuizFacts,
    SubmissionFacts,
    decode_facts,
    encode_facts,
)
from grader.results.texts import Both, CourseTexts, MisconceptionTexts, QuestionTexts, decode_texts, encode_texts
from grader.results.verdicts import AnswerVerdict
from grader.wording.message import message

GOLDEN = Path(__file__).parent / "golden"
FOLDERS = sorted((GOLDEN / "facts_1").iterdir())
DUE = datetime(2026, 1, 1, tzinfo=UTC)
SHOWN, WITHHELD = "EXPECTED-VALUE", "judge.brief_failed"


def both(text):
    """Return a text in both languages, told apart by a letter."""
    return Both(en=f"{text} e", zh=f"{text} z")


TEXTS = CourseTexts(
    course="0c0ffee",
    title=both("course"),
    units={"weights": both("unit")},
    exercises={"weighted_grad": both("exercise")},
    checks={"weighted_grad": {"squares": both("check")}},
    misconceptions={
        name: MisconceptionTexts(title=both(f"title {name}"), explanation=both(f"why {name}"))
        for name in ("M05", "M14", "M15")
    },
    concepts={"row": both("concept")},
    questions={"rows": QuestionTexts(text=both("**Which** row?"), code="x = 1", explanation=both("**This** one."))},
)
CHECK = CheckFacts(
    id="squares",
    part="documented",
    points=0,
    max_points=1,
    verdict="failed",
    finding=message("judge.other_value", part="it", got="1", expected=SHOWN),
    brief=message(WITHHELD),
    remarks=(message("judge.other_dtype", part="it", got="a", expected=SHOWN),),
)
ANSWER = AnswerFacts(
    id="rows",
    kind="single",
    concepts=("row", "column"),
    seed="5eed",
    attempt=1,
    points=0,
    max_points=1,
    verdict="wrong",
    options=(both("a) this"), both("b) that")),
    given=both("b) that"),
    key=both(SHOWN),
    misconception="M05",
)
EXERCISE = ExerciseFacts(slug="weighted_grad", verdict="failed", checks=(CHECK,))
QUIZ = QuizFacts(unit="weights", points=0, max_points=1, answers=(ANSWER,))
FACTS = SubmissionFacts(student="ada", course="0c0ffee", isolation="sandbox", exercises=(EXERCISE,), quizzes=(QUIZ,))


def report(facts=FACTS, language="en", policy=None, now=DUE):
    """Return facts in words."""
    return rendered(facts, TEXTS, language=language, policy=policy or FeedbackPolicy(), now=now)


def exercise(language="en", **diagnosis):
    """Return the report on an exercise with a diagnosis."""
    diagnosed = EXERCISE.model_copy(update={"diagnosis": DiagnosisFacts(**diagnosis)})
    return report(FACTS.model_copy(update={"exercises": (diagnosed,)}), language).exercises[0]


def answer(**changes):
    """Return the report on an answer with other facts."""
    quiz = QUIZ.model_copy(update={"answers": (ANSWER.model_copy(update=changes),)})
    return report(FACTS.model_copy(update={"quizzes": (quiz,)})).quizzes[0].answers[0]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda each: each.name)
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("level", ["visible", "hidden"])
def test_facts_of_version_1_render_for_ever(folder, language, level):
    """Facts and texts that were stored give the report that they gave when they were new, word by word."""
    facts = decode_facts(json.loads((folder / "facts.json").read_text(encoding="utf-8")))
    texts = decode_texts(json.loads((folder / "texts.json").read_text(encoding="utf-8")))
    made = rendered(facts, texts, language=language, policy=FeedbackPolicy(level=level), now=DUE)
    assert made == read_report(folder / f"report.{language}.{level}.json")


def holds(whole, part):
    """Whether JSON data holds all that other data says, whatever fields it has beside."""
    if isinstance(part, dict):
        return all(key in whole and holds(whole[key], value) for key, value in part.items())
    if isinstance(part, list):
        return len(whole) == len(part) and all(map(holds, whole, part))
    return whole == part


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda each: each.name)
def test_facts_and_texts_of_version_1_are_written_as_they_were(folder):
    """What was stored and what is stored now can be compared."""
    for name, decode, encode in (("facts", decode_facts, encode_facts), ("texts", decode_texts, encode_texts)):
        stored = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        assert holds(encode(decode(stored)), stored)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("level", [level for level in FeedbackLevel if level is not FeedbackLevel.VISIBLE])
def test_below_visible_only_what_is_brief_is_told(language, level):
    """No finding, remark, key or explanation is anywhere in the report; points, verdicts and the own answer are."""
    policy = FeedbackPolicy(level=level, due=DUE + timedelta(days=1))
    told, withheld = report(language=language), report(language=language, policy=policy)
    assert told.model_dump_json().count(SHOWN) == 3
    assert SHOWN not in withheld.model_dump_json()
    assert withheld.exercises[0].checks[0].message == message(WITHHELD).text(language)
    (shown,) = withheld.quizzes[0].answers
    assert (shown.key, shown.explanation, shown.given) == ("", "", ANSWER.given.text(language))
    assert (withheld.score, withheld.max_score) == (told.score, told.max_score)


def test_a_due_date_decides_by_the_time_of_reading():
    """The same facts tell all from the due date on."""
    policy = FeedbackPolicy(level="after_due", due=DUE)
    before, after = (report(policy=policy, now=DUE + timedelta(seconds=seconds)) for seconds in (-1, 0))
    assert SHOWN not in before.model_dump_json()
    assert after == report().model_copy(update={"feedback": "after_due"})


@pytest.mark.parametrize("published", [True, False])
def test_publishing_decides_at_the_time_of_reading(published):
    """An instructor who publishes has nothing graded again."""
    made = report(policy=FeedbackPolicy(level="after_published", published=published))
    assert (SHOWN in made.model_dump_json()) is published
    assert made.feedback == "after_published"


def test_a_report_says_whose_it_is_and_how_it_was_made():
    """Titles come from the course's texts, in the report's language."""
    made = report(language="zh")
    assert (made.student, made.course, made.language, made.isolation) == ("ada", "course z", "zh", "sandbox")
    assert (made.exercises[0].title, made.exercises[0].checks[0].title) == ("exercise z", "check z")
    assert (made.quizzes[0].title, made.quizzes[0].answers[0].concepts) == ("unit z", ("concept z", "column"))
    assert (made.late, made.exercises[0].observations, made.exercises[0].picture) == (None, (), None)


def test_what_concerns_the_whole_submission_stands_at_the_head():
    """The problem first, then the remarks, a line each."""
    said = {"problem": message("quiz.no_answers"), "remarks": (message("quiz.waiting"),)}
    lines = report(FACTS.model_copy(update=said)).message.split("\n")
    assert lines == ["You have answered no question of this quiz.", "A person will mark this."]


def test_the_misconception_that_explains_most_is_the_one_named_first():
    """Each one has the checks that it explains; the first fills the fields that version 1 had."""
    named = (Explained(misconception="M14", checks=("a", "squares")), Explained(misconception="M05", checks=("c",)))
    made = exercise("zh", tried=True, misconceptions=named)
    assert [(each.id, each.title, each.checks) for each in made.misconceptions] == [
        ("M14", "title M14 z", ("a", "squares")),
        ("M05", "title M05 z", ("c",)),
    ]
    assert (made.misconception, made.misconception_title, made.misconception_explanation, made.diagnosis) == (
        "M14",
        "title M14 z",
        "why M14 z",
        "",
    )


@pytest.mark.parametrize(("language", "dot"), [("en", "."), ("zh", "。")])
def test_misconceptions_that_fit_alike_are_all_mentioned(language, dot):
    """More than one explanation is none: the titles are given and no id is named."""
    made = exercise(language, tried=True, candidates=("M14", "M15"))
    letter = language[0]
    assert made.diagnosis.endswith(f"title M14 {letter} · title M15 {letter}{dot}")
    assert (made.misconception, made.misconceptions) == (None, ())


@pytest.mark.parametrize(("tried", "start"), [(True, "These results fit none of the known"), (False, "")])
def test_what_nobody_foresaw_is_said_honestly(tried, start):
    """Where nothing failed by its value, there is nothing to say."""
    diagnosis = exercise(tried=tried).diagnosis
    assert diagnosis.startswith(start)
    assert bool(diagnosis) is tried


def test_a_misconception_that_the_course_does_not_describe_is_not_named():
    """An id alone would tell nobody anything."""
    made = exercise(tried=True, misconceptions=(Explained(misconception="M99", checks=("a",)),))
    assert (made.misconception, made.misconceptions) == (None, ())
    assert answer(misconception="M99").misconception is None


def test_a_question_that_was_asked_as_it_stands_has_the_courses_words():
    """Without Markdown's marks; a drawn one has its own."""
    asked = answer()
    assert (asked.text, asked.code, asked.explanation) == ("Which row? e", "x = 1", "This one. e")
    drawn = answer(text=both("Which of 3?"), code="x = 3", explanation=both("The third."))
    assert (drawn.text, drawn.code, drawn.explanation) == ("Which of 3? e", "x = 3", "The third. e")


def test_a_question_that_could_not_be_asked_says_nothing():
    """Its places for numbers were never filled."""
    asked = answer(verdict=AnswerVerdict.INTERNAL)
    assert (asked.text, asked.code, asked.explanation) == ("", "", "")


def test_what_the_texts_do_not_know_is_called_by_its_name():
    """A check that has no title is no reason to show nothing."""
    other = FACTS.model_copy(update={"exercises": (EXERCISE.model_copy(update={"slug": "other"}),)})
    made = report(other).exercises[0]
    assert (made.title, made.checks[0].title) == ("other", "squares")


def test_texts_of_another_version_are_refused():
    """A title or an explanation that was changed since would stand beside a mark that it does not explain."""
    with pytest.raises(
        InternalError, match="these facts belong to the course's version beef, and these texts to 0c0ffee"
    ):
        report(FACTS.model_copy(update={"course": "beef"}))


def test_rendering_needs_no_torch():
    """A process that shows reports starts at once and is small."""
    program = "import sys, grader.reports.render, grader.catalogue.texts; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.parametrize(("verdict", "shown"), [("waiting", ""), ("partly", f"{SHOWN} e")])
def test_the_model_answer_appears_only_after_the_mark(verdict, shown):
    """While a free-text answer waits, nobody can copy it from the page of a friend."""
    answer = ANSWER.model_copy(update={"kind": "text", "verdict": AnswerVerdict(verdict)})
    quiz = QUIZ.model_copy(update={"answers": (answer,)})
    (told,) = report(FACTS.model_copy(update={"quizzes": (quiz,)})).quizzes[0].answers
    assert told.key == shown
    assert bool(told.explanation) is (verdict == "partly")
