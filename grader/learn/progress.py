"""How far a learner has come: a small file of its own version in the learner's folder.

Owns the record, its file, and that two writers do not lose one another's changes. Knows nothing of a course.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from grader.atomic import disk_errors, replacing
from grader.errors import UserError
from grader.wording.message import message
from grader.yamlfile import Frozen

PRIVATE = 0o700


class Standing(Frozen):
    """How far one exercise has come."""

    passed: bool = False
    """Whether it passed once; breaking it later takes nothing away."""
    points: float = 0.0
    """The most points that it had."""
    hints: int = 0
    """How many hints were read."""
    tried: bool = False
    """Whether the learner's own answer was judged."""


class Progress(Frozen):
    """How far a learner has come with a course."""

    version: Literal[1] = 1
    current: str | None = None
    """The exercise that was looked at last."""
    exercises: Mapping[str, Standing] = Field(default_factory=dict)

    def of(self, slug: str) -> Standing:
        """Return how far one exercise has come."""
        return self.exercises.get(slug, Standing())

    def with_standing(self, slug: str, standing: Standing) -> Progress:
        """Return the progress with another standing of one exercise."""
        return self.model_copy(update={"exercises": {**self.exercises, slug: standing}})

    def judged(self, slug: str, *, points: float, passed: bool) -> Progress:
        """Return the progress after a verdict."""
        before = self.of(slug)
        update = {"tried": True, "passed": before.passed or passed, "points": max(before.points, points)}
        return self.with_standing(slug, before.model_copy(update=update))

    def with_hint(self, slug: str, most: int) -> Progress:
        """Return the progress after one more hint, of which there are `most`."""
        now = self.of(slug)
        return self.with_standing(slug, now.model_copy(update={"hints": min(now.hints + 1, most)}))

    def at(self, slug: str) -> Progress:
        """Return the progress of who looks at this exercise now."""
        return self.model_copy(update={"current": slug})


@dataclass(frozen=True)
class ProgressFile:
    """The file that keeps the progress of a learner's own folder."""

    folder: Path
    language: str = "en"

    @property
    def path(self) -> Path:
        """Return the file's path."""
        return self.folder / "progress.json"

    def read(self) -> Progress:
        """Return what is kept, or nothing done yet; UserError for a file that can't be read."""
        try:
            return Progress.model_validate_json(self.path.read_bytes())
        except FileNotFoundError:
            return Progress()
        except (OSError, ValidationError):
            raise UserError(message("learn.bad_progress", path=self.path).text(self.language)) from None

    def change(self, changed: Callable[[Progress], Progress]) -> Progress:
        """Keep what `changed` makes of the progress that is kept now, and return it."""
        with self._held():
            progress = changed(self.read())
            with replacing(self.path) as file:
                file.write(progress.model_dump_json(indent=1) + "\n")
            return progress

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Hold the file for this process: a loop and a `grader check` may run at the same time."""
        with disk_errors(self.folder):
            self.folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
            descriptor = os.open(self.folder / "progress.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


@contextmanager
def only_loop(folder: Path, language: str) -> Iterator[None]:
    """Hold the loop's own lock; UserError where another loop runs in the same folder."""
    with disk_errors(folder):
        folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        descriptor = os.open(folder / "loop.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise UserError(message("learn.two_loops", folder=folder.parent).text(language)) from None
        yield
    finally:
        os.close(descriptor)
