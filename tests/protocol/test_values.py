"""Values on the wire: every kind there and back, what is refused and how it is told, a decoder that trusts nothing."""

import struct
import warnings
from typing import NamedTuple

import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.protocol.errors import ProtocolError
from grader.protocol.values import (
    DTYPES,
    MAX_TEXT,
    NAMES,
    Encoder,
    Foreign,
    TensorRecord,
    materialise,
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
keys = st.recursive(plain, lambda part: st.tuples(part, part), max_leaves=3)


@st.composite
def tensors(draw):
    """Draw a tensor of any dtype, of any bits, with the strides of a view, perhaps with a gradient."""
    dtype = draw(st.sampled_from(list(DTYPES.values())))
    shape = draw(st.lists(st.integers(0, 3), max_size=3))
    tensor = stored(draw, dtype, shape)
    match draw(st.sampled_from(["whole", "transposed", "every other", "repeated"])):
        case "transposed":
            tensor = tensor.mT if tensor.dim() > 1 else tensor
        case "every other":
            tensor = tensor[::2] if tensor.dim() else tensor
        case "repeated":
            tensor = tensor.expand(2, *tensor.shape)
    if (dtype.is_floating_point or dtype.is_complex) and draw(st.booleans()):
        tensor = tensor.detach().requires_grad_()
        if draw(st.booleans()):
            tensor.grad = stored(draw, dtype, tensor.shape)
    return tensor


def stored(draw, dtype, shape):
    count = torch.Size(shape).numel() * dtype.itemsize
    data = draw(st.binary(min_size=count, max_size=count))
    bits = torch.tensor(list(data), dtype=torch.uint8)
    return (bits % 2).bool().reshape(shape) if dtype is torch.bool else bits.view(dtype).reshape(shape)


values = st.recursive(
    plain | tensors(),
    lambda part: (
        st.lists(part, max_size=4) | st.lists(part, max_size=4).map(tuple) | st.dictionaries(keys, part, max_size=4)
    ),
    max_leaves=10,
)


def bits_of(tensor):
    return bytes(tensor.detach().clone(memory_format=torch.contiguous_format).flatten().view(torch.uint8).tolist())


def alike(got, sent):
    """Compare bit by bit, so that NaN is itself and 0.0 is not -0.0, 1 or False."""
    if isinstance(sent, torch.Tensor):
        return isinstance(got, TensorRecord) and same_tensor(got, sent)
    if type(got) is not type(sent):
        return False
    if isinstance(sent, float):
        return struct.pack("<d", got) == struct.pack("<d", sent)
    parts = {complex: lambda value: (value.real, value.imag), dict: lambda value: tuple(value.items()), list: tuple}
    if type(sent) in parts:
        return alike(*map(parts[type(sent)], (got, sent)))
    return len(got) == len(sent) and all(map(alike, got, sent)) if isinstance(sent, tuple) else got == sent


def same_tensor(record, tensor):
    return (
        (record.dtype, record.shape) == (NAMES[tensor.dtype], tuple(tensor.shape))
        and record.requires_grad == tensor.requires_grad
        and record.data == bits_of(tensor)
        and (record.grad is None if tensor.grad is None else same_tensor(record.grad, tensor.grad))
    )


@SEEDED
@given(value=values)
@example(value={"nan": float("nan"), "minus zero": -0.0, "most": 2**63 - 1, "least": -(2**63)})
def test_every_kind_of_value_comes_back_as_it_was(cross, value):
    """Plain values, containers and tensors of every dtype and layout cross bit by bit, in their order and types."""
    assert alike(cross(value), value)


def test_likeness_is_told_bit_by_bit():
    """The comparison that these tests rest on tells apart what `==` takes for the same, and takes NaN for itself."""
    pairs = [(0.0, -0.0), (1, True), (1, 1.0), ([1], (1,)), ({1: 2, 3: 4}, {3: 4, 1: 2}), (float("nan"), 0.0)]
    assert not any(alike(one, other) for one, other in pairs)
    assert alike(float("nan"), float("nan"))


@SEEDED
@given(tensor=tensors())
def test_a_record_gives_the_tensor_back(cross, tensor):
    """A record makes a tensor of the same bits outside any graph, and a leaf in the very state that was sent."""
    record = cross(tensor)
    fresh, leaf = record.tensor(), record.leaf()
    assert (fresh.dtype, fresh.shape, fresh.requires_grad) == (tensor.dtype, tensor.shape, False)
    assert bits_of(fresh) == bits_of(tensor)
    assert leaf.is_leaf
    assert leaf.requires_grad == tensor.requires_grad
    assert (leaf.grad is None) == (tensor.grad is None)
    assert leaf.grad is None or bits_of(leaf.grad) == bits_of(tensor.grad)


def test_a_rebuilt_leaf_is_an_ordinary_tensor():
    """A leaf made from a record can be changed in every way: it is no view, and its memory can grow."""
    leaf = TensorRecord("float32", (1, 2), struct.pack("<2f", 1.0, 2.0)).leaf()
    assert not leaf._is_view()
    assert leaf.detach_().resize_(3).shape == (3,)


def test_a_rebuilt_tensor_is_its_own():
    """Changing a tensor made from a record changes neither the record nor the next tensor made from it."""
    record = TensorRecord("float32", (2,), struct.pack("<2f", 1.0, 2.0))
    record.tensor().zero_()
    assert record.tensor().tolist() == [1.0, 2.0]


@pytest.mark.parametrize(
    "view",
    [
        pytest.param(torch.tensor([1 + 2j, 3 - 4j]).conj(), id="conjugate"),
        pytest.param(torch.tensor([1 + 2j, 3 - 4j]).conj().imag, id="negative"),
        pytest.param(torch._neg_view(torch.tensor([1.0, 2.0])), id="negative whole"),
        pytest.param(torch.arange(6.0).as_strided((2, 2), (1, 3)), id="strided"),
    ],
)
def test_a_lazy_view_is_sent_as_what_it_stands_for(cross, view):
    """A conjugate, negated or strided view arrives with the values that the student sees in it."""
    assert cross(view).tensor().tolist() == view.tolist()


@pytest.mark.parametrize(
    "part",
    [torch.arange(3.0).reshape(1, 3)[:, 1], torch.arange(6.0).reshape(2, 3)[:1, :1], torch.arange(4.0)[::4]],
    ids=["column of a row", "corner", "step"],
)
def test_one_entry_cut_out_of_more_is_sent(cross, part):
    """A tensor of one entry crosses whatever stride it kept from the tensor that it was cut from."""
    assert part.numel() == 1
    assert alike(cross(part), part)


def test_a_tensor_inside_a_graph_tells_that_it_requires_grad(cross):
    """A computed tensor crosses as its values and the fact that it requires grad; its graph stays behind."""
    x = torch.ones(2, requires_grad=True)
    assert alike(cross(x * 2), (x * 2).detach().requires_grad_())


def test_a_parameter_is_a_tensor(cross):
    """`nn.Parameter` crosses as the leaf that it is."""
    ones = torch.ones(2)
    record = TensorRecord("float32", (2,), bits_of(ones), requires_grad=True, storage=0)
    assert cross(torch.nn.Parameter(ones)) == record


def test_a_shape_arrives_as_a_tuple(cross):
    """`torch.Size` crosses as the tuple that it compares equal to."""
    assert alike(cross(torch.ones(2, 3).shape), (2, 3))


def test_a_named_tuple_arrives_as_a_plain_one(cross):
    """A named tuple crosses as the tuple that it compares equal to, its names stay behind."""
    pair = Pair(torch.ones(1), 7)
    assert alike(cross(pair), tuple(pair))


def test_storages_are_numbered(cross):
    """Records share a number when their tensors share memory, a gradient's included, and only then."""
    x = torch.ones(3, requires_grad=True)
    x.grad = torch.ones(3)
    first, view, grad, other, empty = cross([x, x.detach()[1:], x.grad, torch.ones(3), torch.ones(0)])
    assert first.storage == view.storage
    assert first.grad.storage == grad.storage
    assert len({first.storage, grad.storage, other.storage, empty.storage}) == 4
    assert empty.storage == -1


def test_rows_and_columns_of_a_table_share_nothing(cross):
    """Parts of one table without a common entry have numbers of their own; the table shares with each."""
    table = torch.zeros(3, 2)
    assert [record.storage for record in cross([*table.unbind(0)])] == [0, 1, 2]
    assert [record.storage for record in cross([*table.unbind(1)])] == [0, 1]
    assert [record.storage for record in cross([table, *table.unbind(1)])] == [0, 0, 0]


def test_two_empty_tensors_share_nothing(cross):
    """Tensors without memory have no number in common, for -1 stands for none."""
    assert [record.storage for record in cross([torch.ones(0), torch.ones(0, 3)])] == [-1, -1]


class Pair(NamedTuple):
    """A named tuple as a student may return one."""

    dx: torch.Tensor
    dw: int


class OwnTensor(torch.Tensor):
    """A tensor class as a student may write one."""


class OwnList(list):
    """A list class as a student may write one."""


def quantised():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return torch.quantize_per_tensor(torch.ones(3), 0.1, 0, torch.quint8)


def nested(layout):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return torch.nested.nested_tensor([torch.ones(2), torch.ones(3)], layout=layout)


def compressed():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return torch.eye(3).to_sparse_csr()


@pytest.mark.parametrize(
    ("make", "kind", "reason"),
    [
        pytest.param(lambda: torch.zeros(1).expand(2**60), "torch.Tensor", "too large to be sent", id="expanded"),
        pytest.param(lambda: torch.zeros(1).expand(2**30, 2**30), "torch.Tensor", "too large to be sent", id="matrix"),
        pytest.param(lambda: torch.eye(3).to_sparse(), "torch.Tensor", "not a dense tensor", id="sparse"),
        pytest.param(compressed, "torch.Tensor", "not a dense tensor", id="compressed"),
        pytest.param(lambda: torch.ones(3, device="meta"), "torch.Tensor", "on device meta", id="meta"),
        pytest.param(quantised, "torch.Tensor", "dtype torch.quint8", id="quantised"),
        pytest.param(lambda: nested(torch.strided), "torch.Tensor", "not a dense tensor", id="nested"),
        pytest.param(
            lambda: nested(torch.jagged),
            "torch.nested._internal.nested_tensor.NestedTensor",
            "a subclass of torch.Tensor",
            id="jagged",
        ),
        pytest.param(
            lambda: torch.ones(2).as_subclass(OwnTensor),
            f"{OwnTensor.__module__}.OwnTensor",
            "a subclass of torch.Tensor",
            id="subclass",
        ),
        pytest.param(lambda: 2**63, "int", "more than 64 bits", id="huge int"),
        pytest.param(lambda: -(2**63) - 1, "int", "more than 64 bits", id="huge negative int"),
        pytest.param(lambda: 10**100_000, "int", "more than 64 bits", id="enormous int"),
        pytest.param(lambda: "x" * (MAX_TEXT + 1), "str", "longer than 65536", id="long text"),
        pytest.param(lambda: b"x" * (MAX_TEXT + 1), "bytes", "longer than 65536", id="long bytes"),
        pytest.param(lambda: {1, 2}, "set", "not a value that can be compared", id="set"),
        pytest.param(lambda: range(3), "range", "not a value that can be compared", id="range"),
        pytest.param(
            lambda: OwnList([1]), f"{OwnList.__module__}.OwnList", "not a value that can be compared", id="list"
        ),
        pytest.param(lambda: torch.float32, "torch.dtype", "not a value that can be compared", id="dtype"),
        pytest.param(lambda: print, "builtin_function_or_method", "not a value that can be compared", id="function"),
    ],
)
def test_what_cannot_be_sent_is_described(cross, make, kind, reason):
    """A value outside the closed set arrives as its type's name and the reason; nothing is allocated for it."""
    assert cross([make()]) == [Foreign(kind, reason)]


def test_a_tensor_that_cannot_be_read_is_described():
    """A tensor seen inside a transformation, which has no memory of its own, is described and does not raise."""
    seen = []
    torch.func.vmap(lambda x: (seen.append(Encoder(room=100).encode(x)), x)[1])(torch.ones(2, 3))
    assert seen == [["foreign", "torch.Tensor", "it can't be read (RuntimeError)"]]


def test_a_class_of_the_student_is_named_without_a_module():
    """A builtin and a class of the submission are told by their own names, cut when a name is endless."""
    own = type("Answer", (), {"__module__": "submission"})
    endless = type("x" * 300, (), {"__module__": "submission"})
    assert Encoder(room=0).encode(own())[1] == "Answer"
    assert Encoder(room=0).encode(endless())[1] == "x" * 200


@pytest.mark.parametrize(
    ("sent", "arrives"),
    [("\ud800", "\\ud800"), ("a\udfffb", "a\\udfffb"), ({"\ud800": "\udc00"}, {"\\ud800": "\\udc00"}), ("π😀", "π😀")],
)
def test_lone_surrogates_are_written_out(cross, sent, arrives):
    """Text that UTF-8 can't carry arrives with its lone surrogates as escapes; other text is untouched."""
    assert cross(sent) == arrives


def nest(depth, inner):
    for _ in range(depth):
        inner = [inner]
    return inner


def test_a_gradient_that_cannot_be_sent_is_left_out(cross):
    """A tensor whose gradient finds no room arrives without it."""
    x = torch.ones(2, requires_grad=True)
    x.grad = torch.ones(2)
    assert cross(x, room=16).grad is not None
    assert cross(x, room=15).grad is None


def test_only_who_may_send_callables_sends_one(cross):
    """A callable crosses as bytes when a way to pickle is given, and is refused by a reader without the way back."""
    functions = {b"print": print}
    sent = {"pickle": lambda _: b"print", "unpickle": functions.__getitem__}
    assert cross([print], **sent) == [print]
    with pytest.raises(ProtocolError, match="a value of no known kind"):
        cross([print], pickle=sent["pickle"])


def test_records_become_tensors_wherever_they_stand(cross):
    """`materialise` makes leaves of the records inside containers, keeps the rest, and each is a fresh one."""
    x = torch.ones(2, requires_grad=True)
    x.grad = torch.zeros(2)
    decoded = cross([x, (x, {"a": x, "b": 7}), "text"])
    first, (second, named), text = materialise(decoded)
    assert all(alike(decoded[0], each) for each in (first, second, named["a"]))
    assert len({first.data_ptr(), second.data_ptr(), named["a"].data_ptr()}) == 3
    assert (named["b"], text) == (7, "text")


def test_every_record_of_a_value_is_found_in_order(cross):
    """`tensor_records` yields the records of nested lists, tuples and dict values, first to last."""
    value = cross([torch.ones(1), ("x", torch.ones(2)), {"a": torch.ones(3), "b": [torch.ones(4)]}, 7])
    assert [record.shape for record in tensor_records(value)] == [(1,), (2,), (3,), (4,)]
    assert list(tensor_records(Foreign("set", "no"))) == []
