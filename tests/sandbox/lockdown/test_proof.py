"""The proof, and what it says when a layer is left out."""

import errno
import os
import time
from pathlib import Path

import pytest

from grader.errors import IsolationError
from grader.sandbox.lockdown import kernel, layers, limits, proof
from grader.sandbox.lockdown.attempts import ATTEMPTS, Attempt
from grader.sandbox.lockdown.kernel import Option
from grader.sandbox.lockdown.layers import LAYERS
from grader.sandbox.lockdown.limits import Bounds
from grader.sandbox.lockdown.proof import Finding, Proof, prove

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")  # others' threads

WITNESSES = {
    # what is left out: what then succeeds, as root and as an ordinary user, and is refused as soon as it is back
    ("session",): {"stay in the judge's process group"},
    ("descriptors",): {"read a file left open"},
    ("limits",): {"map more memory than allowed", "open more files than allowed"},
    ("limits", "seccomp"): {"lift its memory limit"},
    ("parent",): {"outlive its parent"},
    ("landlock",): {
        "read a file outside",
        "list a folder outside",
        "read the names of users",
        "read a secret path",
        "read its own memory map",
    },
    ("seccomp",): {
        "open a TCP socket",
        "open a UDP socket",
        "open a Unix socket",
        "hold its parent by a descriptor",
        "slow its parent down",
        "reschedule its parent",
        "send signals by a pipe",
        "control a device",
        "keep a file in memory",
        "share memory",
        "use message queues",
        "use semaphores",
        "ask to outlive its parent",
        "ask to be read by others",
        "fork",
    },
    ("privileges", "landlock", "seccomp"): {"gain rights by a program", "run a program", "spawn a program"},
    ("landlock", "seccomp"): {
        "create a file",
        "write a file",
        "make a folder",
        "make a symbolic link",
        "rename a file",
        "remove a file",
        "run a program",
    },
}
ROOT_WITNESSES = {
    ("identity",): {"be root", "start more threads than allowed"},
    ("identity", "seccomp"): {"become root", "read its parent's limits"},
    ("identity", "inspection"): {"be root", "be read by others"},
    ("limits",): {"start more threads than allowed"},
}
ORDINARY_WITNESSES = {
    ("inspection",): {"be read by others"},
    ("limits",): {"start more threads than allowed"},
    ("seccomp",): {"change a file's mode", "read its parent's limits", "move its parent to another core"},
    ("landlock",): {"see where its parent runs"},
    ("landlock", "seccomp"): {"empty a file", "empty a file by opening it", "signal its parent"},
}


def prove_as(person, in_child, bounds, without=(), secret=()):
    """Return what a person's locked-down child may do, as the names of the attempts that weren't refused."""

    def run(_pipe):
        person.become()
        found = prove(bounds, without=frozenset(without), secret=tuple(secret))
        return [[finding.layer, finding.attempt, finding.detail] for finding in found.broken]

    return in_child(run)


@pytest.fixture
def secret(open_folder):
    """Give a folder that must stay closed, though file modes would open it."""
    folder = open_folder / "hidden"
    folder.mkdir(mode=0o755)
    return folder


@pytest.mark.parametrize("threads", [0, 2])
def test_everything_is_refused(person, in_child, secret, threads):
    """With every layer on, each attempt is refused."""
    assert prove_as(person, in_child, Bounds(4 << 30, 20, 64, threads), secret=[secret]) == []


def test_threads_of_others_that_end_meanwhile_prove_nothing(person, in_child, monkeypatch, bounds):
    """Where a shared uid had many more threads when its bound was set, the bound still holds."""
    monkeypatch.setattr(limits, "SPARE_TASKS", 600)
    assert "start more threads than allowed" not in [name for _, name, _ in prove_as(person, in_child, bounds)]


def witnesses(person):
    """Return what each set of layers alone holds back from this person."""
    own = ROOT_WITNESSES if person.name == "root" else ORDINARY_WITNESSES
    return {key: WITNESSES.get(key, set()) | own.get(key, set()) for key in {**WITNESSES, **own}}


def test_every_layer_is_needed(person, in_child, bounds, secret):
    """Without a layer something succeeds that it alone refuses; `pytest -rP` shows the table."""
    rows = []
    for left_out, expected in witnesses(person).items():
        broken = prove_as(person, in_child, bounds, left_out, [secret])
        names = {name for _, name, _ in broken}
        rows.append(f"{person.name:9} without {', '.join(left_out)}: {'; '.join(sorted(names))}")
        assert expected <= names, (left_out, expected - names)
    print(*rows, sep="\n")  # noqa: T201 - as the docstring says


def test_every_layer_is_left_out_somewhere(person):
    """The table leaves out every layer, alone or with those that also hold; an ordinary user has no other identity."""
    left_out = {name for key in witnesses(person) for name in key}
    expected = {layer.name for layer in LAYERS}
    assert left_out == (expected if person.name == "root" else expected - {"identity"})


@pytest.mark.usefixtures("as_root")
def test_every_attempt_is_seen_to_succeed():
    """Nearly each attempt is a witness of some row; the rest is refused by the machine for everybody but root."""
    rows = [*WITNESSES.values(), *ROOT_WITNESSES.values(), *ORDINARY_WITNESSES.values()]
    seen = set().union(*rows)
    assert {attempt.name for attempt in ATTEMPTS if attempt.layer != "seccomp"} <= seen


def test_a_finding_for_every_attempt(bounds):
    """A proof holds when everything was refused, and tells what wasn't."""
    found = prove(bounds)
    assert [(each.layer, each.attempt) for each in found.findings] == [(each.layer, each.name) for each in ATTEMPTS]
    assert found.holds
    assert found.broken == ()


def test_a_broken_promise_is_told():
    """A proof with one attempt that wasn't refused doesn't hold."""
    good = Finding("session", "stay", held=True, detail="no")
    bad = Finding("landlock", "read", held=False, detail="it succeeded")
    assert Proof((good, bad)).broken == (bad,)
    assert not Proof((good, bad)).holds


def open_descriptors():
    """Return the numbers of the descriptors that are open."""
    return sorted(each.name for each in Path("/proc/self/fd").iterdir())


def children():
    """Return the ids of this process' children, dead ones that nobody waited for among them."""
    return sorted(each.read_text() for each in Path("/proc/self/task").glob("*/children"))


def test_a_proof_leaves_nothing_behind(bounds, tmp_path, monkeypatch):
    """No descriptor, no child and no file stays after a proof."""
    monkeypatch.setattr(proof.tempfile, "tempdir", str(tmp_path))
    before = open_descriptors(), children()
    prove(bounds)
    assert (open_descriptors(), children()) == before
    assert list(tmp_path.iterdir()) == []


def test_a_layer_that_fails_is_raised(bounds, monkeypatch):
    """A child that can't be locked down tries nothing; the reason reaches the caller."""

    def fail(_limits):
        raise OSError(errno.EPERM, "setrlimit: no")

    monkeypatch.setattr(limits, "impose", fail)
    with pytest.raises(IsolationError, match=r"the layer 'limits' can't be put on \(.*setrlimit: no\)"):
        prove(bounds)


def test_a_mistake_in_an_attempt_is_raised(bounds, monkeypatch):
    """An attempt that breaks by itself is told, not taken for a refusal."""
    mistaken = Attempt("landlock", "anything", lambda aim: aim.secret[0])
    monkeypatch.setattr(proof, "ATTEMPTS", (mistaken,))
    with pytest.raises(IsolationError, match="IndexError"):
        prove(bounds)


def test_an_attempt_that_ends_the_process_was_not_refused(bounds, monkeypatch):
    """A child that vanishes in an attempt has broken that promise and proved none of the later ones."""
    tried = (
        Attempt("privileges", "vanish", lambda _aim: os._exit(0)),
        Attempt("seccomp", "later", lambda _aim: None),
    )
    monkeypatch.setattr(proof, "ATTEMPTS", tried)
    assert prove(bounds).findings == (
        Finding("privileges", "vanish", held=False, detail="the process ended in it"),
        Finding("seccomp", "later", held=False, detail="the process ended before it"),
    )


def test_an_attempt_that_hangs_is_cut_off(bounds, monkeypatch):
    """A child that never answers is killed when the time is up."""
    monkeypatch.setattr(proof, "SECONDS", 0.2)
    monkeypatch.setattr(proof, "ATTEMPTS", (Attempt("seccomp", "hang", lambda _aim: time.sleep(60)),))
    before = children()
    assert prove(bounds).findings[0].detail == "the process ended in it"
    assert children() == before


def test_a_missing_layer_is_raised(bounds, monkeypatch):
    """A machine that lacks a layer has nothing to prove."""
    monkeypatch.setattr(kernel, "missing", lambda: "no Linux")
    monkeypatch.setattr(layers, "missing_layers", lambda: {"landlock": "no Linux"})
    with pytest.raises(IsolationError, match="no Linux"):
        prove(bounds)


def test_attempts_are_harmless(bounds, in_child):
    """A run of the attempts without any layer leaves its parent as it was."""

    def run(_pipe):
        before = [os.getpriority(os.PRIO_PROCESS, 0), sorted(os.sched_getaffinity(0)), os.sched_getscheduler(0)]
        everything = frozenset(layer.name for layer in LAYERS)
        found = prove(bounds, without=everything)
        after = [os.getpriority(os.PRIO_PROCESS, 0), sorted(os.sched_getaffinity(0)), os.sched_getscheduler(0)]
        return [before == after, found.holds, kernel.prctl(Option.PR_GET_NO_NEW_PRIVS)]

    assert in_child(run) == [True, False, 0]
