"""How late work is, and what that costs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from grader.config.course_config import CourseConfig
from grader.dates.extension import Extension, read_extension
from grader.dates.lateness import Lateness, days_begun, lateness
from grader.moments import placed, read_moment, zone_of
from grader.results.arrival import Arrival

BERLIN = zone_of("Europe/Berlin")
DUE = datetime(2030, 1, 31, 23, 59, tzinfo=BERLIN)


def config(**dates: object) -> CourseConfig:
    title = {"en": "a", "zh": "b"}
    return CourseConfig.model_validate(
        {
            "version": 1,
            "title": title,
            "timezone": "Europe/Berlin",
            "dates": {"due": "2030-01-31T23:59", **dates},
            "units": [
                {"name": "weights", "title": title, "exercises": [{"slug": "weighted_grad", "points": 4}]},
                {"name": "sums", "title": title, "quiz": {"points": 2}, "due": "2030-02-10T23:59"},
            ],
        }
    )


def found(after: timedelta | None, extension: Extension | None = None, **dates: object) -> Lateness | None:
    """Return how late the first unit is that comes so long after its due date."""
    arrival = Arrival(at=DUE + after, source="table") if after is not None else Arrival(is_late=True, source="system")
    return next(iter(lateness(arrival, config(**dates), extension)), None)


MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("dates", "after", "lost"),
    [
        ({}, DAY, 0.0),
        ({"late": "zero"}, timedelta(0), None),
        ({"late": "zero"}, timedelta(seconds=1), 1.0),
        ({"late": "zero", "free_days": 2}, 2 * DAY, 0.0),
        ({"late": "zero", "free_days": 2}, 2 * DAY + MINUTE, 1.0),
        ({"late": "per_day", "per_day": 0.25}, -MINUTE, None),
        ({"late": "per_day", "per_day": 0.25}, MINUTE, 0.25),
        ({"late": "per_day", "per_day": 0.25}, DAY, 0.25),
        ({"late": "per_day", "per_day": 0.25}, DAY + MINUTE, 0.5),
        ({"late": "per_day", "per_day": 0.25}, 9 * DAY, 1.0),
        ({"late": "per_day", "per_day": 0.25, "free_days": 1}, 2 * DAY, 0.25),
    ],
)
def test_what_being_late_costs(dates, after, lost):
    """In time costs nothing and is no lateness; each day that has begun counts, free days first."""
    late = found(after, **dates)
    assert (late.lost if late else None) == lost


def test_each_unit_has_its_own_due_date():
    """What is late for one unit may be early for the next."""
    assert [each.unit for each in lateness(Arrival(at=DUE + DAY, source="files"), config(), None)] == ["weights"]


def test_no_time_is_no_lateness():
    """Where nobody knows when work came, nothing is made up."""
    assert lateness(None, config(late="zero"), None) == ()
    assert lateness(Arrival(source="system", is_late=False), config(late="zero"), None) == ()


@pytest.mark.parametrize(
    ("dates", "extension", "expected"),
    [
        ({}, None, (0.0, False)),
        ({"late": "zero"}, None, (1.0, False)),
        ({"late": "zero", "free_days": 1}, None, (0.0, True)),
        ({"late": "per_day", "per_day": 0.1}, None, (0.0, True)),
        ({"late": "zero"}, Extension(days=3), (0.0, True)),
    ],
)
def test_late_without_a_time_is_decided_by_a_person_where_it_matters(dates, extension, expected):
    """A course system that says no more than *late* settles what does not depend on how late."""
    late = found(None, extension, **dates)
    assert (late.lost, late.undecided) == expected


@pytest.mark.parametrize(
    ("text", "late"),
    [("2", 3 * DAY), ("2 days", 3 * DAY), ("+2d", 3 * DAY), ("2030-02-02T23:59", 3 * DAY), ("2030-01-01T00:00", DAY)],
)
def test_an_extension_moves_the_due_date_and_never_forward(text, late):
    """Days and dates mean the same; a date before the common one changes nothing."""
    extension = read_extension(text, BERLIN)
    assert found(late - DAY, extension, late="zero") is None
    assert found(late - DAY + MINUTE, extension, late="zero").lost == 1.0


@pytest.mark.parametrize("text", ["soon", "2030-02-02", "24.12.2030 23:59", "2030-03-31T02:30"])
def test_an_extension_that_says_nothing_clear_is_refused(text):
    """A date without a time, in a country's own form, or in the skipped hour is told."""
    with pytest.raises(ValueError, match="write"):
        read_extension(text, BERLIN)


@pytest.mark.parametrize(
    ("due", "at", "days"),
    [
        # 31 March 2030, 2:00 becomes 3:00: the night is 23 hours long.
        ("2030-03-30T23:59", "2030-03-31T23:59", 1),
        ("2030-03-30T23:59", "2030-04-01T00:00", 2),
        # 27 October 2030, 3:00 becomes 2:00: the night is 25 hours long.
        ("2030-10-26T23:59", "2030-10-27T23:59", 1),
        ("2030-10-26T23:59", "2030-10-28T00:00", 2),
        ("2030-10-27T02:30", "2030-10-27T03:30", 1),
    ],
)
def test_a_day_is_a_day_in_the_night_when_clocks_change(due, at, days):
    """Who hands in at the same time of day is one day late, whether the night had 23 hours or 25."""
    assert days_begun(placed(read_moment(due), BERLIN), placed(read_moment(at), BERLIN)) == days


def test_the_hour_that_comes_twice_is_told_apart():
    """2:40 for the second time is later than 2:50 for the first."""
    first = datetime(2030, 10, 27, 0, 50, tzinfo=UTC).astimezone(BERLIN)
    second = datetime(2030, 10, 27, 1, 40, tzinfo=UTC).astimezone(BERLIN)
    assert first.replace(tzinfo=None) > second.replace(tzinfo=None)
    assert days_begun(first, second) == 1
    assert days_begun(second, first) == 0
