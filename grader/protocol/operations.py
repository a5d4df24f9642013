"""The closed lists of names that a recording may use."""

from __future__ import annotations

from typing import Final

DIFFERENTIATING: Final = ("backward", "autograd.backward", "autograd.grad")
GRADIENTS: Final = ("grad", "grad=", "zero_", "retain_grad", "register_hook")
"""`grad` reads `.grad`; `grad=` sets it or deletes it."""
STATES: Final = ("requires_grad_", "requires_grad=", "data", "data=", "grad_fn", "grad_enabled")
"""`grad_enabled` switches the recording of autograd on, or with the option `off` off."""
CUTS: Final = ("detach", "detach_", "item", "tolist", "numpy", "tensor", "as_tensor", "new_tensor")
"""What gives numbers without their graph; `item` stands for float() and int() too, `numpy` for np.asarray."""
MADE: Final = (
    "arange", "empty", "empty_like", "eye", "full", "full_like", "linspace", "new_empty", "new_full", "new_ones",
    "new_zeros", "ones", "ones_like", "rand", "rand_like", "randn", "randn_like", "zeros", "zeros_like",
)  # fmt: skip
VIEWS: Final = (
    "T", "chunk", "diag", "diagonal", "expand", "expand_as", "flatten", "getitem", "mT", "movedim", "narrow", "permute",
    "ravel", "reshape", "reshape_as", "select", "split", "squeeze", "swapaxes", "t", "transpose", "unbind", "unflatten",
    "unsqueeze", "view", "view_as",
)  # fmt: skip
COMPUTED: Final = (
    "abs", "add", "addmm", "amax", "amin", "bmm", "broadcast_to", "cat", "ceil", "clamp", "clone", "contiguous",
    "conv2d", "copy", "cos", "cosh", "cross_entropy", "cumsum", "div", "dot", "dropout", "double", "einsum", "erf",
    "exp", "flip", "float", "floor", "gather", "gelu", "hstack", "index_select", "kron", "linear", "log", "log_softmax",
    "logsumexp", "matmul", "max", "maximum", "mean", "min", "minimum", "mm", "mse_loss", "mul", "mv", "neg", "norm",
    "outer", "pow", "prod", "reciprocal", "relu", "repeat", "roll", "round", "rsqrt", "sigmoid", "sign", "silu", "sin",
    "sinh", "softmax", "softplus", "sqrt", "square", "stack", "std", "sub", "sum", "tan", "tanh", "tensordot", "to",
    "trace", "tril", "triu", "type", "var", "vector_norm", "vstack", "where",
)  # fmt: skip
IN_PLACE: Final = (
    "add_", "addcdiv_", "addcmul_", "clamp_", "copy_", "div_", "exp_", "fill_", "index_add_", "mul_", "neg_", "pow_",
    "relu_", "set_", "setitem", "sqrt_", "square_", "sub_",
)  # fmt: skip

OPERATIONS: Final = frozenset(
    (*DIFFERENTIATING, *GRADIENTS, *STATES, *CUTS, *MADE, *VIEWS, *COMPUTED, *IN_PLACE, "other", "other_")
)
"""`other` is any other call, `other_` any other that works in place."""

MODES: Final = ("grad", "no_grad", "inference")

OPTIONS: Final = (
    "retain_graph",
    "create_graph",
    "allow_unused",
    "materialize_grads",
    "off",  # requires_grad or the recording is switched off
    "none",  # it gave None, or None was set
    "some_none",  # of several gradients some are None
    "weighted",  # weights were given, be they tensors or not
    "inside",  # a function that was given made the call; the line is the student's that called it
)

REASONS: Final = (
    "freed",  # a graph was gone through a second time
    "no_graph",  # what was to be differentiated has no graph
    "not_scalar",  # backward without weights began at several numbers
    "weights",  # the weights have another shape, or are no tensors
    "unused",  # an input was not used in the graph
    "changed",  # a saved value was changed in place
    "leaf_changed",  # a leaf that requires grad was changed in place
    "not_floating",  # whole numbers were asked to require grad
    "not_leaf",  # the flag of a tensor with a graph was to be changed
    "has_graph",  # numpy() or such was called on a tensor that requires grad
    "none",  # None was used as a tensor
    "shape",  # shapes do not fit
    "other",
)

KINDS: Final = ("nothing", "none", "tensor", "number", "tuple", "list", "dict", "other")

ENDINGS: Final = (
    "AssertionError", "AttributeError", "IndexError", "KeyError", "NameError", "NotImplementedError", "RecursionError",
    "RuntimeError", "TypeError", "UnboundLocalError", "ValueError", "ZeroDivisionError", "Exception",
)  # fmt: skip
