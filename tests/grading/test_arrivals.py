"""When work came: from the one source that was chosen, and never made up."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.grading.arrivals import Source, Times, times_from
from grader.moments import zone_of
from grader.submissions.entries import Entry
from grader.submissions.handed_in import HandedIn, Layout

BERLIN = zone_of("Europe/Berlin")
AWARE = datetime(2030, 1, 31, 12, tzinfo=UTC)
NAIVE = AWARE.replace(tzinfo=None)
ENTRY = Entry("Mei Chen", Path("/nowhere"), known_as=("101",))


@pytest.mark.parametrize(
    ("times", "told", "at"),
    [
        (Times(), HandedIn("mei", at=AWARE, file_time=NAIVE), AWARE),
        (Times(), HandedIn("mei", file_time=AWARE), None),
        (Times(Source.FILES), HandedIn("mei", file_time=AWARE), AWARE),
        (Times(Source.FILES, BERLIN), HandedIn("mei", file_time=NAIVE), datetime(2030, 1, 31, 11, tzinfo=UTC)),
        (Times(Source.FILES), HandedIn("mei", file_time=NAIVE), None),
        (Times(Source.TABLE, table={"101": AWARE}), HandedIn("mei"), AWARE),
        (Times(Source.TABLE, table={"102": AWARE}), HandedIn("mei", at=AWARE), None),
        (Times(Source.NBGRADER), HandedIn("mei", at=AWARE), None),
        (Times(), None, None),
    ],
)
def test_one_source_alone_counts(times, told, at):
    """What another source says is not taken in its place, nor a zone made up."""
    arrival = times.arrival(ENTRY, told)
    assert (arrival.at if arrival else None) == at


def test_canvas_late_mark_is_kept_without_a_time():
    """It says that work was late, and not how late."""
    arrival = Times().arrival(ENTRY, HandedIn("mei", Layout.CANVAS, is_late=True))
    assert (arrival.at, arrival.is_late, arrival.source) == (None, True, "system")


def test_a_table_is_read_by_its_name(tmp_path):
    """Whatever is no source is a file."""
    (tmp_path / "times.csv").write_text("id,time\n101,2030-01-31T13:00\n")
    times = times_from(str(tmp_path / "times.csv"), BERLIN)
    assert times.arrival(ENTRY, None).at == AWARE
    assert times_from("files", None).source is Source.FILES
