"""The process that forks workers: it has one thread, and what it forks are workers like any other."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from grader.errors import ContentError
from grader.grading.worker import CommandStarter, Forked, TemplateStarter, Worker


@pytest.mark.cold
def test_the_template_forks_workers(options, tmp_path):
    """They load the course by themselves, share the template's imports, and do not end with it."""
    (tmp_path / "config.yaml").write_text("version: 1\n", encoding="utf-8")
    broken = replace(options, root=tmp_path)
    nothing = CommandStarter((sys.executable, "-S", "-c", "raise SystemExit('no fresh process is needed')"))
    template = TemplateStarter(otherwise=nothing)
    workers = [Worker(broken, None, template) for _ in range(2)]
    assert [type(worker._process) for worker in workers] == [Forked, Forked]
    parents = {parent_of(pid_of(worker._process.handle)) for worker in workers}
    assert parents <= {template._process.pid, 0}
    template.close()
    for worker in workers:
        with pytest.raises(ContentError, match=r"config\.yaml:1: title is missing"):
            worker.wait_until_ready()
        worker.close()


def pid_of(handle):
    """Return the number of a pidfd's process; -1 once it has ended."""
    lines = Path(f"/proc/self/fdinfo/{handle}").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pid:"))


def parent_of(pid):
    """Return the number of a process's parent; 0 once it has ended."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return 0
    return int(status.rpartition(")")[2].split()[1])
