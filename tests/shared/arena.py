"""A small course with hostile submissions and things worth stealing, graded as some user of the machine."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import json
import os
import select
import shutil
import signal
import stat
import subprocess
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, Final

import yaml

from grader.catalogue.rules import CANARY

ROOT: Final = Path(__file__).resolve().parents[2]
HERE: Final = ROOT / "tests" / "attacks"
SUBMISSIONS: Final = HERE / "submissions"
NEIGHBOURS: Final = ("aaa_honest", "zzz_honest")
SECONDS: Final = 900
PR_SET_CHILD_SUBREAPER: Final = 36
MOMENT: Final = 5.0
SHARED_MEMORY: Final = Path("/dev/shm")
SEMAPHORES: Final = "/dev/shm/sem.mp-*"
"""What pools of processes hold there. Other tests may have some meanwhile, which changes the folder's own time, too."""

LOOT: Final = {
    "the canary of withheld files": CANARY.removeprefix("# canary: "),
    "the course's secret": "5ec4e7" * 10,
    "the secret in the environment": "e9f1a0" * 10,
    "what the store holds": "stored-facts-3b9e",
    "a neighbour's submission": "a-neighbours-work-61d3",
    "another's feedback": "anothers-feedback-08ba",
    "a private key": "a-private-key-f27c",
    "a user of the machine": "root:x:0:0",
    "a claim of success": "WON",
}
"""What must never be in a student's report, and the text by which it is known."""

DEEP_EXPRESSIONS: Final = {
    "DEEP_SIGNS": "-" * 40_000 + "1",
    "DEEP_PARTS": "x" + ".x" * 10_000,
    "DEEP_CALLS": "x" + "()" * 10_000,
}
"""What stands for these words in a hostile file."""

HELPED: Final = (
    "from helpers import weighted_grad as help_out\n\n\ndef weighted_grad(f, x, v):\n    return help_out(f, x, v)\n"
)
AS_HELPERS: Final = ("steal", "reach_out")
"""The families that are tried as a file that an innocent answer imports, too."""
AS_NOTEBOOKS: Final = {
    "steal-import_judge",
    "steal-read_environment",
    "steal-read_hidden_tests",
    "steal-read_parents_memory",
    "steal-tell_by_forged_cell",
    "forge-patch_encoder",
    "forge-patch_observe",
    "forge-replace_stdout",
    "forge-write_forged_reply",
    "deny-flood_stdout",
    "deny-fork_bomb",
    "deny-infinite_loop",
    "deny-memory_bomb",
    "reach_out-kernel_doors",
    "reach_out-run_program",
    "reach_out-tcp_connect",
    "reach_out-write_files",
}
"""The attacks that are tried as a notebook of one cell, too: a few of each family."""

CONFIG: Final = """\
version: 1
title: {en: "Under attack", zh: "受到攻击"}
units:
  - name: weights
    title: {en: "Weights", zh: "权重"}
    exercises:
      - {slug: weighted_grad, points: 4}
limits:
  call_cpu_seconds: 1
  call_wall_seconds: 3
  total_cpu_seconds: 5
  total_wall_seconds: 20
  memory_mib: 512
  output_kib: 256
  message_mib: 4
  threads: 16
  open_files: 64
  restarts: 1
feedback: {level: LEVEL}
"""


@dataclass(frozen=True)
class Attack:
    """A hostile submission and what may come of it."""

    family: str
    name: str
    verdicts: tuple[str, ...]
    score: float | None
    """The points it must get; None where it may have what its right values earn."""
    limit: str | None
    secret: str

    @property
    def id(self) -> str:
        """The attack's name, which is its student's too."""
        return f"{self.family}-{self.name}"

    @property
    def path(self) -> Path:
        """The hostile file."""
        return SUBMISSIONS / self.family / f"{self.name}.py"


def load_attacks() -> tuple[Attack, ...]:
    """Return every attack of expected.yaml."""
    expected = yaml.safe_load((HERE / "expected.yaml").read_text(encoding="utf-8"))
    return tuple(
        Attack(
            family,
            name,
            tuple(row["verdicts"]),
            None if row["score"] == "earned" else float(row["score"]),
            row.get("limit"),
            row["secret"],
        )
        for family, rows in expected.items()
        for name, row in rows.items()
    )


@dataclass(frozen=True)
class Person:
    """Who grades: the user of this test run, or an ordinary one made for it."""

    name: str
    uid: int
    gid: int
    home: Path
    python: str
    """An interpreter that this user can run, with the grader in it."""

    @property
    def is_current(self) -> bool:
        """Whether it is the user of this test run."""
        return self.uid == os.geteuid()

    def own(self, folder: Path) -> None:
        """Give a folder and all below it to this user."""
        for path in (folder, *folder.rglob("*")):
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def start(self, command: list[str], *, cwd: Path, log: Path) -> subprocess.Popen[bytes]:
        """Start a command as this user, with an environment that holds a secret."""
        identity: dict[str, Any] = {} if self.is_current else {"user": self.uid, "group": self.gid, "extra_groups": []}
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "USER": self.name,
            "LANG": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
            "GRADER_SECRET": LOOT["the secret in the environment"],
        }
        with log.open("wb") as output:
            return subprocess.Popen(
                command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output, **identity
            )


@dataclass
class Arena:
    """The places of one run: the course, the class, the feedback, the home, and a folder open to everybody."""

    base: Path
    person: Person

    @property
    def course(self) -> Path:
        """The copy of the course."""
        return self.base / "course"

    @property
    def submissions(self) -> Path:
        """The class."""
        return self.base / "class"

    @property
    def out(self) -> Path:
        """The feedback."""
        return self.base / "out"

    @property
    def marker(self) -> Path:
        """A folder that everybody may write."""
        return self.base / "marker"

    def build(self, attacks: tuple[Attack, ...], *, level: str) -> None:
        """Make every place, with things worth stealing in it."""
        for folder in (self.course, self.submissions, self.marker, self.person.home):
            folder.mkdir(parents=True, exist_ok=True)
        self._build_course(level)
        self._build_loot()
        for attack in attacks:
            (self.submissions / f"{attack.id}.py").write_text(self.filled_in(attack.path), encoding="utf-8")
        solution = (self.course / "solutions/weights/weighted_grad/weighted_grad.py").read_text(encoding="utf-8")
        honest = solution.replace(solution.splitlines()[0], "# " + LOOT["a neighbour's submission"])
        for name in NEIGHBOURS:
            (self.submissions / f"{name}.py").write_text(honest, encoding="utf-8")
        if not self.person.is_current:
            self.person.own(self.base)
        self.marker.chmod(0o777)
        (self.marker / "bait").chmod(0o666)

    def hand_in_otherwise(self, attack: Attack) -> None:
        """Hand in an attack as a helper and as a notebook, by students of their own, if it is tried in these forms."""
        source = self.filled_in(attack.path)
        if attack.family in AS_HELPERS:
            write(self.submissions / f"helper-{attack.id}" / "helpers.py", source)
            write(self.submissions / f"helper-{attack.id}" / "weighted_grad.py", HELPED)
        if attack.id in AS_NOTEBOOKS:
            cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": source}
            notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
            write(self.submissions / f"notebook-{attack.id}.ipynb", json.dumps(notebook))

    def filled_in(self, path: Path) -> str:
        """Return a hostile file as an attacker who knows every place, and has a program to write it, would."""
        text = path.read_text(encoding="utf-8")
        for mark, expression in DEEP_EXPRESSIONS.items():
            text = text.replace(mark, expression)
        places = {"COURSE": self.course, "CLASS": self.submissions, "OUT": self.out, "MARKER": self.marker}
        for name, place in {**places, "HOME": self.person.home}.items():
            text = text.replace(f"@{name}@", str(place))
        return text

    def _build_course(self, level: str) -> None:
        (self.course / "config.yaml").write_text(CONFIG.replace("LEVEL", level), encoding="utf-8")
        for part in ("exercises/weights", "solutions/weights"):
            shutil.copytree(ROOT / part, self.course / part, ignore=shutil.ignore_patterns("__pycache__"))
        hidden = self.course / "tests" / "hidden" / "weights" / "test_weighted_grad_hidden.py"
        write(hidden, (HERE / "hidden.py").read_bytes())
        shutil.copy(ROOT / "solutions" / "misconceptions.yaml", self.course / "solutions")

    def _build_loot(self) -> None:
        write(self.course / ".grader" / "secret", LOOT["the course's secret"])
        write(self.course / ".grader" / "store.db", LOOT["what the store holds"])
        write(self.course / "feedback" / "earlier" / "report.json", LOOT["another's feedback"])
        canary = LOOT["the canary of withheld files"].encode()
        write(self.course / ".git" / "objects" / "5c" / "1f9a2e7b", zlib.compress(b"blob 35\0" + canary))
        write(self.person.home / ".ssh" / "id_ed25519", LOOT["a private key"])
        write(self.marker / "bait", "bait")


def write(path: Path, content: str | bytes) -> None:
    """Write a file that everybody may read, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


@dataclass
class Run:
    """What came of grading one class under attack."""

    arena: Arena
    attacks: tuple[Attack, ...]
    exit_code: int = -1
    seconds: float = 0.0
    peak_mib: float = 0.0
    said: str = ""
    changed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def grade(self, *options: str) -> None:
        """Grade the class with further `options`; note what changed on disk and which processes are left."""
        arena = self.arena
        command = [arena.person.python, "-m", "grader", "grade", str(arena.submissions), "--out", str(arena.out)]
        command += ["--store", str(arena.base / "kept" / "store.db"), "--force"]  # each run judges anew
        log = arena.base / "log"
        files, processes = self._files(), self._processes()
        begun = time.monotonic()
        with adopting_orphans():
            process = arena.person.start([*command, "--jobs", "2", *options], cwd=arena.course, log=log)
            self._wait(process)
            self.left = self._lasting(processes)
        self.seconds = time.monotonic() - begun
        self.said = log.read_text(encoding="utf-8", errors="replace")
        after = self._files()
        self.changed = sorted(each for each in files.keys() | after.keys() if files.get(each) != after.get(each))

    def report(self, student: str) -> dict[str, Any]:
        """Return a student's report."""
        text = (self.arena.out / student / "report.json").read_text(encoding="utf-8")
        report: dict[str, Any] = json.loads(text)
        return report

    def shown(self, student: str) -> str:
        """Return everything that a student gets, as text."""
        return "\n".join(
            path.read_text(encoding="utf-8") for path in sorted((self.arena.out / student).iterdir()) if path.is_file()
        )

    @cached_property
    def internal_log(self) -> str:
        """What the grader says of its own failures; empty when there was none."""
        path = self.arena.out / "internal.log"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        """Wait for the grader's end, or end it; note its exit code and the most memory that one process took."""
        handle = os.pidfd_open(process.pid)
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        if not poll.poll(SECONDS * 1000):
            signal.pidfd_send_signal(handle, signal.SIGKILL)
        os.close(handle)
        _, status, usage = os.wait4(process.pid, 0)
        self.exit_code = process.returncode = os.waitstatus_to_exitcode(status)
        self.peak_mib = usage.ru_maxrss / 1024

    def _files(self) -> dict[str, str]:
        """Return the state of every file that nothing may touch: the course, the class, the marker, shared memory."""
        arena = self.arena
        folders = (arena.course, arena.submissions, arena.marker, arena.person.home)
        paths = [*folders, *chain.from_iterable(folder.rglob("*") for folder in (*folders, SHARED_MEMORY))]
        return {str(path): state_of(path) for path in paths if not path.match(SEMAPHORES)}

    def _processes(self) -> dict[int, str]:
        """Return the processes below this one, and all of a user who has no others, by their numbers."""
        found = {}
        for folder in Path("/proc").iterdir():
            with contextlib.suppress(OSError, ValueError):
                uid = folder.stat().st_uid
                if is_child_of_this(folder) or (uid == self.arena.person.uid and not self.arena.person.is_current):
                    found[int(folder.name)] = f"{(folder / 'comm').read_text().strip()} of user {uid}"
        return found

    def _lasting(self, before: dict[int, str]) -> list[str]:
        """Return the processes that were not there before and do not end within a moment by themselves."""
        found = self._processes()
        return [f"{pid} {found[pid]}" for pid in sorted(found.keys() - before.keys()) if not ends_soon(pid)]


def ends_soon(pid: int) -> bool:
    """Whether a process ends within a moment, as helpers of the standard library do after their owner."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    poll = select.poll()
    poll.register(handle, select.POLLIN)
    ended = bool(poll.poll(MOMENT * 1000))
    os.close(handle)
    if ended:
        with contextlib.suppress(ChildProcessError):  # not adopted, or looked after by another
            os.waitpid(pid, 0)
    return ended


def state_of(path: Path) -> str:
    """Return a file's kind, mode, owner, time and content as one text."""
    try:
        status = path.lstat()
    except OSError as problem:
        return str(problem)
    content = hashlib.sha256(path.read_bytes()).hexdigest() if stat.S_ISREG(status.st_mode) else ""
    return f"{status.st_mode:o} {status.st_uid} {status.st_mtime_ns} {content}"


def is_child_of_this(process: Path) -> bool:
    """Whether a process in /proc is a child of this one, adopted orphans included."""
    return int((process / "stat").read_text().rpartition(") ")[2].split()[1]) == os.getpid()


@contextlib.contextmanager
def adopting_orphans() -> Iterator[None]:
    """Let whatever outlives the grader become a child of this process, where it is seen."""
    prctl = ctypes.CDLL(None).prctl
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    try:
        yield
    finally:
        prctl(PR_SET_CHILD_SUBREAPER, 0)
