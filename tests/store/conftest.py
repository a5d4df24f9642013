"""Stores to write to: files of SQLite, and PostgreSQL where a server is named."""

import pytest

from grader.store.class_book import ClassBook
from grader.store.place import store_url
from grader.store.store import open_store


@pytest.fixture
def url(tmp_path):
    """Return the address of a course's own store."""
    return store_url(tmp_path)


@pytest.fixture
def store(url):
    """Yield an open store."""
    with open_store(url) as opened:
        yield opened


@pytest.fixture
def book(store):
    """Return a class of the store."""
    return ClassBook.of(store, "autumn")
