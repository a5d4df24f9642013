"""The layers of the lock-down, in the order that works, and the two steps to put them on.

`prepare` does what can be done once, in the zygote; `Preparation.lock_down` does the rest in each forked child,
in about a millisecond and without an import. Knows the layers' order and nothing of what each does inside.

The order: the parent's death and inspection come after the change of uid, which resets both; privileges come
before Landlock and the filter, which ask for it; the filter is last, for it forbids all others.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from grader.errors import IsolationError
from grader.sandbox.lockdown import descriptors, identity, kernel, landlock, limits, seccomp, session
from grader.sandbox.lockdown.identity import Identity
from grader.sandbox.lockdown.limits import Bounds, Limit
from grader.sandbox.lockdown.seccomp import Filter


@dataclass(frozen=True)
class Preparation:
    """All that a process needs to lock down the children it forks; `close` it in the parent when done."""

    parent: int
    identity: Identity
    limits: tuple[Limit, ...]
    ruleset: int | None
    filter: Filter
    without: frozenset[str]

    def lock_down(self, *, keep: tuple[int, ...] = ()) -> None:
        """Lock the calling process down for good, keeping the pipes in `keep` open.

        Raises IsolationError when a layer can't be put on; the process must then end.
        """
        if len(list(kernel.OWN_TASKS.iterdir())) != 1:
            raise IsolationError("a process with several threads can't be locked down; lock down right after the fork")
        for layer in LAYERS:
            if layer.name not in self.without:
                _put_on(layer, self, keep)

    def close(self) -> None:
        """Release what the preparation holds open."""
        if self.ruleset is not None:
            os.close(self.ruleset)


@dataclass(frozen=True)
class Layer:
    """One layer: what it promises, why it may be missing here (None if it isn't), and how it is put on."""

    name: str
    promise: str
    unavailable: Callable[[], str | None]
    put_on: Callable[[Preparation, tuple[int, ...]], None]


def _put_on(layer: Layer, preparation: Preparation, keep: tuple[int, ...]) -> None:
    try:
        layer.put_on(preparation, keep)
    except OSError as problem:
        raise IsolationError(f"the layer {layer.name!r} can't be put on ({problem}); run `grader doctor`") from problem


def _close_descriptors(preparation: Preparation, keep: tuple[int, ...]) -> None:
    descriptors.check_harmless(keep)
    descriptors.close_others(keep if preparation.ruleset is None else (*keep, preparation.ruleset))


def _restrict_files(preparation: Preparation, _keep: tuple[int, ...]) -> None:
    if preparation.ruleset is not None:
        landlock.restrict(preparation.ruleset)


def _identity_unavailable() -> str | None:
    return kernel.missing() or identity.unavailable(_library_samples())


LAYERS: Final = (
    Layer(
        "session",
        "it leads a session of its own, without a terminal",
        kernel.missing,
        lambda _preparation, _keep: session.leave_session(),
    ),
    Layer(
        "descriptors",
        "it holds no descriptor but the pipes it is given",
        kernel.missing,
        _close_descriptors,
    ),
    Layer(
        "limits",
        "its memory, CPU time, threads and open files are bounded",
        kernel.missing,
        lambda preparation, _keep: limits.impose(preparation.limits),
    ),
    Layer(
        "identity",
        "it is an ordinary user, from root one of its own, and has no capability over others",
        _identity_unavailable,
        lambda preparation, _keep: preparation.identity.become(os.getpid()),
    ),
    Layer(
        "parent",
        "it is killed when the process that started it ends",
        kernel.missing,
        lambda preparation, _keep: session.die_with_parent(preparation.parent),
    ),
    Layer(
        "inspection",
        "no other process of its user reads its memory, and no dump of it is written",
        kernel.missing,
        lambda _preparation, _keep: session.forbid_inspection(),
    ),
    Layer(
        "privileges",
        "no program that it runs brings it rights",
        kernel.missing,
        lambda _preparation, _keep: session.renounce_privileges(),
    ),
    Layer(
        "landlock",
        "it reads the libraries and no other file, and writes none",
        landlock.unavailable,
        _restrict_files,
    ),
    Layer(
        "seccomp",
        "it starts no process or program, has no network, and reaches no other process",
        seccomp.unavailable,
        lambda preparation, _keep: preparation.filter.install(os.getpid()),
    ),
)
"""Every layer, in the order in which they are put on."""


def missing_layers() -> Mapping[str, str]:
    """Return the layers that this machine can't give, each with the reason and what to do."""
    found = {layer.name: layer.unavailable() for layer in LAYERS}
    return {name: reason for name, reason in found.items() if reason is not None}


def prepare(
    bounds: Bounds,
    *,
    readable: tuple[Path, ...] = (),
    secret: tuple[Path, ...] = (),
    without: frozenset[str] = frozenset(),
    parent: int | None = None,
) -> Preparation:
    """Prepare the lock-down of the children that the process `parent`, by default the calling one, forks.

    They may read the libraries and `readable`; IsolationError when one of these is, or lies above, a path in
    `secret`, or when the machine lacks a layer. `without` leaves layers out, to show that each is needed.
    """
    _check_layers(without)
    opened, listed = landlock.parted((*landlock.libraries(), *landlock.system_paths(), *readable), landlock.GRADER)
    landlock.check_hides(opened, secret)
    own = identity.choose_identity((*_library_samples(), *readable))
    return Preparation(
        parent=os.getpid() if parent is None else parent,
        identity=own,
        limits=limits.resource_limits(bounds, own_uid=own.is_own),
        ruleset=None if "landlock" in without else landlock.create_ruleset(opened, listed),
        filter=seccomp.prepare(),
        without=without,
    )


def lock_down(
    bounds: Bounds,
    *,
    keep: tuple[int, ...] = (),
    readable: tuple[Path, ...] = (),
    secret: tuple[Path, ...] = (),
    without: frozenset[str] = frozenset(),
) -> None:
    """Prepare and lock down the calling process in one step, for a process that forks no others like it."""
    parent = os.getppid()
    prepare(bounds, readable=readable, secret=secret, without=without, parent=parent).lock_down(keep=keep)


def _check_layers(without: frozenset[str]) -> None:
    if unknown := without - {layer.name for layer in LAYERS}:
        known = ", ".join(layer.name for layer in LAYERS)
        raise IsolationError(f"there is no layer {min(unknown)!r} to leave out; the layers are {known}")
    lacking = {name: reason for name, reason in missing_layers().items() if name not in without}
    if lacking:
        reasons = "; ".join(f"{name}: {reason}" for name, reason in lacking.items())
        raise IsolationError(f"this machine can't isolate student code ({reasons})")


def _library_samples() -> tuple[Path, ...]:
    """Return the library folders and those below them that modules were loaded from, to see who may read them."""
    folders = landlock.libraries()
    above = tuple(f"{folder}{os.sep}" for folder in folders)
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    found = {file.rpartition(os.sep)[0] for file in files if isinstance(file, str) and file.startswith(above)}
    return (*folders, *map(Path, sorted(found)))
