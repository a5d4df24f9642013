"""The zip that is uploaded to Gradescope as an autograder.

Owns its files. It holds hidden tests, solutions and the secret: Gradescope unpacks it on its own machines, and the
grader keeps them from the student's code there as here.
"""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import entry_points, version
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from grader.catalogue.course import Course
from grader.catalogue.shipped import SHIPPED
from grader.exports.gradescope.requirements import PROJECT, requirements

COURSE, PACKAGE, SETTINGS, ROSTER = "course", "package", "bundle.json", "roster.csv"
CONTENT = ("exercises", "solutions", "tests/hidden")
PLAIN, SCRIPT, SECRET = 0o644, 0o755, 0o600
DAY = (1980, 1, 1, 0, 0, 0)
"""Of every file, so that the same course gives the same bytes."""
SUFFIXES = frozenset({".py", ".yaml", ".json", ".css", ".js", ".j2", ".typed"})


@dataclass(frozen=True)
class Settings:
    """What an instructor chose when the bundle was made."""

    names: tuple[str, ...]
    """The exercises and units that are graded; none for the whole course."""
    isolation: str
    language: str


@dataclass(frozen=True)
class File:
    """A file of the bundle."""

    name: str
    content: bytes
    mode: int = PLAIN


def bundle(course: Course, secret: bytes, settings: Settings, roster: bytes | None) -> bytes:
    """Return the autograder as a zip."""
    found = [*scripts(), *package(), *course_files(course, secret)]
    found.append(File(SETTINGS, json.dumps(asdict(settings), indent=2).encode()))
    found.append(File("requirements.txt", requirements(course.config.importable).encode()))
    if roster is not None:
        found.append(File(ROSTER, roster))
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for file in sorted(found, key=lambda each: each.name):
            entry = ZipInfo(file.name, DAY)
            entry.external_attr = (stat.S_IFREG | file.mode) << 16
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, file.content)
    return target.getvalue()


def scripts() -> Iterator[File]:
    """Yield the two scripts that Gradescope asks for, at the root."""
    for name, source in (("setup.sh", "setup.sh"), ("run_autograder", "run_autograder.sh")):
        yield File(name, files("grader.exports.gradescope").joinpath(source).read_bytes(), SCRIPT)


def package() -> Iterator[File]:
    """Yield the grader itself as something that pip installs."""
    root = Path(str(files("grader"))).resolve()
    for path in sorted(root.rglob("*")):
        is_course = path.is_relative_to(SHIPPED)
        if path.is_file() and not is_course and (path.suffix in SUFFIXES or path.suffix == ".sh"):
            yield File(f"{PACKAGE}/grader/{path.relative_to(root).as_posix()}", path.read_bytes())
    yield File(f"{PACKAGE}/pyproject.toml", project_file().encode())


def project_file() -> str:
    """Return what tells pip how to install the package: its name, and pytest's way to its plugin."""
    plugins = [each for each in entry_points(group="pytest11") if each.value.startswith("grader.")]
    lines = [
        "[build-system]",
        'requires = ["setuptools>=77"]',
        'build-backend = "setuptools.build_meta"',
        "[project]",
        f'name = "{PROJECT}"',
        f'version = "{version(PROJECT)}"',
        "[project.entry-points.pytest11]",
        *(f'{each.name} = "{each.value}"' for each in plugins),
        "[tool.setuptools.packages.find]",
        'include = ["grader*"]',
        "[tool.setuptools.package-data]",
        '"*" = ["*"]',
    ]
    return "\n".join([*lines, ""])


def course_files(course: Course, secret: bytes) -> Iterator[File]:
    """Yield the course with all that judges, and its secret."""
    yield File(f"{COURSE}/config.yaml", course.file.read_bytes())
    for part in CONTENT:
        for path in sorted((course.root / part).rglob("*")):
            if path.is_file() and not path.is_symlink() and "__pycache__" not in path.parts:
                yield File(f"{COURSE}/{path.relative_to(course.root).as_posix()}", path.read_bytes())
    yield File(f"{COURSE}/.grader/secret", secret + b"\n", SECRET)
