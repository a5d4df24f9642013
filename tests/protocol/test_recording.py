"""The record of a recording: it comes back as it was, and a forged one is refused before it can do harm."""

import json

import pytest

from grader.protocol.errors import ProtocolError
from grader.protocol.operations import OPERATIONS
from grader.protocol.recording import (
    MOST_EVENTS,
    MOST_TENSORS,
    Ended,
    Event,
    Recording,
    TensorSeen,
    Use,
    decode_recording,
    encode_recording,
)

LEAF = Use(0, requires_grad=True, has_graph=False, has_grad=True)
RESULT = Use(1, requires_grad=True, has_graph=True, has_grad=False)
WHOLE = Recording(
    events=(
        Event("pow", 3, 0, 1, "grad", inputs=(LEAF,), outputs=(RESULT,), options=("inside",)),
        Event("backward", 4, 0, 2, "no_grad", (RESULT,), (LEAF,), (LEAF,), filled=(0,), added=(1,), raised="freed"),
    ),
    tensors=(TensorSeen((2, 3), floating=True, storage=0), TensorSeen((), floating=False, storage=0)),
    arguments=((), (0, 1)),
    results=(RESULT,),
    returned="tuple",
    ended=Ended("RuntimeError", "freed", 4, 0),
    is_cut=True,
)


def test_a_recording_comes_back_as_it_was():
    """Encoding to plain lists and back, through JSON as in the facts, loses nothing."""
    assert decode_recording(json.loads(json.dumps(encode_recording(WHOLE)))) == WHOLE
    assert decode_recording(encode_recording(Recording())) == Recording()


def test_a_leaf_is_a_tensor_without_a_graph():
    """A use tells leaf and result apart as torch does."""
    assert LEAF.is_leaf
    assert not RESULT.is_leaf


def test_places_are_those_of_events_and_of_the_exception():
    """The lines that a judge must find in the source are all lines that the recording names."""
    assert list(WHOLE.places()) == [(3, 0), (4, 0), (4, 0)]


def change(tree, path, value):
    """Return a copy of nested lists with the part at `path` exchanged."""
    if not path:
        return value
    return [change(part, path[1:], value) if index == path[0] else part for index, part in enumerate(tree)]


EVENT, TENSOR = (1, 0), (2, 0)
FORGED = {
    "another version": ((0,), 2),
    "no list of events": ((1,), "pow"),
    "too many events": ((1,), encode_recording(WHOLE)[1] * MOST_EVENTS),
    "too many tensors": ((2,), [[[1], True, 0]] * (MOST_TENSORS + 1)),
    "a name of its own": ((*EVENT, 0), "secret"),
    "a negative line": ((*EVENT, 1, 0), -1),
    "a line that is no number": ((*EVENT, 1, 0), True),
    "an endless line": ((*EVENT, 1, 0), 1 << 40),
    "a mode of its own": ((*EVENT, 2), "secret"),
    "a tensor that is not there": ((*EVENT, 3, 0, 0, 0), 7),
    "flags of its own": ((*EVENT, 3, 0, 0, 1), 8),
    "too few roles": ((*EVENT, 3), []),
    "too many uses": ((*EVENT, 3, 0), [[0, 0]] * 17),
    "an option of its own": ((*EVENT, 5), ["secret"]),
    "a reason of its own": ((*EVENT, 6), "secret"),
    "too many dimensions": ((*TENSOR, 0), [1] * 9),
    "a size below zero": ((*TENSOR, 0), [-1]),
    "a memory that is not there": ((*TENSOR, 2), 2),
    "a tensor of another form": (TENSOR, [[1], True]),
    "a use of another form": ((4, 0), [0]),
    "a kind of its own": ((5,), "secret"),
    "an exception of its own": ((6, 0), "Secret"),
    "an end of another form": ((6,), ["RuntimeError"]),
    "an event of another form": (EVENT, ["pow"]),
}


@pytest.mark.parametrize(("path", "value"), FORGED.values(), ids=FORGED)
def test_a_forged_recording_is_refused(path, value):
    """Whatever is longer, larger or otherwise named than the record allows is no recording."""
    with pytest.raises(ProtocolError, match="recording"):
        decode_recording(change(encode_recording(WHOLE), path, value))


def test_names_are_told_apart():
    """Reading `.grad`, setting it and torch.autograd.grad are three operations."""
    assert {"grad", "grad=", "autograd.grad"} <= OPERATIONS
