"""Seeds: which variant of a question a student gets, from the course's secret alone.

A seed replays its variant without the secret, and tells nothing of any other seed.
"""

from __future__ import annotations

import hashlib
import hmac

SHEET_DIGITS = 12


def seed_of(secret: bytes, student: str, question: str, attempt: int = 1) -> str:
    """Return the seed, in hex, of a student's variant of a question at an attempt counted from 1."""
    return keyed(secret, "variant", student, question, str(attempt))


def sheet_mark(secret: bytes, student: str) -> str:
    """Return what tells a student's answer sheet from another student's or another course's."""
    return keyed(secret, "sheet", student)[:SHEET_DIGITS]


def keyed(secret: bytes, *parts: str) -> str:
    """Return the HMAC of some texts, in hex; no two lists of texts give the same message."""
    encoded = [part.encode("utf-8", "surrogatepass") for part in parts]
    message = b"".join(len(part).to_bytes(4, "big") + part for part in encoded)
    return hmac.new(secret, message, hashlib.sha256).hexdigest()
