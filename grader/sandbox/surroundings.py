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
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from operator import attrgetter, is_
from types import FunctionType, ModuleType
from typing import Any

import numpy as np
import torch

from grader.sandbox import glance

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

Names = dict[str, Any]
"""The names of a namespace, and what each stands for."""


@dataclass
class Space:
    """A namespace, and what it held when it was last known to be as it should."""

    names: Names
    known: Names
    version: int | None

    @classmethod
    def of(cls, names: Names) -> Space:
        """Return a namespace as it is now."""
        return cls(names, dict(names), glance.version(names))

    @property
    def is_untouched(self) -> bool:
        """Whether nothing at all was changed, as far as a glance tells."""
        return self.version is not None and self.version == glance.version(self.names)

    def holds(self) -> bool:
        """Whether everything is as it was, but for modules that were imported."""
        if self.is_untouched:
            return True
        if not only_imported(self.known, self.names):
            return False
        self.version = glance.version(self.names)
        return True

    def renewed(self) -> Space:
        """Return it as it is now."""
        return self if self.is_untouched else Space.of(self.names)

    @contextlib.contextmanager
    def changed_by_us(self) -> Iterator[None]:
        """Count no change that is made meanwhile as one of the student's."""
        was_untouched = self.is_untouched
        yield
        if was_untouched:
            self.version = glance.version(self.names)


@dataclass(frozen=True)
class Surroundings:
    """What the sources of a process share, as it was at one moment."""

    spaces: tuple[Space, ...]
    code: bytes | None
    codes: tuple[Any, ...]
    """Kept for those Pythons where `code` is None, and so that no address in `code` is given to something else."""
    settings: Hashable

    @property
    def modules(self) -> Space:
        """Return the table of modules."""
        return self.spaces[-1]

    def hold(self) -> bool:
        """Whether everything is as it was; that more modules have been imported since changes nothing."""
        return self._codes_hold() and settings() == self.settings and all(space.holds() for space in self.spaces)

    def _codes_hold(self) -> bool:
        if self.code is not None:
            return self.code == glance.fields(FUNCTIONS)
        return all(map(is_, codes(), self.codes))

    def here(self) -> Surroundings:
        """Return the same namespaces with the settings of this process, which was forked since they were looked at."""
        return replace(self, settings=settings())

    def renewed(self) -> Surroundings:
        """Return what the sources of this process share, as it is now."""
        spaces = tuple(space.renewed() for space in self.spaces)
        if self._codes_hold():
            return replace(self, spaces=spaces, settings=settings())
        return Surroundings(spaces, glance.fields(FUNCTIONS), codes(), settings())


def surroundings() -> Surroundings:
    """Return what the sources of this process share, as it is now: in the zygote, since it takes a while."""
    spaces = tuple(map(Space.of, (*map(names_of, NAMESPACES), sys.modules)))
    return Surroundings(spaces, glance.fields(FUNCTIONS), codes(), settings())


def names_of(space: Any) -> Names:
    """Return the dict of a module or class itself; a class shows its own through a proxy only."""
    names = vars(space)
    return names if isinstance(names, dict) else next(iter(gc.get_referents(names)))


def codes() -> tuple[Any, ...]:
    """Return the code and the defaults of each function."""
    return tuple(chain.from_iterable(map(attrgetter("__code__", "__defaults__", "__kwdefaults__"), FUNCTIONS)))


def only_imported(before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
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
        torch._C._autograd._top_saved_tensors_default_hooks(True) is None,  # noqa: SLF001, FBT003 - as above
        len(torch.nn.modules.module._global_forward_hooks),  # noqa: SLF001 - as above
        len(torch.nn.modules.module._global_forward_pre_hooks),  # noqa: SLF001 - as above
        len(torch.nn.modules.module._global_backward_hooks),  # noqa: SLF001 - as above
        len(optimizer._global_optimizer_pre_hooks),  # noqa: SLF001 - as above
        len(optimizer._global_optimizer_post_hooks),  # noqa: SLF001 - as above
    )
