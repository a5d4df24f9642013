"""`verify`: the whole of the content's rules on a course that keeps them, and on one that does not."""

import pytest

from grader.catalogue.rules import CANARY


def test_a_course_that_keeps_every_rule_breaks_none(throw_away):
    """Nothing is told, and the matrix shows every solution; progress hears each exercise."""
    heard = []
    found = throw_away.verify(heard.append)
    assert found.broken == ()
    (verified,) = found.exercises
    matrix = verified.matrix
    assert [(row.name, row.expected, row.diagnosed) for row in matrix.rows] == [
        ("solution", None, None),
        ("starter", None, None),
        ("m101_no_sign", "M101", "M101"),
        ("m14_one_more", "M14", "M14"),
    ]
    assert [row.facts.points for row in matrix.rows] == [1, 0, 0.25, 0]
    assert heard == ["double"]


def test_everything_that_is_broken_is_told_at_once(throw_away, replace):
    """Static rules, the matrix and the public tests each have their say in one run."""
    replace(throw_away.starter, "raise NotImplementedError", "return -2.0")
    replace(throw_away.withheld / "wrong" / "m101_no_sign.py", "abs(2 * x)", "2 * x")
    replace(throw_away.hidden, "points=0.25)", "points=0.375)")
    replace(throw_away.public, "assert double(1.0) == 2.0", "assert double(1.0) == -2.0")
    problems = [(name, problem) for name, _, problem in throw_away.problems()]
    assert problems[:6] == [
        ("double.py", "the body of double must be `raise NotImplementedError` alone"),
        ("double.py", "the starter earns 0.375 points"),
        ("m101_no_sign.py", "no hidden test sees that this solution is wrong; write one that does"),
        ("m101_no_sign.py", "diagnosed as nothing instead of M101; sharpen the hidden tests"),
        ("test_double_hidden.py", "the checks' points add up to 1.125, the exercise is worth 1.0"),
        ("test_double_hidden.py", "edges has 0.375 of 1.0 points; about 25% is its share"),
    ]
    assert [name for name, _ in problems[6:]] == ["test_double.py", "test_double.py"]


def test_a_solution_that_is_wrong_is_told(throw_away, replace):
    """The reference is held to the hidden tests like anybody's submission."""
    replace(throw_away.solution, "return 2 * x", "return abs(2 * x)")
    found = {(name, problem.partition(":")[0]) for name, _, problem in throw_away.problems()}
    assert ("double.py", "the solution does not pass random_numbers") in found
    assert ("double.py", "the solution does not pass minus_one") in found


@pytest.mark.parametrize("missing", ["solution", "hidden"])
def test_without_solution_or_hidden_tests_nothing_is_graded(throw_away, missing):
    """What is missing is told by the static rules, and the rest waits for it."""
    path = getattr(throw_away, missing)
    path.unlink()
    found = throw_away.verify()
    assert found.exercises == ()
    assert (path, "this file is missing; write it") in [(each.path, each.problem) for each in found.broken]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("def test_minus_one", "def (", "the hidden tests can't be collected: E   SyntaxError: invalid syntax"),
        ("import pytest\n", "import pytest\nimport nothing_of_that_name\n", "No module named 'nothing_of_that_name'"),
        ('"edges", points=0.25', '"edges", points=0', "test_minus_one: points must be more than 0"),
        ('"edges", points=0.25', '"ends", points=0.25', "test_minus_one: 'ends' is not a valid Part"),
        ('"edges", points=0.25', '"edges", point=0.25', "test_minus_one: "),
        ('@pytest.mark.check("edges", points=0.25)\n', "", "test_minus_one needs exactly one check marker"),
        ("    负一。\n", "", "the docstring of test_minus_one needs two paragraphs"),
    ],
)
def test_hidden_tests_that_break_their_form_are_told(throw_away, replace, old, new, words):
    """A hidden test file that can't be used is named, and no verdict is made from it."""
    replace(throw_away.hidden, old, new)
    found = throw_away.verify()
    assert found.exercises == ()
    assert {each.path for each in found.broken} == {throw_away.hidden}
    assert any(words in each.problem for each in found.broken)


def test_hidden_tests_without_a_check_are_told(throw_away):
    """A file in which nobody has written a test yet is the author's to mend."""
    throw_away.hidden.write_text(f"{CANARY}\n", encoding="utf-8")
    assert "test_double_hidden.py" in {name for name, _, _ in throw_away.problems()}


def test_missing_public_tests_are_told(throw_away):
    """Whichever of its files an exercise lacks, the author is told so and nothing else goes wrong."""
    throw_away.public.unlink()
    assert ("test_double.py", None, "this file is missing; write it") in throw_away.problems()


def test_a_missing_starter_is_told(throw_away):
    """Without a starter nobody can be graded, and the reason is its absence."""
    throw_away.starter.unlink()
    assert ("double.py", None, "this file is missing; write it") in throw_away.problems()


@pytest.mark.parametrize("name", ["starter", "solution", "public", "hidden"])
def test_a_file_of_another_encoding_is_told(throw_away, name):
    """Content is UTF-8; a file that is not is named with what to do."""
    path = getattr(throw_away, name)
    path.write_bytes(CANARY.encode() + b"\n# \xff\n" + path.read_bytes())
    assert (path.name, None, "the file is not UTF-8 text; save it as UTF-8") in throw_away.problems()


def test_a_wrong_solution_of_another_encoding_is_told(throw_away):
    """A wrong solution is content like any other."""
    path = throw_away.withheld / "wrong" / "m14_one_more.py"
    path.write_bytes(path.read_bytes() + b"# \xff\n")
    assert ("m14_one_more.py", None, "the file is not UTF-8 text; save it as UTF-8") in throw_away.problems()


def test_a_wrong_solution_that_does_not_load_is_told(throw_away, replace):
    """It could be no one's rival, so it is named instead of being left out."""
    path = throw_away.withheld / "wrong" / "m14_one_more.py"
    replace(path, "return x + 1", "return (")
    assert "m14_one_more.py" in {name for name, _, _ in throw_away.problems()}


def test_an_author_who_mends_a_hidden_test_sees_it_mended(throw_away, replace):
    """What is judged is what the file says now, also in a process that has judged by it before."""
    replace(throw_away.hidden, "must_equal(-2.0)", "must_equal(-3.0)")
    assert ("double.py", "the solution does not pass minus_one") in {
        (name, problem.partition(":")[0]) for name, _, problem in throw_away.problems()
    }
    replace(throw_away.hidden, "must_equal(-3.0)", "must_equal(-2.0)")
    assert throw_away.problems() == []
