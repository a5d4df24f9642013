"""What stands behind `check` in a magic: which exercise, of which course, in which language."""

from __future__ import annotations

import argparse
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from grader.errors import UserError
from grader.results.report import Language
from grader.sandbox.isolation import Isolation
from grader.wording.message import message


@dataclass(frozen=True)
class Ask:
    """One request for a verdict."""

    slug: str
    language: Language | None = None
    course: Path | None = None
    isolation: Isolation | None = None


class OneSentence(argparse.ArgumentParser):
    """A parser that neither prints nor ends the process."""

    def error(self, _message: str) -> NoReturn:
        """Say how a check is asked for."""
        raise UserError.saying(message("learn.check_usage"))


def parsed(line: str) -> Ask:
    """Return what a magic's line asks for; UserError for anything else."""
    parser = OneSentence(add_help=False, exit_on_error=False, allow_abbrev=False)
    parser.add_argument("slug")
    parser.add_argument("--lang", choices=("en", "zh"))
    parser.add_argument("--course", type=Path)
    parser.add_argument("--isolation", choices=[each.value for each in Isolation])
    try:
        found = parser.parse_args(shlex.split(line))
    except (ValueError, argparse.ArgumentError):
        parser.error("")
    isolation = Isolation(found.isolation) if found.isolation else None
    return Ask(found.slug, found.lang, found.course, isolation)
