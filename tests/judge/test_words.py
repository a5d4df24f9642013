"""The words for what a submission raised, where the reason is the sandbox's."""

import pytest

from grader.judge.call import MadeCall
from grader.judge.findings import StudentRaised
from grader.judge.outcome import brief_raised
from grader.judge.program import Program
from grader.judge.words import load_finding, raised_finding
from grader.protocol.messages import Loaded, Raised

REFUSED = Raised(
    "PermissionError", ("OSError",), "[Errno 1] Operation not permitted: '/tmp/torchinductor_uid_21'", line=4
)
OTHER = Raised("PermissionError", ("OSError",), "[Errno 1] Operation not permitted: '/tmp/notes'", line=4)
CALL = MadeCall("f", ("x",), (1.0,), 1)
NO_STORE = Raised("DistStoreError", ("RuntimeError",), "Failed to init uv loop", line=4)
NO_ADDRESS = Raised("RuntimeError", (), "Cannot resolve 127.0.0.1 to a (local) address", line=4)
NO_CONNECTIONS = {"en": "your code may open none", "zh": "你的代码不允许建立连接"}
REASONS = {"en": "the compiler keeps its work in files and your code may write none", "zh": "你的代码不允许写文件"}
GROUPED = """
import torch.distributed as dist

def grouped(x):
    dist.init_process_group("gloo", init_method="tcp://127.0.0.1:29511", rank=0, world_size=1)
    return x

def grouped_without_a_store(x):
    dist.init_process_group("gloo", store=dist.HashStore(), rank=0, world_size=1)
    return x
"""
COMPILED = """
import torch

def compiled(x):
    return torch.compile(lambda x: 2 * x)(x)
"""


def program(*, notebook):
    """Return a source of one function."""
    return Program("f.py", ("",), notebook, ("f",), {"f": ("x",)})


def all_words(raised):
    """Return what a student is told of an exception, when called and when loaded, in full and in brief."""
    findings = (
        raised_finding(CALL, raised, Loaded(), program(notebook=False)),
        load_finding(raised, program(notebook=False)),
        load_finding(raised, program(notebook=True)),
        brief_raised(raised),
    )
    return {language: [each.text(language) for each in findings] for language in REASONS}


def test_the_missing_compiler_is_explained_wherever_it_is_met():
    """Each verdict says in both languages what is not available, and why, beside what was raised."""
    for language, texts in all_words(REFUSED).items():
        for text in texts:
            assert REASONS[language] in text
            assert "torch.func.linearize" in text
            assert "PermissionError" in text


def test_another_refused_file_is_not_the_compilers():
    """Who opens a file of their own reads nothing of a compiler."""
    for language, texts in all_words(OTHER).items():
        assert [text for text in texts if REASONS[language] in text] == []


def test_a_brief_reason_holds_nothing_that_was_said():
    """In brief the words hold the type and the line, and not the text of the exception."""
    assert "uid_21" not in brief_raised(REFUSED).text("en")


@pytest.mark.parametrize(("line", "is_unwritten"), [(4, True), (0, False)])
def test_only_the_students_own_line_is_not_written_yet(line, is_unwritten):
    """What torch raises for a Function without a jvp is told in torch's own words."""
    raised = Raised("NotImplementedError", ("RuntimeError",), "You must implement the jvp function", line=line)
    text = raised_finding(CALL, raised, Loaded(), program(notebook=False)).text("en")
    assert ("is not written yet" in text, "implement the jvp" in text) == (is_unwritten, not is_unwritten)


def test_torch_compile_is_explained_in_the_sandbox(new_student):
    """A student who calls torch.compile is told the reason, and no smaller input is searched for."""
    student = new_student(COMPILED, entries=("compiled",))
    with pytest.raises(StudentRaised) as caught:
        student.call(1.0)
    student.close()
    assert REASONS["en"] in caught.value.finding.text("en")
    assert not caught.value.shrinkable


@pytest.mark.parametrize("raised", [NO_STORE, NO_ADDRESS])
def test_the_missing_connections_are_explained_wherever_they_are_met(raised):
    """Each verdict says in both languages that process groups are not available, and why."""
    for language, texts in all_words(raised).items():
        assert [NO_CONNECTIONS[language] in text for text in texts] == [True] * len(texts)


def test_another_runtime_error_is_not_the_connections():
    """Who raises a RuntimeError of their own reads nothing of process groups."""
    for language, texts in all_words(Raised("RuntimeError", (), "no such address", line=4)).items():
        assert [text for text in texts if NO_CONNECTIONS[language] in text] == []


@pytest.mark.parametrize("entry", ["grouped", "grouped_without_a_store"])
def test_process_groups_are_explained_in_the_sandbox(new_student, entry):
    """A student who makes a process group is told the reason, and no smaller input is searched for."""
    student = new_student(GROUPED, entries=(entry,))
    with pytest.raises(StudentRaised) as caught:
        student.call(1.0)
    student.close()
    assert NO_CONNECTIONS["en"] in caught.value.finding.text("en")
    assert not caught.value.shrinkable
