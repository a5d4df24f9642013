"""`solutions/observations.yaml`: what the known-wrong solutions of the course show when a failed call is recorded.

`grader verify` writes it, so that no judge has to record them. A digest of an exercise's content tells when it is old.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import yaml

from grader.catalogue.exercise import Exercise, misconception_of
from grader.yamlfile import Frozen, load_yaml

PLACE: Final = Path("solutions") / "observations.yaml"
HEADER: Final = (
    "# canary: autograd-grader-withheld-5c1f9a2e7b\n# Written by `grader verify`; what the wrong solutions show.\n"
)


class Shown(Frozen):
    """What one wrong solution shows in the first check that it fails."""

    ended: str
    """How the call ended: `value`, `returned_none`, or the reason of an exception."""
    observations: tuple[str, ...] = ()
    """What weighs most comes first."""


class ShownByExercise(Frozen):
    """The wrong solutions of one exercise, by file name."""

    digest: str
    """What the exercise's content was when they were recorded."""
    wrong: dict[str, Shown]


ShownInCourse = Mapping[str, ShownByExercise]


def load_shown(root: Path) -> ShownInCourse:
    """Return what the wrong solutions show, by exercise; nothing for a course that was never verified."""
    path = root / PLACE
    return load_yaml(path, dict[str, ShownByExercise]) if path.is_file() else {}


def encode_shown(shown: ShownInCourse) -> bytes:
    """Return the content of the file."""
    plain = {slug: each.model_dump(mode="json") for slug, each in sorted(shown.items())}
    return (HEADER + yaml.safe_dump(plain, sort_keys=False, width=120, default_flow_style=None)).encode()


def shown_digest(exercise: Exercise) -> str:
    """Return the digest of what the recordings of an exercise's wrong solutions depend on."""
    found = hashlib.sha256(exercise.hidden_tests.read_bytes())
    for each in exercise.wrong_solutions:
        found.update(each.name.encode() + each.path.read_bytes())
    return found.hexdigest()[:16]


def named_shown(shown: ShownInCourse) -> Iterator[tuple[str, str, str, Shown]]:
    """Yield the exercise, name, misconception and observations of each wrong solution."""
    for slug, each in shown.items():
        for name, found in each.wrong.items():
            yield slug, name, misconception_of(Path(f"{name}.py")), found
