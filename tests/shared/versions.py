"""Print which Python and which build of torch the tests run on: the first line of a log that somebody else reads."""

import platform
import runpy
import sys
from importlib.util import find_spec
from pathlib import Path


def torch_build():
    """Return torch's version and the CUDA that it was built for, without the seconds of an import."""
    told = runpy.run_path(str(Path(find_spec("torch").origin).with_name("version.py")))
    return f"torch {told['__version__']} ({'CUDA ' + told['cuda'] if told['cuda'] else 'without CUDA'})"


if __name__ == "__main__":
    sys.stdout.write(f"Python {platform.python_version()}, {torch_build()}\n")
