"""The `grader` command itself: help, exit codes, and one sentence for every error raised on purpose."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from grader import __version__
from grader.cli import app as app_module
from grader.cli.app import app
from grader.errors import ContentError, GraderError, InternalError, IsolationError, SubmissionError, UserError

COMMANDS = sorted(typer.main.get_command(app).commands)
WHOLE = sorted(
    f"{name} {inner}".rstrip()
    for name, command in typer.main.get_command(app).commands.items()
    for inner in getattr(command, "commands", [""])
)
"""Every command that does something, with its group's name."""
HEAVY = ("torch", "numpy", "hypothesis", "pytest", "IPython", "nbformat", "nbgrader")


def loaded_by(code):
    """Return which heavy packages a fresh interpreter has loaded after `code`."""
    script = f"import sys\n{code}\nprint(*(name for name in {HEAVY} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120)
    return done.stdout.splitlines()[-1].split()


def test_the_commands_are_those_that_the_guides_name():
    """Nobody is sent to a command that does not exist."""
    assert {"check", "doctor", "grade", "verify"} <= set(COMMANDS)


VERSIONS = rf"grader {re.escape(__version__)}\ncourse '.+' [0-9a-f]{{12}}\n"
"""What `grader --version` says in the folder of a course."""


@pytest.mark.parametrize("code", ["import grader.cli", "import grader.cli.app", "import grader.cli.options"])
def test_importing_the_command_line_loads_nothing_heavy(code):
    """What takes seconds to load is loaded by the subcommand that needs it."""
    assert loaded_by(code) == []


def test_asking_for_help_loads_nothing_heavy():
    """Help is there at once."""
    code = "import contextlib\nsys.argv = ['grader', 'grade', '--help']\nfrom grader.cli.app import main\n"
    assert loaded_by(f"{code}with contextlib.suppress(SystemExit):\n    main()") == []


def test_the_coordinator_of_a_class_never_loads_torch():
    """The process that hands out submissions stays small; only its judges load torch."""
    modules = ("grading.grade_all", "grading.options", "grading.secret", "reports.folder", "reports.terminal")
    code = "\n".join(f"import grader.{name}" for name in (*modules, "submissions.entries", "cli.grade"))
    assert "torch" not in loaded_by(code)


def test_help_lists_every_command(grader):
    """The first thing that a newcomer types tells what there is."""
    for option in ("--help", "-h"):
        ended = grader(option)
        assert (ended.code, ended.err) == (0, "")
        assert "A course on PyTorch's autograd that marks itself." in ended.out
        assert all(f"  {name} " in ended.out for name in COMMANDS)


@pytest.mark.parametrize("command", WHOLE)
def test_the_help_of_each_command_has_examples(grader, command):
    """Help shows how the command is typed."""
    ended = grader(*command.split(), "--help")
    assert ended.code == 0
    assert f"Examples:  grader {command}" in ended.out


@pytest.mark.parametrize("command", WHOLE)
def test_the_help_of_each_command_has_its_exit_codes(grader, command):
    """Help says what a script may rely on."""
    assert "Exit codes: 0 " in grader(*command.split(), "--help").out


def test_the_version_is_that_of_the_package(grader):
    """`grader --version` says which grader this is."""
    ended = grader("--version")
    assert ended.code == 0
    assert re.fullmatch(VERSIONS, ended.out)


def test_the_module_is_the_command(process):
    """`python -m grader` is `grader`."""
    ended = process("--version", cold=True)
    assert (ended.code, ended.err) == (0, "")
    assert re.fullmatch(VERSIONS, ended.out)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["marl"], "No such command 'marl'"),
        (["check", "--langue", "en"], "No such option"),
        (["check", "--lang", "fr"], "'fr' is not one of 'en', 'zh'"),
        (["grade"], "Missing argument"),
        (["grade", "class", "--jobs", "-1"], "greater than or equal to 0"),
        (["grade", "class", "--isolation", "none"], "'none' is not one of"),
    ],
)
def test_a_command_that_is_mistyped_is_told_by_its_usage(grader, arguments, words):
    """Exit code 2, and the mistake on stderr."""
    ended = grader(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (UserError("no such thing"), 2),
        (SubmissionError("no such thing"), 2),
        (ContentError("no such thing", path=Path("config.yaml"), line=3), 2),
        (InternalError("no such thing"), 3),
        (IsolationError("no such thing"), 3),
        (GraderError("no such thing"), 3),
    ],
)
def test_the_exit_code_tells_whose_fault_it_is(grader, monkeypatch, problem, code):
    """2 is for the command or the course to mend, 3 is ours; both are one sentence on stderr."""

    def fail():
        raise problem

    monkeypatch.setattr(app_module, "app", fail)
    ended = grader()
    assert (ended.code, ended.out, ended.err) == (code, "", f"grader: {problem}\n")


@pytest.mark.parametrize("command", [["verify"], ["grade", "class"]])
def test_outside_of_any_course_every_command_says_so(refused, tmp_path, monkeypatch, command):
    """The message tells where it looked and how to name a course."""
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "class").mkdir(parents=True)
    monkeypatch.chdir(elsewhere)
    words = refused(*command)
    assert words == f"no config.yaml at or above {elsewhere}; go into the course's folder or name it with --course"


@pytest.mark.usefixtures("rehearsal")
@pytest.mark.parametrize("command", [["check", "nothing_known"], ["verify", "nothing_known"], ["grade", "."]])
def test_a_course_that_does_not_exist_is_no_other_course(grader, command):
    """A mistyped --course is refused, even where a course lies above it."""
    ended = grader(*command, "--course", "nowhere")
    assert ended.code == 2
    assert "nowhere" in ended.err


@pytest.mark.parametrize("command", [["check"], ["verify"], ["grade", "."]])
def test_broken_yaml_is_told_by_file_and_line(refused, files, command):
    """Whatever is asked for, a course that can't be read is named with the line to mend."""
    text = files.config.read_text(encoding="utf-8").replace("version: 1", "version: [1")
    files.config.write_text(text, encoding="utf-8")
    words = refused(*command)
    assert words.startswith(f"{files.config}:")
    assert "this is not valid YAML: " in words


def test_an_unknown_slug_is_told_what_was_meant(refused, files):
    """A misspelt slug gets the nearest one."""
    expected = f"there is no exercise or unit 'wieghted_grad' in {files.config}; did you mean weighted_grad?"
    assert refused("verify", "wieghted_grad") == expected


def test_a_misspelt_slug_loads_nothing_heavy(copied):
    """A learner's slip is told at once: torch is not imported for it."""
    code = f"import os, contextlib\nos.chdir({str(copied)!r})\nsys.argv = ['grader', 'check', 'wieghted_grad']\n"
    code += "from grader.cli.app import main\nwith contextlib.suppress(SystemExit):\n    main()"
    assert "torch" not in loaded_by(code)


def test_a_deep_folder_finds_its_course(refused, files, monkeypatch):
    """A command works from any folder inside the course."""
    monkeypatch.chdir(files.hidden.parent)
    assert str(files.config) in refused("verify", "nothing_known")


def test_a_whole_process_says_one_sentence_too(process, files):
    """What holds here holds for `python -m grader` as a shell runs it."""
    ended = process("verify", "nothing_known", cold=True)
    expected = (
        f"grader: there is no exercise or unit 'nothing_known' in {files.config}; "
        f"the course has weighted_grad, weights{os.linesep}"
    )
    assert (ended.code, ended.out, ended.err) == (2, "", expected)


@pytest.mark.parametrize("command", COMMANDS)
def test_windows_is_refused_in_one_sentence_that_names_wsl(grader, monkeypatch, command):
    """Where no process can be forked every command says so, says what to do, and does nothing."""
    monkeypatch.setattr(sys, "platform", "win32")
    ended = grader(command, *(["."] if command == "grade" else []))
    assert (ended.code, ended.out) == (3, "")
    assert ended.err == "grader: Windows can't fork processes; install WSL 2 (`wsl --install`) and run grader there\n"


def test_help_is_there_on_windows_too(grader, monkeypatch):
    """What can be told without a student process is told."""
    monkeypatch.setattr(sys, "platform", "win32")
    assert grader("--help").code == 0
    assert re.fullmatch(VERSIONS, grader("--version").out)
