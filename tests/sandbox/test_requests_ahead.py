"""Requests that are sent ahead: answered in order, dropped when nobody wants the replies, and told apart by number."""

import os
import random

import pytest
import torch

from grader.errors import IsolationError
from grader.protocol.frames import CONFINED, HEADER, MAX_TREE, pack_frame
from grader.protocol.messages import Call, Loaded, Observation, Observed, Raised, encode_reply
from grader.protocol.values import Encoder
from grader.sandbox.limits import Limits
from grader.sandbox.process import NUMBERS, Lost, Pipes, Stopped, StudentProcess, packed

FRAMES = """
import os, struct, msgpack
def send(tree, blob=b"", number=2):
    packed = msgpack.packb(tree)
    os.write(4, struct.pack("<III", number, len(packed), len(blob)) + packed + blob)
def answer(value, number=2):
    send(["observed", [[value, None, []]]], number=number)
"""


def send_calls(student, *arguments):
    """Send a call for each argument before any reply is read; return the numbers of the calls."""
    return [student.process.send(packed(Call("f", (each,)))) for each in arguments]


def received(student, number):
    """Return what the call of a number returned."""
    return student.process.read(student.process.receive(number)).observations[0].value


def test_requests_sent_ahead_are_answered_in_order(start):
    """As many calls as are sent before a reply is read are answered one by one, each under its own number."""
    student = start("seen = []\ndef f(x):\n    seen.append(x)\n    return x, len(seen)")
    numbers = send_calls(student, *range(30))
    assert student.process.is_ahead
    assert [received(student, number) for number in numbers] == [(each, each + 1) for each in range(30)]
    assert not student.process.is_ahead
    assert student.value("after") == ("after", 31)


def test_more_may_be_sent_ahead_than_the_pipes_hold(start):
    """Calls whose arguments and results are many times what a pipe holds stand in nobody's way when sent ahead."""
    student = start("def f(x): return x")
    tensors = [torch.full((1 << 17,), float(each)) for each in range(6)]
    for tensor, number in zip(tensors, send_calls(student, *tensors), strict=True):
        assert torch.equal(received(student, number).tensor(), tensor)


def test_the_time_of_a_call_counts_from_the_reply_before(start):
    """Calls that are sent together have the limits of one call each: in all they may take longer."""
    source = "import time\ndef f(seconds):\n    end = time.process_time() + seconds\n"
    student = start(f"{source}    while time.process_time() < end: pass", call_cpu_seconds=1.0, call_wall_seconds=60.0)
    for number in send_calls(student, *[0.4] * 4):
        received(student, number)
    one, endless = send_calls(student, 0.4, 60.0)
    received(student, one)
    with pytest.raises(Stopped, match="cpu"):
        received(student, endless)


PRINTS = "def f(x):\n    print('x' * x, end='', flush=True)\n    return x"


def test_replies_that_nobody_wants_are_dropped(start):
    """After `drop_replies` the next reply is that to the next question, and what the dropped calls printed is free."""
    student = start(PRINTS, output_kib=8)
    assert student.value(5) == 5
    send_calls(student, 3000, 3000)
    student.process.drop_replies()
    assert student.process.printed_bytes == 5
    send_calls(student, 3000, 3000)
    student.process.drop_replies()
    assert student.value(7) == 7
    assert student.process.printed_bytes == 12
    student.process.drop_replies()  # nothing waits, and nothing is waited for
    assert student.value(9) == 9


@pytest.mark.parametrize(
    ("source", "limits"),
    [
        ("def f(x):\n    while x: pass", {"call_cpu_seconds": 0.2}),
        ("import time\ndef f(x): time.sleep(600 * x)", {"call_wall_seconds": 0.2}),
        ("import os\ndef f(x): x and os._exit(3)", {}),
        (f"{FRAMES}def f(x): x and answer(1, number=99)", {}),
    ],
    ids=["computes for ever", "waits for ever", "ends", "answers something else"],
)
def test_a_process_busy_with_what_nobody_asks_is_lost(start, running, source, limits):
    """A dropped call that does not end as it should costs the process, and is not told as the student's `Stopped`."""
    student = start(source, **limits)
    first, _ = send_calls(student, 0, 1)
    assert received(student, first) is None
    with pytest.raises(Lost):
        student.process.drop_replies()
    assert student.process.ended
    assert not running(student.process.pid)


def test_too_much_output_while_requests_are_ahead_is_nobodys_fault(start, running):
    """Nobody can tell which of several calls printed too much: the process is lost, to be asked one by one."""
    student = start(PRINTS, output_kib=8)
    first, _ = send_calls(student, 9000, 9000)
    with pytest.raises(Lost, match="more than 8 KiB printed"):
        received(student, first)
    assert not running(student.process.pid)
    alone = start(PRINTS, output_kib=8)
    with pytest.raises(Stopped, match="more than 8 KiB printed"):
        alone.call(9000)


def test_an_end_does_not_hide_the_replies_before_it(start, ends):
    """A process that ended over a request sent ahead has answered those before it, whatever is sent meanwhile."""
    student = start("import os\ndef f(x):\n    if x == 3: os._exit(5)\n    return x")
    one, two, fatal = send_calls(student, 1, 2, 3)
    assert ends(student.process.handle)
    send_calls(student, 4)
    assert [received(student, number) for number in (one, two)] == [1, 2]
    with pytest.raises(Stopped, match="exit code 5"):
        received(student, fatal)


HOSTILE = {
    "out of order": "def f(x):\n    answer(x, number=3)\n    answer(x, number=2)",
    "twice": "def f(x):\n    answer(x, number=2)\n    answer(x, number=2)",
    "twice, the second time by itself": "def f(x):\n    if x == 1: answer(x, number=2)\n    return x",
    "too early": "def f(x):\n    answer(x, number=2)\n    answer(x, number=4)",
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_replies_under_other_numbers_end_a_process(start, source):
    """Of three calls sent together, answers that come out of order, twice or too early are stopped as no answers."""
    student = start(FRAMES + source)
    numbers = send_calls(student, 1, 2, 3)
    assert numbers == [2, 3, 4]
    with pytest.raises(Stopped, match="the process answered another question than the one asked") as caught:
        list(map(student.process.receive, numbers))
    assert caught.value.limit == "message"
    assert student.process.ended


class Canned:
    """A student process whose replies are written beforehand: the judge's half alone."""

    def __init__(self, replies, *, confined=True, limits=None):
        self.request_read, request_write = os.pipe()
        reply_read, reply_write = os.pipe()
        os.write(reply_write, replies)
        os.close(reply_write)
        output_read, self.output_write = os.pipe()
        errors_read, self.errors_write = os.pipe()
        pipes = Pipes(request_write, reply_read, output_read, errors_read)
        self.ended = []
        handle = os.pidfd_open(os.getpid())
        self.process = StudentProcess(0, handle, pipes, limits or Limits(), self.end)
        self.process.confined = confined

    def end(self, pid):
        self.ended.append(pid)
        return -9

    def close(self):
        self.process.close()
        for descriptor in (self.request_read, self.output_write, self.errors_write):
            os.close(descriptor)


@pytest.fixture
def canned():
    """Give a function that makes a process of prepared replies."""
    made = []

    def make(replies, **options):
        made.append(Canned(replies, **options))
        return made[-1]

    yield make
    for each in made:
        each.close()


def reply_frame(number, reply):
    encoder = Encoder(room=1 << 16)
    return pack_frame(encode_reply(reply, encoder), encoder.blob).numbered(number)


QUESTION = Call("f", ())
ANSWER = Observed((Observation(value=(1, "a"), arguments=(2,)),))


def test_prepared_replies_are_read_one_by_one(canned):
    """Replies that lie behind one another in the pipe answer one question each."""
    process = canned(reply_frame(1, ANSWER) + reply_frame(2, Loaded(functions=("f",)))).process
    assert process.ask(QUESTION) == ANSWER
    assert process.ask(QUESTION) == Loaded(functions=("f",))


def test_a_reply_that_lies_there_too_early_answers_nothing(canned):
    """A reply under a number that was not asked yet is no answer to the question that is asked next."""
    process = canned(reply_frame(1, ANSWER) + reply_frame(3, ANSWER)).process
    assert process.ask(QUESTION) == ANSWER
    with pytest.raises(Stopped, match="another question") as caught:
        process.ask(QUESTION)
    assert caught.value.limit == "message"


def test_numbers_begin_anew_past_the_largest(canned):
    """After the largest number that a header holds comes 0."""
    process = canned(reply_frame(NUMBERS - 1, ANSWER) + reply_frame(0, Loaded())).process
    process._last_number = NUMBERS - 2
    assert process.ask(QUESTION) == ANSWER
    assert process.ask(QUESTION) == Loaded()


def test_only_the_oldest_question_can_be_answered(canned):
    """Whoever waits for a later reply first has mistaken the order: the process is ended rather than misread."""
    process = canned(reply_frame(1, ANSWER) + reply_frame(2, ANSWER)).process
    for _ in range(2):
        process.send(packed(QUESTION))
    with pytest.raises(Stopped, match="another question"):
        process.receive(2)


def test_a_stopped_process_is_ended_once(canned):
    """Whoever stops a process has the zygote end it, and closing it again does not."""
    held = canned(reply_frame(9, ANSWER))
    with pytest.raises(Stopped, match="another question"):
        held.process.ask(QUESTION)
    held.process.close()
    assert held.ended == [0]


def test_a_tree_within_the_limits_of_its_own(canned):
    """Tree and blob have a limit each: the blob's is the message limit of the course."""
    limits = Limits(message_mib=1)
    for tree, blob in ((MAX_TREE + 1, 0), (0, (1 << 20) + 1)):
        with pytest.raises(Stopped, match="a message is larger than the limit"):
            canned(HEADER.pack(1, tree, blob), limits=limits).process.ask(QUESTION)
    blob = bytes(1 << 10)
    tree = ["observed", [[["tensor", "uint8", [len(blob)], 0, len(blob), False, None, 0], None, []]]]
    reply = canned(pack_frame(tree, blob).numbered(1), limits=limits).process.ask(QUESTION)
    assert reply.observations[0].value.data == blob


def test_damaged_replies_raise_nothing_but_stopped(canned):
    """A thousand damaged replies are answers or `Stopped`, and after each the judge can go on."""
    choose = random.Random(20_260_101)
    seen = Observation(value={"a": [torch.ones(2), 1.5]}, raised=None, arguments=(torch.zeros(3), "text"))
    failed = Observation(raised=Raised("ValueError", ("Exception",), "no", 3, 0))
    original = reply_frame(1, Observed((seen, failed)))
    endings = {Observed: 0, Stopped: 0}
    for _ in range(1000):
        frame = bytearray(original)
        for _ in range(choose.choice([1, 2, 5])):
            frame[choose.randrange(len(frame))] = choose.randrange(256)
        held = canned(bytes(frame[: choose.choice([len(frame), choose.randrange(len(frame))])]))
        try:
            endings[type(held.process.ask(QUESTION))] += 1
        except Stopped:
            endings[Stopped] += 1
        held.close()
        held.close = lambda: None
    assert min(endings.values()) > 10


def test_the_first_byte_tells_that_the_process_is_confined(canned):
    """A reply is read only behind the byte that a locked-down process sends before it reads any submission."""
    assert canned(CONFINED + reply_frame(1, ANSWER), confined=False).process.ask(QUESTION) == ANSWER


@pytest.mark.parametrize("first", [b"", b"\x00", reply_frame(2, ANSWER)])
def test_a_process_that_is_not_confined_is_nobodys_answer(canned, first):
    """Without that byte the run is refused with what the process said, and no student is charged for it."""
    held = canned(first, confined=False)
    held.process.keep_output(b"a warning\nthe layer 'landlock' can't be put on\n")
    with pytest.raises(IsolationError, match="could not be locked down: the layer 'landlock' can't be put on"):
        held.process.ask(QUESTION)
    assert held.ended == [0]


def test_a_process_that_is_not_confined_and_silent_is_told_by_its_end(canned):
    """When it said nothing, the way it ended is told."""
    with pytest.raises(IsolationError, match="could not be locked down: -9"):
        canned(b"", confined=False).process.ask(QUESTION)
