"""The course's secret, from which the seeds of all probes are derived.

Two courses draw different probes; one course replays its own exactly.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from grader.errors import UserError

VARIABLE = "GRADER_SECRET"
PLACE = Path(".grader") / "secret"
SELF_STUDY = b"self-study"
BYTES = 32


def course_secret(root: Path) -> bytes:
    """Return the secret from `GRADER_SECRET`, or from the course's `.grader/secret`, which is made when missing."""
    if given := os.environ.get(VARIABLE):
        return given.encode()
    path = root / PLACE
    try:
        secret = path.read_bytes().strip() if path.exists() else new_secret(path)
    except OSError as problem:
        raise UserError(
            f"the course's secret can't be kept in {path} ({problem.strerror}); "
            f"make the folder writable, or set {VARIABLE}"
        ) from None
    if not secret:
        raise UserError(f"the course's secret in {path} is empty; remove the file, and a new one is made")
    return secret


def new_secret(path: Path) -> bytes:
    """Write a new secret, readable by its owner alone, and return it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    secret = secrets.token_hex(BYTES).encode()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secret + b"\n")
    return secret
