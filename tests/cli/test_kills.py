"""A run that is killed, or that its disk fails, loses nothing and doubles nothing: the next one goes on."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
from killed_runs import kill_runs, lines_of
from stub_grader import write_class

from grader.store import engine

KILLS, STUDENTS = 5, 60
STUB = Path(__file__).parent.parent / "shared" / "stub_grader.py"


@pytest.fixture
def stubbed(copied):
    """Return what starts `grader` with stubs as a process of its own."""

    def start(*arguments, log="judged.log"):
        environment = {**os.environ, "STUB_LOG": str(copied / log), "GRADER_SECRET": "hunter"}
        command = [sys.executable, str(STUB), *arguments]
        return subprocess.Popen(
            command, cwd=copied, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )

    return start


def marks(path):
    """Return the rows of a table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_killed_runs_are_finished_by_the_next(copied, stubbed):
    """However often: marks equal those of an undisturbed run, and nobody is judged twice whose facts were kept."""
    write_class(copied / "class", STUDENTS)
    log = copied / "judged.log"
    killed = kill_runs(lambda: stubbed("grade", "class"), log, kills=KILLS, students=STUDENTS, seed=14)
    assert killed == KILLS
    assert not (copied / "feedback" / "grades.csv").exists()
    process = stubbed("grade", "class")
    _, told = process.communicate()
    assert process.returncode == 0, told
    judged = lines_of(log)
    assert set(judged) == {f"s{number:04}" for number in range(STUDENTS)}
    assert len(judged) <= STUDENTS + KILLS, "at most the one that was at work is judged again"
    process = stubbed("grade", "class", "--store", "whole.db", "--out", "whole", log="whole.log")
    process.communicate()
    assert marks(copied / "feedback" / "grades.csv") == marks(copied / "whole" / "grades.csv")


def test_a_disk_that_is_full_at_any_write_costs_nothing(grader, copied, monkeypatch, stub_judges):
    """Each time one sentence and exit code 2; with room again, the next run completes."""
    write_class(copied / "class", 12)
    prepare = engine.SqliteSetup.connected
    room = 20

    def small(self, connection, record):
        prepare(self, connection, record)
        connection.execute(f"PRAGMA max_page_count = {room}")

    with monkeypatch.context() as patched:
        patched.setattr(engine.SqliteSetup, "connected", small)
        codes = []
        while 0 not in codes:
            ended = grader("grade", "class")
            codes.append(ended.code)
            if ended.code:
                *_, said = ended.err.splitlines()
                assert said.startswith("grader: the store ")
                assert said.endswith("failed: the disk is full; free some space and run again, nothing is lost")
            room += 3
    assert len(codes) > 4
    assert sorted(set(stub_judges)) == [f"s{number:04}" for number in range(12)]
    rows = marks(copied / "feedback" / "grades.csv")
    assert [int(row["weighted_grad"]) for row in rows] == [number * 7 % 5 for number in range(12)]
