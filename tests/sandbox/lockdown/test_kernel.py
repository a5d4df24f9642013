"""The raw calls, and the kernel's numbers against the kernel's own headers."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grader.sandbox.lockdown import identity, kernel, landlock, seccomp
from grader.sandbox.lockdown.calls import NEWEST, NUMBERS
from grader.sandbox.lockdown.kernel import Option

GENERIC_TABLE = (  # what aarch64 asks of the table that most architectures share
    "__ARCH_WANT_RENAMEAT",
    "__ARCH_WANT_NEW_STAT",
    "__ARCH_WANT_SET_GET_RLIMIT",
    "__ARCH_WANT_TIME32_SYSCALLS",
    "__ARCH_WANT_MEMFD_SECRET",
    "__ARCH_WANT_SYS_CLONE3",
)
FILE_RIGHTS = (
    "EXECUTE",
    "WRITE_FILE",
    "READ_FILE",
    "READ_DIR",
    "REMOVE_DIR",
    "REMOVE_FILE",
    "MAKE_CHAR",
    "MAKE_DIR",
    "MAKE_REG",
    "MAKE_SOCK",
    "MAKE_FIFO",
    "MAKE_BLOCK",
    "MAKE_SYM",
    "REFER",
    "TRUNCATE",
    "IOCTL_DEV",
    "RESOLVE_UNIX",
)
NETWORK_RIGHTS = ("BIND_TCP", "CONNECT_TCP", "BIND_UDP", "CONNECT_SEND_UDP")
SCOPES = ("ABSTRACT_UNIX_SOCKET", "SIGNAL")
CONSTANTS = {
    "linux/capability.h": {
        name: getattr(identity, name)
        for name in ("CAP_DAC_READ_SEARCH", "CAP_KILL", "CAP_SETGID", "CAP_SETUID", "CAP_SETPCAP")
    }
    | {"_LINUX_CAPABILITY_VERSION_3": identity._CAPABILITY_VERSION_3},
    "linux/securebits.h": {
        "SECBIT_NOROOT": identity.SECBIT_NOROOT,
        "SECBIT_NO_SETUID_FIXUP": identity.SECBIT_NO_SETUID_FIXUP,
        "SECBIT_KEEP_CAPS_LOCKED": identity.SECBIT_KEEP_CAPS_LOCKED,
        "SECBIT_NO_CAP_AMBIENT_RAISE": identity.SECBIT_NO_CAP_AMBIENT_RAISE,
        "SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED": identity.SECBIT_NO_CAP_AMBIENT_RAISE << 1,
        "SECBIT_NOROOT_LOCKED": identity.SECBIT_NOROOT << 1,
    },
    "linux/prctl.h": {option.name: option.value for option in Option}
    | {"PR_CAP_AMBIENT_CLEAR_ALL": identity._PR_CAP_AMBIENT_CLEAR_ALL},
    "linux/landlock.h": {f"LANDLOCK_ACCESS_FS_{name}": 1 << bit for bit, name in enumerate(FILE_RIGHTS)}
    | {f"LANDLOCK_ACCESS_NET_{name}": 1 << bit for bit, name in enumerate(NETWORK_RIGHTS)}
    | {f"LANDLOCK_SCOPE_{name}": 1 << bit for bit, name in enumerate(SCOPES)}
    | {"LANDLOCK_CREATE_RULESET_VERSION": landlock.CREATE_RULESET_VERSION},
    "linux/seccomp.h": {
        "SECCOMP_RET_KILL_PROCESS": seccomp.RET_KILL_PROCESS,
        "SECCOMP_RET_ERRNO": seccomp.RET_ERRNO,
        "SECCOMP_RET_ALLOW": seccomp.RET_ALLOW,
        "SECCOMP_SET_MODE_FILTER": seccomp.SET_MODE_FILTER,
        "SECCOMP_GET_ACTION_AVAIL": seccomp.GET_ACTION_AVAIL,
        "SECCOMP_FILTER_FLAG_TSYNC": seccomp.FLAG_TSYNC,
    },
    "linux/audit.h": {f"AUDIT_ARCH_{each.name.upper()}": each.audit for each in kernel.ARCHITECTURES},
    "linux/filter.h": {
        "(BPF_LD | BPF_W | BPF_ABS)": seccomp._LOAD,
        "(BPF_ALU | BPF_AND | BPF_K)": seccomp._AND,
        "(BPF_JMP | BPF_JEQ | BPF_K)": seccomp._IF_EQUAL,
        "(BPF_JMP | BPF_JGT | BPF_K)": seccomp._IF_GREATER,
        "(BPF_JMP | BPF_JGE | BPF_K)": seccomp._IF_AT_LEAST,
        "(BPF_RET | BPF_K)": seccomp._RETURN,
    },
    "sched.h": {
        "(CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM | CLONE_SETTLS"
        " | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID)": seccomp._THREAD,
        "CLONE_DETACHED": seccomp._DETACHED,
    },
    "sys/ioctl.h": {"FIONCLEX": seccomp._IOCTL_COMMANDS[0], "FIOCLEX": seccomp._IOCTL_COMMANDS[1]},
}


def values(folder: Path, header: str, names: list[str], *, defines: tuple[str, ...] = ()) -> dict[str, int]:
    """Return what a C program that includes `header` says of those `names` that it knows."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        return values_by_reading(header, names)
    guarded = (
        f"#if {'1' if name.startswith(('(', 'CAP_')) else f'defined({name})'}\n"
        f'printf("%llu\\t%s\\n", (unsigned long long)(unsigned int)({name}), "{name}");\n#endif\n'
        for name in names
    )
    wanted = "".join(f"#define {name}\n" for name in ("_GNU_SOURCE", *defines))
    source = f"{wanted}#include <stdio.h>\n#include <{header}>\nint main(void) {{\n{''.join(guarded)}return 0;\n}}\n"
    (folder / "constants.c").write_text(source)
    subprocess.run([compiler, "-o", folder / "constants", folder / "constants.c"], check=True, capture_output=True)
    answer = subprocess.run([folder / "constants"], check=True, capture_output=True, text=True).stdout
    return {name: int(value) for value, name in (line.split("\t") for line in answer.splitlines())}


def values_by_reading(header: str, names: list[str]) -> dict[str, int]:
    """Return the plain numbers that the header itself defines, for a machine without a compiler."""
    path = Path("/usr/include") / header
    if not path.exists():
        pytest.skip("neither a C compiler nor the kernel's headers are here")
    found = dict(re.findall(r"^#define\s+(\w+)\s+(0[xX][0-9a-fA-F]+|\d+)[UL]*\s*$", path.read_text(), re.MULTILINE))
    return {name: int(found[name], 0) for name in names if name in found}


@pytest.mark.parametrize("header", CONSTANTS)
def test_constants_are_the_headers(header, tmp_path):
    """Every constant that a header of this machine knows has the header's value."""
    found = values(tmp_path, header, list(CONSTANTS[header]))
    assert found
    assert {name: CONSTANTS[header][name] for name in found} == found


def test_numbers_are_those_of_this_machine(tmp_path):
    """Every system call has the number that this machine's headers give it, and a missing one is missing there."""
    column = [each.name for each in kernel.ARCHITECTURES].index(os.uname().machine)
    found = values(tmp_path, "sys/syscall.h", [f"__NR_{name}" for name in NUMBERS])
    assert found == {
        f"__NR_{name}": columns[column] for name, columns in NUMBERS.items() if columns[column] is not None
    }


def test_numbers_of_aarch64_are_those_of_the_shared_table(tmp_path):
    """The aarch64 column is the kernel's shared table with what aarch64 asks of it."""
    if not Path("/usr/include/asm-generic/unistd.h").exists() or shutil.which("cc") is None:
        pytest.skip("neither a C compiler nor the kernel's headers are here")
    found = values(tmp_path, "asm-generic/unistd.h", [f"__NR_{name}" for name in NUMBERS], defines=GENERIC_TABLE)
    assert found == {f"__NR_{name}": number for name, (_, number) in NUMBERS.items() if number is not None}


def test_the_newest_number_covers_the_table():
    """No call of the table is newer than what the filter calls known."""
    assert max(number for columns in NUMBERS.values() for number in columns if number is not None) <= NEWEST


def test_a_failed_call_names_itself():
    """A failed system call raises an OSError with the kernel's error and the call's name."""
    with pytest.raises(OSError, match="pidfd_open: Invalid argument"):
        kernel.call("pidfd_open", 2**32 - 1)


def test_a_failed_prctl_names_its_option():
    """A failed prctl raises an OSError that names the option."""
    with pytest.raises(OSError, match=r"prctl\(PR_CAPBSET_READ\): Invalid argument"):
        kernel.prctl(Option.PR_CAPBSET_READ, 9999)


def test_a_call_returns_the_kernels_answer():
    """A successful call returns what the kernel answered."""
    assert kernel.call("getpid") == os.getpid()


def test_nothing_is_missing_here():
    """This machine is one on which the lock-down can work."""
    assert kernel.missing() is None


def test_another_system_is_told_by_name(monkeypatch):
    """Without Linux the reason names the system and what to do."""
    monkeypatch.setattr(sys, "platform", "darwin")
    assert kernel.missing() == "it needs Linux and this is darwin; use a Linux machine or container"


def test_a_machine_without_proc_is_told(monkeypatch, tmp_path):
    """Where the kernel can't be asked about processes, the reason says what to mount."""
    monkeypatch.setattr(kernel, "OWN_TASKS", tmp_path / "absent")
    assert kernel.missing() == "it needs /proc, which isn't mounted; mount it"


def test_another_machine_is_told_by_name(monkeypatch):
    """On an unknown architecture the reason names it."""
    monkeypatch.setattr(kernel, "ARCHITECTURES", kernel.ARCHITECTURES[:0])
    reason = kernel.missing()
    assert reason is not None
    assert os.uname().machine in reason
