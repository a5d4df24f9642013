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
    Begin,
    Begun,
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
    without_addresses,
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
    unchanged=st.booleans(),
)
replies |= st.builds(Begun, unchanged=st.booleans())
replies |= st.builds(Observed, observations=st.lists(observations, max_size=3).map(tuple))
requests = (
    st.builds(Load, name=names, cells=texts, notebook=st.booleans(), entries=texts, shared=st.booleans())
    | st.builds(Begin, name=names, forbidden=texts, shared=st.booleans())
    | st.builds(Call, entry=names, arguments=values.map(lambda value: (value,)), times=st.integers(1, 3))
    | st.builds(Observe, observer=st.sampled_from([print, len]), arguments=values.map(lambda value: (value,)))
)


def over_the_wire(encoded, encoder, read_from):
    frame = pack_frame(encoded, encoder.blob).numbered(1)
    _, tree, blob = read_frame(read_from(frame), max_blob=MAX_BLOB, max_tree=MAX_TREE)
    return tree, blob


@SEEDED
@given(request_=requests)
def test_a_request_comes_back_as_it_was(read_from, request_):
    """Every request is decoded to the very record that was encoded."""
    encoder = Encoder(room=MAX_BLOB, pickle=lambda function: function.__name__.encode())
    tree, blob = over_the_wire(encode_request(request_, encoder), encoder, read_from)
    decoder = Decoder(blob, unpickle={b"print": print, b"len": len}.__getitem__)
    assert decode_request(tree, decoder) == request_


@SEEDED
@given(reply=replies)
def test_a_reply_comes_back_as_it_was(read_from, reply):
    """Every reply is decoded to the very record that was encoded."""
    encoder = Encoder(room=MAX_BLOB)
    tree, blob = over_the_wire(encode_reply(reply, encoder), encoder, read_from)
    assert decode_reply(tree, Decoder(blob)) == reply


def test_the_storages_of_a_reply_are_numbered_together(read_from):
    """A returned tensor that shares its memory with an argument, of this or another call, has its number."""
    x, y = torch.ones(2), torch.ones(2)
    seen = Observed((Observation(value=x, arguments=(x, y)), Observation(value=x[:1], arguments=(x, y))))
    encoder = Encoder(room=MAX_BLOB)
    tree, blob = over_the_wire(encode_reply(seen, encoder), encoder, read_from)
    reply = decode_reply(tree, Decoder(blob))
    first, second = reply.observations
    assert len({each.storage for each in (first.value, second.value, first.arguments[0], second.arguments[0])}) == 1
    assert first.arguments[1].storage == second.arguments[1].storage != first.value.storage


def test_a_reply_carries_no_callable():
    """A function that a student's code returns arrives as a description; a reply that claims to hold one is refused."""
    encoder = Encoder(room=MAX_BLOB)
    tree = encode_reply(Observed((Observation(value=print),)), encoder)
    reply = decode_reply(tree, Decoder(memoryview(b"")))
    assert isinstance(reply.observations[0].value, Foreign)
    with pytest.raises(ProtocolError, match="a value of no known kind"):
        decode_reply(["observed", [[["callable", 0, 1], None, []]]], Decoder(memoryview(b"x")))


@pytest.mark.parametrize(
    "tree",
    [
        None,
        [],
        7,
        "load",
        [1],
        ["stop"],
        ["1", "load", "s.py", [], False, [], []],
        ["load", "s.py", [], 0, [], False],
        ["load", "s.py", "cell", False, [], False],
        ["load", "s.py", [], False, [], 1],
        ["load", "s.py", [], False, []],
        ["begin", "s.py", [], 0],
        ["begin", "s.py", "torch.sin", False],
        ["begin", 7, [], False],
        ["begin", "s.py", []],
        ["call", 7, None, 1],
        ["call", "f", ["tuple", []], "1"],
        ["observe", None],
        ["observed", []],
    ],
    ids=repr,
)
def test_an_unknown_request_is_refused(tree):
    """A tree that is none of the four requests is a `ProtocolError`."""
    with pytest.raises(ProtocolError, match="an unknown request"):
        decode_request(tree, Decoder(memoryview(b"")))


FAILED = ["ValueError", ["Exception"], "no", 3, 0]


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (None, "an unknown reply"),
        ([], "an unknown reply"),
        ({}, "an unknown reply"),
        (["observed"], "an unknown reply"),
        ([1, "observed", []], "an unknown reply"),
        (["observed", {}], "an unknown reply"),
        (["loaded", [], []], "an unknown reply"),
        (["loaded", [], [], [7]], "an unknown reply"),
        (["loaded", [], [], "f", [], True], "an unknown reply"),
        (["loaded", [], [], [], []], "an unknown reply"),
        (["loaded", [], [], [], [], 1], "an unknown reply"),
        (["begun"], "an unknown reply"),
        (["begun", 1], "an unknown reply"),
        (["begun", None], "an unknown reply"),
        (["call", "f", [], 1], "an unknown reply"),
        (["observed", [7]], "an observation has another form"),
        (["observed", [[None, None]]], "an observation has another form"),
        (["observed", [[None, None, None]]], "an observation has another form"),
        (["observed", [[None, 7, []]]], "an exception has another form"),
        (["observed", [[None, FAILED[:4], []]]], "an exception has another form"),
        (["observed", [[None, ["E", "Exception", "no", 3, 0], []]]], "an exception has another form"),
        (["observed", [[None, ["E", [], b"no", 3, 0], []]]], "an exception has another form"),
        (["observed", [[None, ["E", [], "no", "3", 0], []]]], "an exception has another form"),
        (["observed", [[None, ["E", [7], "no", 3, 0], []]]], "a name is not text"),
        (["loaded", [7], [], [], [], True], "an exception has another form"),
        (["loaded", [], [7], [], [], True], "a signature has another form"),
        (["loaded", [], [["f", 7]], [], [], True], "a signature has another form"),
        (["loaded", [], [[["f"], "()"]], [], [], True], "a signature has another form"),
        (["loaded", [], [], [7], [], True], "a name is not text"),
        (["loaded", [], [], [], [[7]], True], "an output of no known kind"),
        (["observed", [[["set", []], None, []]]], "a value of no known kind"),
        (["observed", [[None, None, [["set", []]]]]], "a value of no known kind"),
    ],
    ids=lambda part: repr(part)[:60],
)
def test_a_reply_of_another_form_is_refused(tree, text):
    """Every break of a reply's form is a `ProtocolError` that says which."""
    with pytest.raises(ProtocolError, match=text):
        decode_reply(tree, Decoder(memoryview(b"")))


def test_the_reply_that_the_tests_break_is_whole():
    """The forms above differ in one place each from replies that are taken."""
    reply = decode_reply(["observed", [[None, FAILED, []]]], Decoder(memoryview(b"")))
    assert reply == Observed((Observation(raised=Raised("ValueError", ("Exception",), "no", 3, 0)),))
    reply = decode_reply(["loaded", [FAILED], [["f", "()"]], ["f"], [], False], Decoder(memoryview(b"")))
    assert reply == Loaded((Raised("ValueError", ("Exception",), "no", 3, 0),), {"f": "()"}, ("f",), unchanged=False)
    assert decode_reply(["begun", True], Decoder(memoryview(b""))) == Begun(unchanged=True)


def test_the_words_of_a_reply_are_cut():
    """Names, messages and their numbers are cut to what a report can hold, and a line is never negative."""
    long = "x" * 9999
    failed = [long, [long] * 99, long, -5, -5]
    tree = ["loaded", [failed] * 99, [[f"{index}{long}", long] for index in range(99)], [long] * 99, [], True]
    reply = decode_reply(tree, Decoder(memoryview(b"")))
    assert (len(reply.raised), len(reply.signatures), len(reply.functions)) == (MAX_NAMES,) * 3
    assert reply.raised[0] == Raised("x" * 100, ("x" * 100,) * 20, "x" * MAX_MESSAGE_TEXT, 0, 0)
    assert {len(name) for name in reply.signatures} == {100}
    assert set(reply.signatures.values()) == {"x" * 500}
    assert set(reply.functions) == {"x" * 100}


TOLD = {
    "<f at 0x7f3a5c0d1e80>": "<f at 0x…>",
    "0xDEADBEEF and (0x00007ffd12345678)": "0x… and (0x…)",
    "the colour 0xff00 and 10x123456": "the colour 0xff00 and 10x123456",
    "no address": "no address",
}


@pytest.mark.parametrize(("said", "kept"), TOLD.items())
def test_an_address_in_an_exception_is_masked_on_both_sides(said, kept):
    """An address differs from run to run: a process sends none, and the judge keeps none of a forged reply either."""
    assert without_addresses(said) == kept
    tree = encode_reply(Loaded((Raised("ValueError", (), said),)), Encoder(room=MAX_BLOB))
    assert tree[1][0][2] == kept
    tree[1][0][2] = said
    assert decode_reply(tree, Decoder(memoryview(b""))).raised[0].message == kept


def real_frames():
    """Return frames as student processes send them."""
    x = torch.ones(2, 3, requires_grad=True)
    x.grad = torch.zeros(2, 3)
    worked = Observation(value={"a": [x * 2, 1.5, 2 + 1j], 7: ("text", b"bytes", None)}, arguments=(x, 3, True))
    failed = Observation(raised=Raised("ValueError", ("Exception",), "no such thing", 12, 0), arguments=(x,))
    loaded = Loaded((Raised("NameError", ("Exception",), "name 'x'", 3, 2),), {"f": "(x, v)"}, ("f", "helper"))
    for reply in (
        Observed((worked, failed)),
        Observed((Observation(value=torch.arange(9)),)),
        loaded,
        Begun(unchanged=True),
    ):
        encoder = Encoder(room=MAX_BLOB)
        yield pack_frame(encode_reply(reply, encoder), encoder.blob).numbered(1)


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
    frame[: HEADER.size] = HEADER.pack(1, choose.randrange(len(frame)), choose.randrange(2 * len(frame)))


def pile_up(frame, choose):
    """Open lists in lists, each of which announces thousands of parts, and fill the innermost a little."""
    lists = b"\xdc" + struct.pack(">H", choose.randrange(500, 2**16))
    pile = lists * choose.randrange(1, 1000) + b"\xc0" * choose.randrange(2**12)
    number, tree, blob = HEADER.unpack(frame[: HEADER.size])
    tree = min(tree, len(frame) - HEADER.size)
    place = HEADER.size + choose.randrange(tree + 1)
    frame[place:place] = pile
    frame[: HEADER.size] = HEADER.pack(number, tree + len(pile), blob)


def shift_border(frame, choose):
    number, tree, blob = HEADER.unpack(frame[: HEADER.size])
    moved = choose.randrange(-20, 20)
    if min(tree + moved, blob - moved) >= 0:
        frame[: HEADER.size] = HEADER.pack(number, tree + moved, blob - moved)


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
        _, tree, blob = read_frame(read_from(frame), max_blob=MAX_BLOB, max_tree=MAX_TREE)
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
        | st.builds(lambda parts: ["observed", parts], st.lists(part, max_size=3))
        | st.builds(lambda *parts: ["loaded", *parts], part, part, part, part, part)
        | st.builds(lambda *parts: list(parts), part, st.none() | part, st.lists(part, max_size=2))
    ),
    max_leaves=20,
)


@settings(SEEDED, max_examples=400)
@given(tree=forged)
def test_an_arbitrary_tree_is_a_reply_or_refused(tree):
    """Whatever a tree holds, decoding it as a reply gives one or raises `ProtocolError`, and nothing else."""
    try:
        reply = decode_reply(tree, Decoder(memoryview(bytes(8))))
    except ProtocolError:
        return
    assert isinstance(reply, Loaded | Begun | Observed)
