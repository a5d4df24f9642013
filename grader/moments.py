"""Moments in time that people write: when work is due, when it was handed in.

Owns how such a text is read, and what a time without a zone means where clocks change.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

FORM = "2026-12-24T23:59 or 2026-12-24T23:59+01:00"
WHOLE = re.compile(r"(?a:(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)\s?(Z|UTC|[+-]\d\d:?\d\d)?)")


@cache
def zone_of(name: str) -> ZoneInfo:
    """Return a time zone by its name; ValueError for one that nobody knows."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"there is no time zone {name!r}; write such as Europe/Berlin, Asia/Shanghai or UTC") from None


def read_moment(given: Any) -> datetime:
    """Return the moment that a text or a YAML value says, with a zone or without; ValueError for anything less."""
    if isinstance(given, datetime):
        return given
    if isinstance(given, date):
        raise ValueError(f"the time of day is missing; write such as {given}T23:59")  # noqa: TRY004 - as pydantic wants
    found = WHOLE.fullmatch(str(given).strip())
    if not found:
        raise ValueError(f"{str(given)[:40]!r} is no date and time; write such as {FORM}")
    day, time, zone = found.groups()
    moment = datetime.fromisoformat(f"{day}T{time}")
    if zone is None:
        return moment
    return moment.replace(tzinfo=UTC) if zone in {"Z", "UTC"} else datetime.fromisoformat(f"{day}T{time}{zone}")


def placed(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return a moment in a zone: one that names no zone is read in this one.

    ValueError for a time that the clocks skip. One that they show twice is the second of both: who wrote it as a due
    date gives an hour more.
    """
    if moment.tzinfo is not None:
        return moment.astimezone(zone)
    if does_not_exist(moment, zone):
        raise ValueError(f"{moment} does not exist in {zone.key}, where clocks are put forward then; write another")
    return moment.replace(tzinfo=zone, fold=1)


def placed_early(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return in UTC when work was handed in: as `placed`, but in the student's favour where clocks leave a doubt."""
    if moment.tzinfo is not None:
        return moment.astimezone(UTC)
    return moment.replace(tzinfo=zone, fold=1 if does_not_exist(moment, zone) else 0).astimezone(UTC)


def does_not_exist(moment: datetime, zone: ZoneInfo) -> bool:
    """Whether a time of day is skipped where clocks are put forward."""
    there = moment.replace(tzinfo=zone, fold=0)
    return there.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment.replace(tzinfo=None, fold=0)


def days_later(moment: datetime, days: int) -> datetime:
    """Return the same time of day some days later, whatever the clocks do in between."""
    return moment + timedelta(days=days) if days else moment  # a sum forgets which of two equal hours it is


def is_after(one: datetime, other: datetime) -> bool:
    """Whether a moment is later than another; Python compares two of one zone by their clocks, which may go back."""
    return one.astimezone(UTC) > other.astimezone(UTC)
