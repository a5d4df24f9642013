"""What a learner meets in Chinese: every line of every command is Chinese, or code, a name or a path."""

import re
import shutil
import sys
from types import SimpleNamespace

import pytest

from grader.atomic import disk_errors
from grader.cli.app import main
from grader.errors import ContentError, DiskError, InternalError, UserError
from grader.learn.problems import REASONS, told

CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"\b[A-Za-z][a-z']+\b[ ,;:]+\b[a-z']+\b")
"""Two words of prose after one another."""
CODE = re.compile(r"^\s{4}|[=(\[{]|^\s*(?:[\w./-]+\s*)?$|Error: |^\s*│?\s*(?:return|def|import|for|if|raise|with) ")
MISTAKES = {
    "make_leaf": "def make_leaf(values):\n    return (\n",
    "describe_graph": "def describe_graph(t):\n    return undefined_name\n",
    "weighted_grad": "import torch\n\n\ndef weighted_grad(f, x, v):\n    return torch.func.vjp(f, x)[1](v)[0]\n",
}
"""A syntax error, an exception and a forbidden call."""


@pytest.fixture
def grader(own, monkeypatch, capsys):
    """Return what runs a learner's command in the learner's folder, in Chinese; gives code and all that is said."""
    monkeypatch.chdir(own)
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["grader", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return SimpleNamespace(code=ended.value.code or 0, said=said.out + said.err)

    return run


def in_english(said):
    """Return the lines that say something, and not in Chinese."""
    without_code = re.sub(r"`[^`\n]*`", "", said)
    lines = [line for line in without_code.splitlines() if not CHINESE.search(line)]
    return [line for line in lines if ENGLISH.search(line) and not CODE.search(line)]


def test_english_would_be_seen():
    """The search below finds a sentence of English, and lets code, names and an exception's own text pass."""
    assert in_english("你好\nMend it and save.\n") == ["Mend it and save."]
    assert in_english("    x is not y\nx = torch.ones(2)\nmake_leaf\nValueError: no such thing\n") == []


@pytest.mark.parametrize(
    "command",
    [
        (),
        ("list", "--lang", "zh"),
        ("next", "--lang", "zh"),
        ("show", "make_leaf", "--lang", "zh"),
        ("hint", "make_leaf", "--lang", "zh"),
        ("learn", "--once", "--lang", "zh"),
        ("check", "--lang", "zh"),
        ("quiz", "--lang", "zh"),
        ("start", "--lang", "zh"),
        ("learn", "--lang", "zh"),
        ("show", "make_leav", "--lang", "zh"),
        ("check", "nothing_like_it", "--lang", "zh"),
        ("quiz", "nothing", "--lang", "zh"),
        ("quiz", "--answers", "a_folder", "--lang", "zh"),
        ("check", "make_leaf", "--course", "nowhere", "--lang", "zh"),
    ],
    ids=" ".join,
)
def test_a_command_speaks_chinese(grader, own, command):
    """Before anything was begun, and where something is wrong."""
    (own / "a_folder").mkdir()
    (own / "learn.yaml").write_text((own / "learn.yaml").read_text() + "language: zh\n")
    ended = grader(*command)
    assert CHINESE.search(ended.said)
    assert in_english(ended.said) == []


@pytest.mark.parametrize("broken", ["learn.yaml", ".learn/progress.json", "answers.yaml"])
def test_a_broken_file_is_told_in_chinese(grader, own, broken):
    """Of the learner's own files; exit code 2."""
    (own / broken).parent.mkdir(exist_ok=True)
    (own / broken).write_text("[broken", encoding="utf-8")
    ended = grader("quiz" if broken == "answers.yaml" else "list", "--lang", "zh")
    assert ended.code == 2
    assert CHINESE.search(ended.said)
    assert in_english(ended.said) == []


def test_verdicts_are_told_in_chinese(grader, own, monkeypatch):
    """A syntax error, an exception and a forbidden call, each whole, with hints and what comes next."""
    monkeypatch.setenv("COLUMNS", "400")  # an exception's own text stays on the line that names it
    for slug, text in MISTAKES.items():
        (file,) = own.glob(f"*/{slug}/{slug}.py")
        file.write_text(text, encoding="utf-8")
    ended = grader("check", "--all", "--lang", "zh")
    assert ended.code == 1
    assert in_english(ended.said) == []
    ended = grader("learn", "--once", "--lang", "zh")
    assert in_english(ended.said) == []


@pytest.mark.parametrize("number", [*REASONS, 5])
def test_a_failing_disk_is_told_in_chinese(tmp_path, number):
    """With the file and what to do; English stays as it was."""
    with pytest.raises(DiskError) as raised, disk_errors(tmp_path / "x"):
        raise OSError(number, "said by the system")
    words = told(raised.value, "zh")
    assert words.startswith(f"无法写入 {tmp_path / 'x'}：")
    assert told(raised.value, "en") == str(raised.value)


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (UserError("no such thing"), "出了问题：no such thing"),
        (InternalError("it failed"), "评分程序出了问题：it failed"),
        (UserError("已经是中文"), "已经是中文"),
    ],
)
def test_other_errors_begin_in_chinese(problem, words):
    """An error that was raised far below says in Chinese whose it is."""
    assert told(problem, "zh") == words


def test_an_error_of_the_course_is_not_the_learners(tmp_path):
    """It says to tell the teacher, with the file and line."""
    problem = ContentError("the file is missing", path=tmp_path / "config.yaml", line=3)
    assert told(problem, "zh").startswith("课程文件有问题，请告诉老师：")
    assert f"{tmp_path / 'config.yaml'}:3" in told(problem, "zh")


def test_without_a_folder_the_system_s_language_is_spoken(grader, tmp_path, monkeypatch):
    """Nowhere near a course, LANG decides."""
    shutil.rmtree(tmp_path / "elsewhere", ignore_errors=True)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    for command in ((), ("list",), ("learn",), ("check",), ("quiz",), ("start",)):
        ended = grader(*command)
        assert ended.code == 2
        assert CHINESE.search(ended.said), command
        assert in_english(ended.said) == []
