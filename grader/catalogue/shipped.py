"""The course that was installed together with the grader, where it was: a clone has none, there it lies at the top.

Owns where it lies, the name by which a learner's folder finds it again, and where its own state is kept: never beside
the package, which may be shared and read-only.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

SHIPPED = Path(__file__).resolve().parents[1] / "course"
NAME = "installed:autograd-grader"
"""What `learn.yaml` calls this course: its path changes with the environment that it is installed in."""
STATE = ".grader"
PRIVATE = 0o700


def shipped_course() -> Path | None:
    """Return the folder of the installed course, or None."""
    return shipped_place() if (shipped_place() / "config.yaml").is_file() else None


def shipped_place() -> Path:
    """Return where an installed course lies, be there one or not."""
    return SHIPPED


def is_shipped(root: Path) -> bool:
    """Whether a course is the installed one."""
    return root == SHIPPED


def state_folder(root: Path) -> Path:
    """Return the folder for what a course's own user keeps about it, such as its secret; it may not exist yet."""
    return user_data() if is_shipped(root) else root / STATE


def user_data() -> Path:
    """Return the user's own folder for the grader's data."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "autograd-grader"
    given = os.environ.get("XDG_DATA_HOME", "")
    place = Path(given) if os.path.isabs(given) else Path.home() / ".local" / "share"  # noqa: PTH117 - as XDG asks
    return place / "autograd-grader"
