"""Autograd Grader: a course on PyTorch's autograd that marks itself."""

from typing import Any

__version__ = "0.1.0"


def load_ipython_extension(shell: Any) -> None:
    """Do what `%load_ext grader` asks for in a notebook."""
    from grader.jupyter.magic import load  # noqa: PLC0415 - IPython is there only in a notebook

    load(shell)
