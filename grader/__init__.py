"""Autograd Grader: a course on PyTorch's autograd that marks itself."""

__version__ = "0.1.0"
