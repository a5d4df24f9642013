"""Which of a student's files an answer can import."""

import pytest

from grader.submissions.own_modules import OwnFiles, imported_names
from grader.submissions.refusal import RefusedError


def modules(files, path="hw/answer.py"):
    """Return the modules that a file can import, by name, and what is told."""
    found, told = OwnFiles(files).imported_by(path, [files[path]])
    return {each.name: each.file for each in found}, [each.key for each in told]


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("import helpers", {"helpers"}),
        ("import torch, helpers as h; import a.b", {"torch", "helpers", "a", "a.b"}),
        ("    from helpers import x, y as z", {"helpers", "helpers.x", "helpers.y", "helpers.as", "helpers.z"}),
        ("from a.b import (\n    c,\n    d,\n)", {"a", "a.b", "a.b.c", "a.b.d"}),
        ("if x: import helpers", {"helpers"}),
        ("m = __import__('helpers')\nn = importlib.import_module(\"a.b\")", {"helpers", "a", "a.b"}),
        ("from . import leaves", {"leaves"}),
        ("from helpers import *", {"helpers"}),
        ("x = 'import nothing'", set()),
    ],
)
def test_imports_are_found(source, names):
    """Each way to write an import is found, a few names too many included."""
    assert set(imported_names(source)) - {""} == names


def test_a_file_beside_is_imported_with_what_it_imports():
    """The file beside an answer is its module, and so is what that one imports."""
    files = {"hw/answer.py": "from helpers import leaf", "hw/helpers.py": "import more", "hw/more.py": "x = 1"}
    assert modules(files) == ({"helpers": "hw/helpers.py", "more": "hw/more.py"}, [])


def test_what_is_not_imported_stays_out():
    """A file that nobody imports is not sent along."""
    assert modules({"hw/answer.py": "import torch", "hw/helpers.py": "x = 1"}) == ({}, [])


def test_an_earlier_exercises_file_is_found_wherever_it_lies():
    """In a folder for each exercise, another exercise's file is found by its name."""
    files = {"b/two/two.py": "from one import one", "a/one/one.py": "def one(): ...", "a/one/other.py": "y = 2"}
    assert modules(files, "b/two/two.py") == ({"one": "a/one/one.py"}, [])


def test_a_package_is_found_with_or_without_its_init():
    """A folder of helpers is a package."""
    files = {"answer.py": "from tools.leaves import leaf", "tools/leaves.py": "from tools import x", "tools/x.py": ""}
    assert modules(files, "answer.py")[0] == {"tools.leaves": "tools/leaves.py", "tools.x": "tools/x.py"}
    files["tools/__init__.py"] = "y = 1"
    assert modules(files, "answer.py")[0]["tools"] == "tools/__init__.py"


def test_a_package_imports_its_own_files_by_dots():
    """A name with dots before it is told from the package that its file lies in."""
    files = {
        "hw/answer.py": "from tools import leaf",
        "hw/tools/__init__.py": "from .leaves import leaf",
        "hw/tools/leaves.py": "from . import deep\nfrom .deep import er",
        "hw/tools/deep.py": "from .. import nothing",
        "hw/leaves.py": "x = 'another file'",
    }
    assert modules(files)[0] == {
        "tools": "hw/tools/__init__.py",
        "tools.leaves": "hw/tools/leaves.py",
        "tools.deep": "hw/tools/deep.py",
    }


def test_the_file_beside_goes_before_others():
    """Of two files of one name, the one beside the importer is meant."""
    files = {"a/answer.py": "import helpers", "a/helpers.py": "x = 1", "helpers.py": "x = 2"}
    assert modules(files, "a/answer.py")[0] == {"helpers": "a/helpers.py"}


def test_two_files_of_one_name_elsewhere_are_ambiguous():
    """Nobody chooses between two files as high as each other; both are named. Copies are one."""
    files = {"c/answer.py": "import helpers", "a/helpers.py": "x = 1", "b/helpers.py": "x = 2"}
    with pytest.raises(RefusedError) as refusal:
        modules(files, "c/answer.py")
    assert refusal.value.message.text("en").startswith(
        "Your code imports helpers, and several files have that name: a/helpers.py, b/helpers.py."
    )
    files["b/helpers.py"] = "x = 1"
    assert modules(files, "c/answer.py")[0] == {"helpers": "a/helpers.py"}


@pytest.mark.parametrize("name", ["random", "torch", "yaml"])
def test_an_installed_module_wins_and_that_is_told(name):
    """A file named as an installed module is never imported; the student learns why."""
    files = {"hw/answer.py": f"import {name}", f"hw/{name}.py": "x = 1"}
    assert modules(files) == ({}, ["submissions.real_module"])


def test_a_file_does_not_import_itself():
    """A name that is the importer's own leads nowhere else."""
    assert modules({"hw/answer.py": "import answer"}) == ({}, [])


def test_a_circle_of_imports_ends():
    """Two files that import one another are two modules."""
    files = {"hw/answer.py": "import a", "hw/a.py": "import b", "hw/b.py": "import a"}
    assert modules(files)[0] == {"a": "hw/a.py", "b": "hw/b.py"}


def test_a_hostile_source_takes_no_time():
    """A megabyte of imports that never end is looked through in one go."""
    assert sum(1 for _ in imported_names("from a import (\n" * 60_000)) > 0
