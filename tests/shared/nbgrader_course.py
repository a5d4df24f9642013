"""A real nbgrader course on disk and its commands, for every folder of tests that needs one.

`Nbgrader` runs the commands; `ClassCourse` takes the sample class, with some hostile company, through all of them.
"""

import ast
import csv
import json
import os
import select
import sqlite3
import subprocess
import sys
import weakref
from contextlib import closing
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace

import nbformat
import yaml
from incubator import run_owner
from sample_exercises import COURSE

from grader.bridges.nbgrader.course_config import NAME, whole_config
from grader.bridges.nbgrader.source import source_release
from grader.catalogue.course import load_course
from grader.catalogue.release import write_release

SECONDS = 500
EXPORTER = "grader.bridges.nbgrader.export.GradesPlugin"
SERVER = """
import json, os, sys, tempfile
sys.path.insert(0, sys.argv[1])
import incubator
from nbgrader.apps import SubmitApp
from nbgrader.apps.nbgraderapp import main
from sqlalchemy.orm import configure_mappers
import grader.bridges.nbgrader.desk, grader.bridges.nbgrader.export, grader.bridges.nbgrader.preprocessors

def submit_all(calls):
    for folder, arguments in calls:
        os.chdir(folder)
        app = SubmitApp.instance()
        app.initialize(arguments[1:])
        app.start()
        SubmitApp.clear_instance()

incubator.install(int(sys.argv[2]))
configure_mappers()
for line in sys.stdin:
    calls = json.loads(line)
    with tempfile.TemporaryFile() as said:
        pid = os.fork()
        if pid == 0:
            for source, target in ((os.open(os.devnull, os.O_RDONLY), 0), (said.fileno(), 1), (said.fileno(), 2)):
                os.dup2(source, target)
            if len(calls) > 1:
                sys.exit(submit_all(calls))
            os.chdir(calls[0][0])
            sys.argv = ["nbgrader", *calls[0][1]]
            sys.exit(main())
        _, status = os.waitpid(pid, 0)
        said.seek(0)
        print(json.dumps([os.waitstatus_to_exitcode(status), said.read().decode()]), flush=True)
"""
"""Forks a process for each command, and one for many a submission: to import nbgrader anew takes seconds."""


class Nbgrader:
    """nbgrader's commands, with an exchange and settings of their own, away from this user's."""

    def __init__(self, home, secret):
        self.exchange = home / "exchange"
        self.exchange.mkdir(parents=True)
        self.exchange.chmod(0o777)
        own = dict.fromkeys(("HOME", "IPYTHONDIR"), str(home))
        own |= {"JUPYTER_DATA_DIR": str(home / "data"), "JUPYTER_CONFIG_DIR": str(home / "config")}
        # nbgrader starts alembic by its name alone.
        programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        own |= {"PATH": programs, "GRADER_SECRET": secret, "PYTHONWARNINGS": "ignore"}
        self.environment = {**os.environ, **own}

    def run(self, folder, *arguments, code=0):
        """Run one command in a folder, in a process of its own, and return what it said."""
        ended, said = self._ask([(str(folder), list(map(str, arguments)))])
        assert ended == code, said
        return said

    def submit_all(self, assignment, folders, course_id):
        """Hand in each student's folder of an assignment."""
        settings = [f"--Exchange.root={self.exchange}", f"--course={course_id}"]
        ended, said = self._ask(
            [(str(folder), ["submit", assignment, f"--student={name}", *settings]) for name, folder in folders.items()]
        )
        assert ended == 0, said

    def _ask(self, calls):
        """Have the server make some calls; return the exit code and what was said."""
        server = self._server
        server.stdin.write(json.dumps(calls) + "\n")
        server.stdin.flush()
        assert select.select([server.stdout], [], [], SECONDS)[0], f"{calls[0]} does not end"
        return json.loads(server.stdout.readline())

    @cached_property
    def _server(self):
        command = [sys.executable, "-c", SERVER, str(Path(__file__).parent), str(run_owner())]
        settings = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        server = subprocess.Popen(command, env=self.environment, **settings)
        weakref.finalize(self, end, server)
        return server


def end(server):
    """Let a server end by itself, which has nothing more to read."""
    with server:
        server.stdin.close()


def marks_in(path):
    """Return the rows of an exported table, by student and exercise."""
    found = {}
    for row in csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()):
        found.setdefault(row["student"], {})[row["exercise"]] = SimpleNamespace(**row, points=float(row["score"]))
    return found


def query(folder, text, *values):
    """Ask or change a course's gradebook behind nbgrader's back."""
    with closing(sqlite3.connect(folder / "gradebook.db")) as database, database:
        return database.execute(text, values).fetchall()


def cells_in(path):
    """Return the cells of a notebook on disk."""
    return nbformat.read(path, as_version=4).cells


def by_grade_id(cells):
    """Return the cells that nbgrader knows, by its id."""
    return {cell.metadata.nbgrader.grade_id: cell for cell in cells if "nbgrader" in cell.metadata}


# --- a class of thirty ------------------------------------------------------------------------------------------

UNITS = {"weights": "weighted_grad", "jacobian": "jacobian_via_backward"}
REFERENCE = "reference"
"""The student who hands in the course's own solutions."""
HOSTILE = (
    *("steal/read_hidden_tests", "steal/read_solution", "forge/patch_allclose", "forge/inject_html"),
    *("deny/leave_at_once", "deny/ignore_everything", "deny/memory_bomb", "reach_out/spoil_libraries"),
)
SIZE = 30
LONGEST = 20_000


class ClassCourse:
    """The course of a class: two units, and thirty students who get them and hand them in."""

    course_id, secret = "autograd", "classroom"  # the sample class's quiz answers are right under this secret alone

    def __init__(self, base, root):
        self.root = root
        self.course = load_course(root / COURSE)
        self.folder = base / self.course_id
        self.desks = base / "students"
        self.nbgrader = Nbgrader(base / "home", self.secret)
        self.sources = sources_of_the_class(root)
        self.answers = {student: answers_of(root, student) for student in self.sources}

    def run(self, *arguments, code=0):
        """Run one command of the instructor's."""
        return self.nbgrader.run(self.folder, *arguments, code=code)

    def walk(self):
        """Release both units, have them fetched, solved and handed in, and collect them."""
        write_release(source_release(self.course, self.course.select_units([*UNITS]), "en"), self.folder)
        config = (
            whole_config(self.course.place, self.course_id) + f"c.Exchange.root = {str(self.nbgrader.exchange)!r}\n"
        )
        write_release({NAME: config.encode()}, self.folder)
        for unit in UNITS:
            self.run("generate_assignment", unit)
            self.run("release_assignment", unit)
            folders = {student: self._solved(unit, student) for student in self._who_hands_in(unit)}
            self.nbgrader.submit_all(unit, folders, self.course_id)
            self.run("collect", unit)
        return self

    def marks(self):
        """Export the marks and return them by student and exercise."""
        self.run("export", f"--exporter={EXPORTER}", "--to", "marks.csv")
        return marks_in(self.folder / "marks.csv")

    def source(self, unit):
        """Return the place of the instructor's notebook."""
        return self.folder / "source" / unit / f"{unit}.ipynb"

    def released(self, unit):
        """Return the place of the notebook that students get."""
        return self.folder / "release" / unit / f"{unit}.ipynb"

    def fetched(self, unit):
        """Return the notebook that `nbgrader fetch_assignment` gives; it gives everybody the same."""
        desk = self.desks / "fetched"
        if not (desk / unit).exists():
            desk.mkdir(parents=True, exist_ok=True)
            settings = (f"--Exchange.root={self.nbgrader.exchange}", f"--course={self.course_id}")
            self.nbgrader.run(desk, "fetch_assignment", unit, *settings)
        return desk / unit / f"{unit}.ipynb"

    def submitted(self, unit, student):
        """Return the place of what was collected."""
        return self.folder / "submitted" / student / unit / f"{unit}.ipynb"

    def autograded(self, unit, student):
        """Return the place of a graded notebook."""
        return self.folder / "autograded" / student / unit / f"{unit}.ipynb"

    def feedback(self, unit, student):
        """Return the place of the page that a student gets."""
        return self.folder / "feedback" / student / unit / f"{unit}.html"

    def _who_hands_in(self, unit):
        return [student for student, sources in self.sources.items() if UNITS[unit] in sources]

    def _solved(self, unit, student):
        """Fetch a unit for a student and fill it in; return the student's folder."""
        desk = self.desks / student
        fetched = self.fetched(unit)
        desk.mkdir(parents=True, exist_ok=True)
        work = nbformat.read(fetched, as_version=4)
        known = by_grade_id(work.cells)
        known[f"{UNITS[unit]}-solution"].source = self.sources[student][UNITS[unit]]
        for name, answer in self.answers[student].items():
            if f"text-{name}" in known:
                known[f"text-{name}"].source = answer
        (quiz,) = [cell for cell in work.cells if cell.source.startswith("quiz_answers")]
        asked = ast.literal_eval(quiz.source.partition("=")[2].strip())
        quiz.source = f"quiz_answers = { {name: self.answers[student].get(name) for name in asked}!r}"
        (desk / unit).mkdir()
        nbformat.write(work, desk / unit / f"{unit}.ipynb")
        return desk


def sources_of_the_class(root):
    """Return what each student wrote for each exercise: the reference, hostile ones, and the sample class.

    Of the sample class, those who have handed in plain files, those with a sheet of quiz answers first.
    """
    found = {REFERENCE: {slug: solution_of(root, unit, slug) for unit, slug in UNITS.items()}}
    for place in HOSTILE:
        text = (root / "tests" / "attacks" / "submissions" / f"{place}.py").read_text(encoding="utf-8")
        found[Path(place).name] = {"weighted_grad": text.replace("@COURSE@", str(root))}
    students = (root / "tests" / "classroom" / "submissions").iterdir()
    for place in sorted(students, key=lambda each: (not answers_of(root, each.name), each.name)):
        files = {slug: place / f"{slug}.py" if place.is_dir() else place for slug in UNITS.values()}
        texts = {slug: text for slug, file in files.items() if (text := plain_text(file))}
        if texts and len(found) < SIZE:
            found[place.stem] = texts
    return found


def solution_of(root, unit, slug):
    """Return the reference solution, without the line that marks it as withheld."""
    return (root / "solutions" / unit / slug / f"{slug}.py").read_text(encoding="utf-8").partition("\n")[2]


def plain_text(file):
    """Return the text of an ordinary Python file, or nothing."""
    if file.suffix != ".py" or file.is_symlink() or not file.is_file() or file.stat().st_size > LONGEST:
        return ""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return ""


def answers_of(root, student):
    """Return the answers on a student's sheet, by question; none where there is no sheet that can be read."""
    sheet = root / "tests" / "classroom" / "submissions" / student / "answers.yaml"
    known = yaml.safe_load(sheet.read_text(encoding="utf-8")) if sheet.is_file() else {}
    answers = known.get("answers") if isinstance(known, dict) else None
    if not isinstance(answers, list) or not all(isinstance(each, dict) for each in answers):
        return {}
    return {each["question"]: each["answer"] for each in answers}
