"""`grader quiz` and `grader replay`: typed answers in, what a learner reads out."""

import io
import sys

import pytest
import yaml

from grader.catalogue.course import load_course
from grader.cli import quiz as quiz_module
from grader.grading.quiz_session import QuizSession
from grader.grading.secret import SELF_STUDY
from grader.quiz.kinds.table import KINDS
from grader.quiz.seed import seed_of, sheet_mark
from grader.wording.message import message

QUESTIONS = ("doubled", "larger", "holds", "tripled", "why")


@pytest.fixture
def take(grader, quiz_root, monkeypatch, tmp_path):
    """Return what takes a quiz with typed lines; gives what the command gave."""
    monkeypatch.chdir(tmp_path)

    def run(*lines, unit="weights", student="ada", options=()):
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return grader("quiz", unit, "--course", quiz_root, "--student", student, *options)

    return run


@pytest.fixture
def sheet(tmp_path):
    """Return where the answers are kept unless another place is named."""
    return tmp_path / "answers.yaml"


@pytest.fixture
def variant(quiz_root, tmp_path):
    """Return what gives the variant that a learner is asked."""
    course = load_course(quiz_root)

    def of(name, student="ada", attempt=1):
        question = next(each for unit in course.quizzes.values() for each in unit if each.id == name)
        session = QuizSession(course, (question,), student, SELF_STUDY, tmp_path / "nowhere")
        return session.variant(question, attempt)

    return of


@pytest.fixture
def keys(variant):
    """Return what gives the lines that answer every question rightly."""

    def of(**changes):
        found = {name: variant(name, **changes) for name in QUESTIONS[:4]}
        typed = [str(KINDS[each.question.kind].typed(each.key, each)) for each in found.values()]
        return [*typed, "Because.", ""]

    return of


def kept(sheet):
    """Return the answers in a sheet."""
    return [
        (each["question"], each["attempt"], each["answer"]) for each in yaml.safe_load(sheet.read_text())["answers"]
    ]


def test_a_quiz_is_taken_to_its_end(take, keys, sheet):
    """Every right answer is said so and explained; the summary tells how the learner stands; exit code 0."""
    ended = take(*keys())
    assert (ended.code, ended.err) == (0, "")
    assert "5 of 5 questions are open" in ended.out
    assert ended.out.count("✓") == 4
    assert "The left one is, always." in ended.out
    assert message("reports.answer_waiting").text("en") not in ended.out
    (doubling,) = [line.split() for line in ended.out.splitlines() if line.startswith("doubling")]
    assert doubling == ["doubling", "2/2", "100", "%"]
    assert "Answers: answers.yaml" in ended.out
    assert [name for name, _, _ in kept(sheet)] == list(QUESTIONS)


def test_a_quiz_speaks_chinese(take, keys):
    """Questions, options, keys and the summary are in the language that was asked for."""
    ended = take("-1", *keys()[1:], options=("--lang", "zh"))
    for words in ("的两倍是多少", "左边的", "总是左边的大", "掌握情况", "答案：answers.yaml"):
        assert words in ended.out
    assert "The left one is" not in ended.out


def test_a_wrong_answer_is_explained(take, variant):
    """The key, the misconception that gives this very answer, and why; a hint for the exercise is unlocked."""
    asked = variant("doubled")
    n = asked.given["n"]
    ended = take(n * n, ":q")
    assert "✗" in ended.out
    assert str(2 * n) in ended.out
    assert "Likely misconception" in ended.out
    assert f"Twice {n} is {2 * n}." in ended.out
    assert "A hint for" in ended.out
    assert "weighted_grad" in ended.out


def test_a_right_answer_does_not_repeat_the_key(take, keys):
    """What was right needs no key beside it."""
    ended = take(keys()[0], ":q")
    label = f"{message('reports.the_key').text('en')}: "
    assert label not in ended.out
    assert label in take("-1", ":q", options=("--answers", "other.yaml")).out
    assert "✗" not in ended.out


def test_an_unreadable_answer_may_be_given_again(take, keys, sheet):
    """It is no attempt: what is wrong with it is said, and the question is still open."""
    ended = take("many", keys()[0], ":q")
    assert "these are no numbers" in ended.out
    assert "✓" in ended.out
    assert kept(sheet) == [("doubled", 1, keys()[0])]


def test_a_question_is_skipped(take, sheet, keys):
    """It stays open for the next time."""
    ended = take(":s", keys()[1], ":q")
    assert ended.code == 130
    assert [name for name, _, _ in kept(sheet)] == ["larger"]
    assert "4 of 5 questions are open" in take(":q").out


def test_a_free_answer_is_compared_with_a_model(take, keys):
    """Nobody tells a lone learner that a person will read it: the model answer is there, and what it should hold."""
    ended = take(*keys())
    after = ended.out.partition("Why?")[2]
    for words in ("compare with a model answer", "Because of the chain rule.", "Did you say this, too?"):
        assert words in after
    assert "a person" not in ended.out


def test_an_answer_is_taken_back(take, keys, sheet):
    """It is asked for again, now or by the next run, and only the new answer is kept."""
    right = keys()
    ended = take("-1", ":u", right[0], ":q")
    assert "The last answer is taken back." in ended.out
    assert kept(sheet) == [("doubled", 1, right[0])]
    ended = take(":u", ":u", ":q")
    assert "There is no answer to take back." in ended.out
    assert kept(sheet) == []


def test_the_units_are_listed_with_progress(grader, take, keys, quiz_root):
    """Which quizzes there are, and how many questions of each were answered; torch is not needed for it."""
    take(keys()[0], ":q")
    lines = grader("quiz", "--course", quiz_root).out.splitlines()
    assert [line.split()[:5] for line in lines[:2]] == [
        ["◐", "weights", "1", "/", "5"],
        ["·", "print_outs", "0", "/", "1"],
    ]
    assert lines[-1] == "Take one:  grader quiz UNIT"
    assert "做其中一个" in grader("quiz", "--course", quiz_root, "--lang", "zh").out


@pytest.mark.parametrize("lines", [[":q"], ["  :q  "], []])
def test_a_quiz_can_be_left_at_any_time(take, sheet, lines):
    """By the wish or by the end of input: exit code 130, and the command that goes on is named."""
    ended = take(*lines)
    assert ended.code == 130
    assert "Your answers are kept in answers.yaml; the same command goes on from here." in ended.out
    assert not sheet.exists()


def test_an_interrupt_leaves_the_quiz(take, monkeypatch):
    """Ctrl+C is a way to leave like any other."""

    def interrupt(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(quiz_module, "take", interrupt)
    ended = take()
    assert ended.code == 130
    assert "the same command goes on from here" in ended.out


def test_a_quiz_is_gone_on_with(take, keys, sheet):
    """Only what is open is asked; in the end there is nothing."""
    lines = keys()
    take(*lines[:2], ":q")
    ended = take(*lines[2:])
    assert ended.code == 0
    assert "3 of 5 questions are open" in ended.out
    assert "Which is larger?" not in ended.out
    ended = take()
    assert (ended.code, len(kept(sheet))) == (0, 5)
    assert "Every question is answered. --again asks" in ended.out


def test_again_asks_with_new_numbers(take, keys, variant, sheet):
    """What was not right is asked once more, as the second attempt; then nothing is left."""
    take("-1", *keys()[1:])
    n = variant("doubled", attempt=2).given["n"]
    ended = take(str(2 * n), options=("--again",))
    assert ended.code == 0
    assert "1 of 5 questions are open" in ended.out
    assert f"What is twice {n}?" in ended.out
    assert [each for each in kept(sheet) if each[0] == "doubled"] == [("doubled", 1, "-1"), ("doubled", 2, str(2 * n))]
    assert "Every question is answered" in take(options=("--again",)).out


def test_a_print_out_is_typed_line_by_line(take, variant):
    """An empty line ends it."""
    ended = take("", *variant("printed").key.split("\n"), "", unit="print_outs")
    assert ended.code == 0
    assert "✓" in ended.out


def test_a_question_is_skipped_after_some_of_its_lines(take, variant, sheet):
    """The wish to skip is no line of an answer: what was typed before it is dropped, and the question stays open."""
    first, *_ = variant("printed").key.split("\n")
    ended = take(first, "  :s  ", unit="print_outs")
    assert ended.code == 0
    assert "✓" not in ended.out
    assert "✗" not in ended.out
    assert not sheet.exists()
    assert "1 of 1 questions are open" in take(":q", unit="print_outs").out


def test_free_text_may_look_like_anything(take, keys, sheet):
    """Markup, escapes and emoji codes in an answer are kept as they are and obeyed by nobody."""
    hostile = "[bold]x[/bold] :smile: {{ 7*7 }} <b> =1+1"
    ended = take(*keys()[:4], hostile, "")
    assert ended.code == 0
    assert kept(sheet)[-1] == ("why", 1, hostile)


def test_another_place_for_the_answers(take, tmp_path):
    """--answers names the file."""
    ended = take("2", ":q", options=("--answers", "mine.yaml"))
    assert ended.code == 130
    assert (tmp_path / "mine.yaml").is_file()
    assert not (tmp_path / "answers.yaml").exists()


def test_a_sheet_of_somebody_else_is_refused(take, sheet):
    """Exit code 2 and one sentence; the sheet stays."""
    take("2", ":q")
    before = sheet.read_bytes()
    ended = take("2", student="bob")
    assert (ended.code, ended.out) == (2, "")
    assert "belongs to another student or course; name another file with --answers" in ended.err
    assert sheet.read_bytes() == before


def test_a_broken_sheet_is_refused(take, sheet):
    """It is named by its line, and not overwritten."""
    sheet.write_text("version: 1\nanswers: [\n")
    ended = take("2")
    assert ended.code == 2
    assert "answers.yaml:3" in ended.err
    assert ended.err.count("\n") == 1
    assert sheet.read_text() == "version: 1\nanswers: [\n"


def test_a_folder_that_may_not_be_written_is_told(take, monkeypatch, tmp_path):
    """The answer can't be kept, and the learner hears so before the next question."""

    def refuse(path, *_arguments, **_options):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("tempfile.NamedTemporaryFile", refuse)
    monkeypatch.setattr("tempfile.mkstemp", refuse)
    monkeypatch.setattr(type(tmp_path), "replace", refuse)
    ended = take("2", "a")
    assert ended.code == 2
    assert "could not be written" in ended.err
    assert "Which is larger?" not in ended.out


def test_an_unknown_unit_is_told_what_there_is(take):
    """A misspelt unit gets the one that was meant."""
    assert "there is no quiz weighz; did you mean weights?" in take(unit="weighz").err
    assert "did you mean weights?" in take(unit="weighz").err


@pytest.mark.parametrize("name", ["ada", "student"])
def test_the_learner_is_who_is_at_the_keyboard(grader, quiz_root, monkeypatch, tmp_path, name):
    """Without --student the numbers are the user's, and somebody's where the system knows no name."""

    def getuser():
        if name == "student":
            raise KeyError("no such user")
        return name

    monkeypatch.setattr(quiz_module.getpass, "getuser", getuser)
    monkeypatch.setattr(sys, "stdin", io.StringIO("2\n:q\n"))
    grader("quiz", "weights", "--course", quiz_root, "--answers", tmp_path / "a.yaml")
    assert yaml.safe_load((tmp_path / "a.yaml").read_text())["sheet"] == sheet_mark(SELF_STUDY, name)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_seed_shows_its_question_again(grader, quiz_root, variant, language):
    """Question, options, key and explanation, in the language that was asked for."""
    seed = seed_of(b"any secret", "bob", "doubled")
    ended = grader("replay", "doubled", seed, "--course", quiz_root, "--lang", language)
    assert ended.code == 0
    n = int(next(word for word in ended.out.replace("?", " ").split() if word.isdigit() and int(word) > 2))
    assert str(2 * n) in ended.out
    assert ("是多少" in ended.out) is (language == "zh")
    assert variant("doubled").seed != seed


@pytest.mark.parametrize(
    ("question", "seed", "words"),
    [
        ("doubld", "5f", "there is no question 'doubld' in the course"),
        ("doubled", "", "'' is no seed"),
        ("doubled", "xyz", "'xyz' is no seed; copy all of its hexadecimal digits from the report"),
        ("doubled", "f" * 65, "is no seed"),
        ("doubled", "٣", "is no seed"),
    ],
)
def test_what_cannot_be_replayed_is_told(refused, quiz_root, question, seed, words):
    """An unknown question and what is no seed are the user's to mend."""
    assert words in refused("replay", question, seed, "--course", quiz_root)


def test_answers_are_reviewed(take, keys):
    """What was answered is shown again with what became of it; free text has its model answer."""
    assert "not answered a question" in take(options=["--review"]).out
    take(*keys()[:1], ":s", ":s", ":s", "Because.", "", ":q")
    ended = take(options=["--review"])
    assert ended.code == 0
    assert f"> {keys()[0]}" in ended.out
    assert "> Because." in ended.out
    assert message("quiz.compare").text("en") in ended.out
    assert message("quiz.waiting").text("en") not in ended.out


def test_a_page_of_ones_own_questions_is_written(take, tmp_path):
    """With the mark of the learner's own sheet; it needs no answer and leaves none."""
    ended = take(options=["--page", "weights.html"])
    assert (ended.code, ended.err) == (0, "")
    assert "weights.html holds your questions" in ended.out
    assert sheet_mark(SELF_STUDY, "ada") in (tmp_path / "weights.html").read_text(encoding="utf-8")
    assert not (tmp_path / "answers.yaml").exists()
    assert "could not be written" in take(options=["--page", "no/such/folder.html"]).err
