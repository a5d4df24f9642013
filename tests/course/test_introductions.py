"""The introductions to the units: there, in form, and every line of code does what they say."""

from pathlib import Path

import pytest
import torch

from grader.catalogue.course import load_course
from grader.catalogue.introduction import broken_introduction, introduction_files
from grader.verify.examples import BLOCK, comments, run

ROOT = Path(__file__).parents[2]
COURSE = load_course(ROOT)
UNITS = [unit.name for unit in COURSE.config.units if unit.exercises]


@pytest.mark.parametrize("unit", UNITS)
def test_an_introduction_keeps_every_rule(unit):
    """Both languages and the drawing are there, short enough, with the same code, and readable by everybody."""
    assert introduction_files(COURSE, unit), f"the unit {unit} has no introduction"
    assert broken_introduction(COURSE, unit) == []


@pytest.mark.filterwarnings("ignore:.torch.jit.script. is deprecated:DeprecationWarning")  # in torch itself
@pytest.mark.filterwarnings("ignore:The .grad attribute of a Tensor that is not a leaf:UserWarning")  # shown on purpose
@pytest.mark.parametrize("unit", UNITS)
def test_the_code_of_an_introduction_does_what_it_says(unit):
    """Each comment tells a value or an error, and running the page's code from top to bottom gives just that."""
    namespace = {"torch": torch}
    for block in BLOCK.findall((ROOT / "exercises" / unit / "README.md").read_text(encoding="utf-8")):
        wrong, said = run(block, namespace)
        assert wrong == []
        assert said == comments(block) > 0
