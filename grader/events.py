"""The events of a run, told through Python's own `logging`: to the terminal in short, to a file as lines of JSON.

Owns the form of both. Whoever has something to tell calls `tell`; nothing is told unless a command asked for it.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from grader.atomic import disk_errors

LOGGER = logging.getLogger("grader")


class JsonLines(logging.Formatter):
    """Writes an event as one line of JSON: when, what, and its fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of an event."""
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        event = {"at": when, "event": record.getMessage(), **getattr(record, "fields", {})}
        return json.dumps(event, ensure_ascii=False, default=str)


class Brief(logging.Formatter):
    """Writes an event as a person reads it: what, and its fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of an event."""
        fields: dict[str, Any] = getattr(record, "fields", {})
        return " ".join([f"{record.getMessage()}:", *(f"{name}={value}" for name, value in fields.items())])


def tell(event: str, **fields: object) -> None:
    """Tell of something that happened."""
    LOGGER.info(event, extra={"fields": fields})


@contextmanager
def told(*, verbose: bool, log: Path | None) -> Iterator[None]:
    """Send the events of the block to the terminal, to a file that is added to, to both or to none.

    UserError where the file can't be written.
    """
    with ExitStack() as opened:
        if verbose:
            opened.enter_context(handled(logging.StreamHandler(sys.stderr), Brief()))
        if log is not None:
            with disk_errors(log):
                handler = logging.FileHandler(log, encoding="utf-8", errors="backslashreplace")
            opened.enter_context(handled(handler, JsonLines()))
        yield


@contextmanager
def handled(handler: logging.Handler, formatter: logging.Formatter) -> Iterator[None]:
    """Add a handler to the project's logger while the block runs."""
    level = LOGGER.level
    handler.setFormatter(formatter)
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)
    try:
        yield
    finally:
        LOGGER.removeHandler(handler)
        LOGGER.setLevel(level)
        handler.close()
