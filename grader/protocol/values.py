"""The closed set of values that may cross, as a tree of plain msgpack types beside one blob of tensor bytes.

None, bool, int (64 bit), float, complex, str, bytes, list, tuple, dict, dense CPU tensors, and a description of
anything else. Only the judge may send callables. Every size is checked before anything is allocated for it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import torch

from grader.protocol.errors import ProtocolError
from grader.protocol.memory import Entries, Memory

MAX_DEPTH = 32
MAX_NODES = 20_000
MAX_KEYS = 1_000
"""How many entries the dicts of one message may have together: keys of one hash cost a dict time by their square."""
MAX_TEXT = 64 * 1024
MAX_DIMENSIONS = 64
MAX_ENTRIES = 2**48
INT64 = range(-(2**63), 2**63)

DTYPES = {
    str(dtype).removeprefix("torch."): dtype
    for dtype in (
        torch.bool,
        torch.uint8,
        torch.int8,
        torch.int16,
        torch.int32,
        torch.int64,
        torch.float16,
        torch.bfloat16,
        torch.float32,
        torch.float64,
        torch.complex64,
        torch.complex128,
    )
}
NAMES = {dtype: name for name, dtype in DTYPES.items()}


@dataclass(frozen=True)
class Foreign:
    """A value outside the closed set: its type's name and why it can't be sent."""

    type: str
    reason: str


@dataclass(frozen=True)
class TensorRecord:
    """A dense tensor as data: what it holds and how it stands in the graph.

    `storage` numbers the distinct pieces of memory of one message: two records with the same number overlap; -1 is an
    empty tensor, which overlaps nothing. Rows of one table do not overlap, nor do its columns.
    """

    dtype: str
    shape: tuple[int, ...]
    data: bytes
    requires_grad: bool = False
    grad: TensorRecord | None = None
    storage: int = -1

    def tensor(self) -> torch.Tensor:
        """Return a fresh tensor with these values, outside any graph."""
        if not self.data:
            return torch.empty(self.shape, dtype=DTYPES[self.dtype])
        flat = torch.frombuffer(bytearray(self.data), dtype=DTYPES[self.dtype])
        return flat.reshape(self.shape)

    def leaf(self) -> torch.Tensor:
        """Return a fresh leaf in the recorded state: values, `requires_grad` and `.grad`.

        It is a copy, since a reshaped buffer is a view, on which in-place operations such as `detach_` raise.
        """
        tensor = self.tensor().clone().requires_grad_(self.requires_grad)
        if self.grad is not None:
            tensor.grad = self.grad.tensor().clone()
        return tensor


@dataclass
class Encoder:
    """Turns values into a tree and one blob; a tensor's bytes lie in the blob by offset.

    `room` is the number of bytes that the blob may take. Callables are refused unless `pickle` is given.
    """

    room: int
    pickle: Callable[[Any], bytes] | None = None
    blob: bytearray = field(default_factory=bytearray)
    memory: Memory = field(default_factory=Memory)
    nodes: int = 0
    keys: int = 0

    def encode(self, value: Any, depth: int = 0) -> Any:
        """Return the tree of `value`; what can't be sent becomes its description."""
        self.nodes += 1
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            return foreign(value, "too deep or too many parts")
        kind = type(value)
        if value is None or kind is bool or kind is float:
            return value
        if kind is int:
            return value if value in INT64 else foreign(value, "more than 64 bits")
        if kind is str or kind is bytes:
            return clean_text(value) if len(value) <= MAX_TEXT else foreign(value, f"longer than {MAX_TEXT}")
        return self._encode_compound(value, kind, depth)

    def _encode_compound(self, value: Any, kind: type, depth: int) -> Any:
        if kind is list or kind is tuple or kind is torch.Size or is_named_tuple(kind):
            tag = "list" if kind is list else "tuple"
            return [tag, [self.encode(part, depth + 1) for part in iterate(value)]]
        if kind is dict:
            return self._encode_dict(value, depth)
        if kind is complex:
            return ["complex", value.real, value.imag]
        if isinstance(value, torch.Tensor):
            return self._encode_tensor(value)
        if callable(value) and self.pickle is not None:
            return ["callable", *self.append(self.pickle(value))]
        return foreign(value, "not a value that can be compared")

    def _encode_dict(self, value: dict[Any, Any], depth: int) -> Any:
        if len(value) > MAX_KEYS - self.keys:
            return foreign(value, "too many entries")
        self.keys += len(value)
        return ["dict", [[self.encode(part, depth + 1) for part in pair] for pair in iterate(value.items())]]

    def _encode_tensor(self, value: torch.Tensor) -> Any:
        try:
            reason = self._refusal(value)
            return (
                foreign(value, reason) if reason else self._encode_dense(value, value.grad if value.is_leaf else None)
            )
        except Exception as problem:  # noqa: BLE001 - a tensor that can't be read is described, not raised
            return foreign(value, f"it can't be read ({type(problem).__name__})")

    def _refusal(self, value: torch.Tensor) -> str | None:
        if type(value) not in (torch.Tensor, torch.nn.Parameter):
            return "a subclass of torch.Tensor"
        if value.layout is not torch.strided or value.is_nested:
            return "not a dense tensor"
        if value.device.type != "cpu":
            return f"on device {value.device}"
        if value.dtype not in NAMES:
            return f"dtype {value.dtype}"
        if value.numel() * value.element_size() > self.room - len(self.blob):
            return "too large to be sent"
        return None

    def _encode_dense(self, value: torch.Tensor, grad: torch.Tensor | None) -> Any:
        return [
            "tensor",
            NAMES[value.dtype],
            list(value.shape),
            *self.append(tensor_bytes(value)),
            value.requires_grad,
            None if grad is None or self._refusal(grad) else self._encode_dense(grad, None),
            self._storage(value),
        ]

    def _storage(self, value: torch.Tensor) -> int:
        """Return the number of the piece of memory that a tensor lies in."""
        if value.data_ptr() == 0 or value.numel() == 0:
            return -1
        return self.memory.number(Entries.of(value))

    def append(self, data: bytes) -> tuple[int, int]:
        """Put bytes into the blob; return where they lie."""
        start = len(self.blob)
        self.blob += data
        return start, len(data)


def is_named_tuple(kind: type) -> bool:
    """Whether a type is a named tuple, which is sent as a plain one."""
    return issubclass(kind, tuple) and hasattr(kind, "_fields")


def iterate(parts: Any) -> Iterator[Any]:
    """Yield the parts of a container, one more than may be sent at the most."""
    for index, part in enumerate(parts):
        if index > MAX_NODES:
            return
        yield part


def clean_text(value: str | bytes) -> str | bytes:
    """Return text without lone surrogates, which UTF-8 can't carry; bytes as they are."""
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


def foreign(value: Any, reason: str) -> list[str]:
    """Return the description of a value that can't be sent."""
    kind = type(value)
    name = (
        kind.__qualname__ if kind.__module__ in ("builtins", "submission") else f"{kind.__module__}.{kind.__qualname__}"
    )
    return ["foreign", str(clean_text(name))[:200], reason]


def tensor_bytes(value: torch.Tensor) -> bytes:
    """Return the values of a dense tensor, row by row, as bytes."""
    if value.numel() == 0:
        return b""
    plain = value.detach().resolve_conj().resolve_neg()
    return (plain.view(torch.int16) if plain.dtype is torch.bfloat16 else plain).numpy().tobytes()


@dataclass
class Decoder:
    """Turns a tree and its blob back into values, with tensors as `TensorRecord`; trusts neither.

    Raises `ProtocolError` for anything that `Encoder` could not have written. Callables are refused unless
    `unpickle` is given, which only a student process, reading from the judge, may do.
    """

    blob: memoryview
    unpickle: Callable[[bytes], Any] | None = None
    nodes: int = 0
    keys: int = 0
    taken: int = 0

    def decode(self, tree: Any, depth: int = 0) -> Any:  # noqa: PLR0911 - one return for each kind of value
        """Return the value of `tree`."""
        self.nodes += 1
        if depth > MAX_DEPTH + 2 or self.nodes > 2 * MAX_NODES:
            raise ProtocolError("a value is too deep or has too many parts")
        if tree is None or isinstance(tree, bool | int | float | str | bytes):
            return tree
        match tree:
            case ["list" | "tuple" as tag, [*parts]]:
                values = [self.decode(part, depth + 1) for part in parts]
                return values if tag == "list" else tuple(values)
            case ["dict", [*pairs]]:
                return self._dict(pairs, depth)
            case ["complex", float(real), float(imaginary)]:
                return complex(real, imaginary)
            case ["foreign", str(name), str(reason)]:
                return Foreign(name[:200], reason[:200])
            case ["callable", int(start), int(length)] if self.unpickle is not None:
                return self.unpickle(self._bytes(start, length))
            case ["tensor", *_]:
                return self._tensor(tree)
        raise ProtocolError("a value of no known kind")

    def _dict(self, pairs: list[Any], depth: int) -> dict[Any, Any]:
        self.keys += len(pairs)
        if self.keys > MAX_KEYS:
            raise ProtocolError("the dicts of a message have too many entries")
        return dict(self._pair(pair, depth) for pair in pairs)

    def _pair(self, pair: Any, depth: int) -> tuple[Any, Any]:
        if not isinstance(pair, list) or len(pair) != 2:  # noqa: PLR2004 - a key and a value
            raise ProtocolError("a dict's entry is not a pair")
        key, value = (self.decode(part, depth + 1) for part in pair)
        try:
            hash(key)
        except TypeError as problem:
            raise ProtocolError("a dict's key can't be hashed") from problem
        return key, value

    def _tensor(self, tree: list[Any]) -> TensorRecord:
        match tree:
            case [
                "tensor",
                str(name),
                [*shape],
                int(start),
                int(length),
                bool(requires_grad),
                grad,
                int(storage),
            ]:
                pass
            case _:
                raise ProtocolError("a tensor's record has another form")
        check_tensor_size(name, shape, length)
        if requires_grad and not (DTYPES[name].is_floating_point or DTYPES[name].is_complex):
            raise ProtocolError("an integer tensor can't require grad")
        return TensorRecord(name, tuple(shape), self._bytes(start, length), requires_grad, self._grad(grad), storage)

    def _grad(self, tree: Any) -> TensorRecord | None:
        if tree is None:
            return None
        self.nodes += 1
        if not isinstance(tree, list) or len(tree) != 8 or tree[6] is not None:  # noqa: PLR2004 - as in _tensor
            raise ProtocolError("a gradient is a tensor without a gradient of its own")
        return self._tensor(tree)

    def bytes_at(self, tree: Any) -> bytes:
        """Return the bytes at the place that a pair of numbers tells."""
        match tree:
            case [int(start), int(length)]:
                return self._bytes(start, length)
        raise ProtocolError("a place in a message has another form")

    def _bytes(self, start: int, length: int) -> bytes:
        if not 0 <= start <= start + length <= len(self.blob):
            raise ProtocolError("a value points outside its message")
        self.taken += length
        if self.taken > len(self.blob):
            raise ProtocolError("two values point at the same bytes of their message")
        return bytes(self.blob[start : start + length])


def check_tensor_size(name: str, shape: list[Any], length: int) -> None:
    """Raise `ProtocolError` unless dtype and shape account for exactly `length` bytes."""
    if name not in DTYPES or len(shape) > MAX_DIMENSIONS:
        raise ProtocolError("a tensor of unknown dtype or too many dimensions")
    if not all(type(size) is int and 0 <= size < 2**31 for size in shape):
        raise ProtocolError("a tensor's shape is not a list of sizes")
    if math.prod(max(1, size) for size in shape) >= MAX_ENTRIES:
        raise ProtocolError("a tensor's shape is larger than any tensor can be")
    if math.prod(shape) * DTYPES[name].itemsize != length:
        raise ProtocolError("a tensor's bytes do not fit its shape")


def materialise(value: Any) -> Any:
    """Return `value` with every `TensorRecord` made a fresh leaf tensor in its recorded state."""
    if isinstance(value, TensorRecord):
        return value.leaf()
    if isinstance(value, list | tuple):
        return type(value)(materialise(part) for part in value)
    if isinstance(value, dict):
        return {key: materialise(part) for key, part in value.items()}
    return value


def tensor_records(value: Any) -> Iterator[TensorRecord]:
    """Yield every tensor record inside a decoded value, in order."""
    if isinstance(value, TensorRecord):
        yield value
    elif isinstance(value, list | tuple):
        for part in value:
            yield from tensor_records(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from tensor_records(part)
