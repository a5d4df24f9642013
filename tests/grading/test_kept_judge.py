"""A judge that is kept serves one entry after the other; what ends it costs no entry."""

import json
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from grader.errors import ContentError, InternalError, UserError
from grader.grading import kept_judge
from grader.grading.class_run import JudgeProcess
from grader.grading.kept_judge import KeptJudge
from grader.results.verdicts import Verdict
from grader.submissions.entries import Entry


@pytest.fixture(scope="module")
def entry(tmp_path_factory):
    """Return what makes an entry of a source text."""
    folder = tmp_path_factory.mktemp("entries")

    def entry(student, source):
        path = folder / f"{student}.py"
        path.write_text(source, encoding="utf-8")
        return Entry(student, path)

    return entry


@pytest.fixture(scope="module")
def judge(options):
    """Yield a kept judge, the same one for all tests."""
    kept = KeptJudge(options)
    yield kept
    kept.end()


def test_one_process_serves_all_entries_until_it_is_killed(judge, entry, sources):
    """It is started by the first entry; after SIGKILL another one takes its place, and it is gone when ended."""
    judge.end()
    first = judge.graded(entry("ada", sources.right))
    pid = judge._judge.process.pid
    second = judge.graded(entry("bob", sources.starter))
    assert judge._judge.process.pid == pid
    assert (first.facts.points, second.facts.points) == (3, 0)
    os.kill(pid, signal.SIGKILL)
    third = judge.graded(entry("cleo", sources.right))
    assert (third.facts.student, third.facts.points) == ("cleo", 3)
    assert judge._judge.process.pid != pid
    process = judge._judge.process
    judge.end()
    assert not process.is_alive()


def zygotes_below(pid):
    """Return how many processes a judge has forked student processes from."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    lines = [Path(f"/proc/{child}/cmdline").read_bytes() for child in children]
    return sum(b"grader.sandbox.zygote" in each for each in lines)


@pytest.mark.parametrize("expected", [True, False])
def test_where_notebooks_alone_are_expected_one_zygote_is_enough(options, sources, tmp_path, expected):
    """Nothing is warmed for files that never come; where both may come, notebooks have a zygote of their own."""
    cell = {"cell_type": "code", "source": sources.right, "metadata": {}, "outputs": []}
    path = tmp_path / "ada.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [cell]}), encoding="utf-8")
    kept = KeptJudge(replace(options, notebooks=expected))
    try:
        assert kept.graded(Entry("ada", path)).facts.points == 3
        assert zygotes_below(kept._judge.process.pid) == (1 if expected else 2)
    finally:
        kept.end()


def test_an_entry_that_kills_its_judge_twice_is_left_to_a_human(judge, entry, sources):
    """Its report is internal, and the next entry is graded as ever."""
    graded = judge.graded(entry("mallory", sources.kills_judge))
    assert {each.verdict for each in graded.facts.exercises} == {Verdict.INTERNAL}
    assert graded.facts.needs_review
    assert graded.traces == (f"the judge died with exit code {-signal.SIGKILL}, twice",)
    assert judge.graded(entry("ada", sources.right)).facts.points == 3


def test_an_interruption_leaves_no_answer_for_the_next_entry(judge, entry, sources, monkeypatch):
    """Ctrl-C while a judge is at work ends it, so that its late answer reaches nobody else."""
    judge.graded(entry("ada", sources.right))
    process = judge._judge.process

    def interrupted(self, entry):
        self.pipe.send(entry)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(JudgeProcess, "give", interrupted)
        with pytest.raises(KeyboardInterrupt):
            judge.graded(entry("bob", sources.starter))
    assert not process.is_alive()
    assert judge.graded(entry("cleo", sources.right)).facts.student == "cleo"


def test_a_broken_course_is_told_and_not_blamed_on_anyone(options, entry, sources, tmp_path):
    """A GraderError of the judge is raised here as what it is."""
    (tmp_path / "config.yaml").write_text("version: 2", encoding="utf-8")
    with pytest.raises(ContentError, match=r"config\.yaml"):
        KeptJudge(replace(options, root=tmp_path)).graded(entry("ada", sources.right))
    with pytest.raises(UserError, match="there is no exercise"):
        KeptJudge(replace(options, names=("nothing",))).graded(entry("ada", sources.right))


def test_a_judge_that_dies_before_it_is_ready_is_told(options, entry, sources, monkeypatch):
    """No entry is tried again and again on a judge that can't start."""

    def stillborn(options):
        judge = start(options)
        judge.process.kill()
        return judge

    start = kept_judge.start_judge
    monkeypatch.setattr(kept_judge, "start_judge", stillborn)
    with pytest.raises(InternalError, match="the judge could not be started; run `grader verify`"):
        KeptJudge(options).graded(entry("ada", sources.right))


def test_an_interruption_while_a_judge_starts_ends_it(options, monkeypatch):
    """Nothing is left running."""
    started = []

    class Interrupted:
        def recv(self):
            raise KeyboardInterrupt

        def close(self):
            started[0].pipe_closed = True

    def start(options):
        judge = original(options)
        judge.pipe.close()
        judge.pipe = Interrupted()
        started.append(judge)
        return judge

    original = kept_judge.start_judge
    monkeypatch.setattr(kept_judge, "start_judge", start)
    with pytest.raises(KeyboardInterrupt):
        kept_judge.started(options)
    assert not started[0].process.is_alive()


def test_an_error_that_the_judge_answers_with_is_raised_and_ends_it(judge, entry, sources):
    """Such as a layer of isolation that fails in the middle of a class."""
    judge.graded(entry("ada", sources.right))
    process, pipe = judge._judge.process, judge._judge.pipe

    class Failing:
        def send(self, entry):
            pass

        def recv(self):
            return InternalError("a layer is gone")

        def close(self):
            pipe.close()

    judge._judge.pipe = Failing()
    with pytest.raises(InternalError, match="a layer is gone"):
        judge.graded(entry("bob", sources.right))
    assert not process.is_alive()
