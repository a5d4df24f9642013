"""What `grader new` makes: a course that keeps every rule, and beginnings of which each unwritten line is named."""

from contextlib import nullcontext

import pytest
from typer.testing import CliRunner

from grader.authoring.new import new_course
from grader.catalogue.author_rules import broken_rules, unwritten_lines
from grader.catalogue.course import load_course
from grader.catalogue.rules import CANARY
from grader.cli.app import app, main
from grader.grading import judge
from grader.grading.options import Options, load_assignment
from grader.verify.quizzes import broken_files
from grader.verify.verify import verify

WITHHELD = ("solutions", "tests")


@pytest.fixture
def root(tmp_path):
    """Return the folder of a new course."""
    new_course(tmp_path / "mine")
    return tmp_path / "mine"


@pytest.fixture
def grader(root, monkeypatch):
    """Return what runs a command in the new course and gives its output; it must end well."""
    monkeypatch.chdir(root)

    def run(*arguments):
        ended = CliRunner().invoke(app, arguments)
        assert ended.exit_code == 0, ended.output
        return ended.output

    return run


@pytest.fixture
def refused(root, monkeypatch, capsys):
    """Return what runs a command that must be refused, and gives its one sentence."""
    monkeypatch.chdir(root)

    def run(*arguments):
        monkeypatch.setattr("sys.argv", ["grader", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == 2
        (line,) = capsys.readouterr().err.splitlines()
        return line

    return run


def check_canaries(root):
    """Every withheld file begins with the canary line, and no other holds it."""
    for path in root.rglob("*.*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert text.startswith(CANARY) == (path.relative_to(root).parts[0] in WITHHELD), path
            assert text.count(CANARY) <= 1


def test_a_new_course_keeps_every_rule_at_once(root, sandbox, monkeypatch):
    """Its exercise and its question are verified whole: solution, wrong solutions, mutants, idle answers, draws."""
    monkeypatch.setattr(judge, "open_sandbox", lambda _course, **_options: nullcontext(sandbox))
    assignment = load_assignment(Options(root, b"a secret of the tests"))
    found = verify(assignment, assignment.quizzes, draws=20)
    assert [(each.path.name, each.line, each.problem) for each in found.broken] == []
    assert [row.diagnosed for row in found.exercises[0].matrix.rows] == [None, None, "M100", "M101"]
    assert [each.draws for each in found.questions] == [20]
    check_canaries(root)


def test_every_unwritten_line_of_a_new_exercise_is_named(grader, root):
    """Each line with TODO, by file and line, and nothing else; its line stands in config.yaml."""
    out = grader("new", "exercise", "lists", "halves", "--points", "6")
    assert "next: grader verify halves" in out
    course = load_course(root)
    old, new = course.exercises
    assert (new.slug, new.unit, new.points) == ("halves", "lists", 6)
    assert broken_rules(course, old) == []
    told = {(each.path, each.line) for each in broken_rules(course, new)}
    todo = {
        (path, number)
        for path in root.rglob("*.*")
        if path.is_file()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if "TODO" in line
    }
    assert told == todo
    assert {path for path, _ in told} >= {new.starter, new.solution, new.hidden_tests, new.public_tests}
    assert "points=1.5)" in new.hidden_tests.read_text(encoding="utf-8")
    check_canaries(root)


def test_a_written_exercise_is_named_no_more(grader, root):
    """When the last TODO is gone, the other rules have their say."""
    grader("new", "exercise", "lists", "halves")
    for path in root.rglob("*halves*/**/*.*"):
        path.write_text(path.read_text(encoding="utf-8").replace("TODO: ", ""), encoding="utf-8")
    hidden = root / "tests" / "hidden" / "lists" / "test_halves_hidden.py"
    hidden.write_text(hidden.read_text(encoding="utf-8").replace("TODO: ", ""), encoding="utf-8")
    course = load_course(root)
    assert [each.problem for each in broken_rules(course, course.exercises[1])] == [
        "'an English term of exercises/concepts.yaml' has no Chinese term in exercises/concepts.yaml; add it there"
    ]


def test_a_unit_is_begun_with_its_exercise(grader, root):
    """--new-unit adds the unit too; its title is still to be written."""
    grader("new", "exercise", "graphs", "edges", "--new-unit")
    course = load_course(root)
    assert [unit.name for unit in course.config.units] == ["lists", "graphs"]
    assert [each.problem for each in unwritten_lines(course.file)] == ["still to write: the title of the unit"]


@pytest.mark.parametrize("unit", ["lists", "graphs"])
def test_every_unwritten_line_of_a_new_question_is_named(grader, root, unit):
    """In both halves, in a unit that has a quiz and in one that has none yet."""
    if unit == "graphs":
        grader("new", "exercise", "graphs", "edges", "--new-unit")
    grader("new", "question", unit, "half")
    course = load_course(root)
    assert unit in course.quiz_units
    assert course.quizzes[unit][-1].id == "half"
    assert len(course.quizzes[unit]) == (2 if unit == "lists" else 1)
    told = {(each.path.parts[-3], each.problem) for each in broken_files(course, unit)}
    assert ("exercises", "still to write: the question, about {{ n }}") in told
    assert ("solutions", "still to write: the expression that gives the right answer") in told
    check_canaries(root)


def test_a_new_misconception_has_the_next_id(grader, root):
    """It is appended below the others, which stay as they were."""
    path = root / "solutions" / "misconceptions.yaml"
    before = path.read_text(encoding="utf-8")
    assert grader("new", "misconception", "sorted_first").startswith("M102 sorted_first\n")
    assert path.read_text(encoding="utf-8").startswith(before)
    assert load_course(root).misconceptions["M102"].name == "sorted_first"
    assert len(list(unwritten_lines(path))) == 4


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["course", "."], "is there already and is not empty; choose another folder"),
        (["exercise", "list", "x"], "correct the name, or begin the unit with --new-unit"),
        (["exercise", "lists", "x", "--new-unit"], "the course has a unit 'lists' already; leave --new-unit out"),
        (["exercise", "lists", "running_sums"], "the course has an exercise 'running_sums' already"),
        (["exercise", "lists", "../x"], "'../x' is no name here; write lower-case letters, digits and _"),
        (["question", "list"], "there is no unit 'list'"),
        (["question", "lists", "last_running_sum"], "the course has a question 'last_running_sum' already"),
        (["misconception", "total_everywhere"], "there is a misconception 'total_everywhere' already"),
    ],
)
def test_what_cannot_be_made_is_refused(refused, root, arguments, words):
    """One sentence says what to do, and nothing is written."""
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert words in refused("new", *arguments)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_a_file_in_the_way_is_left_alone(refused, root):
    """An exercise that somebody began by hand, but did not enter, is not written over."""
    (root / "exercises" / "lists" / "halves").mkdir()
    (root / "exercises" / "lists" / "halves" / "README.md").write_text("mine", encoding="utf-8")
    assert "README.md is there already; choose another name, or remove it first" in refused(
        "new", "exercise", "lists", "halves"
    )
    assert not (root / "solutions" / "lists" / "halves").exists()
