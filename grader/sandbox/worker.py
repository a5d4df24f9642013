"""What runs inside a student process: it loads a submission's sources, calls them, and sends back what it saw.

It decides nothing and knows no expected value. Its requests come from the judge and may be unpickled; its replies
are the closed set of values.
"""

from __future__ import annotations

import contextlib
import io
import mmap
import os
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from types import ModuleType
from typing import Any

import cloudpickle
import numpy as np
import torch

from grader.protocol.errors import ProtocolError
from grader.protocol.frames import MAX_TREE, Frame, pack_frame, read_exactly, read_frame, write_all
from grader.protocol.messages import (
    Begin,
    Begun,
    Call,
    Load,
    Loaded,
    Observation,
    Observe,
    Observed,
    Raised,
    Record,
    Reply,
    Request,
    decode_request,
    encode_reply,
)
from grader.protocol.snippet import Snippet  # noqa: F401 - what the judge's requests unpickle to
from grader.protocol.values import Decoder, Encoder, materialise
from grader.sandbox.guard import guard_calls
from grader.sandbox.limits import RESERVE_BYTES, Limits
from grader.sandbox.observation import describe, observe
from grader.sandbox.own_modules import Imports
from grader.sandbox.recorder import record
from grader.sandbox.submission_module import load_module, new_module
from grader.sandbox.surroundings import Surroundings

MAX_REQUEST = 64 * 1024 * 1024
SEED = 20_260_101


@dataclass
class Worker:
    """One student process: where it reads requests, where it writes replies, and the sources it holds by name."""

    requests: int
    replies: int
    limits: Limits
    warm: Surroundings
    """What the sources will share, as the zygote left it."""
    imports: Imports
    modules: dict[str, ModuleType] = field(default_factory=dict)
    filename: str = ""
    """The name of the source that is called now."""
    before: Surroundings | None = None
    """What the sources share, as it was before the first of them was loaded, and then before the first was called."""
    calls: bool = False
    """Whether a source has been turned to, so that no other is loaded."""
    reserve: mmap.mmap = field(default_factory=lambda: mmap.mmap(-1, RESERVE_BYTES), repr=False)

    def serve(self) -> None:
        """Answer requests until the judge closes the pipe."""
        while True:
            try:
                number, tree, blob = read_frame(self._read, max_blob=MAX_REQUEST, max_tree=MAX_REQUEST)
            except EOFError:
                return
            request = decode_request(tree, Decoder(blob, unpickle=cloudpickle.loads))
            reply = self._answer_or_tell(request)
            flush_output()
            try:
                packed = self._pack(reply)
            except MemoryError:
                self.reserve.close()
                packed = self._pack(reply)
            write_all(self.replies, packed.numbered(number))

    def _read(self, size: int) -> bytes:
        return read_exactly(self.requests, size)

    def _answer_or_tell(self, request: Request) -> Reply:
        """Answer a request, or tell that no memory was left even to say what the student's code did."""
        try:
            return self._answer(request)
        except MemoryError as problem:
            self.reserve.close()
            raised = describe(problem.__context__ or problem, filename=self.filename)
        return Loaded((raised,)) if isinstance(request, Load) else Observed((Observation(raised=raised),))

    def _answer(self, request: Request) -> Reply:
        reset_torch()
        match request:
            case Load():
                return self._loaded(request)
            case Begin():
                return self._begin(request)
            case Call() | Observe():
                return self._call(request)
            case Record(call):
                given = tuple(materialise(argument) for argument in call.arguments)
                return record(self._function(call), given, times=times_of(call), filename=self.filename)

    def _loaded(self, request: Load) -> Loaded:
        self._hide_modules()
        with self._own_imports():
            self.imports.turn_to(request.name, request)
        if request.shared and self.before is None:
            self.before = self.warm.here()
        self.filename = request.name
        self.modules[request.name], loaded = self._load(request)
        reset_torch()  # what is reset before each call spoils nothing for the next source
        return replace(loaded, unchanged=self._is_as_before())

    def _begin(self, request: Begin) -> Begun:
        """Turn to a source; the first time, forbid what its exercise forbids, as all that share this process do.

        Only now, since a file may check its own answers while it loads.
        """
        self._hide_modules()
        self.filename = request.name
        if not self.calls:
            guard_calls(request.forbidden)
            self.before, self.calls = (self.before or self.warm).renewed() if request.shared else None, True
        return Begun(self._is_as_before())

    def _is_as_before(self) -> bool:
        """Say whether what the sources share is as it was; the source that is called now can be imported afterwards."""
        self._hide_modules()
        held = self.before is None or self.before.hold()
        if module := self.modules.get(self.filename):
            with self._own_imports():
                sys.modules[module.__name__] = module
        with self._own_imports():
            self.imports.turn_to(self.filename)
        return held

    def _hide_modules(self) -> None:
        """Let no source import another, or what another has imported: alone in its process it could not either."""
        with self._own_imports():
            self.imports.hide(self.filename)
            for module in self.modules.values():
                if sys.modules.get(module.__name__) is module:
                    del sys.modules[module.__name__]

    def _own_imports(self) -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext() if self.before is None else self.before.modules.changed_by_us()

    def _namespace(self) -> dict[str, Any]:
        module = self.modules.get(self.filename)
        return {} if module is None else vars(module)

    def _load(self, request: Load) -> tuple[ModuleType, Loaded]:
        with self._own_imports():
            module = new_module(request.name)
        if not request.notebook:
            return module, load_module(module, request)
        from grader.sandbox.notebook.notebook_module import load_notebook  # noqa: PLC0415 - only some zygotes have it

        return module, load_notebook(module, request, self.limits)

    def _call(self, call: Call | Observe) -> Observed:
        """Call as often as asked on the same objects; every observation tells what the last call left."""
        function = self._function(call)
        given = tuple(materialise(argument) for argument in call.arguments)
        return Observed(tuple(observe(function, given, filename=self.filename) for _ in range(times_of(call))))

    def _function(self, call: Call | Observe) -> Callable[..., Any]:
        namespace = self._namespace()
        if isinstance(call, Observe):
            return partial(call.observer, namespace)
        function: Any = namespace.get(call.entry)
        return function  # type: ignore[no-any-return]  # None, where it was deleted since, raises when it is called

    def _pack(self, reply: Reply) -> Frame:
        encoder = Encoder(room=self.limits.message_mib << 20)
        try:
            return pack_frame(encode_reply(reply, encoder), encoder.blob, max_tree=MAX_TREE)
        except ProtocolError:
            too_large = Observation(raised=Raised("ValueTooLarge", (), "the returned value is too large to be sent"))
            return pack_frame(encode_reply(Observed((too_large,)), encoder), b"")


def times_of(call: Call | Observe) -> int:
    """Return how often a call is made."""
    return call.times if isinstance(call, Call) else 1


def flush_output() -> None:
    """Flush what the student's code printed, so that it arrives before the reply."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(BaseException):  # a stream that the student replaced is the student's own
            stream.flush()


def reset_torch() -> None:
    """Undo what a call may have left behind in torch: grad mode, default dtype, threads and random state."""
    torch.set_grad_enabled(True)
    torch.set_default_dtype(torch.float32)
    torch.set_num_threads(1)
    torch.default_generator.manual_seed(SEED)
    random.seed(SEED)
    np.random.seed(SEED)  # noqa: NPY002 - the generator that old code uses


def forget_grader() -> None:
    """Make the grader's other modules unimportable, and what led Python to them unknown."""
    for name in list(sys.modules):
        if name.startswith("__editable__"):
            del sys.modules[name]
    sys.meta_path[:] = [finder for finder in sys.meta_path if "editable" not in repr(finder)]
    for name in [name for name in sys.modules if f"{name}.".startswith("grader.")]:
        if hasattr(sys.modules[name], "__path__"):
            sys.modules[name].__path__ = []
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120
    if not root.endswith("-packages"):  # installed among the libraries, which the student's code needs
        sys.path[:] = [entry for entry in sys.path if entry != root and "editable" not in entry]
    os.environ.pop("TORCHINDUCTOR_CACHE_DIR", None)
    sys.path_importer_cache.pop(root, None)


def open_streams() -> None:
    """Give Python fresh text streams over descriptors 0, 1 and 2."""
    sys.stdin = io.TextIOWrapper(io.FileIO(0, "r", closefd=False), encoding="utf-8")
    sys.stdout = io.TextIOWrapper(
        io.BufferedWriter(io.FileIO(1, "w", closefd=False)), encoding="utf-8", errors="backslashreplace"
    )
    sys.stderr = io.TextIOWrapper(
        io.BufferedWriter(io.FileIO(2, "w", closefd=False)),
        encoding="utf-8",
        errors="backslashreplace",
        line_buffering=True,
    )
    vars(sys).update(__stdin__=sys.stdin, __stdout__=sys.stdout, __stderr__=sys.stderr)
