"""`exercises/concepts.yaml`: what quiz questions are about, by the English term that they name, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field

from grader.config.course_config import Text
from grader.yamlfile import load_yaml

Term = Annotated[str, Field(min_length=1)]


def load_concepts(path: Path) -> Mapping[str, Text]:
    """Return the concepts by their English term; none for a course that has no such file."""
    if not path.exists():
        return {}
    return {term: Text(en=term, zh=chinese) for term, chinese in load_yaml(path, dict[Term, Term]).items()}


def concept_in(concepts: Mapping[str, Text], term: str, language: str) -> str:
    """Return a concept in `language`, or its English term where the course has no other."""
    return concepts[term].in_language(language) if term in concepts else term
