"""A student process that several sources share: each is called in its turn, and one guard serves all."""

import pytest
import torch

from grader.protocol.messages import Begin, Begun, Call, Load

FORBIDDEN = ("torch.autograd.functional.vjp",)
USES_FORBIDDEN = """
import torch
def f(x): return torch.autograd.functional.vjp(torch.sin, x, x)[0]
def g(x): return torch.autograd.functional.jvp(torch.sin, x, x)[0]
f(torch.ones(2))
"""


def test_what_an_exercise_forbids_is_refused(start):
    """From `Begin` on, the functions that it forbids raise when the submission calls them, and only those.

    Before, while it is loaded, a file may check its own answers by them.
    """
    student = start(USES_FORBIDDEN)
    assert student.loaded.raised == ()
    assert student.process.ask(Begin("work.py", FORBIDDEN)) == Begun(unchanged=True)
    raised = student.call(torch.ones(2)).raised
    assert (raised.type, raised.message, raised.line) == (
        "ForbiddenCall",
        "torch.autograd.functional.vjp is not allowed in this exercise",
        3,
    )
    assert student.value(torch.ones(2), entry="g").shape == (2,)


def test_nothing_is_forbidden_by_a_later_begin(start):
    """All that share a process forbid the same: only the first `Begin` puts guards on."""
    student = start(USES_FORBIDDEN)
    student.process.ask(Begin("work.py"))
    student.process.ask(Begin("work.py", FORBIDDEN))
    assert student.value(torch.ones(2)).shape == (2,)


class Shared:
    """Several sources in one process."""

    def __init__(self, process, **sources):
        self.process = process
        self.loaded = {name: self.load(name, source) for name, source in sources.items()}

    def load(self, name, source):
        return self.process.ask(Load(f"{name}.py", (source,), notebook=False, entries=("f",), shared=True))

    def begin(self, name, *forbidden):
        return self.process.ask(Begin(f"{name}.py", forbidden, shared=True)).unchanged

    def value(self, *arguments):
        seen = self.process.ask(Call("f", arguments)).observations[0]
        assert seen.raised is None, seen.raised
        return seen.value


@pytest.fixture
def share(sandbox):
    """Give a function that loads sources into one process."""
    made = []

    def load(**sources):
        made.append(sandbox.start(exercises=len(sources)))
        return Shared(made[-1], **sources)

    yield load
    for process in made:
        process.close()


def test_each_source_of_a_shared_process_is_called_in_its_turn(share):
    """`Begin` says whose functions are called; names and module-level values are each source's own."""
    source = "seen = []\ndef f(x):\n    seen.append(x)\n    return __name__, seen"
    both = share(one=source, two=source)
    assert both.begin("one")
    assert both.value(1) == ("one", [1])
    assert both.begin("two")
    assert both.value(2) == ("two", [2])
    assert both.begin("one")
    assert both.value(3) == ("one", [1, 3])


NOSY = """
import sys

def look():
    found = []
    for name in ("one", "two"):
        try:
            found.append(__import__(name).__name__)
        except ModuleNotFoundError:
            found.append(None)
    return found, [name in sys.modules for name in ("one", "two")]

while_loading = look()
def f(): return while_loading, look()
"""


def test_a_source_cannot_import_its_neighbour(share):
    """While it is loaded and while it is called, a source finds itself by its name and no other of its process."""
    both = share(one=NOSY, two=NOSY)
    for name, own in (("one", (["one", None], [True, False])), ("two", ([None, "two"], [False, True]))):
        assert both.begin(name)
        assert both.value() == (own, own)


def test_one_guard_serves_all_sources_of_a_process(share):
    """What the first `Begin` forbids is refused to every source of the process, and no guard counts as a change."""
    source = (
        "import torch\n"
        "def f():\n"
        "    try: torch.autograd.functional.vjp(torch.sin, torch.ones(2), torch.ones(2))\n"
        "    except Exception as problem: return str(problem)"
    )
    both = share(one=source, two=source)
    assert [both.loaded[name].unchanged for name in ("one", "two")] == [True, True]
    for name in ("one", "two", "one"):
        assert both.begin(name, *FORBIDDEN)
        assert both.value() == "torch.autograd.functional.vjp is not allowed in this exercise"
