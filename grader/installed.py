"""Which modules are installed here, told without importing any of them."""

from __future__ import annotations

import sys
import sysconfig
from functools import cache
from importlib.machinery import PathFinder


@cache
def is_installed(name: str) -> bool:
    """Say whether a module of this name is Python's own or installed beside the grader."""
    if name in sys.stdlib_module_names:
        return True
    spec = PathFinder.find_spec(name, [sysconfig.get_path("purelib"), sysconfig.get_path("platlib")])
    return spec is not None and spec.loader is not None
