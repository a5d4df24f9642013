"""The layers together: their order, what each child gets, and what refuses to start."""

import builtins
import dataclasses
import json
import os
import select
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from grader.errors import IsolationError
from grader.sandbox.lockdown import descriptors, kernel, landlock, layers
from grader.sandbox.lockdown.kernel import Option
from grader.sandbox.lockdown.layers import LAYERS, lock_down, missing_layers, prepare
from grader.sandbox.lockdown.limits import Bounds

SLOWEST_SECONDS = 0.003


def test_layers_are_put_on_in_the_order_that_works():
    """What a change of uid resets comes after it, what asks for no new privileges too, and the filter is last."""
    names = [layer.name for layer in LAYERS]
    assert names == [
        "session",
        "descriptors",
        "limits",
        "identity",
        "parent",
        "inspection",
        "privileges",
        "landlock",
        "seccomp",
    ]
    assert all(layer.promise for layer in LAYERS)


def test_no_layer_is_missing_here():
    """This machine gives every layer."""
    assert missing_layers() == {}


def lacking(monkeypatch, name):
    """Make the machine lack the layer `name`."""
    changed = tuple(
        dataclasses.replace(layer, unavailable=lambda: "because; do this") if layer.name == name else layer
        for layer in LAYERS
    )
    monkeypatch.setattr(layers, "LAYERS", changed)


@pytest.mark.parametrize("name", [layer.name for layer in LAYERS])
def test_a_missing_layer_refuses(monkeypatch, bounds, name):
    """A layer that the machine lacks is told with its reason, and nothing is prepared without it."""
    lacking(monkeypatch, name)
    assert missing_layers() == {name: "because; do this"}
    with pytest.raises(IsolationError, match=rf"can't isolate student code \({name}: because; do this\)"):
        prepare(bounds)
    prepare(bounds, without=frozenset({name})).close()


def test_an_unknown_layer_is_refused(bounds):
    """A mistyped layer isn't silently put on or left out."""
    with pytest.raises(IsolationError, match=r"no layer 'landlok' to leave out; the layers are session, .*seccomp"):
        prepare(bounds, without=frozenset({"landlok"}))


def test_another_system_lacks_every_layer(monkeypatch):
    """Without Linux each layer is missing for the same reason."""
    monkeypatch.setattr(sys, "platform", "win32")
    found = missing_layers()
    assert list(found) == [layer.name for layer in LAYERS]
    assert set(found.values()) == {"it needs Linux and this is win32; use a Linux machine or container"}


def test_a_secret_in_a_readable_folder_refuses(bounds, tmp_path):
    """A course whose secrets a student process would read can't be graded."""
    (tmp_path / "solutions").mkdir()
    with pytest.raises(IsolationError, match="move the course or the interpreter"):
        prepare(bounds, readable=(tmp_path,), secret=(tmp_path / "solutions",))


def open_descriptors():
    """Return the numbers of the descriptors that are open."""
    return sorted(each.name for each in Path("/proc/self/fd").iterdir())


def test_a_preparation_holds_one_descriptor(bounds):
    """Closing a preparation releases all that it holds open."""
    before = open_descriptors()
    preparation = prepare(bounds)
    assert len(open_descriptors()) == len(before) + 1
    preparation.close()
    prepare(bounds, without=frozenset({"landlock"})).close()
    assert open_descriptors() == before


def test_a_child_has_every_layer(person, start_child, bounds):
    """What the kernel says of a locked-down child is what was promised."""
    ready, told = os.pipe()

    def wait(pipe):
        person.become()
        lock_down(bounds, keep=(pipe, told))
        os.write(told, b"x")
        signal.pause()

    child = start_child(wait)
    os.read(ready, 1)
    status = dict(line.split(":", 1) for line in Path(f"/proc/{child.pid}/status").read_text().splitlines())
    words = {name: value.split() for name, value in status.items()}
    os.kill(child.pid, signal.SIGKILL)
    child.exit_code()
    os.close(ready)
    os.close(told)
    assert words["NoNewPrivs"] == ["1"]
    assert words["Seccomp"] == ["2"]
    assert words["CapPrm"][0] in {"0" * 16, f"{1 << 2:016x}"}
    assert words["CapInh"] == words["CapAmb"] == ["0" * 16]
    assert "0" not in words["Uid"]
    if person.name == "root":
        assert words["Groups"] == []
        assert words["CapBnd"] == ["0" * 16]


def test_only_the_kept_pipes_stay_open(person, in_child, bounds):
    """Neither the ruleset nor any other descriptor of the zygote reaches student code."""

    def look(pipe):
        person.become()
        preparation = prepare(bounds, parent=os.getppid())
        preparation.lock_down(keep=(pipe,))
        opened = []
        for number in range(300):
            try:
                os.fstat(number)
            except OSError:
                continue
            opened.append(number)
        return opened == [0, 1, 2, pipe]

    assert in_child(look)


@pytest.mark.parametrize("left_out", [(), ("landlock",), ("descriptors",)])
def test_the_ruleset_is_closed_whatever_is_left_out(in_child, bounds, left_out):
    """A child can't get at a ruleset, even when a test leaves a layer out."""

    def look(pipe):
        preparation = prepare(bounds, parent=os.getppid(), without=frozenset(left_out))
        preparation.lock_down(keep=(pipe,))
        if preparation.ruleset is None:
            return True
        try:
            os.fstat(preparation.ruleset)
        except OSError:
            return True
        return False

    assert in_child(look)


def test_nothing_is_imported_while_locking_down(in_child, bounds):
    """The lock-down in a child imports nothing: under it, an import may be impossible."""

    def check(pipe):
        preparation = prepare(bounds, parent=os.getppid())

        def refuse(name, *_arguments):
            raise AssertionError(f"{name} was imported")

        real = builtins.__import__
        builtins.__import__ = refuse
        preparation.lock_down(keep=(pipe,))
        builtins.__import__ = real

    in_child(check)


def test_the_package_imports_the_standard_library_only():
    """In a fresh interpreter, the lock-down brings no module that isn't its own or the standard library's."""
    source = (
        "import sys; sys.path.append(sys.argv[1]); before = set(sys.modules)\n"
        "import grader.sandbox.lockdown.proof\n"
        "import json; print(json.dumps(sorted(set(sys.modules) - before)))\n"
    )
    root = Path(layers.__file__).parents[3]
    run = subprocess.run([sys.executable, "-I", "-S", "-c", source, root], check=True, capture_output=True, text=True)
    modules = json.loads(run.stdout)
    foreign = {name for name in modules if name.partition(".")[0] not in sys.stdlib_module_names}
    assert {"grader", "grader.errors", "grader.sandbox"} < foreign
    assert all(
        name in {"grader", "grader.errors", "grader.sandbox"} or name.startswith("grader.sandbox.lockdown")
        for name in foreign
    )


def test_a_process_with_threads_is_refused(in_child, bounds):
    """Landlock and no new privileges would miss another thread, so a process that has one is refused."""

    def start(pipe):
        done = threading.Event()
        thread = threading.Thread(target=done.wait)
        thread.start()
        with pytest.raises(IsolationError, match=r"several threads can't be locked down; lock down right after"):
            lock_down(bounds, keep=(pipe,))
        done.set()
        thread.join()

    in_child(start)


def test_an_open_file_is_refused(in_child, bounds, tmp_path):
    """A child can't be given a file: it would read it past Landlock."""
    file = os.open(tmp_path, os.O_RDONLY)

    def keep(pipe):
        with pytest.raises(IsolationError, match="keep only pipes and sockets"):
            lock_down(bounds, keep=(pipe, file))

    in_child(keep)
    os.close(file)


def test_a_layer_that_fails_names_itself(in_child, bounds, monkeypatch):
    """A layer that the kernel refuses is named with the kernel's reason."""

    def fail(_ruleset):
        raise OSError(1, "landlock_restrict_self: no")

    monkeypatch.setattr(landlock, "restrict", fail)

    def lock(pipe):
        with pytest.raises(IsolationError, match=r"the layer 'landlock' can't be put on \(.*: no\); run `grader"):
            lock_down(bounds, keep=(pipe,))

    in_child(lock)


def test_an_orphan_is_refused(in_child, bounds):
    """A child whose zygote ended before the lock-down doesn't go on without it."""

    def lock(pipe):
        with pytest.raises(IsolationError, match="start the run again"):
            prepare(bounds, parent=4_194_303).lock_down(keep=(pipe,))

    in_child(lock)


@pytest.mark.parametrize("left_out", [(), ("parent",)])
def test_a_child_ends_with_its_zygote(person, start_child, bounds, left_out):
    """A locked-down child is killed when its zygote ends; without that layer it lives on."""
    watch, held = os.pipe()
    pids, tell_pid = os.pipe()

    def zygote(_pipe):
        person.become()
        preparation = prepare(bounds, without=frozenset(left_out))
        ready, told = os.pipe()
        if os.fork() == 0:
            preparation.lock_down(keep=(held, told, tell_pid))
            os.write(tell_pid, str(os.getpid()).encode())
            os.write(told, b"x")
            signal.pause()
        os.read(ready, 1)

    start_child(zygote).result()
    os.close(held)
    os.close(tell_pid)
    ended = bool(select.select([watch], [], [], 0.2 if left_out else 10)[0])
    student = int(os.read(pids, 100))
    if left_out:
        os.kill(student, signal.SIGKILL)
    os.close(watch)
    os.close(pids)
    assert ended is not bool(left_out)


def test_the_graders_own_source_is_unreadable(in_child, bounds):
    """Where the package runs from a source tree, a child can't read that tree."""
    source = Path(layers.__file__).resolve()
    if any(source.is_relative_to(folder) for folder in landlock.libraries()):
        pytest.skip("the package is installed among the libraries")

    def read(pipe):
        lock_down(bounds, keep=(pipe,))
        with pytest.raises(PermissionError):
            source.read_bytes()

    in_child(read)


def test_libraries_stay_readable(in_child, bounds):
    """A module that wasn't imported before can be, from the standard library and from the packages."""

    def read(pipe):
        lock_down(bounds, keep=(pipe,))
        Path(os.__file__).read_bytes()
        Path(pytest.__file__).read_bytes()
        sys.modules.pop("this", None)
        sys.modules.pop("wave", None)
        import wave  # noqa: PLC0415 - it is the point

        return wave.__name__

    assert in_child(read) == "wave"


def test_a_locked_down_child_looks_at_itself(in_child, bounds):
    """The few questions about its own state that the proof asks are allowed."""

    def look(pipe):
        lock_down(bounds, keep=(pipe,))
        options = (Option.PR_GET_DUMPABLE, Option.PR_GET_NO_NEW_PRIVS, Option.PR_GET_SECCOMP)
        return [kernel.prctl(option) for option in options]

    assert in_child(look) == [0, 1, 2]


def test_memory_beyond_the_bound_is_an_error_and_no_crash(in_child):
    """Student code that wants too much memory gets a MemoryError that it can report."""

    def exceed(pipe):
        lock_down(Bounds(2 << 30, 10, 64, 0), keep=(pipe,))
        with pytest.raises(MemoryError):
            bytearray(3 << 30)
        return "alive"

    assert in_child(exceed) == "alive"


def test_a_closed_standard_stream_stays_harmless(in_child, bounds):
    """What student code prints without a pipe for it goes nowhere."""

    def speak(pipe):
        lock_down(bounds, keep=(pipe,))
        os.write(1, b"lost")
        descriptors.check_harmless((0, 1, 2))

    in_child(speak)
