"""What the loop looks like: 60 columns, no colour, both languages, and the keys always in sight."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Group

from grader.learn.files import difference
from grader.learn.outline import outline_of
from grader.learn.progress import Progress
from grader.learn.resume import first_state
from grader.learn.screens import Screens, offset_of
from grader.learn.state import View
from grader.learn.workspace import open_workspace
from grader.results.verdicts import Verdict
from grader.wording.message import message, table

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(params=["en", "zh"])
def here(own, request):
    """Return the workspace in each language."""
    return open_workspace(own, language=request.param)


@pytest.fixture
def introduced(copied, own):
    """Return what makes the course introduce its second unit, and gives the workspace in a language."""

    def made(language):
        for name in ("README.md", "README.zh.md", "graph.svg"):
            shutil.copy(ROOT / "exercises" / "weights" / name, copied / "exercises" / "weights")
        return open_workspace(own, language=language)

    return made


@pytest.fixture
def drawn(console):
    """Return what draws a state's screen as lines of text."""

    def draw(space, state, width=60, height=24):
        printed = console(width, height)
        printed.print(Screens(space).screen(state, printed).shown, end="")
        return printed.file.getvalue().split("\n")

    return draw


def begun(space, **fields):
    """Return the state of a learner who begins in this workspace."""
    return replace(first_state(space, Progress()), **fields)


@pytest.mark.parametrize("view", list(View))
@pytest.mark.parametrize("width", [60, 100])
def test_every_screen_fits(here, drawn, report, view, width):
    """No line is wider than the terminal, no screen higher, and the last line tells the keys."""
    state = begun(here, view=view, report=report("make_leaf"), difference="---\n+++\n-a\n+b", hints_shown=True)
    lines = drawn(here, state, width)
    assert max(map(cell_len, lines)) <= width
    assert len(lines) <= 24
    assert lines[-1].strip()
    words = [table("learn")[key][here.language] for key in ("keys_main", "keys_list", "keys_back", "keys_introduction")]
    assert lines[-1].strip() in words


def test_the_task_is_the_readme_in_the_learners_language(here, drawn):
    """Its title stands at the top, its maths is no LaTeX, and the last line but the keys says where to write."""
    lines = drawn(here, begun(here), height=200)
    title = outline_of(here.course, here.language).lesson("make_leaf").title
    assert title in "\n".join(lines[:4])
    assert "$" not in "\n".join(lines)
    assert "first_steps/make_leaf/make_leaf.py" in lines[-2]


@pytest.mark.parametrize(("language", "words"), [("en", "The ideas"), ("zh", "要点")])
def test_an_introduction_is_shown_in_the_learners_language(introduced, drawn, language, words):
    """Its sections are there, the drawing's words with the file that holds it, and no line is wider than 60 columns."""
    space = introduced(language)
    state = begun(space, view=View.INTRODUCTION, slug="weighted_grad")
    lines = drawn(space, state, height=300)
    shown = "".join(line.strip() for line in lines)
    assert words in shown
    assert "graph.svg" in shown
    assert "2.4" in shown
    assert "![" not in shown
    assert max(map(cell_len, lines)) <= 60
    assert lines[-1].strip() == table("learn")["keys_introduction"][language]


def test_a_learner_begins_with_the_introduction(introduced):
    """The first exercise of a unit that is introduced begins with that page, until it was tried."""
    space = introduced("en")
    done = Progress().judged("make_leaf", points=2.0, passed=True).judged("describe_graph", points=2.0, passed=True)
    assert first_state(space, done).view is View.INTRODUCTION
    tried = done.judged("weighted_grad", points=1.0, passed=False)
    assert first_state(space, tried).view is View.TASK


def test_a_long_task_is_scrolled_and_no_further_than_its_end(here, drawn, console):
    """The top is shown first; what is below is counted; the end can be reached and not passed."""
    state = begun(here)
    first = drawn(here, state)
    whole = drawn(here, state, height=500)
    assert first[:10] == whole[:10]
    last = drawn(here, replace(state, offset=10_000))
    assert last[-5] == whole[-5]
    printed = console(60, 24)
    screen = Screens(here).screen(replace(state, offset=10_000), printed)
    assert 0 < screen.offset < 200


def test_a_verdict_that_passed_is_short_and_names_what_is_next(here, drawn, report):
    """One line of joy, the next exercise, and no list of ticks."""
    state = begun(here, view=View.VERDICT, report=report("make_leaf", Verdict.PASSED, 2.0))
    progress = state.progress.judged("make_leaf", points=2.0, passed=True)
    lines = drawn(here, replace(state, progress=progress))
    following = outline_of(here.course, here.language).lesson("describe_graph").title
    assert following in "".join(lines)
    assert len([line for line in lines if line.strip()]) <= 8


def test_a_verdict_that_failed_shows_the_check_and_what_to_do(here, drawn, report):
    """The counterexample is there, and the line above the keys says what to mend."""
    lines = drawn(here, begun(here, view=View.VERDICT, report=report("make_leaf")), height=60)
    assert any("x = torch.tensor([1.0, 2.0])" in line for line in lines)
    assert not any("A course" in line for line in lines), "one exercise needs no sum"
    assert message("learn.mend", file="first_steps/make_leaf/make_leaf.py").text(here.language)[:20] in "".join(lines)


def test_hints_stand_above_the_verdict(here, drawn, report):
    """What was asked for last is seen without scrolling."""
    state = begun(here, view=View.VERDICT, report=report("make_leaf"), hints_shown=True)
    lines = drawn(here, replace(state, progress=state.progress.with_hint("make_leaf", 3)))
    number = message("learn.hint", number=1, total=3).text(here.language)
    assert any(number in line for line in lines[:6])


def test_the_list_tells_progress_and_what_is_missing(here, drawn):
    """Symbols say it without colour; the marked exercise's needs stand above the keys."""
    state = begun(here, view=View.LIST, cursor=2)
    progress = state.progress.judged("describe_graph", points=1.0, passed=False)
    lines = drawn(here, replace(state, progress=progress))
    assert any(re.match(r"  ◐ describe_graph ", line) for line in lines)
    assert any(re.match(r"> · weighted_grad ", line) for line in lines)
    assert "make_leaf" in lines[-2]


def test_a_list_longer_than_the_terminal_follows_the_cursor(here, drawn):
    """The marked line is always seen."""
    for cursor in range(3):
        lines = drawn(here, begun(here, view=View.LIST, cursor=cursor), height=9)
        assert len([line for line in lines if line.startswith(">")]) == 1
    assert [offset_of(marked, 100, 20) for marked in (0, 50, 99)] == [0, 40, 80]


def test_the_solution_is_compared_line_by_line(space, drawn):
    """What the learner wrote and the reference, without the mark of withheld files."""
    exercise = space.exercise("make_leaf")
    space.file(exercise).write_text("mine = 1\n", encoding="utf-8")
    lines = drawn(space, begun(space, view=View.SOLUTION, difference=difference(space, exercise)), height=80)
    assert "-mine = 1" in [line.rstrip() for line in lines]
    assert any(line.startswith("+def make_leaf") for line in lines)
    assert "canary" not in "".join(lines)


def test_a_list_in_a_file_tells_all_needs(here, console):
    """`grader list` has no cursor: each exercise's missing needs stand below it."""
    state, printed = begun(here), console(60)
    printed.print(Group(*Screens(here).list_lines(state.outline, state.progress)))
    needs = message("learn.needs", names="make_leaf").text(here.language)
    assert printed.file.getvalue().count(needs) == 2
