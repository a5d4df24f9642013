"""Trees that no encoder wrote: each is decoded to a value or refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.protocol.errors import ProtocolError
from grader.protocol.values import (
    DTYPES,
    MAX_DEPTH,
    MAX_NODES,
    Decoder,
    Foreign,
    TensorRecord,
    tensor_records,
)

SEEDED = settings(derandomize=True, database=None, deadline=None, max_examples=150)

floats = st.floats(width=64)
plain = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | floats
    | st.builds(complex, floats, floats)
    | st.text(st.characters(codec="utf-8"), max_size=20)
    | st.binary(max_size=20)
)


def nest(depth, inner):
    for _ in range(depth):
        inner = [inner]
    return inner


def tensor_tree(**changes):
    fields = {"tag": "tensor", "dtype": "float32", "shape": [2], "start": 0, "length": 8, "requires_grad": False}
    fields |= {"grad": None, "storage": 0} | changes
    return list(fields.values())


def decode(tree, blob=bytes(8)):
    return Decoder(memoryview(blob)).decode(tree)


def test_a_tensor_record_is_decoded():
    """The record that the tests below break is, whole, a tensor."""
    assert decode(tensor_tree()) == TensorRecord("float32", (2,), bytes(8), storage=0)
    with_grad = tensor_tree(requires_grad=True, grad=tensor_tree(start=8))
    assert decode(with_grad, bytes(16)).grad == decode(tensor_tree())


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (nest(MAX_DEPTH + 3, 7), "a value of no known kind"),
        ([], "a value of no known kind"),
        (["set", []], "a value of no known kind"),
        (["list", 7], "a value of no known kind"),
        (["list", [], []], "a value of no known kind"),
        ({}, "a value of no known kind"),
        (["complex", 1, 2.0], "a value of no known kind"),
        (["foreign", "name", 7], "a value of no known kind"),
        (["callable", 0, 8], "a value of no known kind"),
        (["dict", [[1]]], "a dict's entry is not a pair"),
        (["dict", [[1, 2, 3]]], "a dict's entry is not a pair"),
        (["dict", ["ab"]], "a dict's entry is not a pair"),
        (["dict", [[["list", []], 1]]], "a dict's key can't be hashed"),
        (["dict", [[["tuple", [["list", []]]], 1]]], "a dict's key can't be hashed"),
        (["tensor"], "a tensor's record has another form"),
        (tensor_tree()[:-1], "a tensor's record has another form"),
        ([*tensor_tree(), 0], "a tensor's record has another form"),
        (tensor_tree(dtype=7), "a tensor's record has another form"),
        (tensor_tree(shape=2), "a tensor's record has another form"),
        (tensor_tree(start=0.0), "a tensor's record has another form"),
        (tensor_tree(requires_grad=1), "a tensor's record has another form"),
        (tensor_tree(storage=None), "a tensor's record has another form"),
        (tensor_tree(dtype="quint8"), "a tensor of unknown dtype or too many dimensions"),
        (tensor_tree(shape=[1] * 64 + [2]), "a tensor of unknown dtype or too many dimensions"),
        (tensor_tree(shape=[-1, -2]), "a tensor's shape is not a list of sizes"),
        (tensor_tree(shape=[2.0]), "a tensor's shape is not a list of sizes"),
        (tensor_tree(shape=[True, 2]), "a tensor's shape is not a list of sizes"),
        (tensor_tree(shape=[2**31, 0], length=0), "a tensor's shape is not a list of sizes"),
        (tensor_tree(shape=[3]), "a tensor's bytes do not fit its shape"),
        (tensor_tree(shape=[2**31 - 1] * 64), "a tensor's shape is larger than any tensor can be"),
        (tensor_tree(shape=[0, 2**24, 2**24], length=0), "a tensor's shape is larger than any tensor can be"),
        (tensor_tree(length=0), "a tensor's bytes do not fit its shape"),
        (tensor_tree(dtype="int32", requires_grad=True), "an integer tensor can't require grad"),
        (tensor_tree(dtype="bool", shape=[8], requires_grad=True), "an integer tensor can't require grad"),
        (tensor_tree(grad=7), "a gradient is a tensor without a gradient of its own"),
        (tensor_tree(grad=tensor_tree()[:-1]), "a gradient is a tensor without a gradient of its own"),
        (tensor_tree(grad=tensor_tree(grad=tensor_tree())), "a gradient is a tensor without a gradient of its own"),
        (tensor_tree(grad=tensor_tree(tag="list")), "a tensor's record has another form"),
        (tensor_tree(start=1), "a value points outside its message"),
        (tensor_tree(start=-8), "a value points outside its message"),
        (tensor_tree(shape=[3], length=12), "a value points outside its message"),
    ],
    ids=lambda part: repr(part)[:60],
)
def test_a_tree_that_no_encoder_wrote_is_refused(tree, text):
    """Every break of a value's form is a `ProtocolError` that says which."""
    with pytest.raises(ProtocolError, match=text):
        decode(tree)


def nest_trees(depth, inner):
    for _ in range(depth):
        inner = ["list", [inner]]
    return inner


@pytest.mark.parametrize(
    "tree",
    [nest_trees(MAX_DEPTH + 3, 7), ["list", [7] * (2 * MAX_NODES)]],
    ids=["deep", "long"],
)
def test_a_tree_past_the_limits_is_refused(tree):
    """A value deeper or with more parts than any encoder writes is refused."""
    with pytest.raises(ProtocolError, match="a value is too deep or has too many parts"):
        decode(tree)


@pytest.mark.parametrize("shape", [[0, 2**23, 2**23], [2**31 - 1, 0], [0] * 64, [1] * 63 + [0]])
def test_what_is_decoded_can_be_made_a_tensor(shape):
    """An empty tensor of a large shape or of many dimensions, if it is decoded, is one that torch can hold."""
    assert decode(tensor_tree(shape=shape, length=0)).tensor().shape == tuple(shape)


def test_the_same_bytes_are_not_taken_twice(memory):
    """Tensors that all point at one place of the blob can't multiply it: they are refused before they take more."""
    size = 1 << 20
    one = ["tensor", "uint8", [size], 0, size, False, None, 0]

    def take():
        with pytest.raises(ProtocolError, match="two values point at the same bytes of their message"):
            decode(["list", [one] * 50], bytes(size))

    assert memory.peak(take) <= 2 * 2 * size  # the blob itself is measured too
    with pytest.raises(ProtocolError, match="two values point at the same bytes of their message"):
        decode(tensor_tree(requires_grad=True, grad=tensor_tree()))


def test_a_description_is_cut():
    """A student's own words about a value are cut to what a report can hold."""
    assert decode(["foreign", "n" * 999, "r" * 999]) == Foreign("n" * 200, "r" * 200)


tags = st.sampled_from(["list", "tuple", "dict", "complex", "foreign", "callable", "tensor", *DTYPES])
sizes = st.sampled_from([0, 1, 2, 4, 8, 16, 2**31, 2**63, -1]) | st.integers()
leaves = plain | tags | sizes
trees = st.recursive(
    leaves,
    lambda part: (
        st.lists(part, max_size=6)
        | st.builds(lambda tag, parts: [tag, parts], tags, st.lists(part, max_size=4))
        | st.builds(
            lambda *fields: ["tensor", *fields], tags, st.lists(sizes, max_size=3), sizes, sizes, part, part, part
        )
        | st.dictionaries(st.text(max_size=3), part, max_size=3)
    ),
    max_leaves=25,
)


@settings(SEEDED, max_examples=600)
@given(tree=trees, blob=st.binary(max_size=32))
def test_an_arbitrary_tree_is_a_value_or_refused(tree, blob):
    """Whatever a tree holds, decoding gives a value or raises `ProtocolError`, and nothing else."""
    try:
        value = decode(tree, blob)
    except ProtocolError:
        return
    assert all(record.dtype in DTYPES for record in tensor_records(value))
