"""A verdict as a part of another page: no script, no style that reaches around it, nothing that is not escaped."""

import re

import pytest

from grader.reports.fragment import SCOPE, render_exercise, render_public, scoped_style
from grader.results.public_report import PublicCheck, PublicReport
from grader.results.verdicts import Verdict

HOSTILE = "<script>alert(1)</script>"


def ids(html):
    """Return the ids of a fragment, but for those of its drawings."""
    return {each for each in re.findall(r'id="([^"]+)"', html) if not each.startswith("icon-")}


@pytest.fixture
def exercise(make_report):
    """Return an exercise that did not pass."""
    return next(each for each in make_report("en").exercises if each.verdict is not Verdict.PASSED)


def test_every_rule_stands_inside_our_own_element():
    """The whole style sheet is nested in one rule: no rule begins outside of it."""
    depth, outside = 0, ""
    for each in re.sub(r"/\*.*?\*/", "", scoped_style(), flags=re.DOTALL):
        depth += {"{": 1, "}": -1}.get(each, 0)
        outside += each if depth == 0 else ""
    assert outside.replace("}", "").strip() == SCOPE
    assert ":root" not in scoped_style()


def test_two_verdicts_in_one_page_share_no_id(exercise):
    """Labels of one never lead to the other."""
    first, second = (render_exercise(exercise, language="en", name=name) for name in ("one", "two"))
    assert ids(first)
    assert not ids(first) & ids(second)


def test_hints_are_closed_and_escaped(exercise):
    """Each in a `details` of its own, without script; the hint of the report is not told twice."""
    html = render_exercise(exercise, language="zh", name="x", hints=["look", HOSTILE], notes=[HOSTILE])
    assert html.count('<details class="hint">') == 2
    assert "提示 1 / 2" in html
    assert "<script" not in html
    assert '<p class="hint">' not in html


def test_public_tests_have_no_points():
    """What they said is escaped; no mark is made of it."""
    checks = (
        PublicCheck(title=HOSTILE, verdict=Verdict.PASSED),
        PublicCheck(title="two", verdict=Verdict.FAILED, message=f"    assert x\n{HOSTILE}"),
    )
    public = PublicReport(slug="hvp", language="en", isolation="sandbox", checks=checks)
    html = render_public(public, name="x", notes=["The others are your teacher's."])
    assert "1 of 2 passed" in html
    assert "<script" not in html
    assert not public.passed
    assert 'class="points"' not in html
