"""The one keeper of warm judges: it knows by content which is still the right one."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from grader.errors import ContentError, UserError
from grader.grading import warm
from grader.grading.warm import Keeper, grade_warm
from grader.grading.warm import keeper as keeper_of_the_process


def test_one_judge_serves_as_long_as_the_content_is_the_same(keeper, stub, nobody, options):
    """It is started by the first submission and kept for the next."""
    keeper(stub())
    graded = [grade_warm(options, "digest", nobody(each)) for each in ("ada", "bob")]
    assert (graded, len(stub.pids())) == (["ada", "bob"], 1)


def test_another_content_gets_another_judge(keeper, stub, nobody, options):
    """A judge of the course as it was before is ended, though nobody asked for its end."""
    keeper(stub())
    grade_warm(options, "before", nobody("ada"))
    grade_warm(options, "after", nobody("bob"))
    assert len(stub.pids()) == 2
    assert len(stub.running()) == 1


def test_other_options_have_judges_beside(keeper, stub, nobody, options):
    """Two assignments by turns do not end one another's judges."""
    keeper(stub())
    for _ in range(2):
        for each in (options, replace(options, secret=b"another")):
            grade_warm(each, "digest", nobody("ada"))
    assert len(stub.running()) == 2


def test_two_threads_share_a_crew(keeper, stub, nobody, options):
    """Each has a worker of its own, and both are ended together."""
    kept, both = keeper(stub()), threading.Barrier(2, timeout=60)
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda each: (both.wait(), grade_warm(options, "digest", nobody(each))), ("ada", "bob")))
    assert len(stub.running()) == 2
    kept.end()
    assert stub.running() == []


def test_a_keeper_that_was_ended_keeps_on(keeper, stub, nobody, options):
    """The next submission gets a new judge."""
    kept = keeper(stub())
    grade_warm(options, "digest", nobody("ada"))
    kept.end()
    assert grade_warm(options, "digest", nobody("bob")) == "bob"
    assert len(stub.pids()) == 2


def test_a_broken_course_is_told_each_time(options, tmp_path):
    """Nothing is kept of a course that can't be loaded."""
    (tmp_path / "config.yaml").write_text("version: 2", encoding="utf-8")
    kept = Keeper()
    for _ in range(2):
        with pytest.raises(ContentError, match=r"config\.yaml"):
            kept.crew(replace(options, root=tmp_path), "digest")
    with pytest.raises(UserError, match="there is no exercise"):
        kept.crew(replace(options, names=("nothing",)), "digest")


def test_there_is_one_keeper_in_a_process(monkeypatch):
    """Whoever asks gets the same; it ends its judges when the process ends."""
    registered = []
    monkeypatch.setattr(warm.atexit, "register", registered.append)
    keeper_of_the_process.cache_clear()
    try:
        assert keeper_of_the_process() is keeper_of_the_process()
        assert registered == [keeper_of_the_process().end]
    finally:
        keeper_of_the_process.cache_clear()
