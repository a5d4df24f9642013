"""Mechanical mutants of a reference solution: one small mistake each, made in the syntax tree.

Owns which mistakes are made. Runs nothing and knows no judge.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import partial

COPIES = ("clone", "detach")
CLEARS = ("zero_", "zero_grad")
GRAPH_FLAGS = ("retain_graph", "create_graph")
AXES = ("dim", "axis")
BY_AXIS = (
    *("sum", "mean", "prod", "amax", "amin", "softmax", "log_softmax", "logsumexp", "norm", "cumsum", "cumprod"),
    *("stack", "cat", "unsqueeze", "squeeze", "flip", "diff", "argmax", "argmin", "unbind", "select"),
)
"""Functions whose whole numbers among the positional arguments are taken for axes."""
TRANSPOSED = ("T", "mT")
SIGNS: dict[type[ast.operator], ast.operator] = {ast.Add: ast.Sub(), ast.Sub: ast.Add()}
OTHER_DTYPE = {"float64": "float32"}
"""Any dtype that is not written out as float64 becomes float64."""


@dataclass(frozen=True)
class Mutant:
    """A source with one small mistake: where, what stood there, and what stands there now."""

    line: int
    was: str
    becomes: str
    """Empty for a statement that was dropped."""
    source: str

    @property
    def change(self) -> str:
        """Return what was changed, as an author reads it."""
        return f"`{self.was}` became `{self.becomes}`" if self.becomes else f"`{self.was}` was dropped"


def mutants_of(source: str) -> tuple[Mutant, ...]:
    """Return every mutant of a module, each source once, in the order of their lines."""
    tree = ast.parse(source)
    found: dict[str, Mutant] = {}
    for index, node in enumerate(ast.walk(tree)):
        for change in changes_of(node):
            copied = deepcopy(tree)
            twin = next(each for number, each in enumerate(ast.walk(copied)) if number == index)
            new = change(deepcopy(twin))
            text = ast.unparse(ast.fix_missing_locations(Replace(twin, new).visit(copied)))
            becomes = "" if isinstance(new, ast.Pass) else head(new)
            found.setdefault(text, Mutant(node.lineno, head(node), becomes, text))  # type: ignore[attr-defined]
    found.pop(ast.unparse(tree), None)
    return tuple(sorted(found.values(), key=lambda each: each.line))


def head(node: ast.AST) -> str:
    """Return a node as text, of a statement with a body its first line."""
    return ast.unparse(node).partition("\n")[0]


class Replace(ast.NodeTransformer):
    """Puts one node in the place of another."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old = old
        self.new = new

    def visit(self, node: ast.AST) -> ast.AST:
        """Return the new node for the old one."""
        return self.new if node is self.old else super().visit(node)


Change = Callable[[ast.AST], ast.AST]


def changes_of(node: ast.AST) -> Iterator[Change]:
    """Yield what can be done to one node; each change is given a copy of the node, which it may spoil."""
    match node:
        case ast.Call():
            yield from changes_of_call(node)
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr=name))) if name in CLEARS:
            yield drop
        case ast.Assign(targets=[ast.Attribute(attr="grad")], value=ast.Constant(value=None)):
            yield drop
        case ast.AugAssign():
            yield overwrite
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            yield flip_sign
        case ast.BinOp(op=ast.MatMult()):
            yield swap_factors
        case ast.UnaryOp(op=ast.USub()) if not is_axis(node):
            yield without_sign
        case ast.Attribute(attr=name, ctx=ast.Load()) if name in TRANSPOSED:
            yield untransposed
        case ast.With(items=[ast.withitem(context_expr=ast.Call(func=ast.Attribute(attr="no_grad")))]):
            yield keep_recording


def changes_of_call(node: ast.Call) -> Iterator[Change]:
    """Yield what can be done to a call."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if name in COPIES:
        yield uncopied
    for index in range(len(node.args) - 1):
        yield partial(swap_arguments, index=index)
    for index, argument in enumerate(node.args if name in BY_AXIS else ()):
        if is_axis(argument):
            yield partial(other_axis, index=index)
    for index, keyword in enumerate(node.keywords):
        yield from changes_of_keyword(index, keyword)


def changes_of_keyword(index: int, keyword: ast.keyword) -> Iterator[Change]:
    """Yield what can be done to the keyword argument of this index."""
    if keyword.arg in GRAPH_FLAGS and isinstance(keyword.value, ast.Constant):
        yield partial(flip_flag, index=index)
    if keyword.arg in AXES and is_axis(keyword.value):
        yield partial(other_named_axis, index=index)
    if keyword.arg == "dtype":
        yield partial(other_dtype, index=index)


def uncopied(copied: ast.AST) -> ast.AST:
    """Return `a` for `a.clone()`."""
    assert isinstance(copied, ast.Call)
    assert isinstance(copied.func, ast.Attribute)
    return copied.func.value


def untransposed(copied: ast.AST) -> ast.AST:
    """Return `a` for `a.T`."""
    assert isinstance(copied, ast.Attribute)
    return copied.value


def without_sign(copied: ast.AST) -> ast.AST:
    """Return `a` for `-a`."""
    assert isinstance(copied, ast.UnaryOp)
    return copied.operand


def drop(_copied: ast.AST) -> ast.AST:
    """Return what does nothing in place of a statement."""
    return ast.Pass()


def overwrite(copied: ast.AST) -> ast.AST:
    """Return `a = b` for `a += b`."""
    assert isinstance(copied, ast.AugAssign)
    return ast.Assign([copied.target], copied.value)


def flip_sign(copied: ast.AST) -> ast.AST:
    """Return `a - b` for `a + b`, and the other way round."""
    assert isinstance(copied, ast.BinOp)
    copied.op = SIGNS[type(copied.op)]
    return copied


def swap_factors(copied: ast.AST) -> ast.AST:
    """Return `b @ a` for `a @ b`."""
    assert isinstance(copied, ast.BinOp)
    copied.left, copied.right = copied.right, copied.left
    return copied


def keep_recording(copied: ast.AST) -> ast.AST:
    """Return a block under `no_grad` as a block that records."""
    assert isinstance(copied, ast.With)
    return ast.If(ast.Constant(value=True), copied.body, [])


def swap_arguments(copied: ast.AST, index: int) -> ast.AST:
    """Return a call whose argument of this index has changed places with the next."""
    assert isinstance(copied, ast.Call)
    copied.args[index : index + 2] = reversed(copied.args[index : index + 2])
    return copied


def is_axis(node: ast.expr) -> bool:
    """Whether a node is a whole number that is written out, as an axis or an index is."""
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.USub) and is_axis(node.operand)
    return isinstance(node, ast.Constant) and type(node.value) is int


def other_axis(copied: ast.AST, index: int) -> ast.AST:
    """Return a call with another axis for its argument of this index."""
    assert isinstance(copied, ast.Call)
    copied.args[index] = another(copied.args[index])
    return copied


def other_named_axis(copied: ast.AST, index: int) -> ast.AST:
    """Return a call with another axis for its keyword argument of this index."""
    assert isinstance(copied, ast.Call)
    copied.keywords[index].value = another(copied.keywords[index].value)
    return copied


def another(axis: ast.expr) -> ast.expr:
    """Return axis 1 for 0, and 0 for any other."""
    return ast.Constant(value=1 if ast.literal_eval(axis) == 0 else 0)


def flip_flag(copied: ast.AST, index: int) -> ast.AST:
    """Return a call without a flag that was on, or with one that was off."""
    assert isinstance(copied, ast.Call)
    value = copied.keywords[index].value
    if isinstance(value, ast.Constant) and value.value is True:
        del copied.keywords[index]
    else:
        copied.keywords[index].value = ast.Constant(value=True)
    return copied


def other_dtype(copied: ast.AST, index: int) -> ast.AST:
    """Return a call that asks for another floating dtype."""
    assert isinstance(copied, ast.Call)
    written = ast.unparse(copied.keywords[index].value).removeprefix("torch.")
    other = OTHER_DTYPE.get(written, "float64")
    copied.keywords[index].value = ast.Attribute(ast.Name("torch", ast.Load()), other, ast.Load())
    return copied
