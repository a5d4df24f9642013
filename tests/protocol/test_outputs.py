"""The outputs of a notebook's cells there and back, and such as a hostile process made up."""

import base64
import itertools

import nbformat
import pytest

from grader.protocol.errors import ProtocolError
from grader.protocol.outputs import (
    MAX_CELLS,
    MAX_OUTPUTS,
    OVERHEAD,
    PNG,
    Failed,
    Printed,
    Shown,
    as_nbformat,
    decode_outputs,
    encode_outputs,
    size,
)
from grader.protocol.values import Decoder, Encoder

CELLS = (
    (Printed("stdout", "α\n"), Printed("stderr", "b")),
    (),
    (Shown(3, "tensor(1.)"), Shown(0, "<Figure>", PNG + bytes(9))),
    (Failed("ValueError", "no", "Traceback\n  line\nValueError: no"),),
)
ROOM = 1 << 20
BLOB = b"stdoutabc" + PNG


def decoded(tree, *, blob=BLOB, room=ROOM):
    return decode_outputs(tree, Decoder(memoryview(blob)), room=room)


def test_outputs_come_back_as_they_were():
    """Every kind of output crosses whole, texts and images in the blob."""
    encoder = Encoder(room=ROOM)
    tree = encode_outputs(CELLS, encoder)
    assert decoded(tree, blob=encoder.blob) == CELLS
    assert "tensor" not in repr(tree)


def test_outputs_are_a_notebooks_own():
    """The plain form is what nbformat calls valid, with the image as base64."""
    outputs = [as_nbformat(output) for cell in CELLS for output in cell]
    cell = nbformat.v4.new_code_cell(outputs=[nbformat.from_dict(each) for each in outputs])
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))
    assert [each["output_type"] for each in outputs] == [
        "stream",
        "stream",
        "execute_result",
        "display_data",
        "error",
    ]
    assert base64.b64decode(outputs[3]["data"]["image/png"]) == CELLS[2][1].png
    assert set(outputs[2]["data"]) == {"text/plain"}


@pytest.mark.parametrize(
    "tree",
    [
        None,
        {},
        [None],
        [[None]],
        [[[]]],
        [[["printed"]]],
        [[["printed", [0, 6], [6, 3], [0, 0]]]],
        [[["printed", [0, 5], [6, 3]]]],
        [[["printed", "stdout", "abc"]]],
        [[["printed", [0, 6], [6, 99]]]],
        [[["printed", [0, 6], [-1, 3]]]],
        [[["printed", [0, 6], [0.0, 3]]]],
        [[["shown", "1", [6, 3], [9, 8]]]],
        [[["shown", 1, [6, 3], [0, 6]]]],
        [[["shown", 1, [6, 3]]]],
        [[["shown", 1, [6, 3], [9, 8], {"text/html": "<b>"}]]],
        [[["failed", [0, 1], [1, 1]]]],
        [[["html", [0, 1], [1, 1]]]],
        [[["printed", [0, 6], [6, 3]], ["printed", [0, 6], [6, 3]]]],
        [[["printed", [0, 6], [9, 1]]]],
    ],
)
def test_what_is_no_output_is_refused(tree):
    """Another form, kind, stream or place, an image that is no PNG, text that is not UTF-8, bytes used twice."""
    with pytest.raises(ProtocolError):
        decoded(tree)


def test_more_than_the_room_is_refused():
    """Outputs may fill the room and not pass it, and neither cells nor outputs may be without number."""
    tree = [[["printed", [0, 6], [6, 3]]]]
    exact = OVERHEAD + len("stdoutabc")
    assert sum(map(size, decoded(tree, room=exact)[0])) == exact
    with pytest.raises(ProtocolError, match="more output than allowed"):
        decoded(tree, room=exact - 1)
    many = [[["failed", [0, 0], [0, 0], [0, 0]]] * MAX_OUTPUTS]
    assert len(decoded(many)[0]) == MAX_OUTPUTS
    for crowd in ([many[0][:1] * (MAX_OUTPUTS + 1)], [[]] * (MAX_CELLS + 1)):
        with pytest.raises(ProtocolError, match="too many outputs"):
            decoded(crowd)


def test_what_commands_a_terminal_is_left_out():
    """Colours, escapes and control characters do not come through; line ends, tabs and returns do."""
    text = "\x1b[31mred\x1b[0m\x1b]0;title\x07\x9b2J\ta\r\nb\x00"
    encoder = Encoder(room=ROOM)
    tree = encode_outputs(((Failed(text, text, text),),), encoder)
    ((failed,),) = decoded(tree, blob=encoder.blob)
    assert set(vars(failed).values()) == {"red]0;title2J\ta\r\nb"}


def test_random_outputs_never_break_the_judge():
    """Whatever small trees are made of an output's parts, they are refused or decoded, and nothing else."""
    parts = ("printed", "shown", "failed", 0, 1, -1, [0, 6], [6, 3], [9, 8], [0, 0], None, b"x", [[0, 1]])
    for tree in itertools.product(parts, repeat=4):
        try:
            cells = decoded([[list(tree)]])
        except ProtocolError:
            continue
        assert isinstance(cells[0][0], Printed | Shown | Failed)
