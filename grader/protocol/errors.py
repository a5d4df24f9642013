"""The one error of the wire.

Kept apart from `grader.errors` so that a student process carries nothing but the protocol.
"""

from __future__ import annotations


class ProtocolError(ValueError):
    """Bytes from the other side are no message of this protocol, or break one of its limits."""
