"""How much of a submission the intake is ready to read.

Owns the numbers. Knows nothing of files, archives or notebooks.
"""

from __future__ import annotations

from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True)
class IntakeLimits:
    """The bounds of one submission; each holds before the thing it bounds is read."""

    max_file_bytes: int = 1 * MIB
    """The size of one Python file or notebook."""
    max_files: int = 200
    """How many Python files and notebooks are read."""
    max_entries: int = 2000
    """How many files and folders of any kind may lie around in it."""
    max_total_bytes: int = 8 * MIB
    """The size of all files together, and of an archive before it is unpacked."""
    max_depth: int = 8
    """How many folders may lie within one another."""
    max_compression: int = 100
    """How many times its packed size an archive may unpack to, once past `free_inflation`."""
    free_inflation: int = 256 * KIB
    """Up to here any compression ratio is fine: little archives are mostly padding."""
    max_cells: int = 500
    """How many code cells a notebook may have."""
    max_sheet_bytes: int = 256 * KIB
    """The size of a sheet of quiz answers."""
    max_sheet_nodes: int = 10_000
    """How many keys, values and lists a sheet of quiz answers may hold."""


DEFAULT_LIMITS = IntakeLimits()


def spoken_size(count: int) -> str:
    """Return a number of bytes as a student reads it, such as `1 MiB`."""
    for unit, name in ((MIB, "MiB"), (KIB, "KiB")):
        if count >= unit:
            return f"{count / unit:.3g} {name}"
    return f"{count} B"
