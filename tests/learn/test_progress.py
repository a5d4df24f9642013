"""The progress of a learner: kept whole, by one writer at a time, and told where it can't be read."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from grader.errors import UserError
from grader.learn.progress import Progress, ProgressFile, Standing, only_loop


@pytest.fixture
def kept(tmp_path):
    """Return the progress file of a folder that is not there yet."""
    return ProgressFile(tmp_path / ".learn")


def test_nothing_is_done_at_first(kept):
    """A new folder has an empty progress and no file."""
    assert kept.read() == Progress()
    assert kept.read().of("anything") == Standing()


def test_progress_survives(kept):
    """What was changed is there for the next run, in a folder that nobody else reads."""
    kept.change(lambda now: now.judged("one", points=1.5, passed=False).at("one"))
    kept.change(lambda now: now.with_hint("one", 3))
    read = ProgressFile(kept.folder).read()
    assert (read.current, read.of("one")) == ("one", Standing(points=1.5, hints=1, tried=True))
    assert kept.folder.stat().st_mode & 0o777 == 0o700


def test_points_never_fall(kept):
    """The best attempt counts, and passed stays passed."""
    for points, passed in ((2.0, True), (0.0, False)):
        kept.change(lambda now, points=points, passed=passed: now.judged("one", points=points, passed=passed))
    assert kept.read().of("one") == Standing(passed=True, points=2.0, tried=True)


def test_two_writers_lose_nothing(kept):
    """A loop and a `grader check` change the same file; each sees what the other has kept."""
    names = [f"exercise_{number}" for number in range(20)]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda name: kept.change(lambda now: now.judged(name, points=1, passed=True)), names))
    assert sorted(kept.read().exercises) == sorted(names)


@pytest.mark.parametrize("text", ["", "{", '{"version": 2}', '{"version": 1, "exercises": []}'])
def test_a_file_that_is_no_progress_is_told_in_the_learners_language(kept, text):
    """The sentence names the file and what to do; nothing is overwritten."""
    kept.folder.mkdir()
    kept.path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="can't be read as progress; remove it") as caught:
        kept.change(lambda now: now)
    assert str(kept.path) in str(caught.value)
    assert kept.path.read_text(encoding="utf-8") == text
    with pytest.raises(UserError, match="无法读取学习进度"):
        ProgressFile(kept.folder, "zh").read()


def test_a_folder_that_can_not_be_written_is_told(tmp_path):
    """One sentence, no traceback."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UserError, match="a part of the path is a file"):
        ProgressFile(tmp_path / "file" / ".learn").change(lambda now: now)


def test_two_loops_do_not_run_in_one_folder(kept):
    """The second is told where the first runs; when the first ends, the way is free."""
    with only_loop(kept.folder, "en"):
        with pytest.raises(UserError, match=f"already runs in {kept.folder.parent}"), only_loop(kept.folder, "en"):
            pass
        with pytest.raises(UserError, match="已经在"), only_loop(kept.folder, "zh"):
            pass
    with only_loop(kept.folder, "en"):
        pass
