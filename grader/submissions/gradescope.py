"""`submission_metadata.yml`, in which Gradescope tells whose each submission of an export is and when it came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from unicodedata import normalize

import yaml

from grader.errors import UserError
from grader.submissions.handed_in import HandedIn, Layout
from grader.submissions.limits import IntakeLimits
from grader.submissions.place import Place, content_at
from grader.submissions.refusal import RefusedError
from grader.submissions.tally import Tally

SAFE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
METADATA = "submission_metadata.yml"
METADATA_LIMITS = IntakeLimits(max_file_bytes=64 << 20)


def read_metadata(place: Place) -> Mapping[str, Any]:
    """Return what Gradescope tells of each submission, by its folder; UserError for a broken file."""
    try:
        told = yaml.load(content_at(place, Tally(METADATA_LIMITS)), Loader=SAFE)  # noqa: S506 - it is
    except (yaml.YAMLError, RefusedError, ValueError, RecursionError) as error:
        raise UserError(f"{METADATA} can't be read ({type(error).__name__}); export the submissions again") from error
    if not isinstance(told, dict):
        raise UserError(f"{METADATA} lists no submissions; export the submissions again")
    return {str(folder): each for folder, each in told.items() if isinstance(each, dict)}


def submitters(folder: str, told: Mapping[str, Any]) -> list[HandedIn]:
    """Return whose a submission is; its folder's name where nobody is named."""
    listed = told.get(":submitters") or told.get("submitters") or [{}]
    at = told.get(":created_at", told.get("created_at"))
    return [submitter(folder, each, at) for each in listed if isinstance(each, dict)]


def submitter(folder: str, told: Mapping[str, Any], at: object) -> HandedIn:
    """Return one of those whose a submission is."""
    name, sid, email = (text_of(told, key) for key in ("name", "sid", "email"))
    return HandedIn(
        name=normalize("NFC", name or email or sid or folder),
        layout=Layout.GRADESCOPE,
        id=sid,
        email=email,
        submission=folder.rpartition("_")[2],
        at=(at if at.tzinfo else at.replace(tzinfo=UTC)) if isinstance(at, datetime) else None,
    )


def text_of(told: Mapping[str, Any], key: str) -> str | None:
    """Return a text under a key that Ruby wrote, with a colon before it or none."""
    value = told.get(f":{key}", told.get(key))
    return str(value).strip() or None if isinstance(value, str | int) else None
