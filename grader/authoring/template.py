"""The templates of new content: files by path, with names to be filled in."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Literal

import yaml

from grader.atomic import write_whole
from grader.catalogue.rules import CANARY
from grader.errors import UserError

Kind = Literal["course", "exercise", "question", "misconception"]


def filled(kind: Kind, **names: str) -> dict[str, str]:
    """Return the files of a template by their path in the course, filled in; every withheld file has its canary."""
    text = files(__package__).joinpath(f"new_{kind}.yaml").read_text(encoding="utf-8")
    given = {"canary": CANARY, **names}
    templates: Mapping[str, str] = yaml.safe_load(text)
    return {Template(path).substitute(given): Template(body).substitute(given) for path, body in templates.items()}


def write_new(root: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write new files below a folder and return them; UserError, and nothing written, where one is there already."""
    paths = {root / name: text for name, text in texts.items()}
    for path in paths:
        if path.exists():
            raise UserError(f"{path} is there already; choose another name, or remove it first")
    for path, text in paths.items():
        write_whole(path, text.encode())
    return list(paths)
