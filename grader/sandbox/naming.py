"""The names of a recording: which of the closed lists a torch function or an exception falls under."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from grader.protocol.operations import OPERATIONS

READ: Final[Mapping[str, str]] = {name: name for name in ("grad", "data", "grad_fn", "T", "mT")} | {
    "H": "mT",
    "mH": "mT",
    "real": "other",
    "imag": "other",
}
"""The properties whose reading is noted; shape, dtype and such say nothing of autograd."""
SET: Final = ("grad", "data", "requires_grad")
SILENT: Final = frozenset(
    (
        "__bool__",
        "__format__",
        "__hash__",
        "__len__",
        "__repr__",
        "data_ptr",
        "dim",
        "element_size",
        "has_names",
        "is_complex",
        "is_contiguous",
        "is_floating_point",
        "is_inference",
        "is_same_size",
        "is_tensor",
        "ndimension",
        "nelement",
        "numel",
        "size",
        "storage",
        "storage_offset",
        "stride",
        "untyped_storage",
    )
)
ALIASES: Final[Mapping[str, str]] = {
    "__array__": "numpy",
    "__complex__": "item",
    "__deepcopy__": "copy",
    "__float__": "item",
    "__getitem__": "getitem",
    "__index__": "item",
    "__int__": "item",
    "__setitem__": "setitem",
    "_set_grad_enabled": "grad_enabled",
    "absolute": "abs",
    "clip": "clamp",
    "clip_": "clamp_",
    "concat": "cat",
    "concatenate": "cat",
    "divide": "div",
    "divide_": "div_",
    "iadd": "add_",
    "idiv": "div_",
    "imul": "mul_",
    "inner": "dot",
    "isub": "sub_",
    "itruediv": "div_",
    "moveaxis": "movedim",
    "multiply": "mul",
    "multiply_": "mul_",
    "negative": "neg",
    "radd": "add",
    "rdiv": "div",
    "rmatmul": "matmul",
    "rmul": "mul",
    "rpow": "pow",
    "rsub": "sub",
    "rtruediv": "div",
    "subtract": "sub",
    "subtract_": "sub_",
    "swapdims": "transpose",
    "true_divide": "div",
    "truediv": "div",
    "vdot": "dot",
}
SAID: Final = (
    ("backward through the graph a second time", "freed"),
    ("does not require grad and does not have a grad_fn", "no_graph"),
    ("grad can be implicitly created only for scalar outputs", "not_scalar"),
    ("grad can be computed only for scalar outputs", "not_scalar"),
    ("mismatch in shape", "weights"),
    ("gradients can be either tensors or none", "weights"),
    ("appears to not have been used in the graph", "unused"),
    ("one of the differentiated tensors does not require grad", "no_graph"),
    ("modified by an inplace operation", "changed"),
    ("leaf variable", "leaf_changed"),
    ("can require gradients", "not_floating"),
    ("can only change requires_grad flags of leaf", "not_leaf"),
    ("you can only change requires_grad flags of leaf", "not_leaf"),
    ("call numpy() on tensor that requires grad", "has_graph"),
    ("nonetype", "none"),
    ("size of tensor", "shape"),
    ("shape", "shape"),
    ("size mismatch", "shape"),
    ("expected tensor as element", "none"),
)
"""What torch says, in small letters, and the reason that it gives; the first that fits counts."""


def named(func: Any) -> str | None:
    """Return the name of a torch function in `OPERATIONS`, or None for one that is not noted."""
    plain = str(getattr(func, "__name__", ""))
    if plain in ("__get__", "__set__", "__delete__"):
        told = str(getattr(getattr(func, "__self__", None), "__name__", ""))
        if plain == "__get__":
            return READ.get(told)
        return f"{told}=" if told in SET else "other_"
    if getattr(func, "__module__", "") == "torch.autograd" and plain in ("grad", "backward"):
        return f"autograd.{plain}"
    if plain in SILENT or plain.startswith("_record_function"):
        return None
    return listed(plain)


def listed(plain: str) -> str:
    """Return a function's own name as one of `OPERATIONS`."""
    name = ALIASES.get(plain) or plain.strip("_") if plain.startswith("__") else plain
    name = ALIASES.get(name, name)
    if name == "grad" or name not in OPERATIONS:
        return "other_" if name.endswith("_") else "other"
    return name


def reason_of(kind: str, said: str) -> str:
    """Return why something raised, from the exception's type and text."""
    small = said.lower()
    found = next((reason for text, reason in SAID if text in small), "other")
    return "none" if found == "other" and kind == "AttributeError" and "none" in small else found
