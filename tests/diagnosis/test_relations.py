"""What a wrong result has to do with the right one."""

import pytest
import torch

from grader.comparison.evidence import Aspect, Evidence, Seen
from grader.config.course_config import DEFAULT_TOLERANCES
from grader.diagnosis.relations import relation

MATRIX = torch.tensor([[1.0, 2.0], [3.0, 5.0]], dtype=torch.float64)
OTHER = torch.tensor([[2.0, -1.0, 4.0], [0.5, 3.0, 7.0]], dtype=torch.float64)
VECTOR = torch.tensor([3.0, -1.0, 2.0, 8.0])


@pytest.fixture(scope="session")
def failed(observed):
    """Return what makes the evidence of a failed check from what was returned and what was expected."""

    def make(*pairs, aspect=Aspect.VALUE):
        compared = tuple((observed(got).value, expected) for got, expected in pairs)
        return Evidence(aspect, (Seen("answer", (), 1, (), compared=compared),))

    return make


def told(*evidence):
    """Return what is told of failed checks in English, or None."""
    found = relation(evidence, DEFAULT_TOLERANCES)
    return None if found is None else found.text("en")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda right: right.T, "the result is exactly the transpose of the right one."),
        (lambda right: -right, "the result is exactly the negative of the right one."),
        (lambda right: 3 * right, "the result is exactly 3 times the right one."),
        (lambda right: right / 2, "the result is exactly the right one divided by 2."),
        (lambda right: right.flip(0), "the result holds the right numbers in reverse order."),
        (lambda right: right.cumsum(0), "the result holds running sums of the right numbers: each has those before"),
        (lambda right: right.reshape(-1), "the result holds the right numbers in another shape."),
        (lambda right: right.sum(), "the result is the sum of the right numbers, where each by itself was asked for."),
        (lambda right: 0 * right, "the result is nothing but zeros."),
    ],
)
def test_a_relation_that_holds_everywhere_is_told(failed, change, words):
    """Each relation is told where it holds for the wrong result of every failed check, square or not."""
    assert told(failed((change(MATRIX), MATRIX)), failed((change(OTHER), OTHER))).startswith(words)


@pytest.mark.parametrize("change", [torch.diagonal, lambda right: right.diagonal().diag()])
def test_the_diagonal_alone_is_told(failed, change):
    """The diagonal is told as a vector and as a matrix with zeros around it."""
    assert told(failed((change(MATRIX), MATRIX))) == "the result holds the diagonal of the right matrix alone."


def test_a_relation_that_holds_in_one_check_alone_is_not_told(failed):
    """The transpose in one check and other numbers in the next tell nothing."""
    assert told(failed((MATRIX.T, MATRIX)), failed((OTHER + 1, OTHER))) is None
    assert told(failed((MATRIX.T, MATRIX)), failed((-OTHER, OTHER))) is None


def test_a_relation_that_nearly_holds_is_not_told(failed):
    """One entry that does not fit takes the relation away."""
    nearly = MATRIX.T.clone()
    nearly[0, 0] += 0.01
    assert told(failed((nearly, MATRIX))) is None


def test_calls_of_the_check_that_were_right_do_not_count(failed):
    """A check whose first call was right and whose second was transposed tells the transpose."""
    assert "transpose" in told(failed((OTHER, OTHER), (MATRIX.T, MATRIX)))


def test_a_factor_of_two_numbers_is_chance(failed):
    """Two numbers that happen to be four times as large as they should be tell no factor."""
    assert told(failed((4 * VECTOR[:2], VECTOR[:2]))) is None
    assert told(failed((4 * VECTOR[:2], VECTOR[:2])), failed((4 * VECTOR, VECTOR))) is not None


def test_a_factor_that_is_no_whole_number_is_not_told(failed):
    """1.7 times as much is no relation that a learner could use."""
    assert told(failed((1.7 * VECTOR, VECTOR))) is None


def test_two_results_that_are_swapped_are_told(failed):
    """Two results, each in the other's place."""
    swapped = failed(((MATRIX, OTHER), (OTHER, MATRIX)))
    assert told(swapped) == "the two results are right but swapped: each stands in the other's place."


def test_a_result_in_the_place_of_another_is_told(failed):
    """One argument's gradient in the place of another's, the others being right."""
    right = (VECTOR, 2 * VECTOR[:2], MATRIX)
    assert told(failed(((VECTOR, MATRIX, MATRIX), right))) == "result[1] holds what belongs in result[2]."


def test_running_sums_over_several_results_are_told(failed):
    """Each of three results has the earlier ones added."""
    right = (VECTOR, 2 * VECTOR + 1, VECTOR**2)
    summed = (right[0], right[0] + right[1], right[0] + right[1] + right[2])
    assert "running sums" in told(failed((summed, right)))


def test_one_wrong_part_of_several_is_named(failed):
    """A relation of one part of a tuple names the part."""
    wrong = failed(((VECTOR, MATRIX.T), (VECTOR, MATRIX)))
    assert told(wrong) == "result[1] is exactly the transpose of the right one."


def test_plain_numbers_are_related_too(failed):
    """Lists of plain numbers are compared as numbers."""
    assert told(failed(([-1.0, 2.5, 3.0], [1.0, -2.5, -3.0]))) == "the result is exactly the negative of the right one."


@pytest.mark.parametrize("got", [None, "text", {"a": MATRIX}])
def test_what_is_no_number_has_no_relation(failed, got):
    """None, a text and a dict are related to nothing."""
    assert told(failed((got, MATRIX))) is None


def test_a_check_that_failed_for_another_reason_allows_none(failed):
    """A check that failed for a promise, or that raised, so that nothing was compared, takes the relation away."""
    transposed = failed((MATRIX.T, MATRIX))
    assert told(transposed, failed((MATRIX.T, MATRIX), aspect=Aspect.STORAGE)) is None
    assert told(transposed, failed()) is None
    assert told() is None


def test_single_precision_counts_as_exact(failed):
    """A float32 result is compared as a check would, not to the last digit."""
    right = torch.tensor([[0.1, 0.7, 3.3], [1 / 3, 2.2, 9.1]], dtype=torch.float64)
    assert "3 times" in told(failed(((3 * right).float(), right)))
