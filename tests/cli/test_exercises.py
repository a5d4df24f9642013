"""`grader` alone, `start`, `list`, `next`, `show`, `hint`, and what `check` and `learn` say before any judge."""

import json
import re
import shutil

import pytest

from grader.learn.progress import ProgressFile

CHINESE = re.compile(r"[\u4e00-\u9fff]")
CODE = re.compile(r"^[\x00-\x7f·─✓◐╭╮╰╯│•…>]*$")
FILE = "weights/weighted_grad/weighted_grad.py"


@pytest.fixture
def mine(grader, tmp_path, monkeypatch):
    """Return a learner's own folder of the copied course, and stand in it."""
    folder = tmp_path / "mine"
    assert grader("start", folder).code == 0
    monkeypatch.chdir(folder)
    return folder


def test_a_folder_is_made_and_the_next_step_is_named(grader, copied):
    """Without a name it is my-autograd; a second time it is brought up to date."""
    ended = grader("start")
    assert (ended.code, ended.err) == (0, "")
    assert "1 exercises. The course itself stays as it is." in ended.out
    assert "cd my-autograd  and  grader learn" in ended.out
    assert (copied / "my-autograd" / FILE).is_file()
    assert "0 new files, 0 renewed" in grader("start").out


def test_starting_again_names_the_starters_that_changed(grader, mine, files):
    """An edited file stays, and the learner learns that there is a new one."""
    (mine / FILE).write_text("mine", encoding="utf-8")
    files.starter.write_text(files.starter.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    said = grader("start").out
    assert f"The course has a new version of {FILE}; yours stays." in said
    assert (mine / FILE).read_text(encoding="utf-8") == "mine"


def test_nowhere_there_is_a_sentence(refused, tmp_path, monkeypatch):
    """Outside of everything, `grader` and `grader start` say what to do."""
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    for command in ([], ["list"], ["check"], ["learn"]):
        assert "make one with `grader start`" in refused(*command)
    assert "type:  grader start" in refused("start")


def test_alone_it_says_where_one_is(grader, mine, copied, monkeypatch):
    """In one's own folder how far one is and what is next, in the course itself what it is for."""
    ended = grader()
    assert ended.code == 0
    assert ended.out.splitlines() == [
        "0 of 1 exercises passed",
        f"Next: Weight the outputs (weighted_grad), in {FILE}",
        "Type:  grader learn",
    ]
    ProgressFile(mine / ".learn").change(lambda now: now.judged("weighted_grad", points=4, passed=True))
    assert "Every exercise is passed." in grader().out
    monkeypatch.chdir(copied)
    assert "This is the course itself" in grader().out


def test_list_and_next_as_data(grader, mine):
    """Scripts read the same that learners see."""
    ProgressFile(mine / ".learn").change(lambda now: now.judged("weighted_grad", points=1, passed=False))
    (listed,) = json.loads(grader("list", "--json").out)
    assert (listed["slug"], listed["passed"], listed["tried"], listed["file"]) == ("weighted_grad", False, True, FILE)
    assert json.loads(grader("next", "--json").out) == listed
    ProgressFile(mine / ".learn").change(lambda now: now.judged("weighted_grad", points=4, passed=True))
    assert json.loads(grader("next", "--json").out) is None


def test_an_exercise_is_shown(grader, mine, monkeypatch):
    """By its slug, or the one around here; maths is readable."""
    said = grader("show", "weighted_grad").out
    assert "Weight the outputs" in said
    assert "vᵢ" in said
    monkeypatch.chdir(mine / "weights" / "weighted_grad")
    assert grader("show").out == said


def test_hints_come_one_by_one(grader, mine):
    """Each call shows one more, and the fourth says that there are no more."""
    for count in (1, 2, 3):
        said = grader("hint", "weighted_grad").out
        assert said.count("Hint ") == count
    assert "These are all hints there are." in grader("hint").out
    assert ProgressFile(mine / ".learn").read().of("weighted_grad").hints == 3


@pytest.mark.usefixtures("mine")
def test_nothing_begun_is_told_with_what_to_begin(grader):
    """`check` in a fresh folder prints one line, not a page for each exercise."""
    ended = grader("check")
    assert (ended.code, ended.out.count("\n")) == (1, 1)
    assert f"Next: weighted_grad, in {FILE}" in ended.out


@pytest.mark.usefixtures("mine")
def test_a_misspelt_slug_is_told(refused):
    """In the learner's language, with the one that was meant."""
    for command in ("show", "hint", "check"):
        assert refused(command, "wieghted_grad") == "there is no exercise wieghted_grad; did you mean weighted_grad?"
        assert CHINESE.search(refused(command, "wieghted_grad", "--lang", "zh"))


@pytest.mark.usefixtures("mine")
def test_the_loop_needs_a_terminal(refused):
    """Without one, a sentence names --once."""
    assert "needs a terminal; `grader learn --once`" in refused("learn")


def test_the_loop_runs_in_a_folder_of_ones_own(refused):
    """The course's own starters are never what a learner edits."""
    assert "make a folder of yours with `grader start`" in refused("learn")


def test_a_progress_that_can_not_be_read_is_told(refused, mine):
    """One sentence, the file's name, what to do."""
    (mine / ".learn" / "progress.json").write_text("{", encoding="utf-8")
    assert "remove it, and you begin with nothing passed" in refused("next")


@pytest.mark.usefixtures("mine")
@pytest.mark.parametrize(
    "command",
    [
        ["start"],
        ["list"],
        ["next"],
        ["show"],
        ["hint"],
        ["check"],
        ["check", "zzz"],
        ["learn"],
        ["learn", "--once"],
        ["quiz"],
        ["quiz", "wieghts"],
        ["quiz", "zzz"],
    ],
)
def test_every_line_is_chinese_in_chinese(grader, command):
    """Code, names and numbers stay; every sentence is Chinese."""
    ended = grader(*command, "--lang", "zh")
    said = (ended.out + ended.err).removeprefix("grader: ")
    assert said.strip()
    lines = [line for line in said.splitlines() if line.strip()]
    assert [line for line in lines if not (CHINESE.search(line) or is_code(line))] == []


def is_code(line):
    """Whether a line is code or a drawing, as far as its look tells."""
    return bool(CODE.match(line)) and not re.search(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}", line)


def test_a_unit_is_introduced(grader, refused, mine, copied, root):
    """`show` takes a unit too, in both languages, from the learner's folder; one without a page is told."""
    assert "has no introduction" in refused("show", "weights")
    for name in ("README.md", "README.zh.md", "graph.svg"):
        shutil.copy(root / "exercises" / "weights" / name, copied / "exercises" / "weights")
    assert "3 new files" in grader("start").out
    assert "What tutorials say" in grader("show", "weights").out
    assert "教程怎么说" in grader("show", "weights", "--lang", "zh").out
    assert "weights/graph.svg" in grader("show", "weights").out
    assert (mine / "weights" / "graph.svg").is_file()
    once = grader("learn", "--once").out
    assert "Weight the outputs" in once, "without keys, the exercise itself is shown"
    assert "What tutorials say" not in once
