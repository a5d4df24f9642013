"""Which schedulers are trusted: dask unpickles what it is sent, so whoever reaches its ports can run code there."""

from __future__ import annotations

import ipaddress
from contextlib import suppress
from urllib.parse import urlsplit

from grader.errors import UserError

SCHEMES = ("tcp", "tls")


def checked_address(address: str, *, is_trusted: bool) -> str:
    """Return a scheduler's address; UserError where it is none, or where anybody on the way could run code.

    `is_trusted` says that nobody but the cluster's owners reaches the network.
    """
    parts = urlsplit(address)
    with suppress(ValueError):
        if parts.scheme in SCHEMES and parts.hostname and parts.port:
            if parts.scheme == "tls" or is_trusted or is_loopback(parts.hostname):
                return address
            raise UserError(
                f"{address} is on another machine and unprotected: whoever reaches that port can run code on the "
                "cluster; use a tls:// address, or say --trust-network where nobody else can reach it"
            )
    raise UserError(f"{address!r} is no address of a scheduler; write it as tcp://host:8786 or tls://host:8786")


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine, by its name or number."""
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"
