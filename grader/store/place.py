"""Where a store lies, and what a failing one is called.

Owns the rights of its file: it holds hidden inputs, so its owner alone may read it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from grader.atomic import disk_errors
from grader.catalogue.shipped import PRIVATE, STATE, state_folder
from grader.errors import UserError

VARIABLE = "GRADER_STORE"
FILE = "store.db"
DRIVER = "postgresql+psycopg"
REMEDIES = {
    "disk is full": "the disk is full; free some space and run again, nothing is lost",
    "no space left": "the disk is full; free some space and run again, nothing is lost",
    "database is locked": "another program holds it; let that end, and run again",
    "readonly": "you may not write there; change its permissions, or name another with --store",
    "unable to open": "it can't be opened; check your rights on its folder, or name another with --store",
    "not a database": "the file is no store, or is damaged; move it away, or name another with --store",
    "malformed": "the file is damaged; bring back a copy, or move it away and grade again",
    "disk i/o error": "the disk failed or is full; mend that and run again, nothing is lost",
    "password authentication": "the user or the password is wrong",
    "does not exist": "there is no such database or user; make it, or correct the address",
    "permission denied": "you lack a right there; ask who runs the database",
}


def store_url(root: Path, given: str | None = None) -> URL:
    """Return the address of a course's store: `given`, `GRADER_STORE`, or the file in its own folder for state."""
    text = given or os.environ.get(VARIABLE)
    if not text:
        return URL.create("sqlite", database=str(state_folder(root) / FILE))
    if "://" not in text:
        return URL.create("sqlite", database=str(Path(text).absolute()))
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise UserError(f"{text!r} is no address of a store; give a file, or postgresql://user@host/name") from None
    if url.drivername in {"postgresql", "postgres"}:
        return url.set(drivername=DRIVER)
    if url.drivername not in {DRIVER, "sqlite"} or not url.database:
        raise UserError(f"a store is a file or a PostgreSQL database, not {shown(url)}; correct --store")
    return url


def shown(url: URL) -> str:
    """Return an address as it is told: a file's path, or without the password."""
    return str(url.database) if url.drivername == "sqlite" else url.render_as_string(hide_password=True)


def made_private(path: Path) -> None:
    """Make a store's file and its folder where they are missing, for their owner alone."""
    with disk_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE)
        if path.parent.name == STATE:
            path.parent.chmod(PRIVATE)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        path.chmod(0o600)


@contextmanager
def store_errors(url: URL) -> Iterator[None]:
    """Turn what a database raises into a UserError of one sentence."""
    try:
        yield
    except DBAPIError as problem:
        said = str(problem.orig)
        remedy = next((remedy for words, remedy in REMEDIES.items() if words in said.lower()), "")
        first = " ".join(said.split("\n", 1)[0].split()).rstrip(".")
        raise UserError(f"the store {shown(url)} failed: {remedy or f'{first}; mend it and run again'}") from problem
