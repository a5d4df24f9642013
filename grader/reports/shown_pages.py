"""What the pages of a feedback folder were made from, so that a page that would come out the same is not made again.

Owns the file `.pages.json` in the folder. It is taken away while pages are written: after a run that was killed, all
are made again.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from grader.atomic import disk_errors, replacing
from grader.errors import UserError
from grader.reports.folder import REPORT_HTML, REPORT_JSON
from grader.reports.jsonfile import read_report
from grader.results.report import Report

PAGES = ".pages.json"


@dataclass
class ShownPages:
    """The keys of the pages in one folder."""

    out: Path
    before: dict[str, str] = field(default_factory=dict)
    now: dict[str, str] = field(default_factory=dict)

    @classmethod
    def begin(cls, out: Path) -> ShownPages:
        """Return what a folder's pages were made from, as long as nothing is known to have changed since."""
        path, known = out / PAGES, {}
        with suppress(OSError, ValueError):
            known = json.loads(path.read_text(encoding="utf-8"))
        with disk_errors(path):
            path.unlink(missing_ok=True)
        return cls(out, known if isinstance(known, dict) else {})

    def report(self, student: str, key: str) -> Report | None:
        """Return the report that stands in the folder and was made from the same, or None."""
        self.now[student] = key
        folder = self.out / student
        if self.before.get(student) != key or not (folder / REPORT_HTML).is_file():
            return None
        with suppress(UserError):
            return read_report(folder / REPORT_JSON)
        return None

    def finish(self) -> None:
        """Keep what the pages were made from."""
        with replacing(self.out / PAGES) as file:
            json.dump(self.now, file)
