"""A scheduler and three workers on the loopback, each a process with a folder of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from incubator import run_owner
from sample_exercises import copy_exercise, course_config, write_config

from grader.cluster.cluster_executor import connected

HERE = Path(__file__).resolve().parent
UNIT, SLUG = "weights", "weighted_grad"
WORKERS = 3
SECONDS = 60


@dataclass
class Cluster:
    """What was started, and where it lies."""

    folder: Path
    processes: dict[str, subprocess.Popen] = field(default_factory=dict)

    def start(self, name: str, module: str, *arguments: object, folder: Path | None = None) -> None:
        """Start one of dask's commands."""
        home = folder or self.folder
        home.mkdir(exist_ok=True)
        with (self.folder / f"{name}.log").open("wb") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{module}", *map(str, arguments)],
                env={**os.environ, "TMPDIR": str(home), "INCUBATOR_OWNER": str(run_owner())},
                cwd=home,
                stdout=log,
                stderr=log,
            )

    def add_worker(self, name: str) -> None:
        """Start a worker of one thread."""
        own = ("--nthreads", 1, "--no-nanny", "--no-dashboard", "--local-directory", self.folder / name, "--name", name)
        warm = ("--preload", HERE / "warm_preload.py")
        self.start(
            name, "dask_worker", "--scheduler-file", self.place, *own, *warm, "--death-timeout", SECONDS,
            folder=self.folder / name,
        )  # fmt: skip

    @property
    def place(self) -> Path:
        """Return the file in which the scheduler writes its address."""
        return self.folder / "scheduler.json"

    @property
    def address(self) -> str:
        """Return the scheduler's address, once it has one."""
        end = time.monotonic() + SECONDS
        while not self.place.exists() or not self.place.read_text():
            assert self.processes["scheduler"].poll() is None, (self.folder / "scheduler.log").read_text()
            assert time.monotonic() < end
            time.sleep(0.05)
        return json.loads(self.place.read_text())["address"]

    def courses(self) -> list[Path]:
        """Return the folders of courses that lie on workers now."""
        return sorted(self.folder.glob("worker*/course-*"))


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """Yield a cluster of three workers."""
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        place = ("--host", "127.0.0.1", "--port", 0, "--no-dashboard", "--scheduler-file", made.place)
        made.start("scheduler", "dask_scheduler", *place)
        assert made.address.startswith("tcp://127.0.0.1:")
        for number in range(WORKERS):
            made.add_worker(f"worker{number}")
        with connected(made.address) as client:
            client.wait_for_workers(WORKERS, timeout=SECONDS)
        yield made
    finally:
        for process in made.processes.values():
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def course(tmp_path_factory, root):
    """Return the folder of a course with one exercise of the project's."""
    folder = tmp_path_factory.mktemp("course")
    copy_exercise(root, folder, UNIT, SLUG)
    shutil.copy(root / "solutions" / "misconceptions.yaml", folder / "solutions")
    config = course_config(root, UNIT)
    config["units"][0].pop("quiz", None)
    write_config(folder, config)
    return folder
