"""A student's quizzes: whose points they are, what is told of each answer, and what never costs anything."""

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest

from grader.config.course_config import QuizPolicy
from grader.errors import ContentError
from grader.grading import quiz_marks
from grader.grading.options import Options, load_assignment
from grader.grading.quiz_marks import mark_quizzes
from grader.grading.quiz_sheet import sheet_text
from grader.quiz.kinds.table import KINDS
from grader.quiz.make import make_variant
from grader.quiz.seed import seed_of, sheet_mark
from grader.results.facts import SubmissionFacts, decode_facts, encode_facts
from grader.submissions.answer_sheet import AnswerSheet, no_sheet, read_sheet
from grader.submissions.limits import DEFAULT_LIMITS
from grader.submissions.tally import Item

SECRET = b"a secret of the tests"
HOSTILE = "<b>$\\frac{1}{2}$ **x** `y`\n\\input{/etc/passwd}"


@pytest.fixture
def assigned(quiz_root):
    """Return what loads the small course with changed options or policy."""

    def load(policy=None, **changes):
        assignment = load_assignment(Options(quiz_root, SECRET, **changes))
        config = assignment.course.config.model_copy(update={"quiz": policy or QuizPolicy()})
        return replace(assignment, course=replace(assignment.course, config=config))

    return load


@pytest.fixture
def variant(assigned):
    """Return what gives the variant that a student is asked."""
    course = assigned().course

    def of(name, student="ada", attempt=1):
        question = next(each for unit in course.quizzes.values() for each in unit if each.id == name)
        return make_variant(question, seed_of(SECRET, student, name, attempt), course.config.quiz.tolerance)

    return of


@pytest.fixture
def key(variant):
    """Return what gives the right answer, as a student types it."""

    def of(name, student="ada", attempt=1):
        asked = variant(name, student, attempt)
        return KINDS[asked.question.kind].typed(asked.key, asked)

    return of


@pytest.fixture
def marked(assigned, in_words):
    """Return what marks a student's answers and puts it into words: (question, attempt, answer) each, or a sheet."""

    def mark(answers, *, student="ada", mark=None, language="en", level="visible", **changes):
        sheet = answers
        if not isinstance(answers, AnswerSheet):
            text = sheet_text(mark or sheet_mark(SECRET, student), answers)
            sheet = read_sheet(Item("answers.yaml", text.encode()), DEFAULT_LIMITS)
            assert sheet.problem is None
        assignment = assigned(**changes)
        found = mark_quizzes(student, sheet, assignment)
        facts = facts_of(student, found, assignment)
        report = in_words(facts, assignment.course, language, level)
        said = tuple(filter(None, report.message.split("\n")))
        return SimpleNamespace(quizzes=report.quizzes, remarks=said, traces=found.traces, report=report, facts=facts)

    return mark


def facts_of(student, found, assignment):
    """Return the facts of a submission of quiz answers alone."""
    course = assignment.course.version
    return SubmissionFacts(
        student=student, course=course, isolation="sandbox", remarks=found.remarks, quizzes=found.quizzes
    )


def by_id(found):
    """Return each answer's report by its question."""
    return {answer.id: answer for quiz in found.quizzes for answer in quiz.answers}


def points(found):
    """Return the points and the most points of each quiz."""
    return [(quiz.score, quiz.max_score) for quiz in found.quizzes]


def test_right_answers_earn_every_point(marked, key):
    """The unit's points are shared out by the questions' own; free text waits and is worth nothing."""
    answers = [(name, 1, key(name)) for name in ("doubled", "larger", "holds", "tripled", "printed")]
    found = marked([*answers, ("why", 1, HOSTILE)])
    assert points(found) == [(10, 10), (3, 3)]
    assert {name: (each.points, each.max_points) for name, each in by_id(found).items()} == {
        "doubled": (4, 4),
        "larger": (2, 2),
        "holds": (2, 2),
        "tripled": (2, 2),
        "why": (0, 0),
        "printed": (3, 3),
    }
    assert by_id(found)["why"].verdict == "waiting"
    assert found.traces == found.remarks == ()


def test_an_answer_is_worth_its_share(marked, key, variant):
    """A tensor counts entry by entry, a print-out line by line."""
    first, _ = variant("tripled").key
    lines = key("printed").split("\n")
    found = marked([("tripled", 1, [first, 0]), ("printed", 1, "\n".join([lines[0], "nothing", lines[2]]))])
    assert points(found) == [(1, 10), (2, 3)]
    assert {each.verdict for each in by_id(found).values() if each.given} == {"partly"}


def test_what_is_not_answered_is_worth_nothing(marked, key):
    """Questions left out or left empty are told as unanswered."""
    found = marked([("doubled", 1, key("doubled")), ("larger", 1, None), ("holds", 1, " ")])
    assert points(found) == [(4, 10), (0, 3)]
    assert [each.verdict for each in by_id(found).values()] == ["right", *["unanswered"] * 4]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "You have answered no question"), ("zh", "你没有回答这份测验的任何题目")]
)
def test_a_quiz_without_any_answer_says_so(marked, key, language, words):
    """A unit that the sheet says nothing of has one sentence instead of a list of questions."""
    quiz = marked([("doubled", 1, key("doubled"))], language=language).quizzes[1]
    assert words in quiz.message
    assert (quiz.answers, quiz.score, quiz.max_score) == ((), 0, 3)


@pytest.mark.parametrize(("language", "words"), [("en", "answers.yaml"), ("zh", "answers.yaml")])
def test_no_sheet_is_worth_nothing(marked, language, words):
    """Every quiz counts in full, and says what to hand in."""
    found = marked(no_sheet(), language=language)
    assert points(found) == [(0, 10), (0, 3)]
    assert all(words in quiz.message for quiz in found.quizzes)


def test_each_student_has_a_variant_of_their_own(marked, key, variant):
    """A neighbour's right answer is a wrong one, unless the numbers happen to be the same."""
    others = [f"student {number}" for number in range(20)]
    earned = [marked([("doubled", 1, key("doubled"))], student=each).quizzes[0].score for each in others]
    same = [4 if variant("doubled", each).key == variant("doubled").key else 0 for each in others]
    assert earned == same
    assert earned.count(0) >= 15


@pytest.mark.parametrize(
    "mark", [sheet_mark(SECRET, "bob"), sheet_mark(b"another", "ada")], ids=["other student", "other secret"]
)
def test_a_sheet_with_another_mark_waits_for_a_person(marked, key, mark):
    """Its questions can't be drawn again, so no answer counts, and no point is lost either."""
    for language, words in (("en", "another secret"), ("zh", "另一个密钥")):
        found = marked([("larger", 1, key("larger"))], mark=mark, language=language)
        assert points(found) == [(0, 0), (0, 0)]
        assert all(words in quiz.message and not quiz.answers for quiz in found.quizzes)
        assert found.report.needs_review


def test_a_sheet_finds_its_student_by_any_known_name(assigned, variant):
    """Who is known by an id of the roster may hand in a sheet that was made for it, under any name."""
    answers = [("doubled", 1, variant("doubled", "m101").key)]
    text = sheet_text(sheet_mark(SECRET, "m101"), answers)
    sheet = read_sheet(Item("answers.yaml", text.encode()), DEFAULT_LIMITS)
    assert mark_quizzes("Ada L", sheet, assigned(), known_as=["m101"]).quizzes[0].points == 4
    assert mark_quizzes("Ada L", sheet, assigned()).quizzes[0].unread


def test_a_sheet_without_a_mark_is_nobodys_where_two_names_are_possible(assigned, key):
    """The numbers depend on the name, and nothing says which one it was."""
    text = f"version: 1\nanswers:\n  - {{question: larger, answer: {key('larger')}}}\n"
    sheet = read_sheet(Item("answers.yaml", text.encode()), DEFAULT_LIMITS)
    assert mark_quizzes("ada", sheet, assigned(), known_as=["m101"]).quizzes[0].unread


def test_a_sheet_without_a_mark_counts(assigned, key):
    """Who writes the file by hand need not know the mark."""
    text = f"version: 1\nanswers:\n  - {{question: larger, answer: {key('larger')}}}\n"
    found = mark_quizzes("ada", read_sheet(Item("answers.yaml", text.encode()), DEFAULT_LIMITS), assigned())
    assert (found.quizzes[0].points, found.quizzes[0].max_points) == (2, 10)


@pytest.mark.parametrize(("language", "words"), [("en", "there is no question"), ("zh", "没有题目")])
def test_an_unknown_question_is_told_and_left_out(marked, key, language, words):
    """The other answers count."""
    found = marked([("doubld", 1, 5), ("doubled", 1, key("doubled"))], language=language)
    assert points(found)[0] == (4, 10)
    (remark,) = found.remarks
    assert words in remark
    assert "doubld" in remark
    assert "answers.yaml:4" in remark


def test_a_question_of_a_unit_that_is_not_graded_is_not_unknown(marked, key):
    """A sheet may answer more than is marked today."""
    found = marked([("printed", 1, key("printed")), ("holds", 1, key("holds"))], names=("print_outs",))
    assert points(found) == [(3, 3)]
    assert found.remarks == ()


def test_where_no_quiz_is_graded_there_is_none(marked, key):
    """An exercise alone has no quiz beside it, whatever the sheet."""
    assert marked([("nothing", 1, key("doubled"))], names=("weighted_grad",)).quizzes == ()


@pytest.mark.parametrize("answer", [["a", ["b"]], {"a": 1}, "z", "abc", 5, 1e400, True, b"x", "x" * 5000])
def test_what_says_nothing_is_unreadable(marked, answer):
    """It earns nothing, costs nothing, and is told by its line, in both languages."""
    policy = QuizPolicy(wrong_choice=1)
    for language in ("en", "zh"):
        report = by_id(marked([("larger", 1, answer)], policy=policy, language=language))["larger"]
        assert (report.verdict, report.points, report.given) == ("unreadable", 0, "")
        assert report.message.startswith("answers.yaml:4")


def test_a_misconception_is_named(marked, variant):
    """A wrong answer that a misconception gives carries its title and explanation, in the report's language."""
    n = variant("doubled").given["n"]
    for language, word in (("en", "the"), ("zh", "的")):
        report = by_id(marked([("doubled", 1, n * n)], language=language))["doubled"]
        assert (report.verdict, report.misconception) == ("wrong", "M10")
        assert word in report.misconception_title.lower() + report.misconception_explanation
    other = by_id(marked([("doubled", 1, -1)]))["doubled"]
    assert (other.verdict, other.misconception, other.misconception_title) == ("wrong", None, "")


def test_a_quiz_never_goes_below_nothing(marked, key):
    """Wrong choices take away what right answers gave, and no more."""
    policy = QuizPolicy(wrong_choice=1)
    wrong = [("larger", 1, next(each for each in "abc" if each != key("larger"))), ("holds", 1, False)]
    found = marked(wrong, policy=policy)
    assert by_id(found)["larger"].points == by_id(found)["holds"].points == -2
    assert points(found)[0] == (0, 10)
    assert points(marked([*wrong, ("doubled", 1, key("doubled")), ("tripled", 1, key("tripled"))], policy=policy))[
        0
    ] == (2, 10)


def test_only_choices_can_cost(marked):
    """A number can't be guessed, so that a wrong one costs nothing."""
    found = marked([("doubled", 1, -1), ("tripled", 1, [0, 0])], policy=QuizPolicy(wrong_choice=0.5))
    assert {by_id(found)[name].points for name in ("doubled", "tripled")} == {0}


def test_the_last_attempt_that_may_be_made_counts(marked, key):
    """Each further attempt has numbers of its own and may cost a share."""
    policy = QuizPolicy(attempts=2, further_attempt=0.25)
    answers = [("doubled", 1, -1), ("doubled", 2, key("doubled", attempt=2))]
    report = by_id(marked(answers, policy=policy))["doubled"]
    assert (report.attempt, report.points, report.verdict, report.message) == (2, 3, "right", "")
    assert report.seed == seed_of(SECRET, "ada", "doubled", 2)
    worse = [("doubled", 1, key("doubled")), ("doubled", 2, -1)]
    assert by_id(marked(worse, policy=policy))["doubled"].points == 0


@pytest.mark.parametrize(("language", "words"), [("en", "attempt 2 does not count"), ("zh", "第 2 次作答不计分")])
def test_an_attempt_too_many_does_not_count(marked, key, language, words):
    """It is told by its line, and the last one that may be made stands."""
    answers = [("doubled", 1, key("doubled")), ("doubled", 2, -1)]
    report = by_id(marked(answers, language=language))["doubled"]
    assert (report.attempt, report.points, report.verdict) == (1, 4, "right")
    assert words in report.message
    assert "answers.yaml:7" in report.message


def test_an_attempt_left_empty_was_not_made(marked, key):
    """An empty place after an answer takes nothing back."""
    answers = [("doubled", 1, key("doubled")), ("doubled", 2, " "), ("doubled", 3, None)]
    report = by_id(marked(answers, policy=QuizPolicy(attempts=2)))["doubled"]
    assert (report.attempt, report.points, report.message) == (1, 4, "")


def test_a_seed_in_a_report_replays_the_question(marked, key, assigned):
    """Without the secret, the same text, code, options and key come back."""
    course = assigned().course
    found = marked([(name, 1, key(name)) for name in ("doubled", "larger", "tripled", "printed")])
    questions = {each.id: each for unit in course.quizzes.values() for each in unit}
    for name, report in by_id(found).items():
        again = make_variant(questions[name], report.seed, course.config.quiz.tolerance)
        assert again.code == report.code
        assert len(again.options) == len(report.options)
        if report.verdict == "right":
            assert KINDS[again.question.kind].typed(again.key, again) == key(name)
            assert report.given == report.key


def test_what_fails_on_our_side_costs_nothing(marked, key, monkeypatch, assigned):
    """A question that can't be made leaves the reckoning, a human is asked for, and the instructor has the reason."""

    def make(question, *arguments):
        if question.id == "doubled":
            raise ContentError("hidden words of the judge", path=assigned().course.root / "solutions")
        return make_variant(question, *arguments)

    monkeypatch.setattr(quiz_marks, "make_variant", make)
    names = ("doubled", "larger", "holds", "tripled")
    for language, words in (("en", "The grader itself failed here"), ("zh", "评分程序")):
        found = marked([(name, 1, key(name)) for name in names], language=language)
        assert points(found)[0] == (6, 6)
        report = by_id(found)["doubled"]
        assert (report.verdict, report.points, report.max_points) == ("internal", 0, 0)
        assert words in report.message
        assert report.text == report.explanation == ""
        assert "hidden words" not in repr(found.facts)
        assert "hidden words" in found.traces[0]
        assert found.report.needs_review
        assert (found.report.score, found.report.max_score) == (6, 9)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_below_visible_neither_key_nor_explanation_is_told(marked, key, variant, language):
    """The student's own answer, its verdict and the misconception are; nothing else of the report changes.

    A text that waits for a person has none of them yet.
    """
    n = variant("doubled").given["n"]
    answers = [("doubled", 1, n * n), ("larger", 1, key("larger")), ("why", 1, "so")]
    told, withheld = (by_id(marked(answers, level=level, language=language)) for level in ("visible", "hidden"))
    assert all(each.key and each.explanation for each in told.values() if each.id not in {"printed", "why"})
    assert not any(each.key or each.explanation for each in withheld.values())
    blank = {"key": "", "explanation": ""}
    assert [each.model_copy(update=blank) for each in told.values()] == list(withheld.values())
    assert str(2 * n) not in repr(withheld["doubled"])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_report_speaks_one_language(marked, key, language):
    """Question, options, key, explanation and title are in the report's language, without Markdown's marks."""
    found = marked([("doubled", 1, key("doubled")), ("larger", 1, key("larger"))], language=language)
    texts = by_id(found)
    for name in ("doubled", "larger"):
        each = texts[name]
        whole = " ".join((each.text, *each.options, each.explanation))
        assert any("\u4e00" <= sign <= "\u9fff" for sign in whole) is (language == "zh")
        assert "**" not in whole
    assert found.quizzes[0].title == {"en": "Weights", "zh": "权重"}[language]


def test_what_a_student_typed_stays_as_it_was_typed(marked):
    """Nothing in an answer is read as Markdown or LaTeX."""
    answers = by_id(marked([("why", 1, HOSTILE), ("printed", 1, HOSTILE)]))
    assert answers["why"].given == answers["printed"].given == HOSTILE


def test_a_print_out_keeps_its_lines(marked, key):
    """The key of what is printed stands line by line, stars and all."""
    report = by_id(marked([("printed", 1, "1")]))["printed"]
    assert report.key == key("printed")
    assert report.key.count("\n") == 2
    assert "* " in report.key


def test_numbers_of_a_student_are_kept_with_the_answer_and_nothing_else(marked, key):
    """A question that is the same for everyone is not copied into the facts; a drawn one is there in both languages."""
    found = marked([("doubled", 1, key("doubled")), ("larger", 1, key("larger"))])
    answers = {answer.id: answer for quiz in found.facts.quizzes for answer in quiz.answers}
    assert (answers["larger"].text, answers["larger"].code, answers["larger"].explanation) == (None, None, None)
    assert "两倍" in answers["doubled"].text.zh
    assert "{{" not in answers["doubled"].text.zh + answers["doubled"].explanation.en


def test_facts_of_every_kind_of_answer_survive_json(marked, key):
    """Unread, drawn, typed, chosen, left out: the facts that come back are those that were sent."""
    answers = [("doubled", 1, key("doubled")), ("larger", 1, "z"), ("tripled", 1, [0, 0]), ("why", 1, HOSTILE)]
    facts = marked(answers).facts
    assert decode_facts(json.loads(json.dumps(encode_facts(facts)))) == facts
