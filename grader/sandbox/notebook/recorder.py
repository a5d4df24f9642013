"""What a notebook's cells put out, kept cell by cell and never more than there is room for.

Knows nothing of IPython. The judge checks everything again.
"""

from __future__ import annotations

import io

from grader.protocol.outputs import MAX_OUTPUTS, PNG, Output, Printed, Shown, content, size
from grader.protocol.values import clean_text

CUT = "\n[there is more output than the limit allows; the rest is left out / 输出超过限制，其余已省略]\n"
NOTE = Printed("stderr", CUT)


class Recorder:
    """The outputs of the cells so far; `room` is how many bytes they may take."""

    def __init__(self, room: int) -> None:
        self._left = room - size(NOTE)
        self._outputs_left = MAX_OUTPUTS - 1
        self._done: list[tuple[Output, ...]] = []
        self._cell: list[Output] = []
        self._stream: tuple[str, list[str]] | None = None
        self._is_cut = False

    def add(self, output: Output) -> None:
        """Keep an output of the cell; one that does not fit is left out, of a picture first the image."""
        self._end_stream()
        if isinstance(output, Shown) and size(output) > self._left:
            output = Shown(output.count, output.text)
        if self._takes(size(output)):
            self._cell.append(output)

    def write(self, stream: str, text: str) -> None:
        """Keep text that was written to a stream, or as much of it as fits."""
        if self._stream is None or self._stream[0] != stream:
            self._end_stream()
            if not self._takes(size(Printed(stream, ""))):
                return
            self._stream = (stream, [])
        data = content(text)
        kept = data[: max(0, self._left)]
        self._left -= len(kept)
        self._stream[1].append(kept.decode("utf-8", "ignore"))
        if len(kept) < len(data):
            self._cut()

    def clear(self) -> None:
        """Forget what the cell has put out; its room stays spent."""
        self._cell, self._stream = [], None

    def end_cell(self) -> None:
        """Begin the next cell."""
        self._end_stream()
        self._done.append(tuple(self._cell))
        self._cell = []

    def outputs(self) -> tuple[tuple[Output, ...], ...]:
        """Return the outputs of every cell that has ended."""
        return tuple(self._done)

    def _takes(self, count: int) -> bool:
        """Take room for an output, or note once that there is none."""
        if self._is_cut or count > self._left or not self._outputs_left:
            self._cut()
            return False
        self._left -= count
        self._outputs_left -= 1
        return True

    def _cut(self) -> None:
        self._end_stream()
        if not self._is_cut:
            self._is_cut = True
            self._left = 0
            self._cell.append(NOTE)

    def _end_stream(self) -> None:
        if self._stream is not None:
            (stream, texts), self._stream = self._stream, None
            self._cell.append(Printed(stream, "".join(texts)))


class CapturedStream(io.TextIOBase):
    """What stands for `sys.stdout` or `sys.stderr` while a cell runs."""

    encoding = "utf-8"
    errors = "backslashreplace"

    def __init__(self, recorder: Recorder, name: str) -> None:
        super().__init__()
        self._recorder = recorder
        self._name = name

    def writable(self) -> bool:
        """Tell that it can be written to."""
        return True

    def write(self, text: str, /) -> int:
        """Keep `text`."""
        self._recorder.write(self._name, str(clean_text(str.__str__(text))))
        return len(text)


def image_of(data: object) -> bytes:
    """Return what is a PNG image, or nothing."""
    return data if isinstance(data, bytes) and data.startswith(PNG) else b""
