"""gift-pegjs, a published grammar of GIFT, reads every question of the throw-away course as it was meant."""

import json
import shutil
import subprocess
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest

from grader.bridges.emoticons import nolink
from grader.bridges.gift import gift
from grader.bridges.item import alternatives, items_of
from grader.bridges.page import explanation_html, prompt_html, remark_html
from grader.bridges.pool import Pool, quiz_exports
from grader.catalogue.course import load_course
from grader.catalogue.question import QuestionKind
from grader.markup import delimited
from grader.quiz.plain import entries

HERE = Path(__file__).parent
COURSE = HERE.parent / "bridges" / "course"
ADVICE = "run `make test-browser`, which installs what is missing"
READ = "process.stdout.write(JSON.stringify(require('gift-pegjs').parse(require('fs').readFileSync(0, 'utf8'))))"
HOSTILE = (
    "]]> & <b> \"'{}~=#:%50% // -> * \\n \\ #### ::t:: {T} [html] 😀 中文\n\n\n`$CATEGORY: x` $x_{1} \\frac{1}{2}$"
)
TYPES = {
    QuestionKind.SINGLE: {"MC"},
    QuestionKind.MULTIPLE: {"MC"},
    QuestionKind.TRUE_FALSE: {"TF"},
    QuestionKind.NUMERIC: {"Numerical"},
    QuestionKind.TENSOR: {"Matching"},
    QuestionKind.SHAPE: {"Short"},
    QuestionKind.OUTPUT: {"Short", "MC"},
    QuestionKind.EXCEPTION: {"MC"},
    QuestionKind.ORDER: {"MC"},
    QuestionKind.MATCH: {"Matching"},
    QuestionKind.TEXT: {"Essay"},
}


def parsed(content):
    """Return what gift-pegjs makes of a file."""
    node = shutil.which("node")
    assert node, f"this test needs the program `node`: {ADVICE}"
    assert (HERE / "node_modules" / "gift-pegjs").is_dir(), f"this test needs gift-pegjs: {ADVICE}"
    done = subprocess.run([node, "-e", READ], input=content, cwd=HERE, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def hostile(export):
    """Return a quiz whose texts hold every sign that GIFT has a use for."""
    texts = {"en": HOSTILE, "zh": HOSTILE}
    pools = tuple(
        Pool(pool.question, tuple(replace(each, text=texts, explanation=texts, code=HOSTILE) for each in pool.variants))
        for pool in export.pools
    )
    return replace(export, pools=pools, title=HOSTILE, course=HOSTILE)


@pytest.fixture(scope="module", params=["as it is", "hostile"])
def quizzes(request):
    """Return each language's quiz with what is read of it."""
    exports = quiz_exports(load_course(COURSE), "everything", b"a secret of the tests", 3)
    chosen = exports if request.param == "as it is" else tuple(map(hostile, exports))
    return [(export, parsed(gift([export]))) for export in chosen]


@pytest.fixture(scope="module")
def pairs(quizzes):
    """Return each item with the question that was read of it."""
    found = []
    for export, read in quizzes:
        questions = {each["title"]: each for each in read if each["type"] != "Category"}
        items = {item.name: item for _, group in items_of(export) for item in group}
        assert set(questions) == set(items)
        found += [(item, questions[name]) for name, item in items.items()]
    return found


def without_blanks(text):
    """Return a text without blanks: the grammar folds some of them."""
    return "".join(text.split())


def text_of(part):
    """Return the text of a part that may be missing."""
    return without_blanks(part["text"]) if part else ""


def test_each_pool_is_a_category(quizzes):
    """There is a category for each question, before its variants."""
    for export, read in quizzes:
        names = [each["title"].rpartition("/")[2] for each in read if each["type"] == "Category"]
        assert names == [pool.question.id for pool in export.pools]


def test_every_question_is_read_as_its_type(pairs):
    """Each variant is found once, as its kind's type."""
    for item, question in pairs:
        assert question["type"] in TYPES[item.kind]


def test_texts_are_read_as_written(pairs):
    """Prompt and explanation come back as the HTML that they are."""
    for item, question in pairs:
        assert question["stem"]["format"] == "html"
        assert text_of(question["stem"]).startswith(without_blanks(nolink(prompt_html(item, delimited))))
        assert text_of(question["globalFeedback"]).startswith(without_blanks(nolink(explanation_html(item, delimited))))
        assert question["hasEmbeddedAnswers"] is False


def test_choices_carry_their_weights_and_feedback(pairs):
    """The key alone earns points, shared where several are right, and each misconception is told."""
    asked = [(item, question) for item, question in pairs if question["type"] == "MC"]
    assert asked
    for item, question in asked:
        many = item.kind is QuestionKind.MULTIPLE
        for choice, read in zip(alternatives(item), question["choices"], strict=True):
            assert (read["weight"] is not None) is many
            assert not many or (read["weight"] > 0) is choice.is_right
            assert read["isCorrect"] is (choice.is_right and not many)
            assert text_of(read["feedback"]) == without_blanks(nolink(remark_html(choice.remark)))
        weights = [read["weight"] for read in question["choices"] if many and read["weight"] > 0]
        assert sum(weights) == pytest.approx(100 if many else 0)
        assert len(weights) > 10 or len(set(weights)) <= 1


def test_true_and_false_are_read(pairs):
    """The key is right, and the wrong answer's feedback comes first."""
    for item, question in pairs:
        if question["type"] == "TF":
            assert question["isTrue"] is item.variant.key
            assert text_of(question["trueFeedback"]) == without_blanks(nolink(remark_html(item.remarks[0])))


def test_numbers_are_read_with_their_margin(pairs):
    """The key is right within its tolerance; a misconception's number is worth nothing and told."""
    for item, question in pairs:
        if question["type"] == "Numerical":
            right, *wrong = question["choices"]
            tolerance = item.variant.tolerance
            margin = tolerance.absolute + tolerance.relative * abs(item.variant.key)
            assert right["text"]["number"] == pytest.approx(item.variant.key)
            assert right["text"]["range"] == pytest.approx(margin, rel=1e-3)
            assert [each["weight"] for each in wrong] == [0] * len(item.remarks)
            assert [text_of(each["feedback"]) for each in wrong] == [
                without_blanks(nolink(remark_html(each))) for each in item.remarks
            ]


def test_tensors_are_matched_entry_by_entry(pairs):
    """Each entry is a pair of its place and its number."""
    for item, question in pairs:
        if item.kind is QuestionKind.TENSOR:
            given = [each["subanswer"] for each in question["matchPairs"] if each["subquestion"]["text"]]
            assert [float(each) for each in given] == pytest.approx(list(entries(item.variant.key)), nan_ok=True)


def test_pairs_are_read(pairs):
    """Each pair comes back, and what belongs nowhere is an answer without a question."""
    for item, question in pairs:
        if item.kind is QuestionKind.MATCH:
            given = [each["subquestion"]["text"] for each in question["matchPairs"]]
            assert len([each for each in given if each]) == len(item.variant.left)
            assert len([each for each in given if not each]) == 1


def test_short_answers_are_read(pairs):
    """The key is worth everything, whatever wrong answers are worth nothing."""
    for item, question in pairs:
        if question["type"] == "Short":
            right = [text_of(each["text"]) for each in question["choices"] if each["weight"] == 100]
            assert without_blanks(item.told(item.variant.key)) in right
            assert all(each["weight"] in {0, 100} for each in question["choices"])


def test_code_is_escaped_as_html(pairs):
    """Code stands in the prompt as escaped HTML, so that nothing in it is markup."""
    coded = [(item, question) for item, question in pairs if item.variant.code]
    assert coded
    for item, question in coded:
        assert without_blanks(escape(item.variant.code)) in text_of(question["stem"])
