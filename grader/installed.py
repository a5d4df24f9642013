"""Which modules are installed here, told without importing any of them."""

from __future__ import annotations

import sys
import sysconfig
from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path

PACKAGE_FOLDERS = ("site-packages", "dist-packages")


def package_folders() -> list[str]:
    """Return where packages are installed: also for this user alone, by Debian, and what a .pth file adds."""
    own = (sysconfig.get_path("purelib"), sysconfig.get_path("platlib"))
    return [*own, *(each for each in sys.path if Path(each).name in PACKAGE_FOLDERS)]


@cache
def is_installed(name: str) -> bool:
    """Say whether a module of this name is Python's own or installed beside the grader."""
    if name in sys.stdlib_module_names:
        return True
    spec = PathFinder.find_spec(name, package_folders())
    return spec is not None and spec.loader is not None
