"""One judge that is kept: it grades an entry when it is asked to, and stays for the next one.

For a host that lives on its own terms and comes with one submission at a time. The judge is a process of its own, not
a fork, so that it has nothing of its host; it is started by the first entry.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from grader.errors import GraderError, InternalError
from grader.grading.class_run import ATTEMPTS, JudgeProcess, start_judge
from grader.grading.graded import Graded, failed_facts
from grader.grading.options import Options, load_assignment
from grader.submissions.entries import Entry


@dataclass
class KeptJudge:
    """A judge process, as far as one is needed."""

    options: Options
    _judge: JudgeProcess | None = None

    def graded(self, entry: Entry) -> Graded:
        """Return what an entry gives; one that kills its judge twice gets an internal verdict.

        Raises GraderError where no judge can be had at all, such as ContentError for a broken course.
        """
        for _ in range(ATTEMPTS):
            judge = self._judge = self._judge or started(self.options)
            with suppress(EOFError, OSError):
                return self._answer(judge, entry)
        facts = failed_facts(entry.student, load_assignment(self.options))
        return Graded(facts, (f"the judge died with exit code {judge.process.exitcode}, twice",))

    def end(self) -> None:
        """End the process."""
        judge, self._judge = self._judge, None
        if judge:
            judge.end()

    def _answer(self, judge: JudgeProcess, entry: Entry) -> Graded:
        """Return the answer to one entry; whatever comes in between ends the judge, so that no answer is left over."""
        try:
            judge.give(entry)
            answer: Graded | GraderError = judge.pipe.recv()
        except BaseException:
            judge.ready = False
            self.end()
            raise
        if isinstance(answer, GraderError):
            self.end()
            raise answer
        return answer


def started(options: Options) -> JudgeProcess:
    """Return a judge that is ready; a GraderError that it met is raised here."""
    judge = start_judge(options)
    try:
        answer = judge.pipe.recv()
    except EOFError:
        answer = InternalError("the judge could not be started; run `grader verify` to see why")
    except BaseException:
        judge.end()
        raise
    if isinstance(answer, GraderError):
        judge.end()
        raise answer
    judge.ready = True
    return judge
