"""A small course with hostile submissions, graded once for each kind of user; tests read what came of it.

The course is a copy with short limits. It holds things worth stealing, each with a mark that is searched for in what
students get; beside it lies a folder that everybody may write, with a file to spoil.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from arena import LOOT, ROOT, Arena, Attack, Person, Run, load_attacks


@pytest.fixture(scope="session")
def open_base() -> Iterator[Path]:
    """Give a folder for the runs that other users can enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="attacks-") as name:
        base = Path(name).resolve()
        base.chmod(0o755)
        yield base


@pytest.fixture(scope="session")
def ordinary(open_base: Path) -> Iterator[Person]:
    """Give an ordinary user, made for this run with useradd; skip where this run is not root's."""
    if os.geteuid() != 0:
        pytest.skip("this run is an ordinary user's already")
    if shutil.which("useradd") is None:
        pytest.skip("there is no useradd to make an ordinary user with")
    name = f"attacks-{os.getpid()}"
    subprocess.run(["useradd", "--system", "--no-create-home", "--shell", "/bin/false", name], check=True)
    try:
        entry, home = pwd.getpwnam(name), open_base / "home-ordinary"
        people = (Person(name, entry.pw_uid, entry.pw_gid, home, python) for python in interpreters(open_base))
        found = next((each for each in people if runs_grader(each, open_base / "log")), None)
        if found is None:
            pytest.skip("an ordinary user can run no interpreter here that has the grader")
        yield found
    finally:
        subprocess.run(["userdel", name], check=True)


def interpreters(base: Path) -> Iterator[str]:
    """Yield this interpreter, then one of the system's with the same libraries, for who cannot reach this one."""
    yield sys.executable
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for place in (f"/usr/bin/{name}", f"/usr/local/bin/{name}"):
        made = base / f"venv{place.replace('/', '-')}"
        command = [place, "-m", "venv", "--without-pip", str(made)]
        if Path(place).exists() and not subprocess.run(command, capture_output=True, check=False).returncode:
            packages = made / "lib" / name / "site-packages"
            (packages / "borrowed.pth").write_text(f"{sysconfig.get_path('purelib')}\n{ROOT}\n", encoding="utf-8")
            yield str(made / "bin" / "python")


def runs_grader(person: Person, log: Path) -> bool:
    """Whether a person can run an interpreter with the grader in it."""
    try:
        return person.start([person.python, "-c", "import grader, torch"], cwd=Path("/"), log=log).wait() == 0
    except OSError:
        return False


@pytest.fixture(scope="session")
def current(open_base: Path) -> Person:
    """Return the user of this test run."""
    entry = pwd.getpwuid(os.geteuid())
    return Person(entry.pw_name, os.geteuid(), os.getegid(), open_base / "home-current", sys.executable)


@pytest.fixture(scope="session", params=["current", "ordinary"])
def person(request: pytest.FixtureRequest) -> Person:
    """Give the user of this test run, and when that is root an ordinary one too."""
    found: Person = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def new_arena(open_base: Path) -> Callable[..., Arena]:
    """Give a function that builds the places of a run for a person, with these attacks as the class."""

    def make(person: Person, name: str, attacks: tuple[Attack, ...], *, level: str = "visible") -> Arena:
        arena = Arena(open_base / f"{name}-{person.name}", person)
        arena.build(attacks, level=level)
        return arena

    return make


@pytest.fixture(scope="session")
def new_run(new_arena: Callable[..., Arena]) -> Callable[..., Run]:
    """Give a function that grades attacks as a person at a feedback level, with further options of the command."""

    def make(person: Person, name: str, attacks: tuple[Attack, ...], *options: str, level: str = "visible") -> Run:
        run = Run(new_arena(person, name, attacks, level=level), attacks)
        run.grade(*options)
        return run

    return make


@pytest.fixture(scope="session")
def new_run_over() -> Callable[[Arena], Run]:
    """Give a function that grades the class of an arena that is built."""

    def make(arena: Arena) -> Run:
        run = Run(arena, ())
        run.grade()
        return run

    return make


@pytest.fixture(scope="session")
def loot() -> dict[str, str]:
    """Return what must never be in a report, and the text by which it is known."""
    return LOOT


@pytest.fixture(scope="session")
def attacks() -> tuple[Attack, ...]:
    """Return every attack."""
    return load_attacks()


@pytest.fixture(scope="session")
def run_of(attacks: tuple[Attack, ...], new_arena: Callable[..., Arena]) -> Callable[[Person], Run]:
    """Give what returns the run over every attack as a person; the current user's class has some in other forms too."""

    @cache
    def run(person: Person) -> Run:
        arena = new_arena(person, "all", attacks)
        for attack in attacks if person.is_current else ():
            arena.hand_in_otherwise(attack)
        made = Run(arena, attacks)
        made.grade()
        return made

    return run


@pytest.fixture(scope="session")
def run(person: Person, run_of: Callable[[Person], Run]) -> Run:
    """Return the run over every attack, once for each user."""
    return run_of(person)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test that asks for `attack` each of them."""
    if "attack" in metafunc.fixturenames:
        metafunc.parametrize("attack", load_attacks(), ids=lambda attack: attack.id)
