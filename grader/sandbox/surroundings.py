"""What the sources of one student process share, and whether it is still as it was.

Owns the list of places in which one source can spoil the next: the namespaces of torch, numpy and builtins, hooks,
handlers, threads. A lie about it harms the liar's own next exercise only: its process serves one submission.
"""

from __future__ import annotations

import _thread
import atexit
import builtins
import contextlib
import gc
import linecache
import os
import signal
import sys
import threading
import warnings
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from types import FunctionType, ModuleType
from typing import Any

import numpy as np
import torch

optimizer = sys.modules[torch.optim.Optimizer.__module__]
"""Its name as an attribute of `torch.optim` is deleted by torch itself."""

NAMESPACES: tuple[Any, ...] = (
    builtins,
    torch,
    torch.Tensor,
    torch.autograd,
    torch.autograd.Function,
    torch.autograd.functional,
    torch.autograd.graph,
    torch.func,
    torch.linalg,
    torch.nn,
    torch.nn.functional,
    torch.nn.Module,
    torch.nn.Parameter,
    torch.optim,
    torch.optim.Optimizer,
    torch.utils.checkpoint,
    np,
)


FUNCTIONS = tuple(each for space in NAMESPACES for each in vars(space).values() if isinstance(each, FunctionType))
"""What is written in Python there; its code can be exchanged while it stays the same object."""

Names = Mapping[str, Any]
"""The names of a namespace, and what each stands for."""


@dataclass(frozen=True)
class Surroundings:
    """What the sources of a process share, as it was at one moment."""

    spaces: tuple[Names, ...]
    codes: tuple[int, ...]
    settings: Hashable

    def hold(self) -> bool:
        """Whether everything is as it was; that more modules have been imported since changes nothing."""
        return (
            codes() == self.codes
            and settings() == self.settings
            and all(only_imported(*pair) for pair in zip(self.spaces, spaces(), strict=True))
        )


def surroundings() -> Surroundings:
    """Return what the sources of this process share, as it is now."""
    return Surroundings(tuple(dict(space) for space in spaces()), codes(), settings())


def spaces() -> tuple[Names, ...]:
    """Return the namespaces, the table of modules last."""
    return (*map(vars, NAMESPACES), sys.modules)


def codes() -> tuple[int, ...]:
    """Return what tells the code of each function."""
    return tuple(map(id, map(attrgetter("__code__"), FUNCTIONS)))


def only_imported(before: Names, now: Names) -> bool:
    """Whether nothing but genuinely imported modules were added to a namespace.

    Equal dicts are told by identity and fast; comparing anything that was put there may raise.
    """
    with contextlib.suppress(Exception):
        if before == now:
            return True
    added = now.keys() - before.keys()
    return all(now.get(name) is known for name, known in before.items()) and all(
        isinstance(now[name], ModuleType) and vars(now[name]).get("__spec__") is not None for name in added
    )


C_SIGNALS = sys.modules["_signal"]
"""What `signal` wraps: the wrapper takes ten times as long."""
TIMERS = (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF)


def settings() -> Hashable:
    """Return the switches, hooks and handlers that outlive a call."""
    return (
        tuple(map(C_SIGNALS.getsignal, range(1, signal.NSIG))),
        (_thread._count(), tuple(map(signal.getitimer, TIMERS)), signal.pthread_sigmask(signal.SIG_BLOCK, ())),  # noqa: SLF001
        (atexit._ncallbacks(), sys.getswitchinterval()),  # noqa: SLF001 - told nowhere else
        (gc.isenabled(), gc.get_threshold(), len(gc.callbacks)),
        (sys.gettrace() is None, sys.getprofile() is None, sys.getrecursionlimit(), id(sys.excepthook)),
        (id(sys.displayhook), id(sys.unraisablehook), id(threading.excepthook)),
        (id(sys.stdout), id(sys.stderr), id(sys.stdin)),
        (tuple(map(id, warnings.filters)), id(warnings.showwarning), id(linecache.getlines)),
        tuple(sorted(os.environ.items())),
        (tuple(sys.path), tuple(map(id, sys.meta_path)), tuple(map(id, sys.path_hooks))),
        torch_settings(),
    )


def torch_settings() -> Hashable:
    """Return torch's own switches, but for those that are reset before each call."""
    return (
        str(torch.get_default_device()),
        torch.is_inference_mode_enabled(),
        torch.is_anomaly_enabled(),
        torch.is_anomaly_check_nan_enabled(),
        torch.is_autocast_enabled("cpu"),
        torch.are_deterministic_algorithms_enabled(),
        torch.get_float32_matmul_precision(),
        torch._C._len_torch_function_stack(),  # noqa: SLF001 - torch tells this nowhere else
        torch._C._len_torch_dispatch_stack(),  # noqa: SLF001 - as above
        torch._C._autograd._saved_tensors_hooks_is_enabled(),  # type: ignore[attr-defined]  # noqa: SLF001 - as above
        len(torch.nn.modules.module._global_forward_hooks),  # noqa: SLF001 - as above
        len(torch.nn.modules.module._global_forward_pre_hooks),  # noqa: SLF001 - as above
        len(torch.nn.modules.module._global_backward_hooks),  # noqa: SLF001 - as above
        len(optimizer._global_optimizer_pre_hooks),  # noqa: SLF001 - as above
        len(optimizer._global_optimizer_post_hooks),  # noqa: SLF001 - as above
    )
