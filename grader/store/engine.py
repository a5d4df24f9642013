"""Connections to a store, set up so that several processes can write to one file.

SQLite: a transaction that reads and then writes fails at once when somebody wrote in between, whatever the timeout. So
each begins with BEGIN IMMEDIATE, which waits for its turn. The journal is WAL; a folder of a network, which can't have
one, gets another, and that is told.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from grader.errors import UserError
from grader.store.place import made_private

BUSY_MILLISECONDS = 60_000
Tell = Callable[[str], None]


def open_engine(url: URL, tell: Tell) -> Engine:
    """Return the engine of a store's address; UserError where its driver or its folder is missing."""
    if url.drivername != "sqlite":
        if find_spec("psycopg") is None:
            raise UserError("a store in PostgreSQL needs psycopg; pip install 'autograd-grader[postgres]'")
        return create_engine(url, pool_pre_ping=True)
    made_private(Path(str(url.database)))
    engine = create_engine(url)
    setup = SqliteSetup(tell)
    event.listen(engine, "connect", setup.connected)
    event.listen(engine, "begin", begin_immediate)
    return engine


class SqliteSetup:
    """Prepares each connection to a file; tells once that WAL can't be had."""

    def __init__(self, tell: Tell) -> None:
        self.tell: Tell | None = tell

    def connected(self, connection: sqlite3.Connection, _record: Any) -> None:
        """Prepare one connection."""
        connection.isolation_level = None  # BEGIN is ours, see above
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")  # who is forgotten leaves no bytes behind
        (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        if mode != "wal":
            connection.execute("PRAGMA journal_mode = TRUNCATE")
            if self.tell:
                self.tell("the store's folder allows no WAL, as on a network; it works with a plain journal, slower")
                self.tell = None


def begin_immediate(connection: Connection) -> None:
    """Begin a transaction that may write."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def set_synchronous(connection: Connection, *, full: bool) -> None:
    """Let the next transactions of a connection wait for the disk, or not."""
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute(f"PRAGMA synchronous = {'FULL' if full else 'NORMAL'}")
