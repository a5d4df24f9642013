"""The store itself: private, brought up to date, refused where newer, and its failures are one sentence each."""

import sqlite3
import stat
from contextlib import closing, suppress

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select

from grader.errors import UserError
from grader.results.texts import CourseTexts
from grader.store.class_book import ClassBook
from grader.store.engine import SqliteSetup
from grader.store.place import shown, store_errors, store_url
from grader.store.rows import Enrolled
from grader.store.schema import HEAD, known_versions
from grader.store.store import exists, open_store
from grader.store.tables import CLASSES, METADATA


def texts(**fields):
    """Return the words of a version of a course."""
    title = {"en": "Course", "zh": "课程"}
    given = {"units": {}, "exercises": {}, "checks": {}, "misconceptions": {}, "concepts": {}, "questions": {}}
    return CourseTexts(course="1f", title=title, **{**given, **fields})


def test_its_owner_alone_may_read_it(tmp_path, store):
    """It holds hidden inputs: 0600 in a folder of 0700, the journal beside it included."""
    folder = tmp_path / ".grader"
    store.class_id("autumn")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_a_folder_that_others_could_read_is_closed(tmp_path, url):
    """Also one that the secret was kept in before."""
    (tmp_path / ".grader").mkdir(mode=0o755)
    with open_store(url):
        assert stat.S_IMODE((tmp_path / ".grader").stat().st_mode) == 0o700


def test_the_tables_are_those_that_the_code_knows(store):
    """Alembic finds nothing to change after the migrations."""
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    assert max(known_versions()) == HEAD


def test_what_was_kept_is_there_when_it_is_opened_again(url):
    """Opening changes nothing."""
    with open_store(url) as store:
        number = store.class_id("autumn")
    with open_store(url) as store:
        assert store.classes() == {"autumn": number}
        assert store.class_id("autumn") == number


def test_a_store_of_a_newer_grader_is_refused(url):
    """One sentence names both versions, and nothing is changed."""
    with open_store(url):
        pass
    with closing(sqlite3.connect(url.database)) as database, database:
        database.execute("update alembic_version set version_num = '0999'")
    with pytest.raises(UserError, match=r"written by a newer grader \(its tables have version 0999"), open_store(url):
        pass


def test_a_file_that_is_no_store_is_refused(url, tmp_path):
    """It is named, and stays as it was."""
    path = tmp_path / ".grader" / "store.db"
    path.parent.mkdir()
    path.write_bytes(b"marks of the year 2025, by hand" * 99)
    with pytest.raises(UserError, match="the file is no store, or is damaged"), open_store(url):
        pass
    assert path.read_bytes().startswith(b"marks")


def test_a_store_that_may_not_be_made_is_told(tmp_path):
    """A part of the path is a file."""
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match=r"store.db could not be written"), open_store(store_url(tmp_path / "file")):
        pass


@pytest.mark.parametrize(("pages", "said"), [(1, "the disk is full; free some space and run again, nothing is lost")])
def test_a_full_disk_is_one_sentence_and_loses_nothing(store, pages, said):
    """What was written before is there, and what failed is not there in part."""
    store.class_id("autumn")
    with store.engine.connect() as connection:
        (size,) = connection.exec_driver_sql("PRAGMA page_count").one()

    def write():
        with store.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {size + pages}")
            connection.execute(CLASSES.insert(), [{"name": f"{number:0500}"} for number in range(500)])

    with pytest.raises(UserError, match=said):
        write()
    assert list(store.classes()) == ["autumn"]


def test_a_store_that_another_holds_is_told(url, store, monkeypatch):
    """Once the wait is over, with what to do."""
    monkeypatch.setattr("grader.store.engine.BUSY_MILLISECONDS", 1)
    with closing(sqlite3.connect(url.database, isolation_level=None)) as other, open_store(url) as late:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UserError, match="another program holds it"):
            late.class_id("spring")
    assert store.classes() == {}


def test_a_folder_without_wal_is_told_once(tmp_path):
    """A network's folder gets another journal, and works."""

    class WithoutWal(sqlite3.Connection):
        def execute(self, statement, *given):
            return super().execute(statement.replace("journal_mode = WAL", "journal_mode = DELETE"), *given)

    told = []
    setup = SqliteSetup(told.append)
    for _ in range(2):
        with closing(sqlite3.connect(tmp_path / "x.db", factory=WithoutWal)) as connection:
            setup.connected(connection, None)
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("truncate",)
    assert told == ["the store's folder allows no WAL, as on a network; it works with a plain journal, slower"]


def test_two_writers_wait_for_each_other(url, store):
    """Reading and then writing in one transaction fails nobody: each begins as a writer."""
    with open_store(url) as other:
        for number in range(20):
            writer = (store, other)[number % 2]
            with writer.begin() as connection:
                names = [row.name for row in connection.execute(select(CLASSES))]
                connection.execute(CLASSES.insert().values(name=f"c{len(names):02}"))
    assert len(store.classes()) == 20


def test_a_transaction_within_another_ends_with_it(store):
    """What failed outside is undone inside too."""
    with suppress(ZeroDivisionError), store.begin():
        store.class_id("autumn")
        raise ZeroDivisionError
    assert store.classes() == {}


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ("postgresql://ada:secret@host/marks", "postgresql+psycopg://ada:***@host/marks"),
        ("postgres://host/marks", "postgresql+psycopg://host/marks"),
        ("/tmp/marks.db", "/tmp/marks.db"),
        ("sqlite:////tmp/marks.db", "/tmp/marks.db"),
    ],
)
def test_an_address_is_told_without_its_password(tmp_path, given, known):
    """Whatever way it is written in."""
    assert shown(store_url(tmp_path, given)) == known


@pytest.mark.parametrize("given", ["mysql://host/marks", "http://host/x", "sqlite://", "postgresql://host:port/x"])
def test_another_kind_of_address_is_refused(tmp_path, given):
    """One sentence says what a store can be."""
    with pytest.raises(UserError, match="store"):
        store_url(tmp_path, given)


def test_the_place_can_be_set_for_all_commands(tmp_path, monkeypatch):
    """An option goes before the variable."""
    monkeypatch.setenv("GRADER_STORE", str(tmp_path / "a.db"))
    assert store_url(tmp_path).database == str(tmp_path / "a.db")
    assert store_url(tmp_path, str(tmp_path / "b.db")).database == str(tmp_path / "b.db")
    assert not exists(store_url(tmp_path))


def test_an_error_that_nobody_knows_is_told_as_it_is(url, store):
    """It still is one sentence, with the place."""
    with pytest.raises(UserError, match=r"store.db failed: no such table: nowhere; mend it and run again"):  # noqa: SIM117
        with store_errors(url), store.engine.connect() as connection:
            connection.exec_driver_sql("select * from nowhere")


def test_the_words_of_a_version_gain_what_was_left_out(store):
    """A run over one exercise keeps fewer words than a run over the course, and takes none away."""
    question = {"text": {"en": "q", "zh": "问"}, "code": "", "explanation": {"en": "e", "zh": "解"}}
    store.keep_texts(texts())
    store.keep_texts(texts(questions={"q": question}))
    store.keep_texts(texts(checks={"weighted_grad": {}}))
    assert store.texts("1f") == texts(questions={"q": question}, checks={"weighted_grad": {}})
    assert store.texts("2f") is None


def test_classes_are_kept_apart(store):
    """A student of one is none of another."""
    first, second = ClassBook.of(store, "autumn"), ClassBook.of(store, "spring")
    first.add_students({"ada": Enrolled()})
    assert list(first.students()) == ["ada"]
    assert second.students() == {}
