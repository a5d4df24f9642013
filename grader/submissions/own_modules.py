"""The files of a submission that one of its answers can import: by content, the student's own and no others.

Owns which file a module's name stands for. Nothing is compiled: imports are found by pattern, more of them than there
are, since a file that is never imported does no harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.installed import is_installed
from grader.submissions.names import shown
from grader.submissions.refusal import reason, refused
from grader.wording.message import Message

IMPORT = re.compile(
    r"(?:^|;|:)[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]*(\([^)]{0,2000}\)|[^\n;]*)|import[ \t]+([^\n;]*))",
    re.MULTILINE,
)
IMPORT_BY_TEXT = re.compile(r"(?:import_module|__import__)\([ \t]*['\"]([\w.]{1,100})['\"]")
NAME = re.compile(r"[\w.]+")
PACKAGE = "__init__.py"
MOST_MODULES = 50


@dataclass(frozen=True)
class OwnModule:
    """A file of the student's, as the module that another file imports."""

    name: str
    """Dotted, such as `helpers` or `tools.leaves`."""
    file: str
    """What to call it; no control characters."""
    text: str


@dataclass(frozen=True)
class OwnFiles:
    """The Python files of a submission that could be read, by their paths in it."""

    texts: Mapping[str, str]

    def imported_by(self, path: str, cells: Sequence[str]) -> tuple[tuple[OwnModule, ...], tuple[Message, ...]]:
        """Return the modules that a file can import, directly or through one another, and what is to be told of them.

        RefusedError where a name stands for two files.
        """
        home = path.rpartition("/")[0]
        found: dict[str, OwnModule] = {}
        told: list[Message] = []
        pending = [name for cell in cells for name in imported_names(cell)]
        while pending and len(found) < MOST_MODULES:
            name = pending.pop()
            if name in found or (place := self._place(name, home, path)) is None:
                continue
            package = name.rpartition(".")[0]
            if package and not (self._place(package, home, path) or PACKAGE).endswith(PACKAGE):
                continue  # a name in a file, which no file of its own can have
            if is_installed(name.partition(".")[0]):
                said = reason("real_module", name=shown(place), module=name.partition(".")[0])
                told += [said] if said not in told else []
                continue
            found[name] = OwnModule(name, shown(place), self.texts[place])
            pending += imported_names(self.texts[place], name if place.endswith(PACKAGE) else package)
        return tuple(found[name] for name in sorted(found)), tuple(told)

    def _place(self, name: str, home: str, importer: str) -> str | None:
        """Return the file that a module's name stands for: beside its importer, or the highest elsewhere."""
        inner = name.replace(".", "/")
        endings = (f"{inner}.py", f"{inner}/{PACKAGE}")
        beside = [f"{home}/{ending}".lstrip("/") for ending in endings]
        if near := next((each for each in beside if each in self.texts and each != importer), None):
            return near
        far = [each for each in self.texts if each != importer and f"/{each}".endswith(tuple(f"/{e}" for e in endings))]
        highest = [each for each in far if each.count("/") == min(other.count("/") for other in far)]
        if len({self.texts[each] for each in highest}) > 1:
            raise refused("ambiguous_module", module=name, names=", ".join(map(shown, highest)))
        return highest[0] if highest else None


def imported_names(source: str, package: str = "") -> Iterator[str]:
    """Yield the dotted names that a source in a package may import: modules, and the packages that they lie in."""
    for found in IMPORT.finditer(source):
        home, names, modules = found.groups()
        if home is not None:
            absolute = absolute_name(home, package)
            yield from with_packages(absolute)
            yield from (f"{absolute}.{each}".lstrip(".") for each in NAME.findall(names))
        else:
            for each in modules.split(","):
                if named := NAME.match(each.strip()):
                    yield from with_packages(named[0])
    for found in IMPORT_BY_TEXT.finditer(source):
        yield from with_packages(found[1])


def absolute_name(name: str, package: str) -> str:
    """Return the whole name of what a file in a package calls by a name that may begin with dots."""
    inner = name.lstrip(".")
    up = len(name) - len(inner)
    if not up:
        return inner
    parts = package.split(".") if package else []
    return ".".join([*parts[: max(len(parts) - up + 1, 0)], *inner.split(".")]).strip(".")


def with_packages(name: str) -> Iterator[str]:
    """Yield a dotted name and the packages that it lies in."""
    parts = name.split(".")
    yield from (".".join(parts[:count]) for count in range(1, len(parts) + 1) if all(parts[:count]))
