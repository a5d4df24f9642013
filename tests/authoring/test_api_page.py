"""`docs/api.md`: its code runs from top to bottom, on a course of `grader new course`, and gives what it says."""

import pytest

from grader.authoring.new import new_course
from grader.verify.examples import BLOCK, run

WRONG = "solutions/lists/running_sums/wrong/m101_own_number_left_out.py"
RIGHT = "solutions/lists/running_sums/running_sums.py"


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Return a folder with the course and the class that the page speaks of."""
    new_course(tmp_path / "lists")
    for student, name in (("ada", RIGHT), ("bo", WRONG)):
        (tmp_path / "class" / student).mkdir(parents=True)
        answer = (tmp_path / "lists" / name).read_text(encoding="utf-8").partition("\n")[2]
        (tmp_path / "class" / student / "running_sums.py").write_text(answer, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_code_of_the_page_does_what_it_says(here, root):
    """An exercise that has nothing to do with autograd is graded and reported; every value that is shown comes out."""
    namespace, shown = {}, 0
    for block in BLOCK.findall((root / "docs" / "api.md").read_text(encoding="utf-8")):
        wrong, said = run(block, namespace)
        assert wrong == []
        shown += said
    assert shown == 9
    assert namespace["points"] == {"ada": 4.0, "bo": 0.0}
    assert (here / "lists" / "config.yaml").is_file()
