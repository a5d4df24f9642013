"""What `run_autograder` runs: one submission in Gradescope's folders, graded into `results.json`.

    python -m grader.exports.gradescope.run /autograder

Whatever fails on our side gives a sentence and no score, never a 0; the traceback is on the standard output, which
instructors alone see.
"""

from __future__ import annotations

import json
import sys
import time
import traceback
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from grader.atomic import replacing
from grader.catalogue.texts import texts_of
from grader.config.course_config import FeedbackPolicy
from grader.errors import GraderError
from grader.exports.by import By
from grader.exports.gradebook import gradebook_of
from grader.exports.gradescope.bundle import COURSE, ROSTER, SETTINGS, Settings
from grader.exports.gradescope.results import Json, failure, results
from grader.grading.enrolment import names_of
from grader.grading.grade_all import grade_all, local_executor
from grader.grading.options import Assignment, Options, load_assignment
from grader.grading.secret import course_secret
from grader.reports.render import rendered
from grader.results.facts import SubmissionFacts
from grader.results.report import Language
from grader.roster.match import Clue, match
from grader.roster.read import read_roster
from grader.sandbox.isolation import Isolation
from grader.submissions.entries import Entry, lone_entry
from grader.submissions.intake import read_submission
from grader.wording.message import message


def main() -> None:
    """Grade the submission below the folder that is given, and write its results."""
    root = Path(sys.argv[1]).absolute()
    language: Language = "en"
    started = time.monotonic()
    try:
        settings = Settings(**json.loads((root / "source" / SETTINGS).read_text(encoding="utf-8")))
        language = "zh" if settings.language == "zh" else "en"
        found = graded(root, settings, language)
    except GraderError as problem:
        traceback.print_exc(file=sys.stdout)
        found = failure(message("gradescope.failed", problem=str(problem)).text(language))
    except Exception:  # noqa: BLE001 - no failure of ours may become a 0
        traceback.print_exc(file=sys.stdout)
        found = failure(message("gradescope.broken").text(language))
    found["execution_time"] = round(time.monotonic() - started)
    with replacing(root / "results" / "results.json") as file:
        json.dump(found, file, ensure_ascii=True, allow_nan=False, indent=2)


def graded(root: Path, settings: Settings, language: Language) -> Json:
    """Return the results of the submission that Gradescope put there."""
    place = root / "source" / COURSE
    secret = course_secret(place, sheets_exist=True)
    options = Options(place, secret, names=tuple(settings.names), isolation=Isolation(settings.isolation))
    assignment = load_assignment(options)
    submission = read_submission(entry_of(root), assignment.wanted)
    with local_executor(options, 1) as executor:
        (found,) = grade_all([submission], executor, options)
    for trace in found.traces:
        sys.stdout.write(f"{trace}\n")
    if found.facts.failed:
        return failure(message("gradescope.broken").text(language))
    return put_into_words(found.facts, assignment, language)


def put_into_words(facts: SubmissionFacts, assignment: Assignment, language: Language) -> Json:
    """Return facts as results: brief for now, whole for when the course's policy allows."""
    config = assignment.course.config
    level = config.feedback.level
    texts, now = texts_of(assignment.course, questions=bool(assignment.quizzes)), datetime.now(UTC)
    whole = rendered(facts, texts, language=language, policy=FeedbackPolicy(), now=now)
    held_back = held_back_policy(config.feedback)
    brief = rendered(facts, texts, language=language, policy=held_back, now=now)
    book = gradebook_of([whole], config, config.units, By.TOTAL)
    column = book.columns[0]
    return results(brief, whole, level, column, book.students[0].marks[column.name])


def held_back_policy(policy: FeedbackPolicy) -> FeedbackPolicy:
    """Return a policy that tells now what may be told at once: Gradescope knows when more may be."""
    return policy.model_copy(update={"due": None, "published": False})


def entry_of(root: Path) -> Entry:
    """Return the submission, under every name that its students' quiz sheets may have been made for."""
    users = users_of(json.loads((root / "submission_metadata.json").read_text(encoding="utf-8")))
    entry = lone_entry(root / "submission")
    names = [value for user in users for value in (user.get("name"), user.get("email"), user.get("sid")) if value]
    names += [name for user in users for name in roster_names(root / "source" / ROSTER, user)]
    return replace(entry, student=str(names[0]) if names else "student", known_as=tuple(map(str, names)))


def users_of(metadata: Any) -> Sequence[dict[str, Any]]:
    """Return the students of a submission, as Gradescope's metadata has them."""
    found = metadata.get("users") if isinstance(metadata, dict) else None
    return [user for user in found or () if isinstance(user, dict)]


def roster_names(path: Path, user: dict[str, Any]) -> tuple[str, ...]:
    """Return what the roster in the bundle calls a student."""
    if not path.exists():
        return ()
    clue = Clue(
        str(user.get("name", "")), tuple(filter(None, [str(user.get("sid") or "")])), str(user.get("email", ""))
    )
    found = match(read_roster(path), {"": clue}).matched
    return names_of(found[""].member) if found else ()


if __name__ == "__main__":
    main()
