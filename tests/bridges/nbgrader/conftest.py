"""One unit's way through the real nbgrader, walked once: source, release, exchange, a student's folder, collected."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from grader.bridges.nbgrader.course_config import NAME, whole_config
from grader.bridges.nbgrader.source import source_release
from grader.catalogue.release import write_release

UNIT, SLUG = "weights", "weighted_grad"
COURSE_ID = "autograd"


def cells_in(path):
    """Return the cells of a notebook on disk."""
    return nbformat.read(path, as_version=4).cells


def by_grade_id(cells):
    """Return the cells that nbgrader knows, by its id."""
    return {cell.metadata.nbgrader.grade_id: cell for cell in cells if "nbgrader" in cell.metadata}


@dataclass(frozen=True)
class Walk:
    """The places of one unit on its way."""

    course: Path
    student: Path

    @property
    def source(self):
        return self.course / "source" / UNIT / f"{UNIT}.ipynb"

    @property
    def released(self):
        return self.course / "release" / UNIT / f"{UNIT}.ipynb"

    @property
    def fetched(self):
        return self.student / UNIT / f"{UNIT}.ipynb"

    @property
    def collected(self):
        (found,) = self.course.glob(f"submitted/*/{UNIT}/{UNIT}.ipynb")
        return found


@pytest.fixture(scope="session")
def nbgrader(tmp_path_factory):
    """Return what runs a command of nbgrader in a folder, away from this user's own settings."""
    home = tmp_path_factory.mktemp("home")
    exchange = tmp_path_factory.mktemp("exchange")
    exchange.chmod(0o777)
    own = {"HOME": home, "JUPYTER_DATA_DIR": home / "data", "JUPYTER_CONFIG_DIR": home / "config", "IPYTHONDIR": home}
    # nbgrader starts alembic by its name alone.
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    own = {name: str(path) for name, path in own.items()}
    environment = {**os.environ, **own, "PATH": programs, "JUPYTER_NO_CONFIG": "1"}

    def run(command, folder, *arguments):
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", command, UNIT, f"--Exchange.root={exchange}", *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stderr

    return run


@pytest.fixture(scope="session")
def walk(tmp_path_factory, nbgrader, course):
    """Take a unit from the source notebook to the collected submission, which holds the reference solution."""
    places = Walk(tmp_path_factory.mktemp("nb") / COURSE_ID, tmp_path_factory.mktemp("student"))
    write_release(source_release(course, course.select_units([UNIT]), "en"), places.course)
    write_release({NAME: whole_config(course.root, COURSE_ID).encode()}, places.course)
    nbgrader("generate_assignment", places.course)
    nbgrader("release_assignment", places.course)
    nbgrader("fetch_assignment", places.student, "--course", COURSE_ID)
    work = nbformat.read(places.fetched, as_version=4)
    by_grade_id(work.cells)[f"{SLUG}-solution"].source = course.select_parts([SLUG])[0][0].solution.read_text(
        encoding="utf-8"
    )
    nbformat.write(work, places.fetched)
    nbgrader("submit", places.student, "--course", COURSE_ID)
    nbgrader("collect", places.course)
    return places
