"""The calls that an exercise forbids and requires, read off a submission's syntax tree.

Owns what counts: the code that an entry point can reach. Cells, tests and functions that only check an answer may use
whatever they like. Nothing is executed, and what a trick hides from the tree is not guessed at: the guard in the
student process, which refuses the call itself, is the second line. In doubt a submission breaks no rule here.
"""

from __future__ import annotations

import ast
import warnings
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from grader.catalogue.dotted_names import GETS_ATTRIBUTE, DottedNames, canonical
from grader.catalogue.scopes import LATE, Binding, Place, Scopes

LONGEST_SOURCE = 100_000
"""How many characters are read; nobody writes more by hand, and a syntax tree is large."""


@dataclass(frozen=True)
class BrokenRule:
    """A rule that a submission breaks: a forbidden name, where it is used, or a required one that is not.

    `cell` counts from 1, and a file is one cell; `line` counts in that cell. A required name that is missing is told
    of the first entry point.
    """

    kind: Literal["forbidden", "required"]
    name: str
    line: int
    cell: int
    file: str = ""
    """The student's other file in which it stands; empty for the source itself."""


def broken_static_rules(
    cells: Sequence[str],
    *,
    entries: Sequence[str],
    forbidden: Sequence[str],
    required: Sequence[str],
    modules: Mapping[str, tuple[str, str]] = MappingProxyType({}),
) -> tuple[BrokenRule, ...]:
    """Return the rules that the source breaks, each forbidden name once for each line, in the source's order.

    A name is dotted, such as `torch.autograd.grad`, and stands for everything under it as well; a name that starts
    with a dot, such as `.backward`, stands for that attribute of anything. A mention counts as a use, an import alone
    does not. `modules` are the student's own files that the source can import, by dotted name: file name and text of
    each; what an entry point reaches in them counts as its own. A source that is too long or can't be read breaks
    nothing, nor does an entry point that is not defined: the student process tells of those.
    """
    if not (forbidden or required):
        return ()
    try:
        return Rules(forbidden, required).broken(Reading(cells), entries, modules)
    except (RecursionError, MemoryError):
        return ()


class Rules:
    """The names that an exercise forbids and requires."""

    def __init__(self, forbidden: Sequence[str], required: Sequence[str]) -> None:
        self._forbidden = forbidden
        self._required = required
        self._same = [(rule, rule if rule.startswith(".") else canonical(rule)) for rule in (*forbidden, *required)]

    def broken(
        self, main: Reading, entries: Sequence[str], modules: Mapping[str, tuple[str, str]]
    ) -> tuple[BrokenRule, ...]:
        """Return the rules that the code of the entry points breaks, in whichever of the student's files it stands."""
        defined = [entry for entry in entries if main.line_of(entry)]
        if not defined:
            return ()
        readings, used = {"": main}, set[str]()
        found: set[tuple[str, int, int, str]] = set()
        pending: list[tuple[str, tuple[str, ...]]] = [("", tuple(defined))]
        asked: set[tuple[str, str]] = set()
        while pending:
            module, names = pending.pop()
            file, text = modules.get(module, ("", ""))
            reading = readings.setdefault(module, readings.get(module) or Reading([text]))
            for line, mentioned in reading.mentions(names):
                rules = self._met(mentioned)
                used |= rules
                found |= {(file, *reading.cell(line), rule) for rule in rules if rule in self._forbidden}
                for own in own_names(mentioned, modules):
                    if own not in asked:
                        asked.add(own)
                        pending.append((own[0], (own[1],)))
        cell, line = main.cell(main.line_of(defined[0]))
        return (
            *(BrokenRule("forbidden", name, line, cell, file) for file, cell, line, name in sorted(found)),
            *(BrokenRule("required", name, line, cell) for name in self._required if name not in used),
        )

    def _met(self, mentioned: Iterable[str]) -> set[str]:
        """Return the rules that speak of one of these names."""
        names = {each if each.startswith(".") else canonical(each) for each in mentioned}
        return {rule for rule, same in self._same if any(f"{name}.".startswith(f"{same}.") for name in names)}


def own_names(mentioned: Iterable[str], modules: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield what dotted names mean in the student's own modules: the module, and the name in it."""
    for dotted in mentioned:
        head, _, last = dotted.rpartition(".")
        while head:
            if head in modules:
                yield head, last.partition(".")[0]
                break
            head, _, more = head.rpartition(".")
            last = f"{more}.{last}"


class Reading:
    """The syntax tree of one file or notebook, all cells in one, and what its names mean."""

    def __init__(self, cells: Sequence[str]) -> None:
        self._statements, self._starts = joined(cells)
        self._scopes = Scopes(self._statements)
        self._dotted = DottedNames(self._scopes)
        self._after_all = Place(self._scopes.module, LATE, sure=False)
        self._seen: set[ast.AST] = set()

    def line_of(self, entry: str) -> int:
        """Return the line that binds a name of the module, of the whole source; 0 for none."""
        bindings = self._bindings(entry)
        return bindings[0].line if bindings else 0

    def cell(self, line: int) -> tuple[int, int]:
        """Return the cell of a line of the whole source, and the line in that cell."""
        cell = bisect_right(self._starts, line - 1)
        return cell, line - self._starts[cell - 1]

    def mentions(self, entries: Iterable[str]) -> Iterator[tuple[int, set[str]]]:
        """Yield what each expression that these names can reach mentions, with its line; each expression once."""
        for node in self._reachable([entry for entry in entries if self._bindings(entry)]):
            if mentioned := self._mentioned(node):
                yield node.lineno, mentioned

    def _bindings(self, name: str) -> list[Binding]:
        return self._scopes.find(name, self._after_all)

    def _mentioned(self, node: ast.expr) -> set[str]:
        """Return what an expression mentions: dotted names, and attributes with a dot before them."""
        if isinstance(getattr(node, "ctx", None), ast.Store | ast.Del):
            return set()
        mentioned = set(self._dotted.of(node))
        match node:
            case ast.Attribute():
                mentioned.add(f".{node.attr}")
            case ast.Call(args=[_, name, *_]) if self._dotted.of(node.func) & GETS_ATTRIBUTE:
                mentioned.update(f".{text}" for text in self._dotted.texts(name))
        return mentioned

    def _reachable(self, entries: Sequence[str]) -> Iterator[ast.expr]:
        """Yield every expression that the entry points can reach: their own, and those of what they mention."""
        pending: list[ast.AST] = [self._mention(entry) for entry in entries]
        if not all(self._is_plain(entry) for entry in entries):
            pending.extend(self._statements)
        while pending:
            node = pending.pop()
            if node in self._seen:
                continue
            self._seen.add(node)
            pending.extend(ast.iter_child_nodes(node))
            if isinstance(node, ast.expr):
                yield node
            if isinstance(node, ast.Name):
                pending.extend(self._behind(node))

    def _mention(self, entry: str) -> ast.Name:
        """Return the mention of an entry point that a call of it is, at the line that binds it."""
        node = ast.Name(entry, ast.Load(), lineno=self._bindings(entry)[0].line)
        self._scopes.places[node] = self._after_all
        return node

    def _behind(self, node: ast.Name) -> Iterator[ast.AST]:
        """Yield what runs to make the value of a name, and what the module stores into it."""
        place = self._scopes.places[node]
        for binding in self._scopes.find(node.id, place):
            if binding.root is not None:
                yield binding.root
        if self._scopes.owner(node.id, place) is self._scopes.module:
            yield from self._scopes.stores.get(node.id, ())

    def _is_plain(self, entry: str) -> bool:
        """Whether an entry point is a function or class of the source or of a package, perhaps by another name."""
        pending = self._bindings(entry)
        seen: set[Binding] = set()
        while pending:
            binding = pending.pop()
            if binding in seen:
                continue
            seen.add(binding)
            match binding.value:
                case str() | ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() | ast.Lambda():
                    continue
                case ast.Name(id=name) as alias if found := self._scopes.find(name, self._scopes.places[alias]):
                    pending.extend(found)
                case value if value is None or not self._dotted.of(value):
                    return False
        return True


def joined(cells: Sequence[str]) -> tuple[list[ast.stmt], list[int]]:
    """Return the statements of all cells that can be read, as of one source, and how many lines lie before each cell.

    A cell with which the whole would grow too long is left out.
    """
    statements: list[ast.stmt] = []
    starts, lines, room = [], 0, LONGEST_SOURCE
    for cell in cells:
        starts.append(lines)
        if len(cell) <= room:
            room -= len(cell)
            statements.extend(ast.increment_lineno(parsed(cell), lines).body)
        lines += cell.count("\n") + cell.count("\r") + 1
    return statements, starts


def parsed(source: str) -> ast.Module:
    """Return the syntax tree of a source, empty for one that can't be read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Python's remarks on the student's style
        try:
            return ast.parse(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return ast.Module([], [])
