"""Noticing a save, however an editor saves, and also where the system tells nothing."""

from threading import Event

import pytest
import watchfiles

from grader.learn import watch as module
from grader.learn.watch import Change, changes


@pytest.fixture
def watched(tmp_path):
    """Return a folder with one file that is watched and one that is not."""
    folder = tmp_path / "weights"
    folder.mkdir()
    for name in ("weighted_grad.py", "notes.txt"):
        (folder / name).write_text("before", encoding="utf-8")
    return folder


def replaced(path):
    """Save as many editors do: write beside and rename."""
    beside = path.with_name(f".{path.name}.swp")
    beside.write_text("after", encoding="utf-8")
    beside.replace(path)


def rewritten(path):
    """Save in place."""
    path.write_text("after", encoding="utf-8")


def moved_away(path):
    """Save as others do: rename the old file and write a new one."""
    path.rename(path.with_name(f"{path.name}~"))
    path.write_text("after", encoding="utf-8")


def when_watching(save):
    """Return the real watcher, that calls what saves once it has begun to watch."""

    def watch(*arguments, **options):
        waiting = True
        for seen in watchfiles.watch(*arguments, **options):
            yield seen
            if waiting:
                waiting = False
                save()

    return watch


def told(*paths):
    """Return a watcher that tells of nothing at first, calls what saves, and then tells of these paths."""

    def watching(save):
        def watch(*_, **__):
            yield set()
            save()
            yield {(1, str(path)) for path in paths}

        return watch

    return watching


@pytest.mark.parametrize("save", [replaced, rewritten, moved_away])
@pytest.mark.parametrize("poll", [False, True])
def test_a_save_is_noticed_however_it_is_made(watched, monkeypatch, save, poll):
    """By what the system tells, and by looking again and again; a stranger's file is none of ours."""
    file, stop = watched / "weighted_grad.py", Event()

    def save_both():
        rewritten(watched / "notes.txt")
        save(file)

    monkeypatch.setattr(module, "LOOK_MS", 50)
    monkeypatch.setattr(module, "watch", when_watching(save_both))
    assert next(changes(watched.parent, {file: "weighted_grad"}, poll=poll, stop=stop)).slug == "weighted_grad"
    stop.set()


def test_what_the_system_tells_is_seen(watched, monkeypatch):
    """One change, though several events stand for it."""
    file = watched / "weighted_grad.py"
    monkeypatch.setattr(module, "watch", told(file)(lambda: rewritten(file)))
    assert list(changes(watched, {file: "weighted_grad"}, poll=False, stop=Event())) == [Change("weighted_grad")]


def test_what_the_system_does_not_tell_is_found_by_looking(watched, monkeypatch):
    """As on a network drive: the change says that nobody told."""
    file = watched / "weighted_grad.py"
    monkeypatch.setattr(module, "watch", told()(lambda: replaced(file)))
    found = list(changes(watched, {file: "weighted_grad"}, poll=False, stop=Event()))
    assert found == [Change("weighted_grad", unseen=True)]


def test_a_file_that_is_gone_is_no_save(watched, monkeypatch):
    """It is one when it comes back."""
    file = watched / "weighted_grad.py"
    monkeypatch.setattr(module, "watch", told(file)(file.unlink))
    assert list(changes(watched, {file: "weighted_grad"}, poll=False, stop=Event())) == []
