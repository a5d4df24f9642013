"""The course's page and picture: whole, true to the catalogue, and fresh."""

from dataclasses import replace
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest

from grader.catalogue.course_page import PAGES, course_pages, goal_of, page_text
from grader.catalogue.needs_picture import arrows, needs_picture

SVG = "{http://www.w3.org/2000/svg}"


def made(slug, *needs):
    """Return what stands for an exercise: its name and its needs."""
    return SimpleNamespace(slug=slug, sheet=SimpleNamespace(needs=needs))


def test_the_page_is_fresh(course):
    """What lies in docs/ is what the course gives today; `make docs` writes it."""
    for name, text in course_pages(course).items():
        assert (course.root / name).read_text(encoding="utf-8") == text, f"{name} is old: run make docs"


@pytest.mark.parametrize("language", PAGES)
def test_every_unit_and_exercise_is_on_the_page(course, language):
    """Each unit has its title; each exercise its title, points and needs, and what it teaches."""
    page = page_text(course, language)
    for unit in course.config.units:
        assert unit.title.in_language(language) in page
    for exercise in course.exercises:
        part = page.partition(f"/{exercise.slug}/README")[2].partition("\n##")[0]
        assert f"`{exercise.slug}` · {exercise.points:g}" in part
        assert all(f"`{need}`" in part for need in exercise.sheet.needs)
        assert len(goal_of(exercise, language)) > 20
        assert goal_of(exercise, language) in part


def test_points_are_the_courses_own(course):
    """Another number of points makes another page."""
    first, *others = course.exercises
    changed = replace(course, exercises=(replace(first, points=first.points + 1), *others))
    assert page_text(changed, "en") != page_text(course, "en")


def test_a_sentence_that_leads_to_code_is_left_out(course):
    """The goal ends with a full sentence, where the README goes on with code."""
    (exercise,) = (each for each in course.exercises if each.slug == "mixed_partials")
    assert [goal_of(exercise, language)[-1] for language in PAGES] == [".", "。"]


@pytest.mark.parametrize("language", PAGES)
def test_the_picture_has_a_box_for_each_exercise(course, language):
    """It is an SVG with title and description that names every exercise and unit once and loads nothing."""
    text = needs_picture(course, language)
    root = ET.fromstring(text)
    assert [root.find(f"{SVG}{name}").text.strip() != "" for name in ("title", "desc")] == [True, True]
    names = [each.text for each in root.iter(f"{SVG}text")]
    units = [unit.title.in_language(language) for unit in course.config.units if unit.exercises]
    assert sorted(names) == sorted([*units, *(exercise.slug for exercise in course.exercises)])
    assert "href" not in text


def test_needs_that_follow_from_others_have_no_arrow():
    """An arrow over an exercise that lies between is left out, however long the way round is."""
    exercises = [made("a"), made("b", "a"), made("c", "b"), made("d", "a", "c"), made("e", "a")]
    assert arrows(exercises) == [("a", "b"), ("b", "c"), ("c", "d"), ("a", "e")]


def test_an_exercise_of_another_course_has_no_arrow():
    """What an exercise needs may be missing from a course; then there is nothing to draw it from."""
    assert arrows([made("b", "elsewhere")]) == []
