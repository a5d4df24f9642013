"""The version of a course: a digest of the content that decides what a submission is worth and what is said of it.

Owns which files count. Points, limits, tolerances and policies of `config.yaml` count; what a report may tell and when
does not, since it changes no fact.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grader.config.course_config import CourseConfig

CONTENT = ("exercises", "solutions", "tests/hidden")
NO_FACTS: Any = {
    "attempts": True,
    "dates": True,
    "feedback": True,
    "language": True,
    "timezone": True,
    "units": {"__all__": {"due"}},
}
"""What of `config.yaml` changes no fact, but what is said of it or what being late costs."""
SUFFIXES = frozenset({".py", ".yaml"})


def course_version(root: Path, config: CourseConfig) -> str:
    """Return the version, in hex, of the course at `root` with its loaded `config`."""
    told = json.dumps(config.model_dump(mode="json", exclude=NO_FACTS), sort_keys=True)
    whole = hashlib.sha256(told.encode())
    for path in content(root):
        whole.update(hashlib.sha256(path.relative_to(root).as_posix().encode()).digest())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def content_digest(root: Path, file: Path) -> str:
    """Return a digest, in hex, of a course file and the course's files as they lie on disk; none is parsed for it."""
    whole = hashlib.sha256(file.read_bytes())
    for path in content(root):
        whole.update(hashlib.sha256(path.relative_to(root).as_posix().encode()).digest())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def content(root: Path) -> Iterator[Path]:
    """Yield the files beside `config.yaml` that grading depends on, in the same order on every machine."""
    for part in CONTENT:
        found = (path for path in (root / part).rglob("*") if path.suffix in SUFFIXES and path.is_file())
        yield from sorted(found, key=lambda path: path.relative_to(root).as_posix())
