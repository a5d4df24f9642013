"""The store that one can hold: `with open_store(url) as store: book = store.open_class("class")`."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, select

from grader.results.texts import CourseTexts, decode_texts, encode_texts
from grader.store.engine import Tell, open_engine, set_synchronous
from grader.store.packed import pack, unpack
from grader.store.place import shown, store_errors
from grader.store.schema import ensure_schema
from grader.store.statements import new_row
from grader.store.tables import CLASSES, TEXTS

LOCK = 7_319_207_411
"""So that two graders do not make the tables of one PostgreSQL database at once."""


@dataclass(frozen=True)
class Store:
    """An open store."""

    url: URL
    engine: Engine
    _open: threading.local = field(default_factory=threading.local)
    """The transaction of each thread."""

    @property
    def place(self) -> str:
        """Return where the store lies, without a password."""
        return shown(self.url)

    @property
    def is_sqlite(self) -> bool:
        """Whether the store is a file of SQLite."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def begin(self, *, durable: bool = False) -> Iterator[Connection]:
        """Yield a transaction, the one around it where there is such; UserError where the store fails.

        What it wrote outlives the end of any process. A `durable` one has reached the disk when the block has
        ended, and so has all that was written before it.
        """
        around: Connection | None = getattr(self._open, "connection", None)
        if around is not None:
            yield around
            return
        with store_errors(self.url), self.engine.connect() as connection:
            if self.is_sqlite:
                set_synchronous(connection, full=durable)
            with connection.begin():
                self._open.connection = connection
                try:
                    yield connection
                finally:
                    self._open.connection = None

    def prepare(self) -> None:
        """Make the tables, or bring them up to date."""
        with self.begin() as connection:
            if not self.is_sqlite:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
            ensure_schema(connection, self.place)

    def classes(self) -> dict[str, int]:
        """Return the classes by name, sorted."""
        with self.begin() as connection:
            return {row.name: row.id for row in sorted(connection.execute(select(CLASSES)), key=lambda row: row.name)}

    def class_id(self, name: str) -> int:
        """Return the number of a class, which is made where it is new."""
        with self.begin() as connection:
            query = new_row(CLASSES, is_sqlite=self.is_sqlite).values(name=name)
            connection.execute(query.on_conflict_do_nothing())
            return int(connection.execute(select(CLASSES.c.id).where(CLASSES.c.name == name)).scalar_one())

    def keep_texts(self, texts: CourseTexts) -> None:
        """Keep what a version of a course says; one that is there already gains what it lacked."""
        with self.begin() as connection:
            known = connection.execute(select(TEXTS.c.content).where(TEXTS.c.course == texts.course)).scalar()
            if known is not None:
                before = decode_texts(unpack(known))
                texts = texts.model_copy(
                    update={"questions": before.questions | texts.questions, "checks": before.checks | texts.checks}
                )
                if texts == before:
                    return
            query = new_row(TEXTS, is_sqlite=self.is_sqlite)
            query = query.values(course=texts.course, content=pack(encode_texts(texts)))
            changes = {"content": query.excluded.content}
            connection.execute(query.on_conflict_do_update(index_elements=["course"], set_=changes))

    def texts(self, course: str) -> CourseTexts | None:
        """Return what a version of a course said, or None where it was never graded with."""
        with self.begin() as connection:
            content = connection.execute(select(TEXTS.c.content).where(TEXTS.c.course == course)).scalar()
        return decode_texts(unpack(content)) if content is not None else None


@contextmanager
def open_store(url: URL, tell: Tell = lambda _: None) -> Iterator[Store]:
    """Yield the store at an address, which is made where it is missing; UserError where that fails."""
    with store_errors(url):
        store = Store(url, open_engine(url, tell))
    try:
        store.prepare()
        yield store
    finally:
        store.engine.dispose()


def exists(url: URL) -> bool:
    """Say whether there is a store at an address; a database that is named counts as one."""
    return url.drivername != "sqlite" or Path(str(url.database)).is_file()
