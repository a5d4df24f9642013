"""Which documented outputs are checked, and which are claimed or owed and are not."""

import pytest

from grader.catalogue.rules import CANARY
from grader.verify.documents import covered_outputs, owed_outputs


def owe(throw_away, *outputs):
    """List the documented outputs of the throw-away course."""
    text = f"{CANARY}\nversion: 1\ndocumented_outputs: [{', '.join(outputs)}]\n"
    (throw_away.root / "solutions" / "documents.yaml").write_text(text, encoding="utf-8")


def claim(throw_away, *outputs):
    """Let the throw-away exercise say which outputs it is about."""
    with (throw_away.given / "exercise.yaml").open("a", encoding="utf-8") as file:
        file.write(f"documents: [{', '.join(outputs)}]\n")


def test_what_hidden_tests_and_questions_compare_with_is_covered(course, throw_away):
    """Sorted, each once, with a file that does it; claims and errata are no outputs."""
    assert covered_outputs(throw_away.load().course) == {"d0-o2": throw_away.hidden}
    covered = covered_outputs(course)
    assert list(covered) == sorted(covered)
    assert covered.keys() >= {"d0-o1", "d2-o2", "d4-o10"}
    assert not [output for output in covered if "-c" in output or "-e" in output]


def test_the_course_covers_every_documented_output(course):
    """The documents print 28 outputs, and each of them is checked somewhere."""
    assert len(owed_outputs(course)) == 28
    assert set(owed_outputs(course)) == covered_outputs(course).keys()


def test_a_claim_that_nothing_checks_is_told(throw_away):
    """What an exercise says it is about is compared with by a check or a question; a claim or erratum need not be."""
    claim(throw_away, "d0-o2", "d0-o3", "d0-c1", "d0-e1")
    words = "nothing checks the documented output d0-o3; let a check or question cover it"
    assert throw_away.problems() == [("exercise.yaml", None, words)]


def test_an_output_that_is_owed_is_checked(throw_away):
    """Whatever exercise or question it is for."""
    owe(throw_away, "d0-o2", "d0-o3")
    words = "nothing checks the documented output d0-o3; let a check or question cover it"
    assert throw_away.problems() == [("documents.yaml", None, words)]


@pytest.mark.parametrize("claimed", [(), ("d0-o2",)])
def test_an_output_that_the_documents_do_not_have_is_told(throw_away, claimed):
    """An id that is mistyped covers nothing."""
    owe(throw_away, "d0-o3")
    if claimed:
        claim(throw_away, *claimed)
    found = [name for name, _, problem in throw_away.problems() if problem.startswith("d0-o2 is no documented output")]
    assert found == ["exercise.yaml"] * len(claimed) + ["test_double_hidden.py"]


def test_a_broken_list_is_told(throw_away):
    """By file and line."""
    (throw_away.root / "solutions" / "documents.yaml").write_text(f"{CANARY}\nversion: 2\n", encoding="utf-8")
    assert {name for name, _, _ in throw_away.problems()} == {"documents.yaml"}
