"""Messages there and back, and replies that a hostile process made up."""

import itertools
import random
import struct
import tracemalloc

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.protocol.errors import ProtocolError
from grader.protocol.frames import HEADER, MAX_TREE, pack_frame, read_frame
from grader.protocol.messages import (
    MAX_MESSAGE_TEXT,
    MAX_NAMES,
    Call,
    Load,
    Loaded,
    Observation,
    Observe,
    Observed,
    Raised,
    decode_reply,
    decode_request,
    encode_reply,
    encode_request,
)
from grader.protocol.values import Decoder, Encoder, Foreign

SEEDED = settings(derandomize=True, database=None, deadline=None, max_examples=150)
MAX_BLOB = 1 << 16
MUTANTS = 10_000
OPENINGS = b"\x00\x01\x7f\x80\x90\xc0\xc1\xc4\xc7\xca\xcf\xd3\xd9\xdc\xdd\xdf\xff"
"""First bytes of msgpack's kinds of values."""

names = st.text(st.characters(codec="utf-8"), max_size=12)
texts = st.lists(names, max_size=4).map(tuple)
raised = st.builds(
    Raised,
    type=names,
    bases=texts,
    message=names,
    line=st.integers(0, 2**31),
    cell=st.integers(0, 100),
)
values = st.recursive(st.none() | st.integers(-9, 9) | names, lambda part: st.lists(part, max_size=3).map(tuple))
observations = st.builds(
    Observation,
    value=values,
    raised=st.none() | raised,
    arguments=st.lists(values, max_size=3).map(tuple),
)
replies = st.builds(
    Loaded,
    raised=st.lists(raised, max_size=3).map(tuple),
    signatures=st.dictionaries(names, names, max_size=3),
    functions=texts,
) | st.builds(Observed, observations=st.lists(observations, max_size=3).map(tuple))
requests = (
    st.builds(Load, name=names, cells=texts, notebook=st.booleans(), entries=texts, forbidden=texts)
    | st.builds(Call, entry=names, arguments=values.map(lambda value: (value,)), times=st.integers(1, 3))
    | st.builds(Observe, observer=st.sampled_from([print, len]), arguments=values.map(lambda value: (value,)))
)


def over_the_wire(encoded, encoder, read_from):
    frame = pack_frame(encoded, encoder.blob)
    return read_frame(read_from(frame), max_blob=MAX_BLOB, max_tree=MAX_TREE)


@SEEDED
@given(number=st.integers(1, 2**31), request_=requests)
def test_a_request_comes_back_as_it_was(read_from, number, request_):
    """Every request, its number included, is decoded to the very record that was encoded."""
    encoder = Encoder(room=MAX_BLOB, pickle=lambda function: function.__name__.encode())
    tree, blob = over_the_wire(encode_request(number, request_, encoder), encoder, read_from)
    decoder = Decoder(blob, unpickle={b"print": print, b"len": len}.__getitem__)
    assert decode_request(tree, decoder) == (number, request_)


@SEEDED
@given(number=st.integers(1, 2**31), reply=replies)
def test_a_reply_comes_back_as_it_was(read_from, number, reply):
    """Every reply, its number included, is decoded to the very record that was encoded."""
    encoder = Encoder(room=MAX_BLOB)
    tree, blob = over_the_wire(encode_reply(number, reply, encoder), encoder, read_from)
    assert decode_reply(tree, Decoder(blob)) == (number, reply)


def test_the_storages_of_a_reply_are_numbered_together(read_from):
    """A returned tensor that shares its memory with an argument, of this or another call, has its number."""
    x, y = torch.ones(2), torch.ones(2)
    seen = Observed((Observation(value=x, arguments=(x, y)), Observation(value=x[:1], arguments=(x, y))))
    encoder = Encoder(room=MAX_BLOB)
    tree, blob = over_the_wire(encode_reply(1, seen, encoder), encoder, read_from)
    _, reply = decode_reply(tree, Decoder(blob))
    first, second = reply.observations
    assert len({each.storage for each in (first.value, second.value, first.arguments[0], second.arguments[0])}) == 1
    assert first.arguments[1].storage == second.arguments[1].storage != first.value.storage


def test_a_reply_carries_no_callable():
    """A function that a student's code returns arrives as a description; a reply that claims to hold one is refused."""
    encoder = Encoder(room=MAX_BLOB)
    tree = encode_reply(1, Observed((Observation(value=print),)), encoder)
    _, reply = decode_reply(tree, Decoder(memoryview(b"")))
    assert isinstance(reply.observations[0].value, Foreign)
    with pytest.raises(ProtocolError, match="a value of no known kind"):
        decode_reply([1, "observed", [[["callable", 0, 1], None, []]]], Decoder(memoryview(b"x")))


@pytest.mark.parametrize(
    "tree",
    [
        None,
        [],
        7,
        "load",
        [1],
        [1, "stop"],
        ["1", "load", "s.py", [], False, [], []],
        [1, "load", "s.py", [], 0, [], []],
        [1, "load", "s.py", "cell", False, [], []],
        [1, "load", "s.py", [], False, []],
        [1, "call", 7, None, 1],
        [1, "call", "f", ["tuple", []], "1"],
        [1, "observe", None],
        [1, "observed", []],
    ],
    ids=repr,
)
def test_an_unknown_request_is_refused(tree):
    """A tree that is none of the three requests is a `ProtocolError`."""
    with pytest.raises(ProtocolError, match="an unknown request"):
        decode_request(tree, Decoder(memoryview(b"")))


FAILED = ["ValueError", ["Exception"], "no", 3, 0]


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (None, "an unknown reply"),
        ([], "an unknown reply"),
        ({}, "an unknown reply"),
        ([1, "observed"], "an unknown reply"),
        ([1.0, "observed", []], "an unknown reply"),
        ([1, "observed", {}], "an unknown reply"),
        ([1, "loaded", [], []], "an unknown reply"),
        ([1, "loaded", [], [], [7]], "an unknown reply"),
        ([1, "loaded", [], [], "f", []], "an unknown reply"),
        ([1, "call", "f", [], 1], "an unknown reply"),
        ([1, "observed", [7]], "an observation has another form"),
        ([1, "observed", [[None, None]]], "an observation has another form"),
        ([1, "observed", [[None, None, None]]], "an observation has another form"),
        ([1, "observed", [[None, 7, []]]], "an exception has another form"),
        ([1, "observed", [[None, FAILED[:4], []]]], "an exception has another form"),
        ([1, "observed", [[None, ["E", "Exception", "no", 3, 0], []]]], "an exception has another form"),
        ([1, "observed", [[None, ["E", [], b"no", 3, 0], []]]], "an exception has another form"),
        ([1, "observed", [[None, ["E", [], "no", "3", 0], []]]], "an exception has another form"),
        ([1, "observed", [[None, ["E", [7], "no", 3, 0], []]]], "a name is not text"),
        ([1, "loaded", [7], [], [], []], "an exception has another form"),
        ([1, "loaded", [], [7], [], []], "a signature has another form"),
        ([1, "loaded", [], [["f", 7]], [], []], "a signature has another form"),
        ([1, "loaded", [], [[["f"], "()"]], [], []], "a signature has another form"),
        ([1, "loaded", [], [], [7], []], "a name is not text"),
        ([1, "loaded", [], [], [], [[7]]], "an output of no known kind"),
        ([1, "observed", [[["set", []], None, []]]], "a value of no known kind"),
        ([1, "observed", [[None, None, [["set", []]]]]], "a value of no known kind"),
    ],
    ids=lambda part: repr(part)[:60],
)
def test_a_reply_of_another_form_is_refused(tree, text):
    """Every break of a reply's form is a `ProtocolError` that says which."""
    with pytest.raises(ProtocolError, match=text):
        decode_reply(tree, Decoder(memoryview(b"")))


def test_the_reply_that_the_tests_break_is_whole():
    """The forms above differ in one place each from replies that are taken."""
    _, reply = decode_reply([1, "observed", [[None, FAILED, []]]], Decoder(memoryview(b"")))
    assert reply == Observed((Observation(raised=Raised("ValueError", ("Exception",), "no", 3, 0)),))
    _, reply = decode_reply([1, "loaded", [FAILED], [["f", "()"]], ["f"], []], Decoder(memoryview(b"")))
    assert reply == Loaded((Raised("ValueError", ("Exception",), "no", 3, 0),), {"f": "()"}, ("f",))


def test_the_words_of_a_reply_are_cut():
    """Names, messages and their numbers are cut to what a report can hold, and a line is never negative."""
    long = "x" * 9999
    failed = [long, [long] * 99, long, -5, -5]
    tree = [1, "loaded", [failed] * 99, [[f"{index}{long}", long] for index in range(99)], [long] * 99, []]
    _, reply = decode_reply(tree, Decoder(memoryview(b"")))
    assert (len(reply.raised), len(reply.signatures), len(reply.functions)) == (MAX_NAMES,) * 3
    assert reply.raised[0] == Raised("x" * 100, ("x" * 100,) * 20, "x" * MAX_MESSAGE_TEXT, 0, 0)
    assert {len(name) for name in reply.signatures} == {100}
    assert set(reply.signatures.values()) == {"x" * 500}
    assert set(reply.functions) == {"x" * 100}


def real_frames():
    """Return frames as student processes send them."""
    x = torch.ones(2, 3, requires_grad=True)
    x.grad = torch.zeros(2, 3)
    worked = Observation(value={"a": [x * 2, 1.5, 2 + 1j], 7: ("text", b"bytes", None)}, arguments=(x, 3, True))
    failed = Observation(raised=Raised("ValueError", ("Exception",), "no such thing", 12, 0), arguments=(x,))
    loaded = Loaded((Raised("NameError", ("Exception",), "name 'x'", 3, 2),), {"f": "(x, v)"}, ("f", "helper"))
    for reply in (Observed((worked, failed)), Observed((Observation(value=torch.arange(9)),)), loaded):
        encoder = Encoder(room=MAX_BLOB)
        yield pack_frame(encode_reply(1, reply, encoder), encoder.blob)


def flip(frame, choose):
    frame[choose.randrange(len(frame))] ^= 1 << choose.randrange(8)


def overwrite(frame, choose):
    frame[choose.randrange(len(frame))] = choose.choice(
        b"\x00\x01\x7f\x80\x90\xc0\xc1\xc4\xc7\xca\xcf\xd3\xd9\xdc\xdd\xdf\xff"
    )


def cut(frame, choose):
    del frame[choose.randrange(len(frame)) :]


def drop(frame, choose):
    start = choose.randrange(len(frame))
    del frame[start : start + choose.randrange(1, 9)]


def repeat(frame, choose):
    start = choose.randrange(len(frame))
    frame[start:start] = frame[start : start + choose.randrange(1, 40)]


def announce(frame, choose):
    frame[: HEADER.size] = HEADER.pack(choose.randrange(len(frame)), choose.randrange(2 * len(frame)))


def pile_up(frame, choose):
    """Open lists in lists, each of which announces thousands of parts, and fill the innermost a little."""
    lists = b"\xdc" + struct.pack(">H", choose.randrange(500, 2**16))
    pile = lists * choose.randrange(1, 1000) + b"\xc0" * choose.randrange(2**12)
    tree, blob = HEADER.unpack(frame[: HEADER.size])
    tree = min(tree, len(frame) - HEADER.size)
    place = HEADER.size + choose.randrange(tree + 1)
    frame[place:place] = pile
    frame[: HEADER.size] = HEADER.pack(tree + len(pile), blob)


def shift_border(frame, choose):
    tree, blob = HEADER.unpack(frame[: HEADER.size])
    moved = choose.randrange(-20, 20)
    if min(tree + moved, blob - moved) >= 0:
        frame[: HEADER.size] = HEADER.pack(tree + moved, blob - moved)


DAMAGES = (flip, flip, overwrite, overwrite, cut, drop, repeat, announce, pile_up, shift_border)


def mutants(count):
    choose = random.Random(20_260_101)
    for original in itertools.islice(itertools.cycle(list(real_frames())), count):
        frame = bytearray(original)
        for _ in range(choose.choice([1, 1, 2, 5])):
            choose.choice(DAMAGES)(frame, choose)
            if len(frame) < HEADER.size:
                break
        yield bytes(frame)


def receive(frame, read_from):
    """Read a reply as the judge does; return how that ended."""
    try:
        tree, blob = read_frame(read_from(frame), max_blob=MAX_BLOB, max_tree=MAX_TREE)
        decode_reply(tree, Decoder(blob))
    except ProtocolError:
        return "refused"
    except EOFError:
        return "unfinished"
    return "taken"


def test_mutated_replies_are_taken_or_refused_within_memory(read_from):
    """Ten thousand damaged replies raise nothing but `ProtocolError` and take no more than twice what a frame may."""
    assert {receive(frame, read_from) for frame in real_frames()} == {"taken"}
    endings = {"taken": 0, "refused": 0, "unfinished": 0}
    largest = 0
    for frame in mutants(MUTANTS):
        tracemalloc.start()
        try:
            endings[receive(frame, read_from)] += 1
            largest = max(largest, tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
    assert largest <= 2 * (MAX_TREE + MAX_BLOB)
    assert min(endings.values()) > MUTANTS / 100


forged = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.binary(max_size=5),
    lambda part: (
        st.lists(part, max_size=5)
        | st.dictionaries(st.text(max_size=3), part, max_size=3)
        | st.builds(lambda parts: [1, "observed", parts], st.lists(part, max_size=3))
        | st.builds(lambda *parts: [1, "loaded", *parts], part, part, part, part)
        | st.builds(lambda *parts: list(parts), part, st.none() | part, st.lists(part, max_size=2))
    ),
    max_leaves=20,
)


@settings(SEEDED, max_examples=400)
@given(tree=forged)
def test_an_arbitrary_tree_is_a_reply_or_refused(tree):
    """Whatever a tree holds, decoding it as a reply gives one or raises `ProtocolError`, and nothing else."""
    try:
        _, reply = decode_reply(tree, Decoder(memoryview(bytes(8))))
    except ProtocolError:
        return
    assert isinstance(reply, Loaded | Observed)
