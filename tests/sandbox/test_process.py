"""A student process as the judge holds it: every way for it to go wrong ends it, and is told as `Stopped`."""

import contextlib
import os
import signal
import time
from dataclasses import replace

import pytest
import torch

from grader.protocol.messages import Call, Load
from grader.protocol.values import Foreign
from grader.sandbox.limits import Limits
from grader.sandbox.process import KEPT_OUTPUT, Allowed, Stopped

FRAMES = """
import os, struct, msgpack
def send(tree, blob=b"", number=2):
    packed = msgpack.packb(tree)
    os.write(4, struct.pack("<III", number, len(packed), len(blob)) + packed + blob)
def answer(value, number=2):
    send(["observed", [[value, None, []]]], number=number)
"""
IGNORE = "import signal\nfor each in (1, 2, 3, 6, 10, 12, 13, 14, 15): signal.signal(each, signal.SIG_IGN)\n"


def killed_by(number):
    """Return how an end by a signal is told: in the system's words and with its number."""
    return f"{signal.strsignal(number)}, signal {number}"


ENDS = {
    "an endless loop": ("def f():\n    while True: pass", {"call_cpu_seconds": 0.2}, ("cpu", "cpu")),
    "a loop deaf to signals": (f"{IGNORE}def f():\n    while True: pass", {"call_cpu_seconds": 0.2}, ("cpu", "cpu")),
    "a long sleep": ("import time\ndef f(): time.sleep(600)", {"call_wall_seconds": 0.2}, ("wall", "wall")),
    "a wait for a lock": (
        "import threading\ndef f():\n    lock = threading.Lock()\n    lock.acquire()\n    lock.acquire()",
        {"call_wall_seconds": 0.2},
        ("wall", "wall"),
    ),
    "stopping itself": ("import os\ndef f(): os.kill(os.getpid(), 19)", {"call_wall_seconds": 0.2}, ("wall", "wall")),
    "endless prints": (
        "def f():\n    while True: print('x' * 1000)",
        {"output_kib": 32},
        ("output", "more than 32 KiB printed"),
    ),
    "endless errors": (
        "import sys\ndef f():\n    while True: sys.stderr.write('x' * 1000)",
        {"output_kib": 32},
        ("output", "more than 32 KiB printed"),
    ),
    "an exit past Python": ("import os\ndef f(): os._exit(3)", {}, (None, "exit code 3")),
    "an exit as if all were well": ("import os\ndef f(): os._exit(0)", {}, (None, "exit code 0")),
    "killing itself": ("import os\ndef f(): os.kill(os.getpid(), 9)", {}, (None, killed_by(9))),
    "terminating itself": ("import os\ndef f(): os.kill(os.getpid(), 15)", {}, (None, killed_by(15))),
    "aborting": ("import os\ndef f(): os.abort()", {}, (None, killed_by(6))),
    "reading nowhere": ("import ctypes\ndef f(): ctypes.string_at(0)", {}, (None, killed_by(11))),
    "closing its replies": (
        "import os, time\ndef f():\n    os.close(4)\n    time.sleep(600)",
        {},
        (None, killed_by(9)),
    ),
    "closing everything": (
        "import os, time\ndef f():\n    os.closerange(0, 50)\n    time.sleep(600)",
        {},
        (None, killed_by(9)),
    ),
    "half a frame, then the end": (
        "import os\ndef f():\n    os.write(4, b'\\x02\\0\\0\\0\\x09\\0\\0\\0\\0\\0\\0\\0half')\n    os._exit(0)",
        {},
        (None, "exit code 0"),
    ),
    "half a header, then the end": (
        "import os\ndef f():\n    os.write(4, b'abc')\n    os._exit(0)",
        {},
        (None, "exit code 0"),
    ),
    "half a frame, then silence": (
        (
            "import os, time\ndef f():\n"
            "    os.write(4, b'\\x02\\0\\0\\0\\x09\\0\\0\\0\\0\\0\\0\\0half')\n    time.sleep(600)"
        ),
        {"call_wall_seconds": 0.2},
        ("wall", "wall"),
    ),
    "a frame too large": (
        "import os, time\ndef f():\n    os.write(4, b'\\xff' * 12)\n    time.sleep(600)",
        {},
        ("message", "a message is larger than the limit"),
    ),
    "a frame of nonsense": (
        "import os\ndef f(): os.write(4, b'\\x02\\0\\0\\0\\x01\\0\\0\\0\\0\\0\\0\\0\\xc1')",
        {},
        ("message", "a message is not msgpack: FormatError"),
    ),
    "a reply to another question": (
        f"{FRAMES}def f(): answer(1, number=7)",
        {},
        ("message", "the process answered another question than the one asked"),
    ),
    "a reply of another form": (f"{FRAMES}def f(): send(['passed'])", {}, ("message", "an unknown reply")),
    "a reply that would run code": (
        f"{FRAMES}def f(): send(['observed', [[['callable', 0, 3], None, []]]], b'cos')",
        {},
        ("message", "a value of no known kind"),
    ),
}


@pytest.mark.parametrize(("source", "limits", "ending"), ENDS.values(), ids=ENDS)
def test_a_process_that_goes_wrong_is_ended_and_told(start, running, source, limits, ending):
    """What does not answer within the limits is over, by name of the limit or by how it ended, and is gone."""
    student = start(source, **limits)
    with pytest.raises(Stopped) as caught:
        student.call()
    assert (caught.value.limit, caught.value.detail) == ending
    assert str(caught.value) == caught.value.detail
    assert student.process.ended
    assert not running(student.process.pid)


BURN = "import time\ndef f(until):\n    while time.process_time() < until: pass"


def test_cpu_time_is_limited_for_all_calls_together(start):
    """A call within its own limit is stopped when the process as a whole has used its CPU time."""
    generous = {"call_cpu_seconds": 60.0, "call_wall_seconds": 60.0, "total_wall_seconds": 60.0}
    student = start(BURN, total_cpu_seconds=0.4, **generous)
    with pytest.raises(Stopped, match="cpu"):
        student.call(1.5)
    assert start(BURN, total_cpu_seconds=60.0, **generous).value(0.5) is None


def test_wall_time_is_limited_for_all_calls_together(start):
    """A call within its own limit is stopped when its exercise as a whole has had its time."""
    student = start("import time\ndef f(seconds): time.sleep(seconds)")
    ample = Allowed.for_call(Limits(call_wall_seconds=60.0, total_wall_seconds=60.0))
    assert student.process.ask(Call("f", (0.2,)), allowed=ample).observations[0].raised is None
    with pytest.raises(Stopped, match="wall"):
        student.process.ask(Call("f", (60.0,)), allowed=replace(ample, wall_until=time.monotonic()))


def test_what_an_exercise_may_use_begins_with_its_process_or_later(start):
    """The CPU time of a process at which an exercise has used up its own is the judge's to say."""
    student = start(BURN)
    ample = Allowed.for_call(Limits(call_cpu_seconds=60.0, call_wall_seconds=60.0, total_wall_seconds=60.0))
    used = student.process.cpu_seconds()
    later = replace(ample, cpu_until=used + 60.0)
    assert student.process.ask(Call("f", (used + 0.5,)), allowed=later).observations[0].raised is None
    with pytest.raises(Stopped, match="cpu"):
        student.process.ask(Call("f", (used + 60.0,)), allowed=replace(ample, cpu_until=used + 0.6))


def test_loading_is_within_the_limits_too(sandbox):
    """A source that never ends when it is loaded is stopped as a call is."""
    process = sandbox.start()
    process.limits = replace(process.limits, call_cpu_seconds=0.2)
    with pytest.raises(Stopped) as caught:
        process.ask(Load("work.py", ("while True: pass",), notebook=False, entries=("f",)))
    assert caught.value.limit == "cpu"


def test_a_process_that_has_ended_answers_nothing(start):
    """After its end a process is asked in vain: no descriptor of anybody else is written to or read from."""
    student = start("import os\ndef f(): os._exit(3)")
    with pytest.raises(Stopped, match="exit code 3"):
        student.call()
    for _ in range(2):
        with pytest.raises(Stopped) as caught:
            student.call()
        assert (caught.value.limit, caught.value.detail) == (None, "the process has ended")


def test_a_process_that_ended_between_two_questions_is_told(start, ends):
    """An end that nobody waited for is told at the next question."""
    student = start("def f(): return 7")
    assert student.value() == 7
    os.kill(student.process.pid, signal.SIGKILL)
    assert ends(student.process.handle)
    with pytest.raises(Stopped, match="signal 9"):
        student.call()


def test_too_much_memory_is_an_exception_that_the_process_survives(start):
    """Ten gigabytes are refused where they are asked for, by torch and by Python, and the next call is answered."""
    student = start("import torch\ndef f(n):\n    return torch.ones(n) if n > 2**33 else len(bytearray(n))")
    from_torch, from_python = (student.call(size).raised for size in (10 * 2**30, 2**33))
    assert from_torch.type == "RuntimeError"
    assert "DefaultCPUAllocator: can't allocate memory" in from_torch.message
    assert from_python.type == "MemoryError"
    assert student.value(7) == 7


THREADS = """
import threading
enough = threading.Event()
def f(count):
    for _ in range(count):
        threading.Thread(target=enough.wait, daemon=True).start()
    return threading.active_count()
"""


def test_threads_are_counted_for_each_process(start):
    """As many threads as the limit says may be there; one more, from whichever call, and the process is over."""
    student = start(THREADS, threads=3)
    for count, active in ((2, 3), (1, 4)):
        assert student.value(count) == active
        student.process.check_threads()
    assert student.value(1) == 5
    with pytest.raises(Stopped, match="more than 3 threads") as caught:
        student.process.check_threads()
    assert caught.value.limit == "processes"
    assert student.process.ended


def test_threads_are_counted_while_a_call_lasts(start):
    """A call that starts too many threads and does not return is over before its time is."""
    student = start(f"{THREADS}\ndef g():\n    f(4)\n    enough.wait()", threads=3, call_wall_seconds=60.0)
    with pytest.raises(Stopped, match="more than 3 threads"):
        student.call(entry="g")


def test_closing_the_output_does_no_harm(start):
    """A process that closes its own output is still answered for; what it then prints fails in its own code."""
    closing = "import os\ndef f(n):\n    os.close(1)\n    os.close(2)\n    return n\n"
    student = start(closing + "def g(n):\n    print('x' * n)\n    return n")
    assert student.value(7) == 7
    assert student.call(100_000, entry="g").raised.type == "OSError"
    assert student.value(7, entry="g") == 7


def test_closing_the_requests_ends_the_process_after_its_answer(start):
    """A process that closes its requests gives the answer that was asked for, and then no other."""
    student = start("import os\ndef f():\n    os.close(3)\n    return 7")
    assert student.value() == 7
    with pytest.raises(Stopped) as caught:
        student.call()
    assert caught.value.limit is None


def test_a_forged_reply_counts_as_the_answer_once(start):
    """A reply that the code writes itself is only what it returned; the true reply behind it then ends the process."""
    student = start(f"{FRAMES}def f():\n    answer(42)\n    return 1")
    assert student.value() == 42
    with pytest.raises(Stopped, match="the process answered another question than the one asked") as caught:
        student.call()
    assert caught.value.limit == "message"


def test_what_is_printed_is_kept_in_part_and_counted_in_full(start):
    """The first 16 KiB of all output are kept, of both streams, and every byte counts for the limit."""
    student = start(
        "import sys\ndef f(n):\n    sys.stdout.write('o' * n)\n    sys.stderr.write('e' * n)", output_kib=256
    )
    student.call(3)
    assert sorted(student.process.printed.decode()) == ["e"] * 3 + ["o"] * 3
    student.call(100_000)
    assert len(student.process.printed) == KEPT_OUTPUT == 16 * 1024
    assert student.process.printed_bytes == 2 * 100_003
    with pytest.raises(Stopped, match="more than 256 KiB printed"):
        student.call(100_000)
    assert len(student.process.printed) == KEPT_OUTPUT


def test_output_is_there_when_the_answer_is(start):
    """What was printed before an answer, line by line or not, is read with it."""
    student = start("def f(x):\n    print('saw', x, end='')\n    return x")
    for number in range(1, 20):
        student.call(number)
        assert student.process.printed.decode() == "".join(f"saw {each}" for each in range(1, number + 1))


@pytest.mark.parametrize("mebibytes", [1, 12])
def test_a_large_argument_arrives_and_comes_back(start, mebibytes):
    """An argument of many times what a pipe holds is sent within the limits of an ordinary call."""
    x = torch.arange(mebibytes << 17, dtype=torch.float64)
    student = start("def f(x): return x.sum(), len(x)", call_wall_seconds=60.0)
    seen = student.call(x)
    assert seen.value[1] == len(x)
    assert torch.equal(seen.arguments[0].tensor(), x)


def test_a_large_value_arrives_and_a_larger_one_is_described(start):
    """A returned tensor may take the whole room of a message; one byte more and it is told as too large."""
    student = start("import torch\ndef f(n): return torch.zeros(n, dtype=torch.uint8)")
    most = student.process.limits.message_mib << 20
    assert student.value(most).shape == (most,)
    assert student.value(most + 1) == Foreign("torch.Tensor", "too large to be sent")


def test_a_value_of_too_many_words_is_told_as_too_large(start):
    """A value whose description is larger than a reply is told as an exception of that name; the process lives on."""
    student = start("def f(n): return ['x' * 60_000] * n")
    assert len(student.value(4)) == 4
    raised = student.call(5).raised
    assert (raised.type, raised.message) == ("ValueTooLarge", "the returned value is too large to be sent")
    assert student.value(1) == ["x" * 60_000]


def test_cpu_time_is_told_while_a_process_lives(start):
    """The CPU time of a process grows with what it computes, and is 0 once it is gone."""
    student = start("import time\ndef f():\n    while time.process_time() < 0.3: pass")
    student.call()
    assert student.process.cpu_seconds() >= 0.25
    student.process.close()
    assert student.process.cpu_seconds() == 0.0


def test_closing_tells_the_end_once(start, running):
    """Closing kills the process, tells the signal, and a second time does nothing."""
    student = start("def f(): pass")
    assert student.process.close() == -9
    assert not running(student.process.pid)
    assert student.process.close() == 0


def test_every_descriptor_is_given_back(start, open_descriptors):
    """A student process leaves no descriptor open in the judge, however it ended."""
    start("").process.close()
    before = open_descriptors()
    for source in ("def f(): return 1", "import os\ndef f(): os._exit(3)", "def f():\n    while True: print('x')"):
        student = start(source)
        with contextlib.suppress(Stopped):
            student.call()
        student.process.close()
    assert open_descriptors() == before
