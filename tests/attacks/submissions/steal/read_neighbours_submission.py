"""Reads what another student handed in and answers with it.
It must get: error, and no file of another.
"""

from pathlib import Path

FOLDER = Path("@CLASS@")


def weighted_grad(f, x, v):
    namespace = {}
    for path in (FOLDER / "aaa_honest.py", FOLDER / "zzz_honest.py", *FOLDER.glob("*.py")):
        exec(path.read_text(), namespace)
    return namespace["weighted_grad"](f, x, v)
