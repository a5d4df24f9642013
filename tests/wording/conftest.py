"""Where the sources of the package say which sentence."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.config.course_config import FeedbackLevel
from grader.results.verdicts import AnswerVerdict, Part, Verdict
from grader.sandbox.isolation import Isolation

KINDS = {
    "verdict": {each.value for each in Verdict},
    "answer": {each.value for each in AnswerVerdict},
    "part": {each.value for each in Part},
    "isolation": {each.value for each in Isolation},
    "feedback": {each.value for each in FeedbackLevel},
    "limit": {"cpu", "wall", "memory", "output", "message", "processes"},
}
"""The names of the records that the views say, by kind."""

SPEAKERS = {
    "message": "",
    "Message": "",
    "reason": "submissions.",
    "refused": "submissions.",
    "say": "reports.",
    "unreadable": "quiz.",
    "says": "export.",
    "workspace": "learn.",
}
"""Functions whose first argument is a key, and the section that they put before it."""

OVERVIEW = ("grader/reports/overview/", "grader/cli/todo.py")
OWN_SAY = {"grader/cli/quiz_screen.py": "quiz.", "grader/learn/": "learn.", **dict.fromkeys(OVERVIEW, "overview.")}
"""Files whose `self.say` is of another section, by how their paths begin."""
WORKSPACES = ("space", "workspace", "self.workspace")
"""Names of what a learner works in; its `say` and `refusal` are of the section `learn`."""

IN_TEMPLATE = re.compile(r'words\.(say|named|count)\(\s*"(\w+)"')


@dataclass(frozen=True)
class Saying:
    """A place where a sentence is said: its key, or a family of keys that begin alike, and what it is given."""

    place: str
    keys: tuple[str, ...]
    family: str = ""
    params: frozenset[str] | None = None
    """The names that are given; None where they can't be read off the source."""


def expanded(speaker: str, text: str, place: str = "") -> tuple[str, ...]:
    """Return the keys that a speaker in the file `place` says for the text it is given."""
    if speaker == "named":
        return tuple(f"reports.{text}_{name}" for name in sorted(KINDS[text]))
    if speaker == "count":
        return f"reports.{text}_one", f"reports.{text}_many"
    return (section_of(speaker, place) + text,)


def section_of(speaker: str, place: str) -> str:
    """Return the section of a speaker in a file, with a dot, or nothing for one that is given whole keys."""
    if speaker == "say":
        return next((section for start, section in OWN_SAY.items() if place.startswith(start)), SPEAKERS["say"])
    return "reports." if speaker in ("count", "named") else SPEAKERS.get(speaker, "")


def sayings_in(path: Path, place: str) -> Iterator[Saying]:
    """Yield what a Python file says."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    scopes = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args):
        name = speaker(call)
        if not name:
            continue
        here = f"{place}:{call.lineno}"
        first = call.args[0]
        if isinstance(first, ast.JoinedStr):
            prefix = first.values[0].value if isinstance(first.values[0], ast.Constant) else ""
            if prefix and not prefix.endswith("."):
                yield Saying(here, (), family=section_of(name, place) + prefix)
            continue
        known = len(call.args) == 1 and all(each.arg for each in call.keywords)
        given = frozenset(each.arg for each in call.keywords) if known else None
        for text in texts(first, [scope for scope in scopes if scope.lineno <= call.lineno <= (scope.end_lineno or 0)]):
            yield Saying(here, expanded(name, text, place), params=given)


def speaker(call: ast.Call) -> str:
    """Return the name of the speaking function that a call is of, or an empty text."""
    if isinstance(call.func, ast.Name):
        return call.func.id if call.func.id in SPEAKERS else ""
    if isinstance(call.func, ast.Attribute) and ast.unparse(call.func).endswith("tally.note"):
        return "refused"
    if isinstance(call.func, ast.Attribute) and call.func.attr == "says":
        return "says"
    if isinstance(call.func, ast.Attribute) and call.func.attr in ("say", "refusal"):
        owner = ast.unparse(call.func.value)
        if owner in WORKSPACES or call.func.attr == "refusal":
            return "workspace"
    if isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) in ("words", "self"):
        return call.func.attr if call.func.attr in ("say", "named", "count") else ""
    return ""


def texts(node: ast.expr, scopes: list[ast.FunctionDef]) -> Iterator[str]:
    """Yield the texts that an argument may have: its own, or those that its variable is given in the function."""
    if isinstance(node, ast.IfExp):
        yield from texts(node.body, scopes)
        yield from texts(node.orelse, scopes)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Tuple):
        for part in node.elts:
            yield from texts(part, scopes)
    elif isinstance(node, ast.Name):
        for inner in (each for scope in scopes for each in ast.walk(scope)):
            if isinstance(inner, ast.Assign) and ast.unparse(inner.targets[0]) == node.id:
                yield from texts(inner.value, [])
            elif isinstance(inner, ast.For) and ast.unparse(inner.target) == node.id:
                yield from texts(inner.iter, [])


@pytest.fixture(scope="session")
def sayings(root) -> list[Saying]:
    """Return every place in the package where a sentence is said."""
    found: list[Saying] = []
    for path in sorted((root / "grader").rglob("*.py")):
        found += sayings_in(path, str(path.relative_to(root)))
    for path in sorted((root / "grader").rglob("*.j2")):
        for speaker, text in IN_TEMPLATE.findall(path.read_text(encoding="utf-8")):
            found.append(Saying(path.name, expanded(speaker, text)))
    return found


@pytest.fixture(scope="session")
def kinds() -> dict[str, set[str]]:
    """Return the names of the records that the views say, by kind."""
    return KINDS
