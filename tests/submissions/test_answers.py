"""Which file of a submission answers an exercise, and what of the others is told."""

import pytest

from grader.submissions.wanted import Wanted

STARTER = '''\
import torch


def weighted_grad(f, x, v):
    """Return a gradient.

    f: a function.
    """
    raise NotImplementedError
'''
ONE = "def weighted_grad(f, x, v):\n    return x\n"
TWO = "def weighted_grad(f, x, v):\n    return v\n"
WANTED = Wanted({"weighted_grad": ["weighted_grad"]}, {"weighted_grad": STARTER}, units=["weights"])


@pytest.fixture
def hand_in(tmp_path, read):
    """Return a function that hands in files, by their names, as a folder."""

    def run(files):
        for name, content in files.items():
            path = tmp_path / "alice" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        return read(tmp_path / "alice", wanted=WANTED)

    return run


def told(submission):
    """Return what is graded, or why nothing is, and the keys of the remarks."""
    file = submission.files.get("weighted_grad")
    problem = submission.problems.get("weighted_grad") or submission.problem
    graded = file.cells[0] if file else problem.key.removeprefix("submissions.")
    return graded, [each.key.removeprefix("submissions.") for each in submission.remarks]


COPIES = [
    "weighted_grad (1).py",
    "weighted_grad(2).py",
    "weighted_grad - Copy.py",
    "weighted_grad copy.py",
    "Copy of weighted_grad.py",
    "weighted_grad-1.py",
    "weighted_grad_final.py",
    "weighted_grad - 副本.py",
    "solution.py",
]


@pytest.mark.parametrize("name", COPIES)
def test_an_untouched_starter_gives_way(hand_in, name):
    """The starter that was handed in with the answer is no answer, whatever the answer is called."""
    assert told(hand_in({"weighted_grad.py": STARTER, name: ONE})) == (ONE, [])


@pytest.mark.parametrize(
    "untouched",
    [
        STARTER.replace("\n", "\r\n") + "\n\n",
        STARTER.replace("Return a gradient.", "What the course said last year."),
        "def weighted_grad(f, x, v):\n    # to do\n    pass\n",
        "def weighted_grad(f, x, v): ...\n\ndef weighted_grad(f, x, v):\n    return None\n",
    ],
)
def test_what_does_nothing_yet_is_a_starter(hand_in, untouched):
    """Line ends, an older edition of the course and an empty body make no answer of it."""
    graded, _ = told(hand_in({"weighted_grad.py": untouched, "answer.py": ONE}))
    assert (graded == ONE) is ("return None" not in untouched or "..." not in untouched)


def test_a_starter_alone_is_graded(hand_in):
    """Where nothing else answers, the starter is: it says that it is not written yet."""
    assert told(hand_in({"weighted_grad.py": STARTER})) == (STARTER, [])


def test_a_notebook_with_a_starter_gives_way(tmp_path, read, make):
    """In a unit's notebook the cell of an exercise that was left as it was is no answer."""
    (tmp_path / "alice").mkdir()
    (tmp_path / "alice" / "weights.ipynb").write_bytes(make.notebook("import torch", STARTER.rstrip()))
    (tmp_path / "alice" / "mine.py").write_text(ONE)
    assert told(read(tmp_path / "alice", wanted=WANTED)) == (ONE, [])


@pytest.mark.parametrize("name", COPIES[:-1])
def test_an_answer_and_another_copy_of_it_are_ambiguous(hand_in, name):
    """Two answers of which one is named as a copy of the other: nobody guesses, both are named."""
    submission = hand_in({"weighted_grad.py": ONE, name: TWO})
    assert told(submission) == ("ambiguous", [])
    assert sorted(submission.problems["weighted_grad"].params["names"].split(", ")) == sorted(
        [name, "weighted_grad.py"]
    )


def test_copies_that_differ_in_comments_alone_are_one(hand_in):
    """What is the same code is the same answer."""
    assert told(hand_in({"weighted_grad.py": ONE, "weighted_grad (1).py": f"# mine\n\n{ONE}"})) == (ONE, [])


def test_the_file_at_the_top_counts(hand_in):
    """An older version in a folder below does not compete with the file above it, and that is told."""
    submission = hand_in({"weighted_grad.py": ONE, "old/weighted_grad.py": TWO, "old/weighted_grad (1).py": TWO})
    assert told(submission) == (ONE, ["passed_over"])
    assert "old/weighted_grad.py" in submission.remarks[0].text("en")


def test_a_file_of_the_exercises_name_counts_before_others(hand_in):
    """A scratch file that defines the function too does not compete."""
    assert told(hand_in({"weighted_grad.py": ONE, "scratch.py": TWO})) == (ONE, [])


def test_an_unreadable_file_beside_a_starter_is_work(tmp_path, read):
    """A starter does not stand for work that nobody could read."""
    (tmp_path / "alice").mkdir()
    (tmp_path / "alice" / "weighted_grad.py").write_text(STARTER)
    (tmp_path / "alice" / "weighted_grad.ipynb").write_bytes(b"{")
    assert told(read(tmp_path / "alice", wanted=WANTED))[0] == "bad_notebook"


def test_three_hundred_foreign_files_cost_nothing(hand_in):
    """The files named as exercises are read first; what is past the limit is skipped, and that is told."""
    files = {f"aaa/package_{number}.py": f"x = {number}" for number in range(300)}
    submission = hand_in({**files, "zzz/weighted_grad.py": ONE})
    assert told(submission) == (ONE, ["skipped_rest"])
    assert "101 files were not looked at" in submission.remarks[0].text("en")


@pytest.mark.parametrize("venv", ["venv", "env", "my-env"])
def test_a_virtual_environment_costs_nothing(hand_in, venv):
    """Installed packages are skipped, and that is told."""
    files = {f"{venv}/lib/python3/site-packages/p{number}/weighted_grad.py": TWO for number in range(30)}
    submission = hand_in({**files, f"{venv}/pyvenv.cfg": "", "hw/weighted_grad.py": ONE})
    assert told(submission) == (ONE, ["skipped_packages"])


def test_a_link_costs_nothing(tmp_path, read):
    """A link beside an answer is left alone."""
    (tmp_path / "alice").mkdir()
    (tmp_path / "alice" / "weighted_grad.py").write_text(ONE)
    (tmp_path / "alice" / "data").symlink_to("/data")
    assert told(read(tmp_path / "alice", wanted=WANTED)) == (ONE, [])


def test_a_link_to_a_folder_is_no_work(tmp_path, read):
    """A link that is not named as a file with code does not make an exercise that is missing unread."""
    wanted = Wanted({"weighted_grad": ["weighted_grad"], "sum_backward": ["sum_backward"]})
    (tmp_path / "alice").mkdir()
    (tmp_path / "alice" / "weighted_grad.py").write_text(ONE)
    (tmp_path / "alice" / "data").symlink_to("/data")
    assert read(tmp_path / "alice", wanted=wanted).problems["sum_backward"].key == "submissions.missing"
