"""Which system calls the filter lets through, read by an interpreter of its own and tried on the kernel."""

import ctypes
import errno
import mmap
import os
import signal
import struct
import threading

import pytest

from grader.errors import IsolationError
from grader.sandbox.lockdown import kernel, seccomp, session
from grader.sandbox.lockdown.calls import NEWEST, NUMBERS

PID = 4321
ALLOW = "allow"
KILL = "kill"
X86, ARM = kernel.ARCHITECTURES
BOTH = pytest.mark.parametrize("architecture", kernel.ARCHITECTURES, ids=lambda each: each.name)
THREAD = 0x3D0F00
HIGH = 1 << 32


def decide(architecture, number, *arguments, audit=None):
    """Run the packed filter as the kernel would; return allow, kill, or the error's number."""
    code = bytearray(seccomp.pack(seccomp.assemble(architecture)).code)
    for offset in seccomp.pack(seccomp.assemble(architecture)).pid_offsets:
        struct.pack_into("=I", code, offset, PID)
    padded = [*arguments, *[0] * (6 - len(arguments))]
    data = struct.pack("=iIQ6Q", number, architecture.audit if audit is None else audit, 0, *padded)
    return interpret(list(struct.iter_unpack("=HBBI", code)), data)


def interpret(program, data):
    """Interpret the five instructions of classic BPF that the filter uses."""
    place, word = 0, 0
    while True:
        operation, if_true, if_false, operand = program[place]
        place += 1
        match operation:
            case 0x20:
                (word,) = struct.unpack_from("=I", data, operand)
            case 0x54:
                word &= operand
            case 0x15 | 0x25 | 0x35:
                true = {0x15: word == operand, 0x25: word > operand, 0x35: word >= operand}[operation]
                place += if_true if true else if_false
            case 0x06:
                names = {0x7FFF0000: ALLOW, 0x80000000: KILL}
                return names.get(operand) or operand & 0xFFFF
            case _:
                raise AssertionError(f"unknown instruction {operation:#x}")


@BOTH
def test_every_number_is_decided(architecture):
    """Allowed are the calls of the list and no other number; a number too new is said not to exist."""
    by_number = {number: name for name, number in architecture.numbers.items()}
    guarded = seccomp.guards(architecture)
    for number in range(NEWEST + 100):
        name = by_number.get(number)
        if name in guarded:
            continue
        if name in seccomp.ALLOWED:
            expected = ALLOW
        elif number > NEWEST or name in seccomp.ABSENT:
            expected = errno.ENOSYS
        else:
            expected = errno.EPERM
        assert decide(architecture, number) == expected, name


@BOTH
def test_a_guarded_call_has_no_other_way_in(architecture):
    """No call is both allowed whatever its arguments are and guarded, and each is in the table."""
    guarded = set(seccomp.guards(architecture))
    assert not guarded & set(seccomp.ALLOWED)
    assert len(set(seccomp.ALLOWED)) == len(seccomp.ALLOWED)
    assert guarded | set(seccomp.ALLOWED) | set(seccomp.ABSENT) <= set(NUMBERS)


@BOTH
def test_another_architecture_is_killed(architecture):
    """A call by another architecture's numbers, the 32-bit ones included, kills."""
    for audit in (0x40000003, 0x40000028, X86.audit ^ ARM.audit, 0):
        assert decide(architecture, 1, audit=audit) == KILL


def test_x32_is_killed():
    """The second way to number calls on x86-64 kills, whichever call it is."""
    for number in (0x40000000, 0x40000000 + 512, 0x7FFFFFFF, -1):
        assert decide(X86, number) == KILL


@BOTH
@pytest.mark.parametrize(
    ("name", "arguments", "answer"),
    [
        ("clone", (THREAD,), ALLOW),
        ("clone", (THREAD | 0x400000,), ALLOW),
        ("clone", (17,), errno.EPERM),
        ("clone", (0x1200000 | 17,), errno.EPERM),
        ("clone", (0x4100 | 17,), errno.EPERM),
        ("clone", (THREAD | 0x10000000,), errno.EPERM),
        ("clone", (THREAD | HIGH,), errno.EPERM),
        ("clone", (THREAD & ~0x10000,), errno.EPERM),
        ("kill", (PID, 9), ALLOW),
        ("kill", (0, 9), errno.EPERM),
        ("kill", (-1 & (2**64 - 1), 9), errno.EPERM),
        ("kill", (PID + 1, 9), errno.EPERM),
        ("tgkill", (PID, 77, 9), ALLOW),
        ("tgkill", (77, PID, 9), errno.EPERM),
        ("tkill", (PID, 9), ALLOW),
        ("tkill", (77, 9), errno.EPERM),
        ("prlimit64", (0, 9, 0, 1), ALLOW),
        ("prlimit64", (PID, 9, 0, 1), ALLOW),
        ("prlimit64", (77, 9, 0, 1), errno.EPERM),
        ("prlimit64", (0, 9, 1, 0), errno.EPERM),
        ("prlimit64", (0, 9, HIGH, 0), errno.EPERM),
        ("getpgid", (0,), ALLOW),
        ("getsid", (77,), errno.EPERM),
        ("fcntl", (3, 1), ALLOW),
        ("fcntl", (3, 1030), ALLOW),
        ("fcntl", (3, 4, 0o20000), errno.EPERM),
        ("fcntl", (3, 8, 77), errno.EPERM),
        ("fcntl", (3, 10), errno.EPERM),
        ("fcntl", (3, 1024), errno.EPERM),
        ("fcntl", (3, 1031), errno.EPERM),
        ("ioctl", (0, 0x5451), ALLOW),
        ("ioctl", (0, 0x5450), ALLOW),
        ("ioctl", (0, 0x5401), errno.ENOTTY),
        ("ioctl", (0, 0x5412), errno.ENOTTY),
        ("ioctl", (0, 0x541C), errno.ENOTTY),
        ("ioctl", (0, 0x8901), errno.ENOTTY),
        ("prctl", (15,), ALLOW),
        ("prctl", (1, 0), errno.EPERM),
        ("prctl", (4, 1), errno.EPERM),
        ("prctl", (24,), errno.EPERM),
        ("prctl", (0x59616D61,), errno.EPERM),
        ("openat", (0, 1, 0), ALLOW),
        ("openat", (0, 1, os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY), ALLOW),
        ("openat", (0, 1, os.O_WRONLY), errno.EPERM),
        ("openat", (0, 1, os.O_RDWR | os.O_CLOEXEC), errno.EPERM),
        ("openat", (0, 1, 3), errno.EPERM),
        ("openat", (0, 1, os.O_CREAT), errno.EPERM),
        ("openat", (0, 1, os.O_TRUNC), errno.EPERM),
        ("openat", (0, 1, os.O_APPEND), errno.EPERM),
        ("openat", (0, 1, os.O_PATH), errno.EPERM),
        ("openat", (0, 1, 0o20000), errno.EPERM),
    ],
)
def test_arguments_decide(architecture, name, arguments, answer):
    """Threads but no processes, itself but no other, reading but no writing, and no way to send signals by a file."""
    assert decide(architecture, architecture.numbers[name], *arguments) == answer


@pytest.mark.parametrize(
    ("architecture", "flags"),
    [(X86, (0o200000, 0o400000, 0o100000)), (ARM, (0o40000, 0o100000, 0o400000))],
    ids=["x86_64", "aarch64"],
)
def test_folders_are_opened_by_each_architectures_flags(architecture, flags):
    """DIRECTORY, NOFOLLOW and LARGEFILE have other numbers elsewhere; DIRECT, among them, stays refused."""
    for flag in flags:
        assert decide(architecture, architecture.numbers["openat"], 0, 1, flag) == ALLOW
    direct = 0o40000 if architecture is X86 else 0o200000
    assert decide(architecture, architecture.numbers["openat"], 0, 1, direct) == errno.EPERM
    temporary = 0o20000000 | flags[0]
    assert decide(architecture, architecture.numbers["openat"], 0, 1, temporary) == errno.EPERM


def test_the_flags_are_this_machines():
    """This machine's flags are those of its architecture."""
    flags = seccomp._DIRECTORY_NOFOLLOW_LARGEFILE[os.uname().machine]
    assert flags & os.O_DIRECTORY
    assert flags & os.O_NOFOLLOW
    assert os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY == seccomp._READING


def test_the_older_open_is_guarded_alike():
    """The open without a folder, which x86-64 alone has, follows the same rule."""
    assert decide(X86, X86.numbers["open"], 1, os.O_RDONLY) == ALLOW
    assert decide(X86, X86.numbers["open"], 1, os.O_RDONLY | os.O_TRUNC) == errno.EPERM


def install():
    """Put the filter on the calling process."""
    session.renounce_privileges()
    seccomp.prepare().install(os.getpid())


def test_the_kernel_takes_the_filter(person, in_child):
    """Under the filter a process runs threads and reads, and a refused call fails with its error."""

    def run(_pipe):
        person.become()
        install()
        thread = threading.Thread(target=os.getpid)
        thread.start()
        thread.join()
        os.close(os.open("/dev/zero", os.O_RDONLY))
        os.kill(os.getpid(), 0)
        errors = []
        for refused in (os.fork, lambda: os.kill(1, 0), lambda: kernel.call("clone3"), lambda: os.isatty(0)):
            try:
                errors.append(refused())
            except OSError as problem:
                errors.append(problem.errno)
        return [*errors, kernel.prctl(kernel.Option.PR_GET_SECCOMP)]

    assert in_child(run) == [errno.EPERM, errno.EPERM, errno.ENOSYS, False, 2]


def test_a_write_by_opening_is_refused_by_the_filter_alone(in_child, tmp_path):
    """A file opened for reading isn't emptied by the flag that would, whatever Landlock's version."""
    (tmp_path / "file").write_text("kept")

    def empty(_pipe):
        install()
        with pytest.raises(PermissionError):
            os.open(tmp_path / "file", os.O_RDONLY | os.O_TRUNC)

    in_child(empty)
    assert (tmp_path / "file").read_text() == "kept"


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="x86-64 alone has a second way to number its calls")
def test_the_kernel_kills_x32(start_child):
    """A call by an x32 number ends the process."""

    def call(_pipe):
        install()
        ctypes.CDLL(None).syscall(ctypes.c_long(0x40000000 + 39))

    assert start_child(call).exit_code() == -signal.SIGSYS


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="the machine code is x86-64's")
def test_the_kernel_kills_32_bit_calls(start_child):
    """A call through the 32-bit gate, by which other numbers mean other calls, ends the process."""
    code = bytes.fromhex("b814000000cd80c3")  # mov eax, 20; int 0x80; ret: getpid by its 32-bit number

    def call(_pipe):
        page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
        page.write(code)
        install()
        ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()

    assert start_child(call).exit_code() in {-signal.SIGSYS, -signal.SIGSEGV}  # the latter without 32-bit support


def test_a_thread_with_a_filter_of_its_own_is_told(in_child):
    """A thread that can't take the filter over is named instead of left unfiltered."""

    def split(_pipe):
        session.renounce_privileges()
        filtered, done = threading.Event(), threading.Event()

        def stray():
            code = ctypes.create_string_buffer(struct.pack("=HBBI", 6, 0, 0, 0x7FFF0000), 8)
            pointer = ctypes.create_string_buffer(struct.pack("=HxxxxxxQ", 1, ctypes.addressof(code)), 16)
            kernel.call("seccomp", 1, 0, ctypes.addressof(pointer))
            filtered.set()
            done.wait()

        thread = threading.Thread(target=stray)
        thread.start()
        filtered.wait()
        with pytest.raises(IsolationError, match=r"thread \d+ can't be filtered; lock down right after the fork"):
            seccomp.prepare().install(os.getpid())
        done.set()

    in_child(split)


def test_the_machine_has_the_filter():
    """Nothing is missing here."""
    assert seccomp.unavailable() is None


def test_a_machine_without_the_filter_is_told_what_to_do(monkeypatch):
    """A kernel without the call gives the reason and the remedy."""

    def fail(*_arguments):
        raise OSError(errno.ENOSYS, "seccomp: Function not implemented")

    monkeypatch.setattr(kernel, "call", fail)
    reason = seccomp.unavailable()
    assert reason is not None
    assert "use Linux 4.14 or newer built with seccomp" in reason


def test_another_system_has_no_filter(monkeypatch):
    """Without Linux the reason is the kernel's."""
    monkeypatch.setattr(kernel, "missing", lambda: "no Linux")
    assert seccomp.unavailable() == "no Linux"
