"""The course that was installed with the grader: meant where there is no other, and its state is kept at home."""

import stat

import pytest

from grader.catalogue import shipped
from grader.catalogue.course import find_course
from grader.catalogue.own_folder import course_behind, own_folder_text, read_own_folder
from grader.catalogue.shipped import NAME, state_folder, user_data
from grader.errors import UserError
from grader.grading.secret import course_secret, secret_place
from grader.store.place import store_url


@pytest.fixture
def installed(copied, monkeypatch):
    """Let the copied course be the installed one."""
    monkeypatch.setattr(shipped, "SHIPPED", copied)
    return copied


def test_it_is_meant_where_there_is_no_other(installed, tmp_path):
    """A course around, a learner's own folder and a course that is named go before it."""
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "mine").mkdir(parents=True)
    assert find_course(elsewhere / "mine") == installed
    (elsewhere / "config.yaml").touch()
    assert find_course(elsewhere / "mine") == elsewhere


def test_a_clone_has_none(tmp_path):
    """There the course lies at the top, and any other folder is told that it has none."""
    assert shipped.shipped_course() is None
    with pytest.raises(UserError, match=r"no config.yaml at or above"):
        find_course(tmp_path)


def test_a_learners_folder_names_it_by_no_path(installed, tmp_path):
    """So another environment with the grader finds it too; without one, the sentence says what to do."""
    text = own_folder_text(tmp_path, installed, "zh")
    assert f"course: {NAME}" in text
    assert str(installed) not in text
    (tmp_path / "learn.yaml").write_text(text, encoding="utf-8")
    assert read_own_folder(tmp_path).course == NAME
    assert course_behind(tmp_path) == installed


def test_a_learners_folder_whose_course_is_not_installed_is_told(tmp_path, monkeypatch):
    """The course may have come with an environment that is gone."""
    monkeypatch.setattr(shipped, "SHIPPED", tmp_path / "gone")
    (tmp_path / "learn.yaml").write_text(f"version: 1\ncourse: {NAME}\n", encoding="utf-8")
    with pytest.raises(UserError, match="grader start --course"):
        course_behind(tmp_path)


def test_its_secret_and_store_lie_in_the_users_data_folder(installed, tmp_path, monkeypatch):
    """For its owner alone; nothing is written beside the package."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    for name in ("GRADER_SECRET", "GRADER_STORE"):
        monkeypatch.delenv(name, raising=False)
    secret = course_secret(installed)
    place = secret_place(installed)
    assert place.read_bytes().strip() == secret
    assert place.is_relative_to(tmp_path / "data")
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    assert store_url(installed).database == str(place.parent / "store.db")
    assert not (installed / ".grader").exists()


def test_any_other_course_keeps_its_own_state(copied):
    """In the course's folder."""
    assert state_folder(copied) == copied / ".grader"


@pytest.mark.parametrize("given", ["", "relative/place"])
def test_a_data_folder_that_is_no_place_is_passed_over(given, monkeypatch, tmp_path):
    """The standard asks for an absolute path."""
    monkeypatch.setattr(shipped.sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", given)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert user_data() == tmp_path / ".local" / "share" / "autograd-grader"
