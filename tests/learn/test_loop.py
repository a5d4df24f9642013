"""The loop as a state machine: each key, each save and each verdict leads where a learner expects."""

from dataclasses import replace

import pytest

from grader.learn import events
from grader.learn.loop import begin, step
from grader.learn.progress import Progress, Standing
from grader.learn.state import View
from grader.results.verdicts import Verdict


def press(state, *keys):
    """Return the state after some keys, and the effects of the last."""
    effects = ()
    for key in keys:
        state, effects = step(state, events.Pressed(key))
    return state, effects


def passed(state, slug, report):
    """Return the state after an exercise has passed."""
    return step(state, events.Judged(report(slug, Verdict.PASSED, 2.0)))[0]


def kept(effects, before=None):
    """Return what the progress file holds after some effects."""
    progress = before or Progress()
    for effect in effects:
        if isinstance(effect, events.Remember):
            progress = effect.changed(progress)
    return progress


def test_the_loop_begins_with_the_task(state):
    """The place is kept."""
    begun, effects = begin(state)
    assert (begun.view, begun.progress.current) == (View.TASK, "one")
    assert kept(effects).current == "one"


def test_the_verdict_on_an_untouched_starter_is_not_shown(state, report):
    """Nobody is told that what was not begun is wrong; nothing is kept of it."""
    after, effects = step(begin(state)[0], events.Judged(report(), begun=False))
    assert (after.view, after.report, after.is_warm) == (View.TASK, None, True)
    assert effects == ()


def test_a_save_is_checked_and_its_verdict_shown(state, report):
    """The verdict takes the screen, and what it came to is kept."""
    saved, effects = step(state, events.Saved("one"))
    assert saved.checking
    assert effects == (events.Check("one"),)
    judged, effects = step(saved, events.Judged(report(score=0.5)))
    assert (judged.view, judged.checking, judged.report.score) == (View.VERDICT, False, 0.5)
    assert kept(effects).of("one") == Standing(tried=True, points=0.5)


def test_saving_another_exercise_goes_to_it(state):
    """Who works on another file than the one shown sees that one."""
    after, effects = step(state, events.Saved("three"))
    assert (after.slug, after.checking) == ("three", True)
    assert events.Check("three") in effects
    assert kept(effects).current == "three"


def test_a_starter_that_was_put_back_is_no_answer(state):
    """Undoing everything in the editor is not judged as an attempt."""
    begun = step(state, events.Saved("one"))[0]
    after, effects = step(begun, events.Saved("one", begun=False))
    assert (after.begun, effects) == (frozenset(), ())


def test_a_late_verdict_on_another_exercise_is_kept_and_not_shown(state, report):
    """Going on while the judge works loses no points."""
    moved, _ = step(state, events.Saved("three"))
    after, effects = step(moved, events.Judged(report("one", Verdict.PASSED, 2.0)))
    assert (after.slug, after.report, after.checking) == ("three", None, True)
    assert kept(effects).of("one").passed
    assert after.progress.of("one").passed


def test_breaking_what_passed_takes_nothing_away(state, report):
    """Passed stays passed, with its points."""
    after, _ = step(passed(state, "one", report), events.Judged(report("one", score=0.5)))
    assert after.progress.of("one") == Standing(passed=True, points=2.0, tried=True)
    assert after.report.exercises[0].verdict is Verdict.FAILED


def test_hints_come_one_by_one(state, report):
    """Each press shows one more, each is kept, and a fourth says that there are no more."""
    state = step(state, events.Judged(report()))[0]
    for count in (1, 2, 3):
        state, effects = press(state, "h")
        assert (state.progress.of("one").hints, state.hints_shown, state.view) == (count, True, View.VERDICT)
        assert kept(effects, Progress().with_standing("one", Standing(hints=count - 1))).of("one").hints == count
    state, effects = press(state, "h")
    assert (effects, state.notice.key) == ((), "learn.no_more_hints")


def test_passing_puts_the_hints_away(state, report):
    """Nobody who has passed needs them above the good news; after another failure they are asked for anew."""
    state = press(step(state, events.Judged(report()))[0], "h")[0]
    assert passed(state, "one", report).hints_shown is False
    assert step(state, events.Judged(report()))[0].hints_shown is True


def test_next_goes_through_the_course_in_order(state, report):
    """What is passed is left out; an exercise whose needs are missing comes after those that are ready."""
    assert press(state, "n")[0].slug == "three"
    assert press(passed(state, "one", report), "n")[0].slug == "two"


def test_next_says_when_nothing_is_left(state, report):
    """After the last one the loop stays where it is."""
    for slug in ("two", "three"):
        state = passed(state, slug, report)
    after, effects = press(state, "n")
    assert (after.slug, effects, after.notice.key) == ("one", (), "learn.nothing_next")


def test_the_list_is_walked_by_keys_alone(state):
    """Arrows and letters move within its ends, Enter opens, l goes back."""
    listed, _ = press(state, "l")
    assert (listed.view, listed.cursor) == (View.LIST, 0)
    assert press(listed, "up")[0].cursor == 0
    assert press(listed, "down", "j", "j", "down")[0].cursor == 2
    opened, effects = press(listed, "j", "down", "k", "enter")
    assert (opened.slug, opened.view) == ("two", View.TASK)
    assert events.Check("two") in effects
    assert press(listed, "l")[0].view is View.TASK


def test_the_solution_is_shown_once_passed(state, report):
    """Before, there is a sentence; afterwards the difference fills the screen."""
    refused, effects = press(state, "s")
    assert (effects, refused.notice.key) == ((), "learn.solution_later")
    after, effects = press(passed(state, "one", report), "s")
    assert effects == (events.Compare("one"),)
    shown, _ = step(after, events.Compared("- a\n+ b"))
    assert (shown.view, shown.difference) == (View.SOLUTION, "- a\n+ b")
    assert press(shown, "enter")[0].view is View.VERDICT


def test_the_quiz_of_the_unit_is_asked(state):
    """A unit without one says so."""
    assert press(state, "q")[1] == (events.TakeQuiz("unit"),)
    after, effects = press(replace(state, slug="three"), "q")
    assert (effects, after.notice.key) == ((), "learn.no_quiz")


def test_the_picture_needs_a_verdict(state, report):
    """Before the first verdict there is a sentence."""
    after, effects = press(state, "p")
    assert (effects, after.notice.key) == ((), "learn.no_picture")
    assert press(step(state, events.Judged(report()))[0], "p")[1] == (events.ShowPicture("one"),)


def test_the_page_is_named_also_where_no_browser_opens_it(state):
    """Who works on a machine without a desktop copies the path."""
    after, effects = step(state, events.Opened("/mine/.learn/verdict.html"))
    assert (after.notice.text("en"), effects) == ("The page is /mine/.learn/verdict.html", ())


def test_a_reset_shows_the_task_and_where_the_copy_lies(state, report):
    """The verdict on the file that is gone is gone too."""
    state = step(step(state, events.Saved("one"))[0], events.Judged(report()))[0]
    assert press(state, "r")[1] == (events.Reset("one"),)
    after, _ = step(state, events.WasReset(".learn/copies/one.py"))
    assert (after.view, after.report, after.begun) == (View.TASK, None, frozenset())
    assert after.notice.text("en") == "The starter is back; your file is kept as .learn/copies/one.py."
    assert step(after, events.Saved("one", begun=False))[0].notice == after.notice


def test_a_failure_is_told_and_the_loop_goes_on(state):
    """What the judge could not do is one line above the keys; the next key takes it away."""
    after, effects = step(replace(state, checking=True), events.Failed("the disk is full"))
    assert (after.checking, after.notice.text("en"), effects) == (False, "the disk is full", ())
    assert press(after, "t")[0].notice is None


def test_a_change_that_the_system_did_not_tell_is_said(state):
    """Who works on a network drive learns of --poll."""
    after, effects = step(state, events.Saved("one", unseen=True))
    assert "--poll" in after.notice.text("en")
    assert effects == (events.Check("one"),)


def test_a_missing_layer_is_said_once(state, report):
    """With the first verdict, be it on the starter that warms the judge; after that each report says it."""
    after, _ = step(state, events.Judged(report(), begun=False, weaker=True))
    assert "lacks a layer of isolation" in after.notice.text("en")
    left = press(after, "n")[0]
    assert left.notice is None
    again, _ = step(left, events.Judged(report(), weaker=True))
    assert again.notice is None


@pytest.mark.parametrize(("key", "view"), [("?", View.HELP), ("t", View.TASK), ("l", View.LIST)])
def test_a_view_is_left_for_the_verdict(state, report, key, view):
    """Enter and Escape come back to what was there."""
    state = step(state, events.Judged(report()))[0]
    seen, effects = press(state, key)
    assert (seen.view, effects) == (view, ())
    assert press(seen, "escape")[0].view is View.VERDICT


def test_long_screens_are_scrolled(state):
    """Lines, pages, and never above the first line; a new screen begins at its top."""
    assert press(state, "down", "j")[0].offset == 2
    assert step(state, events.Pressed("space", page=17))[0].offset == 17
    assert press(state, "down", "up", "k")[0].offset == 0
    assert press(state, "space", "?")[0].offset == 0


@pytest.mark.parametrize("key", ["x", "leave"])
def test_the_loop_is_left(state, key):
    """x, Ctrl+C and the end of the input leave."""
    assert press(state, key)[1] == (events.Leave(),)


@pytest.mark.parametrize("key", ["z", "1", "é", "left"])
def test_other_keys_do_nothing(state, key):
    """A slip of the finger changes nothing."""
    assert press(state, key) == (state, ())


def test_c_checks_what_nobody_saved(state):
    """The file is judged as it is now."""
    after, effects = press(state, "c")
    assert (after.checking, effects) == (True, (events.Check("one"),))


def test_another_size_of_the_terminal_changes_nothing(state):
    """The screen is only drawn anew."""
    assert step(state, events.Resumed()) == (state, ())


def test_a_new_unit_begins_with_its_introduction(state, report):
    """Enter goes on to the task; i shows the page again; once the exercise was tried, the task comes first."""
    for slug in ("one", "two"):
        state = passed(replace(state, slug=slug), slug, report)
    introduced, effects = press(state, "n")
    assert (introduced.slug, introduced.view) == ("three", View.INTRODUCTION)
    assert events.Check("three") in effects  # the judge warms up while the page is read
    task, _ = press(introduced, "enter")
    assert task.view is View.TASK
    assert press(task, "i")[0].view is View.INTRODUCTION
    tried, _ = step(task, events.Judged(report("three")))
    assert press(tried, "l", "enter")[0].view is View.TASK


def test_p_opens_the_drawing_of_an_introduction(state):
    """On that page the picture is the unit's graph; there need be no verdict."""
    after, effects = press(replace(state, slug="three", view=View.INTRODUCTION), "p")
    assert effects == (events.ShowDrawing("other"),)
    assert after.notice is None


def test_a_unit_without_an_introduction_says_so(state):
    """The key changes nothing else."""
    after, effects = press(state, "i")
    assert (after.view, effects) == (View.TASK, ())
    assert after.notice.text("en") == "This unit has no introduction."
