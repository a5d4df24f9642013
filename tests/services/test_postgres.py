"""A store in PostgreSQL: the same marks as in a file, and several graders that share the work."""

import csv
import random
import signal
import time
from collections import Counter

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from stub_grader import write_class

from grader.errors import UserError
from grader.store.claims import Claims
from grader.store.class_book import ClassBook
from grader.store.place import store_url
from grader.store.rows import Enrolled
from grader.store.store import open_store
from grader.store.tables import METADATA

STUDENTS = 40
LIMIT = 300


def ended(process):
    """Return what a process told, once it has ended well."""
    out, told = process.communicate(timeout=LIMIT)
    assert process.returncode == 0, told
    return out


def rows(path):
    """Return the rows of a table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def lines(path):
    """Return the lines of a file that is perhaps not there yet."""
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def test_postgres_and_sqlite_give_the_same_gradebook(course, stubbed, database):
    """Over two runs, a mended hidden test, a mark by hand and an export."""
    write_class(course / "class", STUDENTS)
    hidden = course / "tests" / "hidden" / "weights" / "test_weighted_grad_hidden.py"
    before, found = hidden.read_text(encoding="utf-8"), {}
    for name, store in {"file": "store.db", "postgres": database}.items():
        hidden.write_text(before, encoding="utf-8")
        ended(stubbed("grade", "class", "--store", store, "--out", name))
        ended(stubbed("mark", "s0003", "weighted_grad", "--points", "2.5", "--comment", "好主意", "--store", store))
        hidden.write_text(f"{before}# mended\n", encoding="utf-8")
        changes = ended(stubbed("regrade", "--store", store, "--out", name, "--json"))
        ended(stubbed("export", "grades", "--to", "csv", "--by", "exercise", "--store", store, f"{name}.csv"))
        found[name] = rows(course / name / "grades.csv"), rows(course / f"{name}.csv"), changes
    assert found["postgres"] == found["file"]
    assert len(found["file"][0]) == STUDENTS + 1


def test_two_graders_do_each_submission_once(course, stubbed, database):
    """Both end with the whole table, and each submission was judged by one of them."""
    write_class(course / "class", STUDENTS)
    with open_store(store_url(course, database)):
        pass
    graders = [stubbed("grade", "class", "--store", database, "--out", f"out{number}") for number in range(2)]
    for each in graders:
        ended(each)
    assert Counter(lines(course / "judged.log")) == {f"s{number:04}": 1 for number in range(STUDENTS)}
    first, second = (rows(course / f"out{number}" / "grades.csv") for number in range(2))
    assert first == second
    assert len(first) == STUDENTS + 1


def test_what_a_killed_grader_had_claimed_is_taken_over(course, stubbed, database):
    """By one that runs beside it, and by the next run: all marks are there."""
    write_class(course / "class", STUDENTS)
    victim, other = (stubbed("grade", "class", "--store", database, "--out", f"out{number}") for number in range(2))
    wanted, end = random.Random(14).randrange(2, STUDENTS // 2), time.monotonic() + LIMIT
    while len(lines(course / "judged.log")) < wanted:
        assert time.monotonic() < end
    victim.send_signal(signal.SIGKILL)
    victim.communicate()
    ended(other)
    judged = Counter(lines(course / "judged.log"))
    assert set(judged) == {f"s{number:04}" for number in range(STUDENTS)}
    assert sum(judged.values()) <= STUDENTS + 1
    assert len(rows(course / "out1" / "grades.csv")) == STUDENTS + 1


def test_the_tables_are_those_that_the_code_knows(course, database):
    """Alembic finds nothing to change after the migrations."""
    with open_store(store_url(course, database)) as store, store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_a_student_is_forgotten_whole(course, database):
    """No row of any table is left of them."""
    with open_store(store_url(course, database)) as store:
        book = ClassBook.of(store, "autumn")
        book.add_students({"ada": Enrolled(), "bob": Enrolled()})
        row = book.students()["ada"]
        assert Claims(store).claim(row.id)
        book.forget(row.id)
        assert list(book.students()) == ["bob"]
        with store.begin() as connection:
            left = [
                connection.execute(each.select()).all() for each in METADATA.tables.values() if "student_id" in each.c
            ]
        assert left == [[]] * len(left)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://grader@/nowhere?host={}", "there is no such database or user"),
        ("postgresql://grader@/postgres?host=/nowhere", "mend it and run again"),
    ],
)
def test_a_database_that_cannot_be_reached_is_one_sentence(course, postgres, address, said):
    """It names the address without a password."""
    with pytest.raises(UserError, match=said) as refusal, open_store(store_url(course, address.format(postgres))):
        pass
    assert "\n" not in str(refusal.value)
