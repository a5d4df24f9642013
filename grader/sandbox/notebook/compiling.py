"""How a cell's source becomes code: under the cell's own name and with the lines that its author sees."""

from __future__ import annotations

import ast
import itertools
import linecache
import sys
from typing import Any

from IPython.core.compilerop import CachingCompiler

from grader.sandbox.observation import CELL_NAME


class CellCompiler(CachingCompiler):  # type: ignore[misc]  # IPython is not typed here
    """IPython's compiler, which names the code of a cell by its number and counts the blank lines before it."""

    def __init__(self) -> None:
        super().__init__()
        self.name = CELL_NAME.format(0)
        self._before = 0

    def begin(self, number: int, source: str) -> None:
        """Turn to a cell."""
        self.name = CELL_NAME.format(number)
        self._before = blank_lines(source)

    def cache(self, transformed_code: str, number: int = 0, raw_code: str | None = None) -> str:
        """Keep the cell's lines, as its author wrote them, for tracebacks; return its name."""
        source = transformed_code if raw_code is None else raw_code
        linecache.cache[self.name] = (len(source), None, source.splitlines(keepends=True), self.name)
        self._filename_map[self.name] = number
        return self.name

    def ast_parse(self, source: str, filename: str = "<unknown>", symbol: str = "exec") -> ast.AST:
        """Return the tree of the cell."""
        tree: ast.AST = super().ast_parse("\n" * self._before + source, filename, symbol)
        return tree

    def run(self, source: str, namespace: dict[str, Any], *, below: int) -> Any:
        """Run a part of the cell that stands below line `below`; return the value of its last expression, or None."""
        tree = compile("\n" * below + source, self.name, "exec", self.flags | ast.PyCF_ONLY_AST, dont_inherit=True)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, self.name, "exec", self.flags, dont_inherit=True), namespace)  # noqa: S102 - its process
        if last is None:
            return None
        code = compile(ast.Expression(last.value), self.name, "eval", self.flags, dont_inherit=True)
        return eval(code, namespace)  # noqa: S307 - as above

    def current_line(self) -> int:
        """Return the line of the cell that runs now, or 0 outside of any."""
        frame = sys._getframe()  # noqa: SLF001 - the way to the caller
        while frame is not None and frame.f_code.co_filename != self.name:
            frame = frame.f_back  # type: ignore[assignment]  # None at the end
        return 0 if frame is None else frame.f_lineno


def blank_lines(source: str) -> int:
    """Return how many blank lines a source begins with; IPython leaves them out."""
    return sum(1 for _ in itertools.takewhile(str.isspace, source.splitlines(keepends=True)))
