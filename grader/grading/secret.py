"""The course's secret, from which the seeds of all probes are derived.

Two courses draw different probes; one course replays its own exactly.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.catalogue.shipped import PRIVATE, state_folder
from grader.errors import UserError

VARIABLE = "GRADER_SECRET"
FILE = "secret"
SELF_STUDY = b"self-study"
BYTES = 32


def course_secret(root: Path, *, sheets_exist: bool = False) -> bytes:
    """Return the secret from `GRADER_SECRET`, or from the course's `.grader/secret`, which is made when missing.

    The installed course has it in the user's data folder.

    Where answer sheets exist, they were drawn from a secret, and a new one would mark every answer wrong: then a
    missing one is a UserError.
    """
    with kept_in(root) as path:
        secret = known_secret(root)
        if secret is None and sheets_exist:
            raise UserError(
                f"answer sheets were handed in, and {path}, the secret that they were made with, is missing; "
                f"put it there with `grader secret set`, or set {VARIABLE}"
            )
        return new_secret(path) if secret is None else secret


def known_secret(root: Path) -> bytes | None:
    """Return the course's secret, or None where it has none yet."""
    if given := os.environ.get(VARIABLE):
        return given.encode()
    with kept_in(root) as path:
        if not path.exists():
            return None
        secret = path.read_bytes().strip()
    if not secret:
        raise UserError(f"the course's secret in {path} is empty; remove the file, and a new one is made")
    return secret


def secret_place(root: Path) -> Path:
    """Return where a course's secret is kept."""
    return state_folder(root) / FILE


@contextmanager
def kept_in(root: Path) -> Iterator[Path]:
    """Yield the place of a course's secret; a failing disk is a UserError of one sentence."""
    path = secret_place(root)
    try:
        yield path
    except OSError as problem:
        raise UserError(
            f"the course's secret can't be kept in {path} ({problem.strerror}); "
            f"make the folder writable, or set {VARIABLE}"
        ) from None


def set_secret(root: Path, secret: bytes, *, replace: bool = False) -> Path:
    """Keep a secret that somebody gives and return its place; UserError where another one would be lost."""
    if not secret.strip() or b"\n" in secret.strip():
        raise UserError("a secret is one line of text; give it on the standard input")
    path = secret_place(root)
    with kept_in(root):
        if path.exists() and path.read_bytes().strip() not in {b"", secret.strip()} and not replace:
            raise UserError(
                f"{path} holds another secret; with --replace it is lost, "
                "and every sheet and probe that was drawn from it can't be marked again"
            )
        path.unlink(missing_ok=True)
        new_secret(path, secret.strip())
    return path


def new_secret(path: Path, secret: bytes = b"") -> bytes:
    """Write a secret, by default a new one, readable by its owner alone, and return it."""
    path.parent.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    secret = secret or secrets.token_hex(BYTES).encode()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secret + b"\n")
    return secret
