"""Who runs a test's forked child, and what it is given."""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.sandbox.lockdown import kernel
from grader.sandbox.lockdown.identity import are_private
from grader.sandbox.lockdown.kernel import Option
from grader.sandbox.lockdown.limits import Bounds

ORDINARY_UID = 47_111


@dataclass(frozen=True)
class Person:
    """Who runs a test's child."""

    name: str

    def become(self) -> None:
        """Turn the calling child into this person, as far as it isn't yet."""
        if self.name == "ordinary" and os.geteuid() == 0:
            os.setgroups([])
            os.setresgid(ORDINARY_UID, ORDINARY_UID, ORDINARY_UID)
            os.setresuid(ORDINARY_UID, ORDINARY_UID, ORDINARY_UID)
            kernel.prctl(Option.PR_SET_DUMPABLE, 1)


@pytest.fixture(params=["root", "ordinary"])
def person(request: pytest.FixtureRequest) -> Person:
    """Give root and an ordinary user in turn."""
    if request.param == "root" and os.geteuid() != 0:
        pytest.skip("this run isn't root's")
    return Person(request.param)


@pytest.fixture
def as_root() -> None:
    """Skip the test unless root runs it."""
    if os.geteuid() != 0:
        pytest.skip("this run isn't root's")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Give an empty folder that every user of the machine can enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        folder.chmod(0o755)
        if are_private([folder]):
            pytest.skip("the temporary folder of this run is closed to other users")
        yield folder


@pytest.fixture
def bounds() -> Bounds:
    """Give bounds that leave room for torch."""
    return Bounds(memory_bytes=4 << 30, cpu_seconds=20, open_files=64, threads=2)
