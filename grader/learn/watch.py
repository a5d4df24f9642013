"""Noticing that the file of an exercise was saved, however an editor saves it.

Owns the waiting. Where the system tells nothing, as on some network drives, the files are looked at once a second, and
the event says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from watchfiles import watch

STEP_MS = 20
"""How long the files must be quiet: an editor that renames makes several changes in a row."""
MOST_MS = 200
LOOK_MS = 1000
POLL_MS = 300


@dataclass(frozen=True)
class Change:
    """A file of an exercise that was saved."""

    slug: str
    unseen: bool = False
    """Whether the system had told nothing of it."""


def changes(root: Path, files: Mapping[Path, str], *, poll: bool, stop: Event) -> Iterator[Change]:
    """Yield each change of one of `files`, which lie below `root`, until `stop` is set."""
    stamps = {path: stamp(path) for path in files}
    for seen in watch(
        root,
        watch_filter=lambda _, path: Path(path) in files,
        debounce=MOST_MS,
        step=STEP_MS,
        stop_event=stop,
        rust_timeout=LOOK_MS,
        yield_on_timeout=True,
        raise_interrupt=False,
        force_polling=poll or None,
        poll_delay_ms=POLL_MS,
    ):
        told = {Path(path) for _, path in seen}
        for path, slug in files.items():
            now = stamp(path)
            if now is not None and (path in told or now != stamps[path]):
                yield Change(slug, unseen=path not in told)
            stamps[path] = now


def stamp(path: Path) -> tuple[int, int, int] | None:
    """Return what changes when a file is saved, or None where there is no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
