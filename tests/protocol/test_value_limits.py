"""How deep, how long and how large a value on the wire may be."""

import sys

import pytest
import torch

from grader.protocol.errors import ProtocolError
from grader.protocol.values import (
    MAX_DEPTH,
    MAX_KEYS,
    MAX_NODES,
    Decoder,
    Encoder,
    Foreign,
)


def nest(depth, inner):
    for _ in range(depth):
        inner = [inner]
    return inner


def test_a_value_may_be_nested_so_deep_and_no_deeper(cross):
    """Nesting up to the limit arrives whole; below it stands a description."""
    assert cross(nest(MAX_DEPTH, 7)) == nest(MAX_DEPTH, 7)
    assert cross(nest(MAX_DEPTH + 1, 7)) == nest(MAX_DEPTH + 1, Foreign("int", "too deep or too many parts"))
    assert cross(nest(10_000, 7)) == nest(MAX_DEPTH + 1, Foreign("list", "too deep or too many parts"))


def test_a_value_may_have_so_many_parts_and_no_more(cross):
    """A list as long as the limit arrives whole; a longer one ends in a description and is not walked to its end."""
    assert cross([7] * (MAX_NODES - 1)) == [7] * (MAX_NODES - 1)
    got = cross([7] * (100 * MAX_NODES))
    assert got[: MAX_NODES - 1] == [7] * (MAX_NODES - 1)
    assert got[-1] == Foreign("int", "too deep or too many parts")
    assert len(got) == MAX_NODES + 1


def colliding(count):
    """Return a dict of so many keys that all have one hash."""
    made = {complex(float(10**12 - sys.hash_info.imag * each), float(each)): None for each in range(count)}
    assert {hash(key) for key in made} == {hash(complex(10**12, 0))}
    return made


def test_dicts_may_have_so_many_entries_and_no_more(cross):
    """The dicts of one message share a number of entries: the first past it is described, one that fits arrives."""
    whole = dict.fromkeys(range(MAX_KEYS))
    assert cross(whole) == whole
    assert cross(colliding(MAX_KEYS)) == colliding(MAX_KEYS)
    assert cross(whole | {"one more": None}) == Foreign("dict", "too many entries")
    assert cross([{1: 2}, whole, {3: {4: 5}}]) == [{1: 2}, Foreign("dict", "too many entries"), {3: {4: 5}}]


@pytest.mark.parametrize("entries", [MAX_KEYS + 1, 4000, 8000])
def test_a_dict_of_colliding_keys_is_not_walked(entries):
    """Of a dict past the limit, no entry is encoded, and a reader refuses it before it has read a single key."""
    encoder = Encoder(room=0)
    assert encoder.encode(colliding(entries)) == ["foreign", "dict", "too many entries"]
    assert encoder.nodes == 1
    decoder = Decoder(memoryview(b""))
    with pytest.raises(ProtocolError, match="the dicts of a message have too many entries"):
        decoder.decode(["dict", [[["complex", key.real, key.imag], None] for key in colliding(entries)]])
    assert decoder.nodes == 1


def test_many_dicts_of_colliding_keys_are_not_all_read():
    """Dicts that are each within the limit are refused as soon as they pass it together."""
    half = ["dict", [[["complex", key.real, key.imag], None] for key in colliding(MAX_KEYS // 2)]]
    decoder = Decoder(memoryview(b""))
    with pytest.raises(ProtocolError, match="the dicts of a message have too many entries"):
        decoder.decode(["list", [half] * 20])
    assert decoder.nodes == 4 + 2 * MAX_KEYS  # the list, two dicts with their keys and values, the third dict


def test_the_deepest_dicts_cross(cross):
    """Dicts in dicts, which lie deepest in a message, arrive whole to the limit of nesting."""
    deep = 7
    for _ in range(MAX_DEPTH):
        deep = {"a": deep}
    assert cross([[[deep["a"]["a"]["a"]]]]) == [[[deep["a"]["a"]["a"]]]]
    assert cross(deep) == deep


def cycle(width):
    one, other = [], []
    one.extend([other] * width)
    other.extend([one] * width)
    return one


@pytest.mark.parametrize("width", [1, 2, 1000])
def test_a_list_that_holds_itself_is_cut(width):
    """A cyclic list ends in descriptions after a bounded number of parts, however often it holds itself."""
    encoder = Encoder(room=0)
    assert "too deep or too many parts" in repr(encoder.encode(cycle(width)))
    assert encoder.nodes <= 3 * MAX_NODES


def test_room_is_for_all_tensors_together(cross):
    """The tensors of one message share its room: the first that does not fit is described, a later one may fit."""
    first, second, third = cross([torch.ones(2), torch.ones(3), torch.ones(1)], room=12)
    assert first.shape == (2,)
    assert second == Foreign("torch.Tensor", "too large to be sent")
    assert third.shape == (1,)
