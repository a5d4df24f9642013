"""A pool holds as many variants as are asked for, where there are so many."""

from grader.bridges.pool import quiz_exports

SECRET = b"a secret of the tests"


def sizes(exports):
    """Return how many variants each question has."""
    return {pool.question.id: len(pool.variants) for pool in exports[0].pools}


def test_a_question_that_draws_has_the_variants_asked_for(quiz_course):
    """Parametric questions have different variants; a question that draws nothing has one."""
    exports = quiz_exports(quiz_course, "everything", SECRET, 4)
    for pool in exports[0].pools:
        given = [repr(each.given) for each in pool.variants]
        assert len(set(given)) == len(given) == (4 if pool.question.sheet.draw else 1)


def test_a_question_with_few_draws_has_what_there_is(quiz_course):
    """Where the ranges give fewer variants than are asked for, each stands once."""
    assert sizes(quiz_exports(quiz_course, "everything", SECRET, 30))["says"] == 5


def test_both_languages_have_the_same_variants(quiz_course):
    """The exports of a quiz differ in their language alone."""
    english, chinese = quiz_exports(quiz_course, "everything", SECRET, 2)
    assert (english.language, chinese.language) == ("en", "zh")
    assert english.pools == chinese.pools
    assert english.misconceptions is quiz_course.misconceptions


def test_another_secret_draws_other_variants(quiz_course):
    """Two courses ask different numbers; the same course asks the same again."""
    given = [
        [each.given for pool in quiz_exports(quiz_course, "everything", secret, 3)[0].pools for each in pool.variants]
        for secret in (SECRET, SECRET, b"another secret")
    ]
    assert given[0] == given[1] != given[2]
