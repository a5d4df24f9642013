"""Packages are found where Pythons keep them, and nowhere else."""

import sys

import pytest

from grader.installed import is_installed


@pytest.fixture(autouse=True)
def _forget():
    """Forget what was looked up before."""
    is_installed.cache_clear()
    yield
    is_installed.cache_clear()


@pytest.mark.parametrize("folder", ["site-packages", "dist-packages"])
def test_packages_of_another_folder_on_the_path_count(monkeypatch, tmp_path, folder):
    """Those of the user alone, of Debian, and of a folder that a .pth file names."""
    place = tmp_path / folder
    (place / "somewhere_else").mkdir(parents=True)
    (place / "somewhere_else" / "__init__.py").touch()
    monkeypatch.setattr(sys, "path", [str(place)])
    assert is_installed("somewhere_else")


def test_a_file_in_the_working_folder_is_not_installed(monkeypatch, tmp_path):
    """What lies beside a command is nobody's package."""
    (tmp_path / "helpers.py").touch()
    monkeypatch.setattr(sys, "path", [str(tmp_path), ""])
    monkeypatch.chdir(tmp_path)
    assert not is_installed("helpers")


def test_what_python_and_the_grader_need_is_there():
    """The standard library and torch."""
    assert is_installed("json")
    assert is_installed("torch")
