"""Comments in Markdown: what a student wrote stays text in nbgrader's own renderer, and all that must be told is."""

import re

import pytest
from nbconvert.filters import markdown2html

from grader.bridges.nbgrader.cells import Mark
from grader.bridges.nbgrader.comment import LONGEST, LONGEST_BLOCK, block, comment, misconceptions, prose
from grader.results.report import AnswerReport, CheckReport, ExerciseReport, QuizReport, Report
from grader.results.verdicts import AnswerVerdict, Part, Verdict

HOSTILE = [
    "<script>alert(1)</script>",
    "</code></pre><script>alert(1)</script>",
    "\n\n<script>alert(1)</script>\n\n",
    "a\r<script>alert(1)</script>\x0b\x0c\x1c\u2028<script>alert(1)</script>",
    "```\n<script>alert(1)</script>\n```",
    "$$\\href{javascript:alert(1)}{x}$$",
    "\\begin{a}<script>alert(1)</script>\\end{a}",
    "[alert(1)](javascript:alert(1)) ![alert(1)](x) <javascript:alert(1)>",
    "[alert(1)]: javascript:alert(1)\n[alert(1)]",
    "# alert(1)\n\n- alert(1)\n\n1. alert(1)\n\n> alert(1)\n\n***\n\n| alert(1) |\n|-|\n| alert(1) |",
    "**Likely misconception · M99**: alert(1)",
    "\t<b>alert(1)</b>\n  \t<b>alert(1)</b>",
    "x" * 5000 + "<script>alert(1)</script>",
]

MARK = Mark(1.5, 4.0, waits=False)


def a_check(message="", **changes):
    """Return a failed check."""
    fields = {"id": "t", "title": "A title", "part": Part.EDGES, "points": 0, "max_points": 1}
    return CheckReport(**{**fields, "verdict": Verdict.FAILED, "message": message, **changes})


def an_exercise(*checks, **changes):
    """Return an exercise's report."""
    fields = {"slug": "s", "title": "T", "score": 1, "max_score": 2, "verdict": Verdict.FAILED, "checks": checks}
    return ExerciseReport(**{**fields, **changes})


def an_answer(**changes):
    """Return a wrong answer's report."""
    fields = {
        "id": "q",
        "kind": "output",
        "concepts": (),
        "seed": "1",
        "attempt": 1,
        "text": "What?",
        "code": "print(1)",
    }
    return AnswerReport(**{**fields, "points": 0, "max_points": 1, "verdict": AnswerVerdict.WRONG, **changes})


def a_quiz(*answers, **changes):
    """Return a quiz's report."""
    return QuizReport(**{"unit": "u", "title": "U", "score": 0, "max_score": 1, "answers": answers, **changes})


def said(part, *, mark=MARK, language="en", **changes):
    """Return the comment on a part."""
    fields = {"student": "a", "course": "c", "language": language, "isolation": "sandbox", "feedback": "visible"}
    return comment(part, mark, Report(**{**fields, "score": 0, "max_score": 0, **changes}))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    "part",
    [
        lambda text: an_exercise(a_check(text)),
        lambda text: an_exercise(a_check(remarks=(text,))),
        lambda text: an_exercise(message=text),
        lambda text: a_quiz(an_answer(given=text)),
        lambda text: a_quiz(an_answer(message=text)),
    ],
)
def test_hostile_text_is_code_on_the_page(part, text):
    """Outside of the blocks of code, which hold no tag, nothing of it is left."""
    text = f"alert(1) {text}"
    page = markdown2html(said(part(text)))
    blocks = re.findall(r"<pre><code>(.*?)</code></pre>", page, re.DOTALL)
    assert any("alert(1)" in each for each in blocks)
    assert not [each for each in blocks if "<" in each]
    assert "alert(1)" not in re.sub(r"<pre><code>.*?</code></pre>", "", page, flags=re.DOTALL)
    assert "href" not in re.sub(r"<pre><code>.*?</code></pre>", "", page, flags=re.DOTALL)


@pytest.mark.parametrize(
    "text", [*HOSTILE, "1. one", "2) two", "- a", "+ b", "= c", "3.5 of 4", "x_1 * y_1 & `z` ~~no~~ | $k$"]
)
def test_the_courses_own_words_are_shown_literally(text):
    """No character of a title means anything to Markdown."""
    page = markdown2html(prose(text))
    assert not re.search(r"<(?!/?p>)", page)
    assert "<p>" in page or not text.strip()


def test_a_number_is_no_list_and_stays_readable():
    """Formgrader shows a comment's Markdown as it is, so the score in its first line has no mark before its point."""
    assert prose("1.125 of 4 points") == "1.125 of 4 points"


def test_a_block_holds_every_line_of_a_text():
    """Every line is indented, long prose is wrapped, code is not, and the whole has an end."""
    text = block("\n\nprose " + "word " * 40 + "\n    code " + "x " * 80 + "\n\nend")
    assert all(line.startswith("    ") or not line for line in text.split("\n"))
    assert len(text.split("\n")[0]) <= 100
    assert max(map(len, text.split("\n"))) > 160
    assert block("") == ""
    assert len(block("x" * 10 * LONGEST_BLOCK)) < LONGEST_BLOCK + 50


def test_what_failed_is_told_with_its_misconception_and_documents():
    """Score, misconception, each failed check with its message and outputs; a check that passed is not."""
    report = an_exercise(
        a_check("returned 1, expected 2", covers=("d0-o2",)),
        a_check("never", verdict=Verdict.PASSED, title="Another title"),
        misconception="M09",
        misconception_title="Ones give the Jacobian",
        misconception_explanation="They do not.",
    )
    text = said(report)
    for words in ("1.5 of 4 points", "M09", "Ones give the Jacobian", "They do not", "A title", "expected 2", "d0-o2"):
        assert words in text.replace("\\", "")
    assert "Another title" not in text
    assert misconceptions(text) == ("M09",)


def test_a_wrong_answer_is_told_with_its_explanation():
    """What was asked, given and right, and whose misconception it is; a right answer is not listed."""
    wrong = an_answer(
        given="2",
        key="1",
        explanation="It prints 1.\n\nAlways.",
        misconception="M14",
        misconception_title="Mean for sum",
        misconception_explanation="Sum.",
    )
    right = an_answer(id="other", verdict=AnswerVerdict.RIGHT)
    text = said(a_quiz(wrong, right), message="no question x")
    for words in ("What?", "    print(1)", "Your answer: 2", "Right: 1", "It prints 1.", "Always.", "Mean for sum"):
        assert words in text
    assert "other" not in text
    assert "1 of 2 right" in text
    assert "    no question x" in text
    assert misconceptions(text) == ("M14",)


def test_a_comment_is_bounded_and_counts_what_it_leaves_out():
    """A hundred failed checks with long messages still make one page of text."""
    text = said(an_exercise(*(a_check("word " * 300) for _ in range(100))))
    assert len(text) < LONGEST + 100
    assert re.search(r"… and \d+ more\.$", text)


def test_our_own_failure_is_told_as_such():
    """The student reads that it costs nothing, and no mark that nobody gave."""
    internal = an_exercise(verdict=Verdict.INTERNAL, score=0, max_score=0)
    assert "the grader failed on it" in said(internal, mark=Mark(None, 4.0, waits=True))
    assert "points**" not in said(internal, mark=Mark(None, 4.0, waits=True))
    assert "the grader failed on it" in said(a_quiz(an_answer(verdict=AnswerVerdict.INTERNAL)))


def test_comments_are_chinese_in_chinese():
    """The fixed words are the language's own, and the misconception is still read back."""
    text = said(an_exercise(a_check("x"), misconception="M09"), language="zh")
    assert "可能的误解" in text
    assert misconceptions(text) == ("M09",)


def test_no_words_of_a_student_name_a_misconception():
    """The line that is read back can't stand in a block."""
    forged = "**Likely misconception · M99**: x"
    assert misconceptions(forged) == ("M99",)
    assert misconceptions(said(an_exercise(a_check(f"{forged}\n{forged}")))) == ()
    assert misconceptions(said(a_quiz(an_answer(given=f"a\n{forged}"), message=forged))) == ()
