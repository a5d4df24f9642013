"""Grading on a cluster: the same facts as here, nothing lost with a worker, and nothing of the course left behind."""

from __future__ import annotations

from itertools import cycle, islice
from types import SimpleNamespace

import pytest
from incubator import install, run_owner

from grader.cluster import cluster_executor as module
from grader.cluster.cluster_executor import cluster_executor
from grader.errors import UserError
from grader.grading.grade_all import grade_all, local_executor
from grader.grading.options import Options, load_assignment
from grader.submissions.submission import SourceFile, Submission

SLUG = "weighted_grad"
SECRET = b"a secret of the tests"
STUDENTS = 12


@pytest.fixture(scope="module")
def assignment(course):
    """The assignment that is graded."""
    return load_assignment(Options(course, SECRET))


@pytest.fixture(scope="module")
def handed_in(assignment):
    """Submissions of right and wrong answers in turn."""
    (exercise,) = assignment.exercises
    paths = [exercise.solution, *(each.path for each in exercise.wrong_solutions)]
    return [
        Submission(
            f"student{number}",
            {SLUG: SourceFile(f"{SLUG}.py", (path.read_text(encoding="utf-8"),), notebook=False)},
            {},
            None,
            "",
        )
        for number, path in enumerate(islice(cycle(paths), STUDENTS))
    ]


@pytest.fixture(scope="module")
def at_home(assignment, handed_in):
    """The facts that this machine's own judge gives, by student."""
    with pytest.MonkeyPatch.context() as patched:
        install(run_owner(), patched.setattr)
        with local_executor(assignment.options, 1, loaded=assignment) as executor:
            graded = grade_all(handed_in, executor, assignment.options)
            return {each.facts.student: each.facts for each in graded}


def graded_there(assignment, address, handed_in, *, after_first=lambda: None):
    """Return the facts that a cluster gives, by student; each may come once."""
    found = {}
    with cluster_executor(assignment, address) as (executor, threads):
        for each in grade_all(handed_in, executor, assignment.options, in_flight=2 * threads):
            assert each.facts.student not in found
            assert each.traces == ()
            if not found:
                after_first()
            found[each.facts.student] = each.facts
    return found


def test_the_facts_are_those_of_this_machine(cluster, assignment, handed_in, at_home):
    """The course comes to each worker once, into a folder of its owner's alone, and is deleted in the end."""
    seen = []
    cluster_facts = graded_there(
        assignment, cluster.address, handed_in, after_first=lambda: seen.extend(cluster.courses())
    )
    assert cluster_facts == at_home
    assert len(seen) == len({each.parent for each in seen}) > 1
    assert cluster.courses() == []


def test_a_lost_worker_loses_nothing(cluster, assignment, handed_in, at_home):
    """Its submissions go to another one, and one that joins later gets the course, too."""

    def lose():
        lost = cluster.processes.pop("worker0")
        lost.kill()
        lost.wait()
        cluster.add_worker("worker3")

    assert graded_there(assignment, cluster.address, handed_in, after_first=lose) == at_home


def test_a_worker_with_another_version_is_refused(cluster, assignment, monkeypatch):
    """One sentence that says which worker, what it has, and what runs here."""
    monkeypatch.setattr(module, "versions_here", lambda: {"torch": "1.0"})
    with pytest.raises(UserError, match=r"the worker tcp://127\.0\.0\.1:\d+ has torch 2\..+, and 1\.0 runs here"):
        graded_there(assignment, cluster.address, [])


def test_a_submission_that_costs_its_workers_is_for_a_person(assignment, handed_in):
    """Nobody else's grading ends with it; the person sees why."""
    lost = SimpleNamespace(get_executor=lambda **_: Losing())
    executor = module.ClusterExecutor(lost, assignment, "course")
    (graded,) = grade_all(handed_in[:1], executor, assignment.options)
    assert graded.facts.failed
    assert "workers of the cluster were lost" in graded.traces[0]


class Losing:
    """An executor whose workers all end on the work."""

    def submit(self, *_):
        """Return what failed."""
        future = module.Future()
        future.set_exception(module.KilledWorker("task", SimpleNamespace(address="tcp://127.0.0.1:1"), 3))
        return future


def test_what_is_sent_says_no_secret(assignment):
    """The text of what travels, which dask may write into a log, holds neither the secret nor the course."""
    plugin = module.CoursePlugin(b"archive", "d" * 64, "content", assignment.options, {})
    assert "secret" not in repr(plugin)
    assert "archive=" not in repr(plugin)
