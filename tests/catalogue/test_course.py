"""A course on disk: found from inside, loaded whole, its exercises chosen by slug."""

import shutil

import pytest
from sample_exercises import copy_exercise

from grader.catalogue.course import find_course, load_course
from grader.errors import ContentError, UserError


def replace(path, old, new):
    """Break one thing in a file that holds it."""
    text = path.read_text(encoding="utf-8")
    assert old in text, "the file holds what is to be broken"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def add_exercise(root, copied, unit, slug):
    """Put another of the project's exercises behind the first one, which it needs."""
    copy_exercise(root, copied, unit, slug)
    replace(copied / "exercises" / unit / slug / "exercise.yaml", "needs: []", "needs: [weighted_grad]")
    with (copied / "config.yaml").open("a", encoding="utf-8") as config:
        config.write(f"- name: {unit}\n  title: {{en: U, zh: 单元}}\n  exercises: [{{slug: {slug}, points: 3}}]\n")


@pytest.mark.parametrize("inside", [".", "exercises", "exercises/weights/weighted_grad", "tests/hidden"])
def test_a_course_is_found_from_any_folder_inside_it(copied, inside):
    """Whoever stands anywhere in the course need not name it."""
    assert find_course(copied / inside) == copied


def test_the_nearest_course_is_found(copied):
    """A course inside another's folder is itself."""
    inner = copied / "exercises" / "weights"
    shutil.copy(copied / "config.yaml", inner)
    assert find_course(inner / "weighted_grad") == inner


def test_a_folder_outside_of_any_course_is_told(tmp_path):
    """The message says where it looked and what to do."""
    with pytest.raises(UserError) as caught:
        find_course(tmp_path)
    expected = f"no config.yaml at or above {tmp_path}; go into the course's folder or name it with --course"
    assert str(caught.value) == expected


def test_a_place_that_does_not_exist_is_in_no_course(copied):
    """Whoever mistypes a course's name gets no other course that happens to lie above it."""
    with pytest.raises(UserError, match="nowhere"):
        find_course(copied / "nowhere")


def test_a_course_file_is_found_as_itself(copied):
    """Whoever names a file means that file, whatever lies around it."""
    file = copied / "tests" / "half.yaml"
    shutil.copy(copied / "config.yaml", file)
    assert find_course(file) == file


def test_a_course_file_uses_the_folders_of_the_course_around_it(copied):
    """It may choose other exercises and points; what it chooses lies where the course's own does."""
    file = copied / "tests" / "class" / "half.yaml"
    file.parent.mkdir()
    shutil.copy(copied / "config.yaml", file)
    replace(file, "points: 4", "points: 7")
    course = load_course(file)
    assert (course.root, course.file, course.place) == (copied, file, file)
    assert [(each.slug, each.points, each.starter.is_file()) for each in course.exercises] == [
        ("weighted_grad", 7, True)
    ]


def test_a_course_is_found_again_by_its_place(copied):
    """The folder says it, whether the folder or its `config.yaml` was named."""
    for named in (copied, copied / "config.yaml"):
        course = load_course(named)
        assert (course.root, course.place) == (copied, copied)


def test_a_course_file_outside_of_any_course_is_told(tmp_path):
    """There are no exercises that it could choose from."""
    file = tmp_path / "half.yaml"
    file.write_text("version: 1\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"no config\.yaml at or above"):
        load_course(file)


def test_an_unknown_exercise_of_a_course_file_is_told_by_that_file(copied):
    """The author is sent to the file that was used."""
    file = copied / "half.yaml"
    shutil.copy(copied / "config.yaml", file)
    with pytest.raises(UserError, match=r"no exercise or unit 'weighted_sum' in .*half\.yaml"):
        load_course(file).select_parts(["weighted_sum"])


def test_a_folder_named_config_is_no_course(tmp_path):
    """Only a file makes a course."""
    (tmp_path / "config.yaml").mkdir()
    with pytest.raises(UserError, match=r"no config\.yaml at or above"):
        find_course(tmp_path)


def test_a_course_holds_its_exercises_in_the_order_of_its_units(course):
    """The project's own course has each exercise that its file lists, and knows what it is worth."""
    listed = [(unit.name, entry.slug, entry.points) for unit in course.config.units for entry in unit.exercises]
    assert [(each.unit, each.slug, each.points) for each in course.exercises] == listed
    assert ("weights", "weighted_grad", 4) in listed


def test_misconceptions_are_those_of_the_course(course):
    """Every wrong solution of the project's course acts out a misconception that is described."""
    acted_out = {wrong.misconception for each in course.exercises for wrong in each.wrong_solutions}
    assert acted_out
    assert acted_out <= course.misconceptions.keys()


def test_misconceptions_are_read_when_they_are_wanted(copied):
    """A learner's copy without the withheld files loads; only who asks for them is told what is missing."""
    shutil.rmtree(copied / "solutions")
    course = load_course(copied)
    with pytest.raises(ContentError, match=r"misconceptions\.yaml: the file is missing"):
        _ = course.misconceptions


def test_a_course_without_its_exercise_is_told(copied):
    """`config.yaml` may list only what lies on the disk."""
    replace(copied / "config.yaml", "slug: weighted_grad", "slug: weighted_sum")
    with pytest.raises(ContentError) as caught:
        load_course(copied)
    assert caught.value.path == copied / "exercises" / "weights" / "weighted_sum" / "exercise.yaml"


def test_an_exercise_may_need_an_earlier_one(copied, root):
    """What comes first in the course may be needed by what comes later."""
    add_exercise(root, copied, "sums", "sum_backward")
    assert [each.slug for each in load_course(copied).exercises] == ["weighted_grad", "sum_backward"]
    assert load_course(copied).exercises[1].sheet.needs == ("weighted_grad",)


def test_an_exercise_that_a_course_leaves_out_is_not_needed(copied):
    """A course file may choose from the exercises that there are, without those that prepare for them."""
    replace(copied / "exercises" / "weights" / "weighted_grad" / "exercise.yaml", "needs: []", "needs: [make_leaf]")
    assert [each.slug for each in load_course(copied).exercises] == ["weighted_grad"]


@pytest.mark.parametrize("needed", ["sum_backward", "weighted_grad"])
def test_an_exercise_that_needs_what_comes_later_is_told(copied, root, needed):
    """An exercise needs neither a later one nor itself."""
    add_exercise(root, copied, "sums", "sum_backward")
    sheet = copied / "exercises" / "weights" / "weighted_grad" / "exercise.yaml"
    replace(sheet, "needs: []", f"needs: [{needed}]")
    with pytest.raises(ContentError) as caught:
        load_course(copied)
    assert caught.value.path == sheet
    assert caught.value.problem == f"needs {needed!r}, which is no earlier exercise of {copied / 'config.yaml'}"


def test_no_slugs_choose_every_exercise(course):
    """The whole course is the default."""
    assert course.select_parts(()) == (course.exercises, course.quiz_units)


def test_chosen_exercises_keep_the_order_of_the_course(course):
    """However the slugs are given, a report has the course's order and each exercise once."""
    first, second = course.exercises[:2]
    assert course.select_parts([second.slug, first.slug, second.slug]) == ((first, second), ())


def test_a_slug_that_is_nearly_one_is_told_which(course):
    """A misspelt slug gets the one that was meant."""
    with pytest.raises(UserError) as caught:
        course.select_parts(["weighted_grad", "wieghted_grad"])
    expected = (
        f"there is no exercise or unit 'wieghted_grad' in {course.root / 'config.yaml'}; did you mean weighted_grad?"
    )
    assert str(caught.value) == expected


def test_a_slug_that_is_nothing_known_is_told_what_there_is(copied):
    """Where nothing is near, the message lists the course's slugs and units."""
    with pytest.raises(UserError, match=r"no exercise or unit '雅可比' in .*; the course has weighted_grad, weights$"):
        load_course(copied).select_parts(["雅可比"])


@pytest.fixture
def with_quizzes(root, copied):
    """Return the copied course's folder with two units more: one with a quiz alone, one with an exercise alone."""
    for unit in ("weights", "graph"):
        for half in ("exercises", "solutions"):
            place = f"{half}/{unit}/quiz.yaml"
            (copied / place).parent.mkdir(exist_ok=True)
            shutil.copy(root / place, copied / place)
    add_exercise(root, copied, "sums", "sum_backward")
    with (copied / "config.yaml").open("a", encoding="utf-8") as config:
        config.write("- name: graph\n  title: {en: U, zh: 单元}\n  quiz: {points: 3}\n")
    return copied


def test_a_course_holds_the_questions_of_each_unit_with_a_quiz(with_quizzes):
    """In the course's order; a unit without a quiz has no questions."""
    course = load_course(with_quizzes)
    assert course.quiz_units == ("weights", "graph")
    assert list(course.quizzes) == ["weights", "graph"]
    assert all(question.unit == unit for unit, questions in course.quizzes.items() for question in questions)


def test_quizzes_are_read_when_they_are_wanted(with_quizzes):
    """A learner's copy without the withheld half loads; only who asks for its quizzes is told what is missing."""
    (with_quizzes / "solutions" / "graph" / "quiz.yaml").unlink()
    course = load_course(with_quizzes)
    with pytest.raises(ContentError, match=r"solutions/graph/quiz\.yaml: the file is missing"):
        _ = course.quizzes


def test_a_question_of_two_units_is_told(with_quizzes):
    """The second of them, by file and line."""
    for half in ("exercises", "solutions"):
        shutil.copy(with_quizzes / half / "weights" / "quiz.yaml", with_quizzes / half / "graph" / "quiz.yaml")
    with pytest.raises(ContentError, match="the unit weights has this id too; choose another") as caught:
        _ = load_course(with_quizzes).quizzes
    assert caught.value.path == with_quizzes / "exercises" / "graph" / "quiz.yaml"
    assert caught.value.line == 3


@pytest.mark.parametrize(
    ("names", "slugs", "units"),
    [
        ([], ["weighted_grad", "sum_backward"], ["weights", "graph"]),
        (["weights"], ["weighted_grad"], ["weights"]),
        (["weighted_grad"], ["weighted_grad"], []),
        (["graph"], [], ["graph"]),
        (["sums"], ["sum_backward"], []),
        (["graph", "sum_backward", "weighted_grad"], ["weighted_grad", "sum_backward"], ["graph"]),
        (["weights", "weighted_grad"], ["weighted_grad"], ["weights"]),
    ],
)
def test_parts_are_chosen_by_slug_or_by_unit(with_quizzes, names, slugs, units):
    """A unit stands for its exercises and its quiz, an exercise for itself; all in the course's order, each once."""
    exercises, quizzes = load_course(with_quizzes).select_parts(names)
    assert ([each.slug for each in exercises], list(quizzes)) == (slugs, units)


@pytest.mark.parametrize(
    ("units", "chosen"),
    [([], ["weights", "graph"]), (["graph", "weights"], ["weights", "graph"]), (["graph"], ["graph"])],
)
def test_quizzes_are_chosen_by_unit(with_quizzes, units, chosen):
    """No name chooses every quiz; the order is the course's."""
    assert list(load_course(with_quizzes).select_quizzes(units)) == chosen


@pytest.mark.parametrize(
    ("method", "name", "words"),
    [
        ("select_parts", "graphs", "there is no exercise or unit 'graphs' in {}; did you mean graph?"),
        (
            "select_parts",
            "q",
            "there is no exercise or unit 'q' in {}; the course has weighted_grad, sum_backward, weights, sums, graph",
        ),
        ("select_quizzes", "sums", "there is no quiz of a unit 'sums' in {}; the course has weights, graph"),
        ("select_quizzes", "weighted_grad", "there is no quiz of a unit 'weighted_grad' in {}; did you mean weights?"),
    ],
)
def test_an_unknown_part_is_told(with_quizzes, method, name, words):
    """With what is close to it, or with all there is."""
    with pytest.raises(UserError) as caught:
        getattr(load_course(with_quizzes), method)([name])
    assert str(caught.value) == words.format(with_quizzes / "config.yaml")
