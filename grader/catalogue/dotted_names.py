"""Which functions of other packages an expression names, as dotted names such as `torch.func.jacrev`.

Owns following a name through imports, aliases, defaults and the usual ways to fetch an attribute by its text, and the
table of functions that have several names. Runs nothing and knows no rule. In doubt an expression names nothing: the
student process holds a second guard.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from itertools import islice, product

from grader.catalogue.scopes import Scopes

DEEPEST = 50
"""How many aliases and attributes are followed; no honest name is longer."""
MOST = 16
"""How many names one expression may stand for."""
LONGEST = 200
"""How many characters a name may have."""
OTHER_HOMES = {
    "functorch": "torch.func",
    "torch._functorch.apis": "torch.func",
    "torch._functorch.deprecated": "torch.func",
    "torch._functorch.eager_transforms": "torch.func",
}
"""Modules that hold a function of a public module too, itself or in a wrapper that only calls it."""
GETS_ATTRIBUTE = frozenset({"builtins.getattr", "inspect.getattr_static", "builtins.object.__getattribute__"})
IMPORTS = frozenset({"builtins.__import__", "importlib.__import__", "importlib.import_module"})
OF_NAMESPACE = ".__dict__"
GETS_ITEM = (".get", ".__getitem__", ".pop", ".setdefault")
GETS_OWN_ATTRIBUTE = (".__getattribute__", ".__getattr__")

NOTHING: frozenset[str] = frozenset()


def canonical(name: str) -> str:
    """Return the one name of a function that can be reached under several."""
    name = name[max(f".{name}".rfind(".torch."), 0) :]  # a module of torch may hold torch itself
    name = name.replace(".__init__", "").removeprefix("builtins.")
    home, _, last = name.rpartition(".")
    return f"{OTHER_HOMES[home]}.{last}" if home in OTHER_HOMES else name


class DottedNames:
    """Reads the expressions of one module."""

    def __init__(self, scopes: Scopes) -> None:
        self._scopes = scopes
        self._names: dict[ast.AST, frozenset[str]] = {}
        self._texts: dict[ast.AST, frozenset[str]] = {}

    def of(self, node: ast.AST, depth: int = 0) -> frozenset[str]:
        """Return the dotted names that an expression may stand for; none for anything that the student made."""
        if depth > DEEPEST or node not in self._scopes.places:
            return NOTHING
        if node not in self._names:
            self._names[node] = few(self._read(node, depth + 1))
        return self._names[node]

    def texts(self, node: ast.AST | None, depth: int = 0) -> frozenset[str]:
        """Return the texts that an expression may stand for, as far as they are written in the source."""
        if depth > DEEPEST or node not in self._scopes.places:
            return NOTHING
        if node not in self._texts:
            self._texts[node] = few(self._spell(node, depth + 1))
        return self._texts[node]

    def _read(self, node: ast.AST, depth: int) -> Iterator[str]:
        match node:
            case ast.Name():
                yield from self._named(node, depth)
            case ast.Attribute():
                yield from (f"{each}.{node.attr}" for each in self.of(node.value, depth))
            case ast.Subscript():
                yield from (name for each in self.of(node.value, depth) for name in self._item(each, node.slice, depth))
            case ast.Call():
                yield from (name for each in self.of(node.func, depth) for name in self._called(each, node, depth))
            case ast.NamedExpr() | ast.IfExp() | ast.BoolOp():
                yield from (name for each in outcomes(node) for name in self.of(each, depth))

    def _named(self, node: ast.Name, depth: int) -> Iterator[str]:
        found = self._scopes.find(node.id, self._scopes.places[node])
        for binding in found:
            if isinstance(binding.value, str):
                yield binding.value
            elif binding.value is not None:
                yield from self.of(binding.value, depth)
        if all(isinstance(binding.value, str) and not binding.sure for binding in found):
            yield f"builtins.{node.id}"

    def _item(self, mapping: str, key: ast.AST, depth: int) -> Iterator[str]:
        """Yield what stands under a key of a module's namespace or of `sys.modules`."""
        if mapping == "sys.modules":
            yield from self.texts(key, depth)
        elif mapping.endswith(OF_NAMESPACE):
            yield from (f"{mapping.removesuffix(OF_NAMESPACE)}.{each}" for each in self.texts(key, depth))

    def _called(self, function: str, call: ast.Call, depth: int) -> Iterator[str]:
        """Yield what a call of a known function returns."""
        first, second, *_ = [*call.args, None, None]
        if first is None:
            return
        head, dot, method = function.rpartition(".")
        if function in GETS_ATTRIBUTE:
            yield from map(".".join, product(self.of(first, depth), self.texts(second, depth)))
        elif function in IMPORTS:
            yield from self._imported(self.texts(first, depth), self.texts(second, depth))
        elif function == "importlib.reload":
            yield from self.of(first, depth)
        elif function == "builtins.vars":
            yield from (f"{each}{OF_NAMESPACE}" for each in self.of(first, depth))
        elif f"{dot}{method}" in GETS_ITEM:
            yield from self._item(head, first, depth)
        elif f"{dot}{method}" in GETS_OWN_ATTRIBUTE:
            yield from (f"{head}.{each}" for each in self.texts(first, depth))

    def _imported(self, modules: Iterable[str], packages: Iterable[str]) -> Iterator[str]:
        """Yield what an import by text may return: the module, or the package that it is in."""
        for module in modules:
            if module.startswith("."):
                yield from (f"{package}{module}" for package in packages)
            else:
                yield from (module, module.partition(".")[0])

    def _spell(self, node: ast.AST, depth: int) -> Iterator[str]:
        match node:
            case ast.Constant(value=str(text)):
                yield text
            case ast.BinOp(op=ast.Add()):
                yield from map("".join, product(self.texts(node.left, depth), self.texts(node.right, depth)))
            case ast.JoinedStr() if len(node.values) <= MOST:
                yield from map("".join, product(*(self.texts(each, depth) for each in node.values)))
            case ast.FormattedValue(conversion=-1, format_spec=None) | ast.NamedExpr():
                yield from self.texts(node.value, depth)
            case ast.Name():
                for binding in self._scopes.find(node.id, self._scopes.places[node]):
                    if isinstance(binding.value, ast.AST):
                        yield from self.texts(binding.value, depth)


def outcomes(node: ast.NamedExpr | ast.IfExp | ast.BoolOp) -> list[ast.expr]:
    """Return the parts of an expression that may be its value."""
    match node:
        case ast.NamedExpr():
            return [node.value]
        case ast.IfExp():
            return [node.body, node.orelse]
        case ast.BoolOp():
            return node.values[:MOST]


def few(names: Iterable[str]) -> frozenset[str]:
    """Return at most `MOST` names or texts, none of them long."""
    return frozenset(name for name in islice(names, MOST) if len(name) <= LONGEST)
