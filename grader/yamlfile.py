"""Reading a YAML file into a frozen record, with every error told by file and line.

Owns the way from a pydantic error's location back to the line that caused it. Knows no particular file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from grader.errors import ContentError
from grader.field_errors import plain_error

Model = TypeVar("Model")

MAX_BYTES = 1 << 20
MAX_NODES = 100_000
LONGEST_NUMBER = 100
"""How many characters of a number are read: thousands of them would take long, or be no float at all."""
DEEP = 40
"""Texts that may be nested deeper are left to PyYAML, which refuses what is nested too deeply."""
NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")


class PlainLoader(yaml.SafeLoader):
    """YAML without aliases, with a repeated key an error, and with an end to the number of its parts."""

    def __init__(self, stream: Any, most: int = MAX_NODES) -> None:
        super().__init__(stream)
        self.left = most

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Refuse aliases, which let a small file grow without bound, and a file of endless little parts."""
        self.left -= 1
        if self.left < 0 or self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            problem = "aliases (*name) are not allowed here" if self.left >= 0 else "there are too many entries"
            raise yaml.composer.ComposerError(None, None, problem, mark)
        return super().compose_node(parent, index)

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: FBT001, FBT002 - PyYAML's own
        """Tell a value that can't be built by its place."""
        if node.tag in NUMBERS and len(node.value) > LONGEST_NUMBER:
            raise yaml.constructor.ConstructorError(None, None, "this number is too long", node.start_mark)
        try:
            return super().construct_object(node, deep)
        except (ValueError, TypeError, LookupError, AttributeError, OverflowError) as problem:
            raise yaml.constructor.ConstructorError(None, None, f"no such value: {problem}", node.start_mark) from None


class MisplacedError(ValueError):
    """A validator's error about a part deeper inside than the part that it validates."""

    def __init__(self, problem: str, place: tuple[int | str, ...]) -> None:
        super().__init__(problem)
        self.place = place


def load_yaml(path: Path, model: type[Model]) -> Model:
    """Return the file at `path` as a `model`; ContentError names the file, the line and what to mend."""
    text = read_text(path)
    with yaml_errors(path, text):
        node = compose_quickly(text)
        node = compose(text, path) if node is None else checked(node, path)
    return validated(node, model, path)


def validated(node: yaml.Node, model: type[Model], path: Path) -> Model:
    """Return a YAML tree of the file `path` as a `model`; ContentError as for `load_yaml`."""
    with yaml_errors(path):
        value = construct(node)
    try:
        return TypeAdapter(model).validate_python(value)
    except ValidationError as problem:
        place, words = plain_error(problem, model)
        raise ContentError(words, path=path, line=line_of(node, place)) from None


@contextmanager
def yaml_errors(path: Path, text: str = "") -> Iterator[None]:
    """Tell every way in which `text` is no YAML as a ContentError, in one line."""
    try:
        yield
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else None
        raise ContentError(f"this is not valid YAML: {problem.problem}", path=path, line=line) from None
    except yaml.reader.ReaderError as problem:
        line = text[: problem.position].count("\n") + 1
        raise ContentError(f"this is not valid YAML: {problem.reason}", path=path, line=line) from None
    except ValueError as problem:
        raise ContentError(f"this is not valid YAML: {problem}", path=path) from None
    except RecursionError:
        raise ContentError("this is nested too deeply; write it flatter", path=path) from None


def compose(text: str, path: Path, most: int = MAX_NODES) -> yaml.Node:
    """Return the tree of a YAML text that stands in the file `path`, with its positions."""
    with yaml_errors(path, text):
        loader = PlainLoader(text, most)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
    if node is None:
        raise ContentError("the file is empty; fill it in", path=path)
    return checked(node, path)


def checked(node: yaml.Node, path: Path) -> yaml.Node:
    """Return a tree in which no key is repeated; ContentError else."""
    for mapping in mappings(node):
        check_keys_unique(mapping, path)
    return node


def compose_quickly(text: str) -> yaml.Node | None:
    """Return the tree of a text of the course's own, or None for one that only `compose` can read or refuse.

    LibYAML is ten times as fast as PyYAML. It is no parser for a student's text, and it follows aliases.
    """
    if not yaml.__with_libyaml__ or any(part * DEEP in text for part in ("[", "{", "- ", "    ")):
        return None
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return node if node is not None and is_plain_tree(node) else None


def is_plain_tree(root: yaml.Node) -> bool:
    """Whether a tree has no aliases, which make one node stand in two places, and no more parts than allowed."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen or len(seen) >= MAX_NODES:
            return False
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            waiting += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
    return True


def read_text(path: Path) -> str:
    """Return a content file's text."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ContentError(f"the file is larger than {MAX_BYTES} bytes; split it", path=path)
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ContentError("the file is missing; create it or correct the name", path=path) from None
    except UnicodeDecodeError:
        raise ContentError("the file is not UTF-8 text; save it as UTF-8", path=path) from None
    except OSError as problem:
        raise ContentError(f"the file can't be read ({problem.strerror})", path=path) from None


def construct(node: yaml.Node) -> Any:
    """Return the plain value of a YAML tree."""
    loader = PlainLoader("")
    try:
        return loader.construct_document(node)
    finally:
        loader.dispose()


def mappings(node: yaml.Node) -> Iterator[yaml.MappingNode]:
    """Yield every mapping in a tree."""
    if isinstance(node, yaml.MappingNode):
        yield node
        for _, value in node.value:
            yield from mappings(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from mappings(value)


def check_keys_unique(mapping: yaml.MappingNode, path: Path) -> None:
    """Raise for a key that stands twice in one mapping: the first would silently be lost."""
    seen: set[str] = set()
    for key, _ in mapping.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise ContentError("a key is a single word, not a list or a mapping", path=path, line=line)
        if key.value in seen:
            raise ContentError(
                f"the key {key.value!r} stands twice; remove one", path=path, line=key.start_mark.line + 1
            )
        seen.add(key.value)


def line_of(node: yaml.Node, place: Sequence[int | str]) -> int:
    """Return the line of the part at `place`, or of the nearest part around it that exists."""
    line = node.start_mark.line + 1
    for step in place:
        if isinstance(node, yaml.MappingNode):
            found = [(key, value) for key, value in node.value if key.value == str(step)]
            if not found:
                return line
            line, node = found[0][0].start_mark.line + 1, found[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
    return line


class Frozen(BaseModel, frozen=True, extra="forbid"):
    """A record that refuses unknown keys and can't be changed."""
