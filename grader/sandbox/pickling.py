"""Pickling the judge's own callables for a student process, without a trace of where they come from.

A function travels by value; the path of its file and its module's `__file__` do not.
"""

from __future__ import annotations

import io
import pickle
from collections import ChainMap
from functools import lru_cache
from types import CodeType
from typing import Any, ClassVar

import cloudpickle
import torch

from grader.protocol.snippet import Snippet
from grader.protocol.values import NAMES, TensorRecord, tensor_bytes

PLACE = "<given function>"
MODULE = "given"


def reduce_code(code: CodeType) -> Any:
    """Reduce a code object as cloudpickle does, with its file's name replaced."""
    return cloudpickle.Pickler.dispatch_table[CodeType](code.replace(co_filename=PLACE))


def reduce_tensor(tensor: torch.Tensor) -> Any:
    """Reduce a tensor that a function closes over to plain values."""
    record = TensorRecord(NAMES[tensor.dtype], tuple(tensor.shape), tensor_bytes(tensor), tensor.requires_grad)
    return TensorRecord.leaf, (record,)


class CallPickler(cloudpickle.Pickler):  # type: ignore[misc]
    """cloudpickle without file names, and with tensors as plain values."""

    def _function_getnewargs(self, function: Any) -> Any:
        """Leave the module's path out of what a function keeps of its globals."""
        code, kept, *others = super()._function_getnewargs(function)
        kept.pop("__file__", None)
        return code, kept, *others

    dispatch_table: ClassVar[Any] = ChainMap(
        {CodeType: reduce_code, torch.Tensor: reduce_tensor}, cloudpickle.Pickler.dispatch_table
    )


def pickle_callable(function: Any) -> bytes:
    """Return `function` as bytes that only a student process unpickles."""
    return snippet_bytes(function) if type(function) is Snippet else pickled(function)


@lru_cache(maxsize=4096)
def snippet_bytes(snippet: Snippet) -> bytes:
    """Return a snippet as bytes; the same snippet is sent to every student."""
    return pickle.dumps(snippet)


def pickled(function: Any) -> bytes:
    """Return a function as bytes, by value."""
    buffer = io.BytesIO()
    CallPickler(buffer).dump(function)
    return buffer.getvalue()
