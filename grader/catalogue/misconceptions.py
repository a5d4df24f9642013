"""`solutions/misconceptions.yaml`: what learners believe, by id, in words for the learner."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field

from grader.config.course_config import Text
from grader.errors import ContentError
from grader.yamlfile import Frozen, load_yaml


class Misconception(Frozen):
    """One misconception."""

    id: Annotated[str, Field(pattern=r"^M[0-9]{2,3}$")]
    name: Annotated[str, Field(pattern=r"^[a-zA-Z][A-Za-z0-9_]*$")]
    title: Text
    explanation: Text
    document: str
    needs: tuple[str, ...] = ()
    """Observations of which at least one must be there for it to be named."""
    excludes: tuple[str, ...] = ()
    """Observations that speak against it."""


def load_misconceptions(path: Path) -> Mapping[str, Misconception]:
    """Return the misconceptions by id; ContentError for an id that stands twice."""
    found: dict[str, Misconception] = {}
    for each in load_yaml(path, tuple[Misconception, ...]):
        if each.id in found:
            raise ContentError(f"{each.id} stands twice; give one of them another id", path=path)
        found[each.id] = each
    return found
