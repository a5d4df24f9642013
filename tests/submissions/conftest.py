"""Submissions made for a test: folders, archives and notebooks."""

import io
import json
import tarfile
import zipfile
from types import SimpleNamespace

import pytest

from grader.submissions.entries import Entry
from grader.submissions.intake import read_submission
from grader.submissions.limits import DEFAULT_LIMITS
from grader.submissions.wanted import Wanted

WANTED = Wanted({"weighted_grad": ["weighted_grad"], "sum_backward": ["sum_backward"]})


def zip_bytes(members, *, method=zipfile.ZIP_DEFLATED):
    """Pack (name or ZipInfo, content) pairs as a zip file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def tar_bytes(members, *, form=tarfile.PAX_FORMAT):
    """Pack (name or TarInfo, content) pairs as a gzipped tar file."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz", format=form) as archive:
        for name, content in members:
            info = tarfile.TarInfo(name) if isinstance(name, str) else name
            if info.isreg():
                info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def notebook_bytes(*sources):
    """Return a notebook with these code cells after a text cell."""
    cells = [{"cell_type": "markdown", "metadata": {}, "source": "# def weighted_grad("}]
    cells += [{"cell_type": "code", "metadata": {}, "source": source, "outputs": []} for source in sources]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}).encode()


@pytest.fixture
def make():
    return SimpleNamespace(zip=zip_bytes, tar=tar_bytes, notebook=notebook_bytes)


@pytest.fixture
def read(tmp_path):
    """Read one submission: bytes under a name, or whatever already lies at a path."""

    def read_one(what, name=None, *, limits=DEFAULT_LIMITS, wanted=WANTED):
        path = what
        if name is not None:
            path = tmp_path / name
            path.write_bytes(what)
        return read_submission(Entry("alice", path), wanted, limits=limits)

    return read_one
