"""Which blanks of a printed line count."""

import pytest

from grader.quiz.idle_blanks import is_word, pieces, without_idle_blanks


@pytest.mark.parametrize(
    ("line", "short"),
    [
        ("grad   None", "grad None"),
        (" [1, 2] None ", "[1,2]None"),
        ("2. 3", "2. 3"),
        ("a = -1", "a=-1"),
        ("梯度 为 0", "梯度 为 0"),
        ("", ""),
    ],
)
def test_a_blank_counts_between_words_and_numbers_alone(line, short):
    """Beside a sign a blank is idle; a letter of any script makes a word."""
    assert without_idle_blanks(line) == short


def test_a_line_falls_into_words_and_signs():
    """A number keeps its point; only words and numbers need a blank between them."""
    found = pieces("f(2.5, x_1) ok")
    assert found == ["f", "(", "2.5", ",", "x_1", ")", "ok"]
    assert [each for each in found if is_word(each)] == ["f", "2.5", "x_1", "ok"]
