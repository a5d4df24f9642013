"""Which names a student's source binds, where, and to what: the scopes of its syntax tree.

Owns Python's rules of visibility, as far as the static rules need them. Runs nothing, follows no attribute and knows
no rule. Whatever is deep or long is walked in a loop, never by recursion: the source may be made to do harm.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

LATE = sys.maxsize
"""When the body of a function runs: after the whole module."""
LOOK_BACK = 16
"""How many bindings of one name are looked at."""

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
Lined = ast.stmt | ast.expr | ast.arg | ast.excepthandler | ast.pattern
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
MAYBE = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.TryStar, ast.With, ast.AsyncWith, ast.Match)


@dataclass(frozen=True, eq=False)
class Binding:
    """One place that binds a name.

    `value` is an expression, a definition, the dotted name of something imported, or None for what nobody can tell;
    `root` is what runs to make it. `order` counts the statements of the module; a `sure` binding ends what the name
    meant before.
    """

    order: int
    sure: bool
    line: int
    value: ast.AST | str | None = None
    root: ast.AST | None = None


@dataclass(eq=False)
class Scope:
    """The names of a module, a function, a class or a comprehension; `elsewhere` holds those of another scope."""

    kind: Literal["module", "function", "class", "comprehension"]
    parent: Scope | None = None
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    elsewhere: dict[str, Scope] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Place:
    """Where and when an expression is evaluated, and whether it is for certain."""

    scope: Scope
    at: int
    sure: bool


class Scopes:
    """The scopes of a module, the place of each expression, and what is stored into a name's parts."""

    def __init__(self, statements: Sequence[ast.stmt]) -> None:
        self.module = Scope("module")
        self.places: dict[ast.AST, Place] = {}
        self.stores: dict[str, list[ast.expr]] = {}
        self._stars: list[Binding] = []
        self._count = 0
        self._read(statements)

    def find(self, name: str, place: Place) -> list[Binding]:
        """Return what a name may stand for at a place, the latest first; nothing for a name never bound."""
        scope = self.owner(name, place)
        return self._alive(name, place.at) if scope is self.module else scope.bindings[name][-LOOK_BACK:][::-1]

    def owner(self, name: str, place: Place) -> Scope:
        """Return the scope that a name belongs to where it is read: the module's unless one within binds it."""
        scope: Scope | None = place.scope
        while scope is not None and name not in scope.bindings:
            scope = scope.elsewhere.get(name, outer(scope))
        return scope or self.module

    def _alive(self, name: str, at: int) -> list[Binding]:
        """Return the bindings of a module's name that may hold when statement `at` runs."""
        stars = (replace(star, value=f"{star.value}.{name}") for star in self._stars[-LOOK_BACK:])
        every = [*self.module.bindings.get(name, ())[-LOOK_BACK:], *stars]
        found: list[Binding] = []
        for binding in sorted(every, key=lambda each: each.order, reverse=True):
            if binding.order < at or binding.order == LATE:
                found.append(binding)
                if binding.sure:
                    break
        return found

    def _read(self, statements: Sequence[ast.stmt]) -> None:
        whole = Place(self.module, 0, sure=True)
        pending: list[tuple[ast.AST, Place]] = [(each, whole) for each in reversed(statements)]
        while pending:
            node, place = pending.pop()
            if isinstance(node, ast.stmt) and place.scope is self.module:
                self._count += 2
                place = replace(place, at=self._count)
            if isinstance(node, ast.expr):
                self.places[node] = place
            pending.extend(reversed(list(self._inside(node, place))))

    def _inside(self, node: ast.AST, place: Place) -> Iterator[tuple[ast.AST, Place]]:
        """Bind what a node binds; yield its parts and their places in the order of the source."""
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                yield from self._function(node, place)
            case ast.ClassDef():
                self._bind(place, node.name, node, node, node)
                body = Place(Scope("class", place.scope), place.at, sure=False)
                yield from ((each, place) for each in (*node.decorator_list, *node.bases, *node.keywords))
                yield from ((each, body) for each in node.body)
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                yield from self._comprehension(node, place)
            case _:
                inner = replace(place, sure=False) if isinstance(node, MAYBE) else place
                self._bind_in(node, inner)
                yield from ((each, inner) for each in ast.iter_child_nodes(node))

    def _function(self, node: Function, place: Place) -> Iterator[tuple[ast.AST, Place]]:
        body = Place(Scope("function", place.scope), LATE, sure=False)
        if not isinstance(node, ast.Lambda):
            self._bind(place, node.name, node, node, node)
            yield from ((each, place) for each in node.decorator_list)
        for argument, default in parameters(node.args):
            self._bind(body, argument.arg, argument, default, default)
        yield node.args, place
        if not isinstance(node, ast.Lambda) and node.returns is not None:
            yield node.returns, place
        parts = [node.body] if isinstance(node, ast.Lambda) else node.body
        yield from ((each, body) for each in parts)

    def _comprehension(self, node: Comprehension, place: Place) -> Iterator[tuple[ast.AST, Place]]:
        inner = Place(Scope("comprehension", place.scope), place.at, sure=False)
        yield node.generators[0].iter, place
        for number, generator in enumerate(node.generators):
            self._bind_each(inner, generator.target, generator.iter)
            yield from ((each, inner) for each in (generator.target, *([generator.iter] if number else ())))
            yield from ((each, inner) for each in generator.ifs)
        results = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        yield from ((each, inner) for each in results)

    def _bind_in(self, node: ast.AST, place: Place) -> None:
        """Bind the names that a statement or expression other than a definition binds."""
        match node:
            case ast.Assign():
                for target in node.targets:
                    self._bind_target(place, target, node.value)
            case ast.AnnAssign(value=ast.expr() as value):
                self._bind_target(place, node.target, value)
            case ast.AugAssign():
                self._bind_target(replace(place, sure=False), node.target, node.value, known=False)
            case ast.NamedExpr():
                owner = replace(place, scope=around_comprehensions(place.scope), at=before(place.at), sure=False)
                self._bind_target(owner, node.target, node.value)
            case ast.For() | ast.AsyncFor():
                self._bind_each(place, node.target, node.iter)
            case ast.withitem(optional_vars=ast.expr() as target):
                self._bind_target(place, target, node.context_expr, known=False)
            case _:
                self._bind_name_in(node, place)

    def _bind_name_in(self, node: ast.AST, place: Place) -> None:
        """Bind or declare the plain names that a statement or pattern carries."""
        match node:
            case ast.Import():
                for alias in node.names:
                    first = alias.name.partition(".")[0]
                    self._bind(place, alias.asname or first, node, alias.name if alias.asname else first)
            case ast.ImportFrom():
                self._bind_imported(node, place)
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                self._bind(place, name, node)
            case ast.MatchMapping(rest=str(name)):
                self._bind(place, name, node)
            case ast.Global():
                place.scope.elsewhere.update(dict.fromkeys(node.names, self.module))
            case ast.Nonlocal():
                place.scope.elsewhere.update(dict.fromkeys(node.names, outer(place.scope) or self.module))

    def _bind_imported(self, node: ast.ImportFrom, place: Place) -> None:
        home = "" if node.level else f"{node.module}."
        for alias in node.names:
            if alias.name == "*" and home:
                self._stars.append(Binding(place.at, sure=False, line=node.lineno, value=node.module))
            else:
                self._bind(place, alias.asname or alias.name, node, f"{home}{alias.name}" if home else None)

    def _bind_each(self, place: Place, target: ast.expr, source: ast.expr) -> None:
        """Bind the target of a loop: to each element of a source that is written out, or to something unknown."""
        if isinstance(source, ast.Tuple | ast.List | ast.Set):
            for element in source.elts[:LOOK_BACK]:
                self._bind_target(place, target, element)
        else:
            self._bind_target(place, target, source, known=False)

    def _bind_target(self, place: Place, target: ast.expr, source: ast.expr, *, known: bool = True) -> None:
        """Bind each name of a target to its part of the source, or to something unknown that the source makes."""
        pending: list[tuple[ast.expr, ast.expr, bool]] = [(target, source, known)]
        while pending:
            part, value, matched = pending.pop()
            match part:
                case ast.Name():
                    self._bind(place, part.id, part, value if matched else None, value)
                case ast.Tuple() | ast.List():
                    pending.extend(pairs(part.elts, value, matched=matched))
                case ast.Starred():
                    pending.append((part.value, value, False))
                case ast.Attribute() | ast.Subscript() if place.scope is self.module:
                    self.stores.setdefault(base_name(part), []).append(value)

    def _bind(
        self, place: Place, name: str, node: Lined, value: ast.AST | str | None = None, root: ast.AST | None = None
    ) -> None:
        scope = place.scope.elsewhere.get(name, place.scope)
        scope.bindings.setdefault(name, []).append(Binding(place.at, place.sure, node.lineno, value, root))


def outer(scope: Scope) -> Scope | None:
    """Return the next scope whose names are seen from within: a class's own names are not."""
    parent = scope.parent
    while parent is not None and parent.kind == "class":
        parent = parent.parent
    return parent


def around_comprehensions(scope: Scope) -> Scope:
    """Return the scope that a walrus binds in."""
    while scope.kind == "comprehension" and scope.parent is not None:
        scope = scope.parent
    return scope


def before(at: int) -> int:
    """Return a moment that lies before the end of a statement and after the one before it."""
    return at if at == LATE else at - 1


def base_name(target: ast.expr) -> str:
    """Return the name that an attribute or subscript starts from, or an empty text."""
    while isinstance(target, ast.Attribute | ast.Subscript):
        target = target.value
    return target.id if isinstance(target, ast.Name) else ""


def parameters(arguments: ast.arguments) -> Iterable[tuple[ast.arg, ast.expr | None]]:
    """Return each parameter with its default, or None for one without."""
    positional = [*arguments.posonlyargs, *arguments.args]
    required: list[ast.expr | None] = [None] * (len(positional) - len(arguments.defaults))
    yield from zip(positional, [*required, *arguments.defaults], strict=True)
    yield from zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    yield from ((each, None) for each in (arguments.vararg, arguments.kwarg) if each is not None)


def pairs(targets: Sequence[ast.expr], value: ast.expr, *, matched: bool) -> Iterator[tuple[ast.expr, ast.expr, bool]]:
    """Pair the targets of a tuple with the elements of one that is written out, else each with the whole, unknown."""
    elements = value.elts if matched and isinstance(value, ast.Tuple | ast.List) else []
    starred = any(isinstance(each, ast.Starred) for each in (*targets, *elements))
    if starred or len(elements) != len(targets):
        yield from ((target, value, False) for target in targets)
    else:
        yield from ((target, element, True) for target, element in zip(targets, elements, strict=True))
