"""The one keeper of warm judges in a process: whoever grades asks it, and gets a judge that is still the right one.

It knows by content, not by time stamps, whether a course has changed. Its judges end with the process.
"""

from __future__ import annotations

import atexit
from dataclasses import dataclass, field
from functools import cache
from threading import Lock

from grader.grading.crew import Crew
from grader.grading.graded import Graded
from grader.grading.options import Assignment, Options
from grader.submissions.submission import Submission


@dataclass
class Keeper:
    """Keeps a crew for each assignment, as long as its course is the same."""

    _crews: dict[Options, tuple[str, Crew]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def crew(self, options: Options, content: str, *, jobs: int = 1, loaded: Assignment | None = None) -> Crew:
        """Return the crew for an assignment whose course has this digest; GraderError where it can't be loaded."""
        with self._lock:
            known = self._crews.get(options)
            if known is not None and known[0] == content:
                return known[1]
            if known is not None:
                self._crews.pop(options)[1].close()
            crew = Crew(options, jobs, loaded=loaded)
            self._crews[options] = content, crew
            return crew

    def end(self) -> None:
        """End every judge."""
        with self._lock:
            while self._crews:
                self._crews.popitem()[1][1].close()


@cache
def keeper() -> Keeper:
    """Return the keeper of this process."""
    only = Keeper()
    atexit.register(only.end)
    return only


def grade_warm(options: Options, content: str, submission: Submission, *, only: tuple[str, ...] = ()) -> Graded:
    """Return what a submission is worth, from a judge of this process that is kept for the next one.

    `content` is the digest of the course that `options` name, so that a judge of an older one is replaced. `only` names
    the exercises that are graded; none stands for all.
    """
    return keeper().crew(options, content).grade(submission, only=only)
