"""What a submission may import: the student's own files, by content, and the packages that the course allows.

Owns how Python is told. It reads nothing from the disk: a file that did not come with the source does not exist. What
is installed goes before a file of the same name. Which packages are allowed is a rule of the course and no layer of the
isolation.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from grader.protocol.messages import Load

ALWAYS = frozenset({"__main__"})
original_import = builtins.__import__


class OwnModules(MetaPathFinder, Loader):
    """Finds and loads the student's own files for the source that is at work, and no others."""

    def __init__(self) -> None:
        self.sources: Mapping[str, tuple[str, str]] = {}
        """By dotted name: file name and text."""

    def find_spec(self, fullname: str, path: Sequence[str] | None = None, target: object = None) -> ModuleSpec | None:  # noqa: ARG002 - Python's signature
        """Return how to load one of the student's modules, or a folder of them."""
        is_package = any(name.startswith(f"{fullname}.") for name in self.sources)
        if fullname not in self.sources and not is_package:
            return None
        return ModuleSpec(fullname, self, is_package=is_package)

    def exec_module(self, module: ModuleType) -> None:
        """Run a module's text; a folder has none."""
        file, text = self.sources.get(module.__name__, ("", ""))
        module.__file__ = file
        exec(compile(text, file, "exec", dont_inherit=True), vars(module))  # noqa: S102 - this is its process


@dataclass
class Imports:
    """What the sources of one process import; each has modules of its own, as it would in a process of its own."""

    finder: OwnModules = field(default_factory=OwnModules)
    _loads: dict[str, Load] = field(default_factory=dict)
    _files: dict[str, Load] = field(default_factory=dict)
    """By the name of a student's file: the source that it belongs to."""
    _loaded: dict[str, dict[str, ModuleType]] = field(default_factory=dict)
    """By the source's name: its own modules, while another source is at work."""

    def install(self) -> None:
        """Put the rules in place; for the life of the process."""
        if self.finder not in sys.meta_path:
            sys.meta_path.append(self.finder)
            builtins.__import__ = self.import_

    def turn_to(self, name: str, load: Load | None = None) -> None:
        """Let the source `name` import its own modules, those that it has imported before included."""
        if load is not None:
            self._loads[name] = load
            self._files |= dict.fromkeys([name, *(file for _, file, _ in load.modules)], load)
        known = self._loads.get(name)
        self.finder.sources = {each: (file, text) for each, file, text in known.modules} if known else {}
        sys.modules.update(self._loaded.pop(name, {}))

    def hide(self, name: str) -> None:
        """Take the modules of the source `name`, which is at work, out of Python's table."""
        for key in {each for dotted in self.finder.sources for each in with_packages(dotted)}:
            module = sys.modules.get(key)
            if isinstance(module, ModuleType) and vars(module).get("__loader__") is self.finder:
                self._loaded.setdefault(name, {})[key] = sys.modules.pop(key)

    def import_(
        self,
        name: str,
        globals: Mapping[str, Any] | None = None,  # noqa: A002 - Python's signature
        locals: Mapping[str, Any] | None = None,  # noqa: A002 - as above
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        """Import as Python does, unless a student's file asks for a package that is not allowed."""
        top = name.partition(".")[0]
        if level == 0 and not self._may_import(top, globals or {}):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return original_import(name, globals, locals, fromlist or (), level)

    def _may_import(self, top: str, importer: Mapping[str, Any]) -> bool:
        file = importer.get("__file__")
        load = self._files.get(file) if isinstance(file, str) else None
        if load is None or load.imports is None:
            return True
        own = {each.partition(".")[0] for each, _, _ in load.modules}
        return top in ALWAYS or top in load.imports or top in sys.stdlib_module_names or top in own


def with_packages(dotted: str) -> Iterator[str]:
    """Yield a dotted name and the packages that it lies in."""
    parts = dotted.split(".")
    return (".".join(parts[:count]) for count in range(1, len(parts) + 1))
