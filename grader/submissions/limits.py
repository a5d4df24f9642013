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
    """The size of one Python file."""
    max_notebook_bytes: int = 16 * MIB
    """The size of one notebook with all that its cells put out; `max_source_bytes` bounds what of it is used."""
    max_source_bytes: int = 1 * MIB
    """The size of the code in a notebook."""
    max_files: int = 200
    """How many Python files and notebooks are read."""
    max_entries: int = 20_000
    """How many files and folders of any kind may lie around in it."""
    max_total_bytes: int = 8 * MIB
    """The size of all files that are read; of a notebook, at most `max_file_bytes` count."""
    max_archive_bytes: int = 64 * MIB
    """The size of its archives before they are unpacked, and of a tar file afterwards: packages may lie in them."""
    max_nesting: int = 2
    """How many archives may lie within one another."""
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
