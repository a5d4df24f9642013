"""The rules of quizzes: who keeps them breaks none, and each rule, broken on purpose, is told by its place."""

from collections import Counter

import pytest

from grader.catalogue.course import load_course
from grader.catalogue.rules import CANARY
from grader.quiz import make
from grader.verify import quizzes
from grader.verify.quizzes import DRAWS, check_quizzes, is_biased, number_of_draws

GIVEN, WITHHELD = "exercises/weights/quiz.yaml", "solutions/weights/quiz.yaml"


@pytest.fixture
def check(quiz_root):
    """Return what checks the small course as it lies there now."""

    def run(draws=20, units=("weights", "print_outs"), progress=lambda _id: None):
        return check_quizzes(load_course(quiz_root), units, draws, progress)

    return run


@pytest.fixture
def broken(quiz_root, replace, check):
    """Return what breaks one thing and gives what is told: file, line and words of the only broken rule."""

    def run(name, old, new, draws=20):
        replace(quiz_root / name, old, new)
        (only,) = check(draws)[1]
        return only.path.relative_to(quiz_root).as_posix(), only.line, only.problem

    return run


def test_quizzes_that_keep_every_rule_break_none(check):
    """Every question is drawn as often as asked where something is drawn; progress hears each."""
    heard = []
    stressed, told = check(draws=30, progress=heard.append)
    assert told == []
    assert heard == ["doubled", "larger", "holds", "tripled", "why", "printed"]
    assert {each.question.id: each.draws for each in stressed} == {
        "doubled": 30,
        "larger": 0,
        "holds": 0,
        "tripled": 30,
        "why": 0,
        "printed": 30,
    }
    assert [output for each in stressed for output in each.covers] == ["d0-o1"]


def test_one_unit_alone_can_be_checked(check):
    """The other unit's questions are not looked at."""
    assert [each.question.id for each in check(units=("print_outs",))[0]] == ["printed"]


@pytest.mark.parametrize(
    ("name", "change", "line", "words"),
    [
        (WITHHELD, ("M10", "M99"), 4, "M99 is not in solutions/misconceptions.yaml; describe it there"),
        (WITHHELD, ("answer: n * n", "answer: 2 * n"), 4, "the wrong answer of M10 is right"),
        (WITHHELD, ("key: 2 * n", "key: 2 * m"), 4, "NameError"),
        (WITHHELD, ("key: 2 * n", "key: n / 7"), 4, ""),
        (WITHHELD, ("independent: n + n", "independent: n + n + 1"), 4, "the independent way does not give"),
        (WITHHELD, ("gives: 8", "gives: 9"), 4, "d0-o1 gives 9, but the key is 8"),
        (WITHHELD, ("with: {n: 4}", "with: {m: 4}"), 4, "`with` of d0-o1 must give n"),
        (WITHHELD, ("option: right", "option: left"), 12, "the wrong answer of M08 is right"),
        (WITHHELD, ("option: right", "option: neither"), 12, "are the same"),
        (WITHHELD, ("key: \"'left'\"", "key: \"'middle'\""), 12, "the key gives 'middle', which is no option's id"),
        (WITHHELD, ('key: "True"', "key: '1'"), 18, "the key must be True or False, not 1"),
        (WITHHELD, ("Twice {{ n }}", "Twice {{ k }}"), 4, "'k' is undefined"),
        (WITHHELD, ("id: larger", "id: smaller"), 12, "smaller stands where larger belongs"),
        (WITHHELD, (f"{CANARY}\n", ""), 1, f"the first line must be `{CANARY}`"),
        (WITHHELD, ('key: "True"', 'kez: "True"'), 19, "kez is not a known key; did you mean key?"),
        (GIVEN, ("version: 1", f"version: 1\n{CANARY}"), None, "holds a withheld file's canary; remove it"),
        (GIVEN, ("hint_for: weighted_grad", "hint_for: weighted_sum"), 3, "there is no exercise 'weighted_sum'"),
        (GIVEN, ("integers: [3, 90]", "integers: [90, 3]"), 8, "the lowest number comes first"),
        (GIVEN, ("integers: [2, 9]", "integers: [2, 2]"), 26, "too few different values"),
        (GIVEN, ("kind: true_false", "kind: maybe"), 21, "kind must be one of single, multiple"),
        (GIVEN, ("id: holds", "id: larger"), None, "larger"),
    ],
)
def test_each_rule_is_told_at_its_place(broken, name, change, line, words):
    """Which half, which line, and what to do; the other questions are still checked."""
    path, found, problem = broken(name, *change)
    assert words in problem
    assert path in {GIVEN, WITHHELD}
    assert path == name or words == "larger"
    if line is not None:
        assert found == line


def test_an_id_in_two_units_is_told(broken):
    """Answer sheets name a question by its id alone."""
    _, _, problem = broken("exercises/print_outs/quiz.yaml", "id: printed", "id: doubled")
    assert "printed stands where doubled belongs" in problem


def test_a_missing_half_is_told(quiz_root, check):
    """A unit with a quiz has both of its files."""
    for name in (GIVEN, WITHHELD):
        path = quiz_root / name
        text = path.read_text(encoding="utf-8")
        path.unlink()
        ((only,), stressed) = reversed(check())
        assert (only.path, only.problem) == (path, "the file is missing; create it or correct the name")
        assert stressed == []
        path.write_text(text, encoding="utf-8")


def test_every_broken_question_is_told_at_once(quiz_root, replace, check):
    """An author mends them in one go."""
    replace(quiz_root / WITHHELD, "M10", "M99")
    replace(quiz_root / WITHHELD, "option: right", "option: left")
    stressed, told = check()
    assert [each.line for each in told] == [4, 12]
    assert [each.question.id for each in stressed if each.broken] == ["doubled", "larger"]


def test_too_many_rejections_are_told(broken):
    """Ranges of which most draws are thrown away are the author's to choose better."""
    _, line, problem = broken(
        GIVEN, "draw: {n: {integers: [3, 90]}}", "draw: {n: {integers: [1, 90]}}\n    where: n < 9"
    )
    assert line == 4
    assert problem.endswith("; choose better ranges")
    assert "draws were rejected for 20 kept" in problem


def test_a_key_whose_place_tells_it_is_told(quiz_root, replace, check, monkeypatch):
    """Options that are not shuffled put the key where guessing finds it."""
    replace(quiz_root / GIVEN, '    text: {en: "Which', '    draw: {n: {integers: [3, 90]}}\n    text: {en: "Which')
    units = ("weights",)
    assert check(DRAWS, units)[1] == []
    monkeypatch.setattr(make, "shuffled", lambda choices, _random: tuple(choices))
    (only,) = check(DRAWS, units)[1]
    assert "larger" in only.problem
    assert f"the key's place is not uniform: {{0: {DRAWS}}}" in only.problem
    assert only.line == 12


def test_bias_is_told_from_chance():
    """Even places are not biased, slightly uneven ones neither; a favourite is."""
    assert not is_biased(Counter({0: 250, 1: 250, 2: 250, 3: 250}), 4)
    assert not is_biased(Counter({0: 270, 1: 235, 2: 245, 3: 250}), 4)
    assert is_biased(Counter({0: 340, 1: 220, 2: 220, 3: 220}), 4)
    assert is_biased(Counter({0: 500, 1: 500}), 3)


def test_orders_are_drawn_less_often(course):
    """Every order of the lines is run, so fewer draws must do; a question without parameters is solved once."""
    questions = [each for unit in course.quizzes.values() for each in unit]
    for question in questions:
        if not question.sheet.draw:
            assert number_of_draws(question, DRAWS) == 1
        else:
            assert number_of_draws(question, 7) == 7


def test_many_draws_are_shared_out_among_processes(quiz_root, check, monkeypatch):
    """What a process of its own finds is told as if it were found here, in the questions' order."""
    monkeypatch.setattr(quizzes, "cores", lambda: 2)
    monkeypatch.setattr(quizzes, "WORTH_PROCESSES", 10)
    path = quiz_root / WITHHELD
    path.write_text(path.read_text(encoding="utf-8").replace("answer: n * n", "answer: 2 * n"), encoding="utf-8")
    heard = []
    stressed, told = check(progress=heard.append)
    assert heard == [each.question.id for each in stressed]
    assert [(each.path, each.line) for each in told] == [(path, 4)]
    assert "the wrong answer of M10 is right" in told[0].problem
