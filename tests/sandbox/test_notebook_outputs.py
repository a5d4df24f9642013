"""What a notebook's cells put out: kept cell by cell, in a notebook's own kinds, and never more than allowed."""

import pytest

from grader.protocol.messages import Load
from grader.protocol.outputs import MAX_OUTPUTS, PNG, Failed, Printed, Shown, size
from grader.sandbox.limits import Limits
from grader.sandbox.notebook.recorder import CUT, CapturedStream, Recorder
from grader.sandbox.sandbox import Sandbox


@pytest.fixture
def outputs(start):
    """Give a function that runs cells and returns what each put out."""
    return lambda *cells: start(*cells, notebook=True).loaded.outputs


def test_each_cell_has_its_outputs_in_order(outputs):
    """Text, displays, the last expression's value and the exception stand in the cell that made them, in order."""
    silent, spoken, failed = outputs(
        "x = 1",
        "import sys\nprint('a')\nprint('b')\nprint('c', file=sys.stderr)\ndisplay('d')\nx + 1",
        "print('e')\nraise ValueError('no')",
    )
    assert silent == ()
    assert spoken == (Printed("stdout", "a\nb\n"), Printed("stderr", "c\n"), Shown(0, "'d'"), Shown(2, "2"))
    assert failed[0] == Printed("stdout", "e\n")
    assert (failed[1].name, failed[1].value) == ("ValueError", "no")


def test_a_semicolon_keeps_the_value_back(outputs):
    """As in Jupyter, a last expression that ends in a semicolon, or is None, shows nothing."""
    assert outputs("1;", "None", "2") == ((), (), (Shown(3, "2"),))


def test_a_traceback_shows_the_authors_code_alone(outputs):
    """A traceback names cells and libraries; the grader, IPython and this machine's folders are not in it."""
    (told,) = outputs("import torch", "def f():\n    torch.ones(2).backward()", "%time f()")[2]
    assert '<cell 2>", line 2, in f' in told.traceback
    assert 'File "torch/' in told.traceback
    assert told.traceback.endswith(told.value)
    assert not any(word in told.traceback for word in ("IPython", "grader", "site-packages"))


@pytest.mark.parametrize(
    "source",
    [
        "class Bad(Exception):\n    def __str__(self): raise self\nraise Bad",
        "class Bad(Exception):\n    __cause__ = property(lambda self: 1 / 0)\nraise Bad",
        "def deep(): deep()\ndeep()",
        "raise ExceptionGroup('both', [ValueError(1), TypeError(2)])",
        "class Bad(Exception):\n    def _render_traceback_(self): raise KeyError\nraise Bad",
    ],
)
def test_an_exception_made_to_be_unreadable_is_put_out(outputs, source):
    """However an exception is made, its cell ends in one output that tells of it, of a size to be read."""
    (told,) = outputs(source)[0]
    assert isinstance(told, Failed)
    assert told.name in source + "RecursionError"
    assert len(told.traceback) < 20_000


def test_only_text_and_pictures_leave(outputs):
    """HTML, scripts and drawings of text stay behind; what stands for them as text is shown."""
    shown = outputs(
        "from IPython.display import HTML, Javascript, SVG, Markdown\nHTML('<script>alert(1)</script>')",
        "display(Javascript('alert(1)'))",
        "class Rich:\n    def _repr_html_(self): return '<b>'\n    def __repr__(self): return 'plain'\nRich()",
        f"class Image:\n    def _repr_png_(self): return {PNG + b'...'}\n    __repr__ = lambda _: 'p'\nImage()",
        "class Fake:\n    def _repr_png_(self): return b'<svg>'\n    __repr__ = lambda _: 'f'\nFake()",
        "%%html\n<script>alert(1)</script>",
    )
    assert shown[2] == (Shown(3, "plain"),)
    assert shown[3] == (Shown(4, "p", PNG + b"..."),)
    assert shown[4] == (Shown(5, "f"),)
    assert "alert" not in repr(shown)


def test_what_is_cleared_is_gone(outputs):
    """A cell that clears its output, as a training loop does, keeps what comes after."""
    loop = "from IPython.display import clear_output\nfor i in range(9):\n    clear_output(wait=True)\n    print(i)"
    assert outputs(loop) == ((Printed("stdout", "8\n"),),)


def test_what_is_captured_is_not_put_out(outputs):
    """The output of `%%capture` is in its variable and nowhere else."""
    assert outputs("%%capture kept\nprint('a')", "kept.stdout") == ((), (Shown(2, "'a\\n'"),))


def test_a_flood_is_cut_with_a_note():
    """Output past the limit is left out with one note, ends neither the process nor the cell, and later cells run."""
    limits = Limits(output_kib=64, call_wall_seconds=8.0)
    with Sandbox(limits) as own:
        process = own.start(notebook=True)
        flood = "for _ in range(100_000): print('x' * 50)\ndone = 1"
        loaded = process.ask(Load("work.ipynb", (flood, "print(done)", "f = print"), notebook=True, entries=("f",)))
        process.close()
    assert loaded.raised == ()
    kept = [output for cell in loaded.outputs for output in cell]
    assert kept[-1] == Printed("stderr", CUT)
    assert 50_000 < sum(map(size, kept)) <= 64 << 10
    assert "f" in loaded.signatures


def test_what_a_call_prints_is_no_output_of_a_cell(start):
    """Once the cells have run, what functions print goes where a file's does, and is limited as that."""
    student = start("def f():\n    print('from a call')\n    return 7", notebook=True)
    assert student.value() == 7
    assert b"from a call" in student.process.printed


def test_a_file_has_no_outputs(start):
    """Of a file nothing is kept cell by cell."""
    assert start("print('a')").loaded.outputs == ()


def test_a_plot_is_put_out_as_a_picture(outputs):
    """A figure is shown below its cell as PNG, without being asked for and without a folder to write to."""
    (plot,) = outputs("import matplotlib.pyplot as plt\nplt.plot([0, 1]);")[0]
    assert plot.png.startswith(PNG)


def test_a_recorder_never_keeps_more_than_its_room():
    """Whatever mixture of outputs comes, all cells together stay below the room and the number allowed."""
    recorder = Recorder(8_000)
    for index in range(3 * MAX_OUTPUTS):
        recorder.write(("stdout", "stderr")[index % 2], "é" * 7)
        recorder.add(Shown(index, "x", PNG))
        if index % 100 == 0:
            recorder.end_cell()
    kept = [output for cell in recorder.outputs() for output in cell]
    assert sum(map(size, kept)) <= 8_000
    assert kept.count(Printed("stderr", CUT)) == 1
    many = Recorder(1 << 30)
    for _ in range(3 * MAX_OUTPUTS):
        many.add(Shown(0, "x"))
    many.end_cell()
    assert len(many.outputs()[0]) <= MAX_OUTPUTS


def test_a_picture_that_does_not_fit_leaves_its_text():
    """Of a display that is too large the text is kept."""
    recorder = Recorder(2_000)
    recorder.add(Shown(1, "figure", PNG + bytes(5_000)))
    recorder.end_cell()
    assert recorder.outputs() == ((Shown(1, "figure"),),)


def test_a_stream_takes_text_alone():
    """What stands for stdout behaves as one: text of any kind goes in, anything else is a TypeError."""
    recorder = Recorder(2_000)
    stream = CapturedStream(recorder, "stdout")
    assert stream.write("a\ud800") == 2
    with pytest.raises(TypeError):
        stream.write(b"a")
    recorder.end_cell()
    assert recorder.outputs() == ((Printed("stdout", "a\\ud800"),),)
    assert stream.writable()
    assert not stream.isatty()
