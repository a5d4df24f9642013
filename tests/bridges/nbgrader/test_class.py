"""A class of thirty in the real nbgrader, hostile company included: marks, feedback, and what nobody gets to see."""

import html
import json
import re
import subprocess

import pytest
from incubator import warm_command
from nbgrader_course import HOSTILE, REFERENCE, SIZE, UNITS, cells_in, query

from grader.catalogue.rules import CANARY

WORST = {place.rpartition("/")[2] for place in HOSTILE} - {"patch_allclose"}
MARKS_OF_THE_JUDGE = ("must_equal", "pytest.mark", "_hidden.py", "root:x:")
ARGUMENT = re.compile(r"[\w.]+ = torch\.tensor\(")
"""What a failed call was given is told, whether a hidden test has it in the same words or not."""


@pytest.fixture(scope="module")
def marks(graded_class):
    """Return the exported marks of the class by student and exercise."""
    return graded_class.marks()


@pytest.fixture(scope="module")
def graded_directly(graded_class, tmp_path_factory):
    """Return what `grader grade` makes of the same answers as files: the report of each student."""
    base = tmp_path_factory.mktemp("directly")
    for student, sources in graded_class.sources.items():
        (base / "class" / student).mkdir(parents=True)
        for slug, source in sources.items():
            (base / "class" / student / f"{slug}.py").write_text(source, encoding="utf-8")
        answers = [{"question": name, "answer": answer} for name, answer in graded_class.answers[student].items()]
        sheet = json.dumps({"version": 1, "answers": answers})
        (base / "class" / student / "answers.yaml").write_text(sheet, encoding="utf-8")
    options = [f"--course={graded_class.course.place}", *(f"--exercise={unit}" for unit in UNITS)]
    options.append(f"--store={base / 'store.db'}")
    command = [*warm_command(), "grade", base / "class", "--out", base / "out", "--json", *options]
    settings = {"cwd": graded_class.root, "env": graded_class.nbgrader.environment}
    done = subprocess.run([*map(str, command)], **settings, capture_output=True, check=True)
    return {report["student"]: report for report in json.loads(done.stdout)["students"]}


def test_everybody_is_graded(graded_class, marks):
    """No hostile notebook costs another student the grading, and none escapes it."""
    assert set(marks) == set(graded_class.sources)
    assert len(marks) == SIZE
    for student, sources in graded_class.sources.items():
        assert sources.keys() <= marks[student].keys()


def test_marks_are_those_of_grader_grade(graded_class, marks, graded_directly):
    """Each exercise and each quiz gets in nbgrader what it gets as a file."""
    compared = 0
    for student, report in graded_directly.items():
        parts = {each["slug"]: each for each in report["exercises"]}
        parts |= {f"quiz-{each['unit']}": each for each in report["quizzes"]}
        for name in parts.keys() & marks[student].keys():
            mark, part = marks[student][name], parts[name]
            assert mark.points == pytest.approx(part["score"], abs=1e-3), (student, name)
            assert float(mark.max_score) == part["max_score"]
            compared += 1
    assert compared == sum(2 * len(sources) for sources in graded_class.sources.values())


def test_misconceptions_are_those_of_grader_grade(marks, graded_directly):
    """Each exercise, and each quiz, has the same misconceptions in the export as in the report."""
    found, wrong_answers = set(), 0
    for student, report in graded_directly.items():
        told = {part["slug"]: {part["misconception"]} - {None} for part in report["exercises"]}
        for quiz in report["quizzes"]:
            told[f"quiz-{quiz['unit']}"] = {each["misconception"] for each in quiz["answers"]} - {None}
            wrong_answers += len(told[f"quiz-{quiz['unit']}"])
        for name in told.keys() & marks[student].keys():
            assert set(marks[student][name].misconceptions.split()) == told[name], (student, name)
            found |= told[name]
    assert len(found) > 5
    assert wrong_answers > 2


def test_who_is_right_gets_everything_and_who_attacks_gets_nothing(marks):
    """The reference solution earns all points of its exercises, an attack none."""
    assert [marks[REFERENCE][slug].points for slug in UNITS.values()] == [4, 6]
    assert {student: marks[student]["weighted_grad"].points for student in WORST} == dict.fromkeys(WORST, 0)


def test_quiz_answers_count_for_the_student_whose_sheet_they_are_on(graded_class, marks):
    """Who answers rightly gets the quiz's points, who does not answer none."""
    assert marks["amelia_hart"]["quiz-weights"].points == 2
    assert marks[REFERENCE]["quiz-weights"].points == 0
    waiting = {student for student, rows in marks.items() if rows["text-why_coefficient_fails"].needs_review == "yes"}
    assert waiting == {student for student, known in graded_class.answers.items() if "why_coefficient_fails" in known}


def withheld_lines(root):
    """Return the long lines of hidden tests, solutions and wrong solutions that stand in nothing that students get."""
    given = "\n".join(path.read_text(encoding="utf-8") for path in (root / "exercises").rglob("*.*") if path.is_file())
    places = [root / part / unit for part in ("solutions", "tests/hidden") for unit in UNITS]
    files = [path for place in places for path in place.rglob("*.py")]
    lines = {line.strip() for path in files for line in path.read_text(encoding="utf-8").splitlines()}
    return {line for line in lines if len(line) > 25 and line not in given and not ARGUMENT.match(line)}


def told_in(place):
    """Return what a page or a notebook tells, without the marks and escapes of its format."""
    text = place.read_text(encoding="utf-8")
    if place.suffix == ".html":
        return html.unescape(re.sub(r"<[^>]+>", "", text))
    if place.suffix != ".ipynb":
        return text
    cells = cells_in(place)
    outputs = [output for cell in cells for output in cell.get("outputs", ())]
    return "\n".join([*(cell.source for cell in cells), *map(str, outputs)])


def texts(graded_class, student):
    """Return what every file tells that nbgrader keeps of a student, by its place."""
    folders = [graded_class.folder / part / student for part in ("autograded", "feedback")]
    return {place: told_in(place) for folder in folders for place in folder.glob("*/*")}


def test_nothing_withheld_is_in_what_a_student_gets(graded_class, root):
    """No graded notebook, feedback page or release holds a canary, or code of a hidden test or solution."""
    secret = withheld_lines(root)
    assert len(secret) > 200
    for student, sources in graded_class.sources.items():
        own = "\n".join(sources.values())
        for place, told in texts(graded_class, student).items():
            assert CANARY not in told
            assert not [word for word in MARKS_OF_THE_JUDGE if word in told and word not in own], place
            assert not [line for line in secret if line in told and line not in own], place
    for unit in UNITS:
        assert not [line for line in (CANARY, *secret) if line in told_in(graded_class.released(unit))]
        for place in (graded_class.autograded(unit, REFERENCE), graded_class.feedback(unit, REFERENCE)):
            assert [line for line in secret if line in told_in(place)], "the search would not see a solution"


def test_nothing_withheld_is_in_the_gradebook(graded_class, root):
    """No cell and no comment of the database holds a canary, or code of a hidden test or solution of our own."""
    secret = withheld_lines(root)
    comments = query(graded_class.folder, "SELECT auto_comment FROM comment WHERE auto_comment IS NOT NULL")
    sources = query(graded_class.folder, "SELECT source FROM source_cell")
    assert len(comments) > SIZE
    own = "\n".join(source for each in graded_class.sources.values() for source in each.values())
    for (text,) in (*comments, *sources):
        assert CANARY not in text
        assert not [line for line in secret if line in text and line not in own]


def test_a_page_runs_nothing_that_a_student_wrote(graded_class):
    """HTML in an exception's name and text is text on the page."""
    page = graded_class.feedback("weights", "inject_html").read_text(encoding="utf-8")
    assert "alert('LOUD')" in page or "alert(&#39;LOUD&#39;)" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
