"""What a learner reads in a terminal: the cause first, one case whole, the rest in a line each."""

import ast
import io
import re
import textwrap

import pytest
from rich.cells import cell_len
from rich.console import Console

from grader.reports.feedback import feedback
from grader.reports.words import SYMBOLS, Words
from grader.results.verdicts import Verdict

STYLE = re.compile(r"\x1b\[[\d;]*m")
"""What a view itself may send beside text."""


def printed(renderable, *, width=80, color=False):
    """Return what a console of `width` prints."""
    system = "truecolor" if color else None
    console = Console(file=io.StringIO(), width=width, color_system=system, force_terminal=color, no_color=not color)
    console.print(renderable)
    return console.file.getvalue()


@pytest.fixture
def failing(make_report):
    """Return a report on one exercise in which one check passed and so many failed."""

    def make(failures=1, **changes):
        exercise = make_report().exercises[1]
        passed, failed = exercise.checks
        others = tuple(failed.model_copy(update={"id": f"again_{number}"}) for number in range(failures - 1))
        exercise = exercise.model_copy(update={"checks": (passed, failed, *others), **changes})
        return make_report(exercises=(exercise,), needs_review=False)

    return make


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_verdict_is_a_symbol_and_a_word(make_report, language):
    """Nothing is told by colour alone."""
    text = printed(feedback(make_report(language), everything=True))
    for verdict in Verdict:
        assert f"{SYMBOLS[verdict]} {Words(language).named('verdict', verdict.value)}" in text


def test_the_cause_stands_before_the_case(failing):
    """What happened, the misconception, the hint, then the simplest case, then what else failed, the sum last."""
    text = printed(feedback(failing(3)))
    parts = (
        "Line 5 keeps",
        "exactly 3 times",
        "Alias  M05",
        "It is the same tensor.",
        "Hint: Look at line 5.",
        "f = lambda",
    )
    places = [
        text.index(part) for part in (*parts, "✗ failed  0 / 0.5  Case failed.", "1 check passed", "Autograd · ada")
    ]
    assert places == sorted(places)


def test_what_failed_beside_the_simplest_takes_a_line_each(failing):
    """The case is told once whole; the others have their title and points, and past two they are counted."""
    text = printed(feedback(failing(9)))
    assert text.count("f = lambda x") == 1
    assert text.count("✗ failed  0 / 0.5  Case failed.") == 2
    assert "… and 6 more that did not pass (`grader check --all`) · 1 check passed" in text
    assert len(text.splitlines()) <= 30


def test_everything_is_told_when_it_is_asked_for(failing):
    """Each check is told whole, those that passed too."""
    text = printed(feedback(failing(9), everything=True))
    assert text.count("f = lambda x") == 9
    assert "Case passed." in text
    assert "--all" not in text


def test_a_case_can_be_pasted(failing):
    """The lines of the case stand at the left edge, unbroken by a prose's wrapping."""
    code = "f = lambda x: torch.stack([x[0] ** 2 + 3 * x[1], x[1] ** 2, 5 * x[2]])\nweighted_grad(f)"
    message = textwrap.indent(code, "    ") + "\nIt differs."
    report = failing(1)
    check = report.exercises[0].checks[1].model_copy(update={"message": message})
    exercise = report.exercises[0].model_copy(update={"checks": (check,)})
    lines = printed(feedback(report.model_copy(update={"exercises": (exercise,)})), width=50).splitlines()
    first = next(number for number, each in enumerate(lines) if each.startswith("f = "))
    shown = "\n".join(lines[first : lines.index("It differs.")])
    assert shown.count("\n") > 1
    assert ast.dump(ast.parse(shown)) == ast.dump(ast.parse(code))


def test_what_every_check_met_is_told_once(failing):
    """A file that can't be run is no reason to say so fifteen times."""
    report = failing(15)
    told = "Your file could not be run: SyntaxError in line 3."
    checks = tuple(each.model_copy(update={"message": told}) for each in report.exercises[0].checks[1:])
    alike = report.exercises[0].model_copy(update={"message": told, "checks": checks})
    text = printed(feedback(report.model_copy(update={"exercises": (alike,)})))
    assert text.count("SyntaxError") == 1
    assert "more that did not pass" not in text


def test_what_is_not_begun_takes_one_line(failing):
    """Exercises that are still as the starter has them are listed by name, without a verdict."""
    text = printed(feedback(failing(15, is_begun=False)))
    assert "Not written yet: sum_backward." in text
    assert "Case failed." not in text


def test_who_passed_reads_a_line_of_joy_and_what_is_next(make_report):
    """Passing takes a line for the exercise, one for the sum, one of joy and one for the next exercise."""
    report = make_report(exercises=make_report().exercises[:1], needs_review=False, score=4, max_score=4)
    lines = printed(feedback(report, following="Sum (sum_backward)")).splitlines()
    assert [each.strip() for each in lines if each.strip()] == [
        "✓ passed  4 / 4  Weight",
        "Autograd · ada · 4 of 4 points",
        "Every exercise passed. Well done!",
        "Next: Sum (sum_backward)",
    ]


def test_partly_passed_is_said_so(failing):
    """Whoever has some of the points reads so; whoever has none reads that it failed."""
    assert "Sum · ✗ partly passed · 0.5 of 3 points" in printed(feedback(failing()))
    assert "Sum · ✗ failed · 0 of 3 points" in printed(feedback(failing(score=0)))


def test_remarks_and_limits_are_told(make_report):
    """What costs nothing is told beside what passed; a limit is named where no message says more."""
    text = printed(feedback(make_report(message="Read in part."), everything=True), width=200)
    assert "Read in part." in text
    assert "person will look at it" in text
    assert "Remark: The result is float32." in text
    assert "No misconception explains this." in text
    assert text.count("Limit reached: computing time") == 1


def test_hostile_text_is_shown_as_it_is(hostile_report, assert_harmless):
    """No markup, emoji code or escape of a student's is obeyed, with colour or without."""
    for color in (False, True):
        for everything in (False, True):
            text = printed(feedback(hostile_report, everything=everything), width=1000, color=color)
            assert ("\x1b" in text) is color
            text = STYLE.sub("", text)
            assert_harmless(text)
            assert "[bold red]x[/bold red]" in text
            assert ":smile:" in text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(make_report, language, width):
    """Narrow terminals show everything too."""
    report = make_report(language, student="a-rather-long-name-of-a-student")
    for everything in (False, True):
        text = printed(feedback(report, everything=everything), width=width)
        assert max(cell_len(row) for row in text.splitlines()) <= width


def test_a_deep_indent_leaves_room(make_report):
    """A message that is indented beyond the terminal is still read."""
    exercise = make_report().exercises[2].model_copy(update={"message": " " * 500 + "far out"})
    assert "far out" in printed(feedback(make_report(exercises=(exercise,))))
