"""What the cells of a notebook put out, as it crosses from a student process: text and PNG images, nothing else.

Owns the three kinds of output, their place in a message, and their form in a notebook file. HTML, scripts and other
rich forms never cross: whoever opens the notebook later would run them.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import Any

from grader.protocol.errors import ProtocolError
from grader.protocol.values import Decoder, Encoder

PNG = b"\x89PNG\r\n\x1a\n"
MAX_CELLS = 500
MAX_OUTPUTS = 1_000
"""How many outputs all cells of a notebook may have together."""
OVERHEAD = 64
"""What an output takes beside its text and image, in bytes."""
STREAMS = ("stdout", "stderr")
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Printed:
    """What was written to `stdout` or `stderr`."""

    stream: str
    text: str


@dataclass(frozen=True)
class Shown:
    """A value that was displayed or, with the cell's `count`, that is its result; `png` may be empty."""

    count: int
    text: str
    png: bytes = b""


@dataclass(frozen=True)
class Failed:
    """The exception that ended a cell."""

    name: str
    value: str
    traceback: str


Output = Printed | Shown | Failed
CellOutputs = tuple[Output, ...]
KINDS = {"printed": Printed, "shown": Shown, "failed": Failed}
TAGS = {kind: tag for tag, kind in KINDS.items()}


def size(output: Output) -> int:
    """Return how many bytes an output takes of the room for all."""
    return OVERHEAD + sum(len(content(part)) for part in vars(output).values() if not isinstance(part, int))


def content(part: str | bytes) -> bytes:
    """Return a part as bytes."""
    return part.encode("utf-8", "backslashreplace") if isinstance(part, str) else part


def encode_outputs(cells: tuple[CellOutputs, ...], encoder: Encoder) -> list[Any]:
    """Return the tree of all cells' outputs; texts and images lie in the blob."""
    return [[encode_output(output, encoder) for output in cell] for cell in cells]


def encode_output(output: Output, encoder: Encoder) -> list[Any]:
    """Return the tree of one output."""
    parts = vars(output).values()
    return [TAGS[type(output)], *(part if isinstance(part, int) else encoder.append(content(part)) for part in parts)]


def decode_outputs(tree: Any, decoder: Decoder, *, room: int) -> tuple[CellOutputs, ...]:
    """Return all cells' outputs, trusting nothing; `ProtocolError` when they take more than `room` bytes."""
    if not isinstance(tree, list) or not all(isinstance(cell, list) for cell in tree):
        raise ProtocolError("a notebook's outputs have another form")
    if len(tree) > MAX_CELLS or sum(map(len, tree)) > MAX_OUTPUTS:
        raise ProtocolError("a notebook has too many outputs")
    cells = tuple(tuple(decode_output(output, decoder) for output in cell) for cell in tree)
    if sum(size(output) for cell in cells for output in cell) > room:
        raise ProtocolError("a notebook has more output than allowed")
    return cells


def decode_output(tree: Any, decoder: Decoder) -> Output:
    """Return one output."""
    match tree:
        case ["printed", stream, text]:
            name = decoded_text(stream, decoder)
            if name not in STREAMS:
                raise ProtocolError("an output of no known stream")
            return Printed(name, decoded_text(text, decoder))
        case ["shown", int(count), text, png]:
            return Shown(max(0, int(count)), decoded_text(text, decoder), decoded_png(png, decoder))
        case ["failed", name, value, traceback]:
            return Failed(*(decoded_text(part, decoder) for part in (name, value, traceback)))
    raise ProtocolError("an output of no known kind")


def decoded_text(tree: Any, decoder: Decoder) -> str:
    """Return a text without what a terminal or a browser would take for more than text."""
    try:
        text = decoder.bytes_at(tree).decode("utf-8")
    except UnicodeDecodeError as problem:
        raise ProtocolError("an output's text is not UTF-8") from problem
    return CONTROLS.sub("", ESCAPES.sub("", text))


def decoded_png(tree: Any, decoder: Decoder) -> bytes:
    """Return an image, or nothing for none."""
    image = decoder.bytes_at(tree)
    if image and not image.startswith(PNG):
        raise ProtocolError("an output's image is no PNG")
    return image


def as_nbformat(output: Output) -> dict[str, Any]:
    """Return an output as a notebook file holds it."""
    match output:
        case Printed():
            return {"output_type": "stream", "name": output.stream, "text": output.text}
        case Failed():
            said = {"ename": output.name, "evalue": output.value, "traceback": output.traceback.split("\n")}
            return {"output_type": "error", **said}
    data = {"text/plain": output.text}
    if output.png:
        data["image/png"] = base64.b64encode(output.png).decode("ascii")
    shown: dict[str, Any] = {"output_type": "display_data", "data": data, "metadata": {}}
    if output.count:
        shown |= {"output_type": "execute_result", "execution_count": output.count}
    return shown
