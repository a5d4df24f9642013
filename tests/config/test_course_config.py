"""`config.yaml`: what it may say, and what is told where it says something else."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from grader.config.course_config import (
    DEFAULT_IMPORTS,
    DEFAULT_TOLERANCES,
    CourseConfig,
    FeedbackLevel,
    FeedbackPolicy,
    Tolerance,
)
from grader.errors import ContentError
from grader.sandbox.limits import Limits
from grader.yamlfile import load_yaml

CONFIG = """\
version: 1
title: {en: Gradients, zh: 梯度}
units:
  - name: weights
    title: {en: Weights, zh: 权重}
    exercises:
      - {slug: weighted_grad, points: 4}
      - {slug: sum_backward, points: 3.5}
  - name: quizzes
    title: {en: Quizzes, zh: 测验}
    quiz: {points: 2}
limits:
  memory_mib: 512
feedback:
  level: visible
"""


@pytest.fixture
def read(tmp_path):
    """Return what reads the text of a `config.yaml`."""

    def read_config(text):
        path = tmp_path / "config.yaml"
        path.write_text(text, encoding="utf-8")
        return load_yaml(path, CourseConfig)

    return read_config


@pytest.fixture
def problem_of(read):
    """Return what gives the line and the words of a broken `config.yaml`."""

    def problem(text):
        with pytest.raises(ContentError) as caught:
            read(text)
        assert caught.value.path.name == "config.yaml"
        return caught.value.line, caught.value.problem

    return problem


def test_units_and_exercises_keep_their_order(read):
    """The file's order is the course's."""
    config = read(CONFIG)
    assert [unit.name for unit in config.units] == ["weights", "quizzes"]
    assert [(each.slug, each.points) for each in config.units[0].exercises] == [
        ("weighted_grad", 4),
        ("sum_backward", 3.5),
    ]


@pytest.mark.parametrize(("language", "text"), [("en", "Gradients"), ("zh", "梯度")])
def test_a_text_speaks_both_languages(read, language, text):
    """A title is given in the language that is asked for."""
    assert read(CONFIG).title.in_language(language) == text


def test_limits_that_are_left_out_have_their_defaults(read):
    """The file names what it changes; the rest is what a student process has by default."""
    assert Limits(**read(CONFIG).limits.model_dump()) == Limits(memory_mib=512)


def test_a_tolerance_replaces_the_default_of_its_dtype_alone(read):
    """A course that is strict about float64 keeps the other tolerances."""
    given = read(CONFIG + "tolerances:\n  float64: {relative: 0, absolute: 0}\n").all_tolerances
    assert given == {**DEFAULT_TOLERANCES, "float64": Tolerance(relative=0, absolute=0)}


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ("version: 1", "version: 2", 1, "version must be 1, not 2"),
        ("version: 1\n", "", 1, "version is missing; add it"),
        (
            "title: {en: Gradients, zh: 梯度}",
            "title: Gradients",
            2,
            "title must be keys with values, as `key: value`, not 'Gradients'",
        ),
        ("zh: 梯度", "zh: ''", 2, "title.zh is empty; write it"),
        (", zh: 梯度", "", 2, "title.zh is missing; add it"),
        (
            "slug: sum_backward",
            "slug: Sum-Backward",
            8,
            "units.0.exercises.1.slug must be lower-case letters, digits and _",
        ),
        (
            "slug: sum_backward",
            "slug: ../solutions",
            8,
            "units.0.exercises.1.slug must be lower-case letters, digits and _",
        ),
        ("slug: sum_backward", f"slug: {'s' * 61}", 8, "units.0.exercises.1.slug is too long; 60"),
        ("points: 3.5", "points: 0", 8, "units.0.exercises.1.points must be more than 0, not 0"),
        ("points: 3.5", "points: .nan", 8, "units.0.exercises.1.points must be "),
        ("points: 3.5", "points: many", 8, "units.0.exercises.1.points must be a number, not 'many'"),
        ("points: 3.5", "point: 3.5", 8, "units.0.exercises.1.point is not a known key; did you mean points?"),
        ("memory_mib: 512", "memory_mib: 255", 13, "limits.memory_mib must be at least 256, not 255"),
        ("memory_mib: 512", "memory: 512", 13, "limits.memory is not a known key; did you mean memory_mib?"),
        ("memory_mib: 512", "restarts: -1", 13, "limits.restarts must be at least 0, not -1"),
        ("memory_mib: 512", "message_mib: 1025", 13, "limits.message_mib must be at most 1024, not 1025"),
        ("memory_mib: 512", "open_files: 31", 13, "limits.open_files must be at least 32, not 31"),
        ("memory_mib: 512", "call_cpu_seconds: 0", 13, "limits.call_cpu_seconds must be more than 0, not 0"),
        ("memory_mib: 512", "threads: 1.5", 13, "limits.threads must be a whole number, not 1.5"),
        ("level: visible", "level: never", 15, "feedback.level must be one of hidden, after_due"),
        ("level: visible", "levels: visible", 15, "feedback.levels is not a known key; did you mean level?"),
    ],
)
def test_a_broken_setting_is_told_by_its_line(problem_of, old, new, line, problem):
    """Wrong types, values out of range, unknown and missing keys: line, key and remedy."""
    found, words = problem_of(CONFIG.replace(old, new))
    assert found == line
    assert problem in words


@pytest.mark.parametrize(
    ("tolerances", "problem"),
    [
        ("float31: {relative: 0, absolute: 0}", "float31"),
        ("float32: {relative: -1, absolute: 0}", "tolerances.float32.relative must be at least 0, not -1"),
        ("float32: {relative: 0}", "tolerances.float32.absolute is missing; add it"),
    ],
)
def test_a_broken_tolerance_is_told_by_its_line(problem_of, tolerances, problem):
    """An unknown dtype, a negative number and half a tolerance are refused."""
    line, words = problem_of(f"{CONFIG}tolerances:\n  {tolerances}\n")
    assert line == 17
    assert problem in words


def test_a_course_without_units_is_refused(problem_of):
    """There must be something to do."""
    text = CONFIG[: CONFIG.index("  - name: weights")].replace("units:", "units: []")
    assert problem_of(text) == (3, "units needs at least 1 of them and has 0; add more")


@pytest.mark.parametrize("key", ["points: 3.5", "call_cpu_seconds: 2", "relative: 0"])
def test_an_endless_number_is_refused(problem_of, key):
    """No exercise is worth, no process may use, and no result may differ by, more than any number."""
    name = key.partition(":")[0]
    text = CONFIG.replace("memory_mib: 512", "call_cpu_seconds: 2")
    text += "tolerances:\n  float32: {relative: 0, absolute: 0}\n"
    line, words = problem_of(text.replace(key, f"{name}: .inf"))
    assert line == text[: text.index(key)].count("\n") + 1
    assert name in words


@pytest.mark.parametrize(
    ("old", "new", "line", "name"),
    [
        ("slug: sum_backward", "slug: weighted_grad", 8, "weighted_grad"),
        ("name: quizzes", "name: weights", 9, "weights"),
    ],
)
def test_a_name_that_stands_twice_is_refused_at_its_line(problem_of, old, new, line, name):
    """A slug names one exercise and a unit's name one unit; the line is the second one's."""
    found, words = problem_of(CONFIG.replace(old, new))
    assert f"{name} stands twice; every unit and every exercise stands once" in words
    assert found == line


def test_one_slug_in_two_units_is_refused(problem_of):
    """Slugs are unique in the whole course, as the submissions' file names are."""
    text = CONFIG.replace("zh: 测验}", "zh: 测验}\n    exercises: [{slug: sum_backward, points: 1}]")
    assert "sum_backward stands twice; every unit and every exercise stands once" in problem_of(text)[1]


@pytest.mark.parametrize(
    ("due", "line", "said"),
    [
        ("", 14, "level after_due needs a `due` date"),
        ("\n  due: 2030-01-31", 16, "the time of day is missing"),
        ("\n  due: tomorrow", 16, "'tomorrow' is no date and time"),
        ("\n  due: 2030-01-31 12:00:00", 16, "this time has no zone; add `timezone"),
        ("\n  due: '2030-01-31T12:00'", 16, "this time has no zone; add `timezone"),
        ("\n  due: '2030-03-31T02:30'\ntimezone: Europe/Berlin", 16, "does not exist in Europe/Berlin"),
        ("\n  due: '2030-01-31T12:00'\ntimezone: Berlin", 17, "there is no time zone 'Berlin'"),
    ],
)
def test_after_due_needs_a_moment_that_means_the_same_everywhere(problem_of, due, line, said):
    """A date that waits for a guess is told by its line."""
    found, words = problem_of(CONFIG.replace("level: visible", f"level: after_due{due}"))
    assert (found, said in words) == (line, True), words


def test_a_time_without_a_zone_is_the_courses(read):
    """One line gives every date of the file its zone."""
    text = CONFIG.replace("level: visible", "level: after_due\n  due: 2030-07-31T23:59\ntimezone: Asia/Shanghai")
    assert read(text).feedback.due == datetime(2030, 7, 31, 15, 59, tzinfo=UTC)


DATES = "timezone: Europe/Berlin\ndates: {due: 2030-01-31T23:59, late: per_day, per_day: 0.1, free_days: 1}\n"


def test_a_unit_has_the_common_due_date_or_its_own(read):
    """A unit's own date goes before that of all."""
    own = "title: {en: Quizzes, zh: 测验}\n    due: 2030-02-07T12:00:00Z"
    config = read(CONFIG.replace("title: {en: Quizzes, zh: 测验}", own) + DATES)
    assert [config.due(unit).astimezone(UTC) for unit in config.units] == [
        datetime(2030, 1, 31, 22, 59, tzinfo=UTC),
        datetime(2030, 2, 7, 12, tzinfo=UTC),
    ]
    assert read(CONFIG).due(read(CONFIG).units[0]) is None


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ("dates: {late: per_day}", "go together"),
        ("dates: {late: zero, per_day: 0.1}", "go together"),
        ("dates: {late: per_day, per_day: 10}", "dates.per_day must be at most 1, not 10"),
        ("dates: {late: half}", "dates.late must be one of none, zero, per_day"),
        ("dates: {due: 2030-01-31T23:59}", "this time has no zone"),
    ],
)
def test_a_late_policy_is_whole(problem_of, dates, said):
    """A policy that leaves its cost open is told."""
    assert said in problem_of(CONFIG + dates + "\n")[1]


def test_a_due_date_has_its_time_zone(read):
    """The moment is the one that was written, wherever the grader runs."""
    text = CONFIG.replace("level: visible", "level: after_due\n  due: 2030-01-31T23:59:00+08:00")
    due = datetime(2030, 1, 31, 23, 59, tzinfo=timezone(timedelta(hours=8)))
    assert read(text).feedback.due == due


DUE = datetime(2030, 1, 31, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("policy", "tells"),
    [
        (FeedbackPolicy(), True),
        (FeedbackPolicy(level=FeedbackLevel.VISIBLE), True),
        (FeedbackPolicy(level=FeedbackLevel.HIDDEN), False),
        (FeedbackPolicy(level=FeedbackLevel.HIDDEN, due=DUE - timedelta(days=1), published=True), False),
        (FeedbackPolicy(level=FeedbackLevel.AFTER_DUE, due=DUE), True),
        (FeedbackPolicy(level=FeedbackLevel.AFTER_DUE, due=DUE + timedelta(seconds=1), published=True), False),
        (FeedbackPolicy(level=FeedbackLevel.AFTER_PUBLISHED, published=True), True),
        (FeedbackPolicy(level=FeedbackLevel.AFTER_PUBLISHED, due=DUE), False),
    ],
)
def test_each_level_opens_by_its_own_key_alone(policy, tells):
    """Hidden never tells, visible always, the others at their date or by being published."""
    assert policy.tells_all(DUE) is tells


UNITS = """\
version: 1
title: {en: Gradients, zh: 梯度}
units:
  - name: weights
    title: {en: Weights, zh: 权重}
    exercises: [{slug: weighted_grad, points: 4}]
    quiz: {points: 2.5}
  - name: graph
    title: {en: Graph, zh: 计算图}
    quiz: {points: 3}
"""
POLICY = "quiz: {attempts: 3, wrong_choice: 0.25, further_attempt: 0.1, tolerance: {relative: 0.01, absolute: 0}}\n"


def test_a_unit_may_have_a_quiz_beside_its_exercises_or_alone(read):
    """The quiz as a whole is worth something."""
    weights, graph = read(UNITS).units
    assert (len(weights.exercises), weights.quiz.points) == (1, 2.5)
    assert (graph.exercises, graph.quiz.points) == ((), 3)


def test_a_unit_of_nothing_is_refused(problem_of):
    """An empty unit is told by its line."""
    line, words = problem_of(UNITS.replace("    quiz: {points: 3}\n", ""))
    assert line == 8
    assert "a unit has exercises, a quiz, or both" in words


def test_students_import_what_is_installed_of_the_usual(read):
    """Without a word of the course: torch and the packages that are there; with one, these alone."""
    assert {"torch", "numpy"} <= set(read(CONFIG).importable) <= set(DEFAULT_IMPORTS)
    assert read(CONFIG + "imports: [torch, yaml]\n").importable == ("torch", "yaml")
    assert read(CONFIG + "imports: [torch]\nsubmissions: {notebook_kib: 64}\n").submissions.notebook_kib == 64


def test_an_import_that_is_not_installed_is_refused_at_its_line(problem_of):
    """A course that allows what is not there is told so at its start."""
    line, words = problem_of(CONFIG + "imports:\n  - torch\n  - no_such_package\n")
    assert line == CONFIG.count("\n") + 3
    assert "imports names no_such_package, which is not installed here; install it or take it out" in words


def test_a_quiz_is_lenient_unless_the_course_says_otherwise(read):
    """One attempt counts, nothing is taken away, and a number may be off by a thousandth."""
    policy = read(UNITS).quiz
    assert (policy.attempts, policy.wrong_choice, policy.further_attempt) == (1, 0, 0)
    assert policy.tolerance == Tolerance(relative=1e-3, absolute=1e-4)


def test_a_course_sets_its_own_policy(read):
    """Each of the four settings."""
    policy = read(UNITS + POLICY).quiz
    assert (policy.attempts, policy.wrong_choice, policy.further_attempt) == (3, 0.25, 0.1)
    assert policy.tolerance == Tolerance(relative=0.01, absolute=0)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("attempts: 3", "attempts: 0", 11, "quiz.attempts must be more than 0"),
        ("wrong_choice: 0.25", "wrong_choice: 1.5", 11, "quiz.wrong_choice must be at most 1"),
        ("wrong_choice: 0.25", "wrong_choice: -1", 11, "quiz.wrong_choice must be at least 0"),
        ("further_attempt: 0.1", "further_attempts: 0.1", 11, "quiz.further_attempts is not a known key"),
        ("relative: 0.01", "relative: .inf", 11, "quiz.tolerance.relative must be a finite number"),
        ("points: 3", "points: 0", 10, "units.1.quiz.points must be more than 0, not 0"),
        ("points: 3", "points: .nan", 10, "units.1.quiz.points"),
        ("points: 3", "worth: 3", 10, "units.1.quiz.points is missing; add it"),
    ],
)
def test_a_broken_quiz_setting_is_told_by_its_line(problem_of, old, new, line, words):
    """Shares lie between 0 and 1, points above 0."""
    found = problem_of((UNITS + POLICY).replace(old, new))
    assert found[0] == line
    assert words in found[1]
