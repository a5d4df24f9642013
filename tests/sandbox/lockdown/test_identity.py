"""Who a student process becomes."""

import os
import struct
from pathlib import Path

import pytest

from grader.errors import IsolationError
from grader.sandbox.lockdown import identity, kernel, landlock
from grader.sandbox.lockdown.identity import (
    PREFERRED_IDS,
    Identity,
    choose_identity,
    effective_capabilities,
    parse_id_map,
    parse_ids,
    unused_ids,
)

EVERY_ID = [range(2**32 - 1)]
CLONE_NEWUSER = 0x10000000


def status():
    """Return the words of the calling process's status, by field."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return {name: value.split() for name, value in (line.split(":", 1) for line in lines)}


def become(identity):
    """Become `identity` and return what the kernel then says of the process."""
    identity.become(os.getpid())
    lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return {name: lines[name].split() for name in ("Uid", "Gid", "Groups", "CapPrm", "CapEff", "CapBnd", "CapInh")}


@pytest.mark.usefixtures("as_root")
def test_root_becomes_a_user_of_its_own(in_child):
    """From root, a process gets an unused uid and gid by its pid, no group, and no capability."""

    def leave(_pipe):
        os.setgroups([4, 24])
        return [2_100_000_000 + os.getpid(), become(Identity(PREFERRED_IDS, 0, 41))]

    uid, found = in_child(leave)
    assert found["Uid"] == found["Gid"] == [str(uid)] * 4
    assert found["Groups"] == []
    assert {found[name][0] for name in ("CapPrm", "CapEff", "CapBnd", "CapInh")} == {"0" * 16}


@pytest.mark.usefixtures("as_root")
def test_one_capability_may_stay(in_child):
    """The capability to read past file modes survives the change of uid when it is wanted, and no other."""
    found = in_child(lambda _pipe: become(Identity(PREFERRED_IDS, 1 << identity.CAP_DAC_READ_SEARCH, 41)))
    assert found["CapPrm"] == found["CapEff"] == [f"{1 << identity.CAP_DAC_READ_SEARCH:016x}"]
    assert found["CapBnd"] == ["0" * 16]


@pytest.mark.usefixtures("as_root")
def test_no_way_leads_back(in_child):
    """The process can neither become root again nor take up a capability."""

    def go_back(_pipe):
        Identity(PREFERRED_IDS, 0, 41).become(os.getpid())
        for back in (lambda: os.setuid(0), lambda: os.setgroups([0]), lambda: identity._set_capabilities(1)):
            with pytest.raises(OSError, match="not permitted"):
                back()

    in_child(go_back)


def test_an_ordinary_user_stays_the_same(in_child):
    """An ordinary user's process keeps its uid and has no capability."""

    def stay(_pipe):
        if os.geteuid() == 0:
            os.setresgid(47_111, 47_111, 47_111)
            os.setresuid(47_111, 47_111, 47_111)
        chosen = choose_identity(())
        found = become(chosen)
        return [chosen.is_own, found["Uid"] == [str(os.getuid())] * 4, found["CapEff"], found["CapPrm"]]

    assert in_child(stay) == [False, True, ["0" * 16], ["0" * 16]]


@pytest.mark.usefixtures("as_root")
def test_capabilities_of_a_service_are_dropped(in_child):
    """An ordinary user with a capability of its own, as a service may have, gives it up."""

    def drop(_pipe):
        kernel.prctl(kernel.Option.PR_SET_SECUREBITS, identity.SECBIT_NO_SETUID_FIXUP)
        os.setresuid(47_111, 47_111, 47_111)
        identity._set_capabilities(1 << identity.CAP_SETUID)
        before = effective_capabilities()
        choose_identity(()).become(os.getpid())
        return [before, effective_capabilities()]

    assert in_child(drop) == [1 << identity.CAP_SETUID, 0]


@pytest.mark.usefixtures("as_root")
def test_two_processes_get_two_users(in_child):
    """Two children of one zygote don't share a uid."""
    first = in_child(lambda _pipe: become(choose_identity(())))
    second = in_child(lambda _pipe: become(choose_identity(())))
    assert first["Uid"] != second["Uid"]


@pytest.mark.usefixtures("as_root")
def test_reading_past_modes_is_kept_for_a_private_interpreter_only(open_folder):
    """The capability is kept exactly when a stranger can't read a library."""
    library = open_folder / "lib"
    library.mkdir(mode=0o755)
    assert choose_identity((library,)).capabilities == 0
    library.chmod(0o700)
    assert choose_identity((library,)).capabilities == 1 << identity.CAP_DAC_READ_SEARCH


@pytest.mark.parametrize(
    ("folder_mode", "file_mode", "private"),
    [(0o755, 0o644, False), (0o711, 0o644, False), (0o700, 0o644, True), (0o755, 0o640, True), (0o750, 0o644, True)],
)
def test_what_a_stranger_reads(open_folder, folder_mode, file_mode, private):
    """A file is private when its own mode or a folder's above it keeps strangers out."""
    folder = open_folder / "lib"
    folder.mkdir()
    file = folder / "module.py"
    file.touch()
    file.chmod(file_mode)
    folder.chmod(folder_mode)
    assert identity.are_private([file]) is private
    assert identity.are_private([open_folder, file, file]) is private


def test_a_folder_must_be_listed_too(open_folder):
    """A library folder that strangers may enter but not list is private."""
    open_folder.chmod(0o711)
    assert identity.are_private([open_folder])


@pytest.mark.usefixtures("as_root")
def test_root_without_the_right_to_change_is_told(in_child):
    """Root without the capabilities to become another user and to kill it is told to run as an ordinary user."""

    def choose(_pipe):
        identity._set_capabilities(effective_capabilities() & ~(1 << identity.CAP_SETUID))
        with pytest.raises(IsolationError, match="run as an ordinary user, or give CAP_SETUID"):
            choose_identity(())
        reason = identity.unavailable(())
        assert reason is not None
        return reason

    assert in_child(choose).startswith("this is root without the right to become another user")


@pytest.mark.usefixtures("as_root")
def test_root_is_told_of_its_private_interpreter(in_child, tmp_path):
    """Root that can't keep the right to read a private interpreter is told so."""
    tmp_path.chmod(0o700)

    def choose(_pipe):
        identity._set_capabilities(effective_capabilities() & ~(1 << identity.CAP_DAC_READ_SEARCH))
        with pytest.raises(IsolationError, match="or an interpreter that every user can read"):
            choose_identity((tmp_path,))

    in_child(choose)


def test_root_of_a_namespace_with_one_user_is_told(in_child):
    """Root that has no other user to become, as in a rootless container, is told what to do."""

    def choose(_pipe):
        uid = os.getuid()
        try:
            kernel.call("unshare", CLONE_NEWUSER)
            Path("/proc/self/uid_map").write_text(f"0 {uid} 1")
        except OSError:
            return "no namespaces here"
        with pytest.raises(IsolationError, match=r"maps no unused user; run as an ordinary user"):
            choose_identity(())
        return "told"

    if in_child(choose) != "told":
        pytest.skip("user namespaces are forbidden here")


def test_the_machine_has_an_identity_to_give():
    """Nothing is missing here."""
    assert identity.unavailable(landlock.libraries()) is None


def test_another_system_has_none(monkeypatch):
    """Without Linux the reason is the kernel's."""
    monkeypatch.setattr(kernel, "missing", lambda: "no Linux")
    assert identity.unavailable(()) == "no Linux"


def test_an_id_map_is_read():
    """The map of a container gives the ids that exist in it."""
    assert parse_id_map("         0     100000      65536\n     65536          5          1\n") == [
        range(65536),
        range(65536, 65537),
    ]


def test_ids_are_read_from_the_user_database():
    """The third field counts; a line without one doesn't."""
    assert parse_ids("root:x:0:0::/root:/bin/sh\n+nis\nnobody:x:65534:65534::/:/bin/false\n") == {0, 65534}


def test_the_preferred_ids_are_taken_where_all_ids_exist():
    """On a whole machine the ids above all others are used."""
    assert unused_ids([EVERY_ID, EVERY_ID], {0, 65534}) == PREFERRED_IDS


def test_ids_that_somebody_owns_are_left_alone():
    """A range with an owner in it is passed over for the next below, in users and groups alike."""
    small = [range(65536)]
    assert unused_ids([small, small], {0, 65534}) == range(57344, 61440)
    assert unused_ids([EVERY_ID, small], {0}) == range(61440, 65536)
    assert unused_ids([EVERY_ID, EVERY_ID], {PREFERRED_IDS[7]}).stop <= 2**32 - 1


def test_no_ids_are_left_in_a_small_map():
    """A container that maps one user, or only owned ones, has none to give."""
    assert not unused_ids([[range(1)], [range(1)]], {0})
    assert not unused_ids([[], []], set())


def test_a_missing_user_database_is_empty(tmp_path):
    """A minimal container without /etc/passwd has no owners."""
    assert identity._text_of(tmp_path / "passwd") == ""


def test_capabilities_are_read_as_the_kernel_prints_them():
    """The bit set is the one in the process's status."""
    assert effective_capabilities() == int(status()["CapEff"][0], 16)
    assert struct.calcsize("=6I") == 24
