"""What a student process has imported and can see: torch and the wire, and nothing of the judge."""

import os
import sys
from pathlib import Path

import pytest

from grader.sandbox.zygotes import ENVIRONMENT

OURS = {
    "grader",
    "grader.errors",  # the lock-down's refusal
    "grader.protocol",
    "grader.protocol.errors",
    "grader.protocol.frames",
    "grader.protocol.memory",
    "grader.protocol.messages",
    "grader.protocol.operations",
    "grader.protocol.outputs",
    "grader.protocol.recording",
    "grader.protocol.snippet",
    "grader.protocol.values",
    "grader.sandbox",
    "grader.sandbox.confinement",
    "grader.sandbox.glance",
    "grader.sandbox.guard",
    "grader.sandbox.huge_pages",
    "grader.sandbox.limits",
    "grader.sandbox.naming",
    "grader.sandbox.notes",
    "grader.sandbox.numbering",
    "grader.sandbox.observation",
    "grader.sandbox.own_modules",
    "grader.sandbox.recorder",
    "grader.sandbox.submission_module",
    "grader.sandbox.warming",
    "grader.sandbox.control",  # the zygote's own
    "grader.sandbox.isolation",
    "grader.sandbox.portable",
    "grader.sandbox.surroundings",
    "grader.sandbox.worker",
}
LOCKDOWN = "grader.sandbox.lockdown"
THEIRS = {
    "cloudpickle",  # reads the judge's functions
    "msgpack",  # the wire
    "torch",
    "torchgen",  # from here on, what torch imports
    "numpy",
    "sympy",
    "mpmath",
    "triton",  # of the builds of torch for CUDA, as the next
    "cuda",
    "typing_extensions",
    "matplotlib",  # whose fonts are listed in the zygote; from here on, what it imports
    "PIL",
    "cycler",
    "dateutil",
    "kiwisolver",
    "packaging",
    "pyparsing",
    "six",
    "cython_runtime",
    "_remote_module_non_scriptable",
    "_distutils_hack",  # from here on, what an environment's own start-up imports
    "_virtualenv",
    "__main__",  # the zygote
    "__mp_main__",
    "work",  # the submission
}
GENERATED = ("_cython_", "_sysconfigdata")

LOOK = """
import os, sys

def modules():
    return sorted(sys.modules)

def surroundings():
    return {"environment": dict(os.environ), "arguments": sys.argv, "folder": os.getcwd(), "path": sys.path}

def attempt(name):
    try:
        __import__(name)
    except ImportError as problem:
        return type(problem).__name__
    return "imported"
"""


def strangers(modules):
    """Return the modules that are on no list: neither the standard library, nor torch and its own, nor the wire."""
    known = OURS | THEIRS | set(sys.stdlib_module_names)
    return {
        name
        for name in modules
        if name not in known
        and (name.startswith("grader.") or name.split(".")[0] not in known)
        and not name.startswith(GENERATED)
        and name != LOCKDOWN
        and not name.startswith(f"{LOCKDOWN}.")
    }


def test_nothing_but_torch_and_the_wire_is_imported(start):
    """The modules of a student process are the standard library, torch with its own, and what the wire needs."""
    student = start(LOOK)
    modules = student.value(entry="modules")
    assert {"torch", "grader.sandbox.worker", "work"} <= set(modules)
    assert strangers(modules) == set()


@pytest.mark.parametrize("name", ["yaml", "hypothesis", "pytest", "pydantic", "rich", "typer"])
def test_a_strange_module_is_noticed(start, name):
    """What the test above looks for is found in a process that does import it."""
    student = start(f"import {name}\n{LOOK}")
    assert student.loaded.raised == ()
    assert name in strangers(student.value(entry="modules"))


def test_modules_of_the_judge_would_be_noticed():
    """A module of the grader counts by its own name: what is ours is no licence for the rest of ours."""
    assert strangers({"grader.judge", "grader.sandbox.process", "grader.sandbox.lockdown.seccomp", "torch.nn"}) == {
        "grader.judge",
        "grader.sandbox.process",
    }


@pytest.mark.parametrize(
    "name",
    [
        "grader.judge",
        "grader.catalogue.course",
        "grader.diagnosis",
        "grader.grading",
        "grader.config",
        "grader.sandbox.sandbox",
        "grader.sandbox.process",
        "grader.sandbox.pickling",
        "tests",
        "conftest",
    ],
)
def test_the_judge_cannot_be_imported(start, name):
    """A student's code does not find the judge by its name; what it may find is there already."""
    student = start(LOOK)
    assert student.value(name, entry="attempt") == "ModuleNotFoundError"
    assert student.value("grader.protocol.values", entry="attempt") == "imported"


def test_the_surroundings_tell_nothing_of_the_judge(start, root):
    """Environment, arguments, folder and import path are rebuilt: the judge's are not among them."""
    seen = start(LOOK).value(entry="surroundings")
    allowed = {"LC_CTYPE"}  # set by Python itself
    assert {name: value for name, value in seen["environment"].items() if name not in allowed} == ENVIRONMENT
    assert seen["arguments"] == ["work.py"]
    assert seen["folder"] == "/"
    ours = [Path(entry) for entry in seen["path"] if Path(entry).is_relative_to(root)]
    assert all(entry.is_relative_to(sys.prefix) for entry in ours)  # an environment may lie in the repository
    assert os.environ.keys() - seen["environment"].keys()


def test_changed_surroundings_would_be_noticed(start):
    """What the test above compares is what the process really has: a change in it is seen."""
    change = "import os, sys\nos.environ['TOKEN'] = 'x'\nsys.argv.append('x')\nsys.path.append('x')\n"
    seen = start(change + LOOK).value(entry="surroundings")
    assert seen["environment"]["TOKEN"] == seen["arguments"][-1] == seen["path"][-1] == "x"
