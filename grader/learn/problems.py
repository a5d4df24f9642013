"""What an error says to a learner, in the learner's language.

Owns how errors that were raised far below are told: those that say themselves in both languages, a failing disk, and
the rest, whose own English text then stands behind a few words of the learner's language.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from types import MappingProxyType

from grader.catalogue.rules import CHINESE
from grader.errors import ContentError, DiskError, GraderError, UserError
from grader.wording.message import Message, message

REASONS: Mapping[int, str] = MappingProxyType(
    {
        errno.ENOSPC: "full",
        errno.EDQUOT: "full",
        errno.EACCES: "denied",
        errno.EPERM: "denied",
        errno.EROFS: "read_only",
        errno.ENOTDIR: "in_the_way",
        errno.EEXIST: "in_the_way",
        errno.EISDIR: "in_the_way",
    }
)


def told(problem: GraderError, language: str) -> str:
    """Return what an error says in a language."""
    if problem.said is not None:
        return problem.said.text(language)
    if language == "en" or CHINESE.search(str(problem)):
        return str(problem)
    return said_of(problem).text(language)


def said_of(problem: GraderError) -> Message:
    """Return the words for an error that has none of its own in both languages."""
    match problem:
        case DiskError():
            other = message("learn.disk_other", problem=os.strerror(problem.number))
            remedy = message(f"learn.disk_{REASONS[problem.number]}") if problem.number in REASONS else other
            return message("learn.disk", path=problem.path, remedy=remedy)
        case ContentError():
            return message("learn.problem_in_content", problem=problem)
        case UserError():
            return message("learn.problem", problem=problem)
    return message("learn.problem_of_grader", problem=problem)
