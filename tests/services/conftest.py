"""A PostgreSQL of its own: in a temporary folder, on a socket alone, run by a user without rights."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sample_exercises import copy_exercise, course_config, write_config

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 60


def program(name):
    """Return the path of one of PostgreSQL's programs; Debian keeps them off the PATH."""
    found = shutil.which(name) or max(map(str, Path("/usr/lib/postgresql").glob(f"*/bin/{name}")), default=None)
    assert found, f"{name} is missing; tests/services/install installs PostgreSQL"
    return str(Path(found).resolve())


def unprivileged():
    """Return what runs a program as a user without rights: PostgreSQL refuses to be root's."""
    if os.getuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


@contextmanager
def server(folder):
    """Yield while a server runs on a socket in `folder`."""
    who = unprivileged()
    if who:
        os.chown(folder, who["user"], who["group"])
    quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, **who}
    data = folder / "data"
    subprocess.run(
        [program("initdb"), "-D", data, "-A", "trust", "-U", "grader", "-E", "UTF8", "--locale=C", "--no-sync"],
        check=True,
        **quiet,
    )
    command = [program("postgres"), "-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stderr=log, **quiet)
    try:
        wait_until_ready(folder, process)
        yield
    finally:
        process.terminate()
        process.wait(SECONDS)


def wait_until_ready(folder, process):
    """Wait until the server answers."""
    end = time.monotonic() + SECONDS
    while True:
        assert process.poll() is None, (folder / "log").read_text()
        try:
            psycopg.connect(host=str(folder), user="grader", dbname="postgres").close()
        except psycopg.OperationalError:
            assert time.monotonic() < end, (folder / "log").read_text()
            time.sleep(0.05)
        else:
            return


@pytest.fixture(scope="session")
def postgres():
    """Yield the folder of a server's socket; its path is short, since a socket's must be."""
    with tempfile.TemporaryDirectory(prefix="grader-pg-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with server(folder):
            yield folder


@pytest.fixture
def database(postgres, request):
    """Return the address of a new database."""
    name = f"test_{abs(hash(request.node.nodeid))}"
    with psycopg.connect(host=str(postgres), user="grader", dbname="postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"postgresql://grader@/{name}?host={postgres}"


@pytest.fixture
def course(tmp_path):
    """Return the folder of a course with one exercise and one quiz."""
    folder = tmp_path / "course"
    copy_exercise(ROOT, folder, "weights", "weighted_grad")
    for part in ("exercises", "solutions"):
        shutil.copy(ROOT / part / "weights" / "quiz.yaml", folder / part / "weights")
    shutil.copy(ROOT / "solutions" / "misconceptions.yaml", folder / "solutions")
    write_config(folder, course_config(ROOT, "weights"))
    return folder


@pytest.fixture
def stubbed(course):
    """Return what starts `grader` with judges that are stubs, as a process of its own in the course's folder."""

    def start(*arguments, log="judged.log"):
        environment = {**os.environ, "STUB_LOG": str(course / log), "GRADER_SECRET": "hunter"}
        command = [sys.executable, str(ROOT / "tests" / "shared" / "stub_grader.py"), *map(str, arguments)]
        return subprocess.Popen(
            command, cwd=course, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    return start
