"""The files of one submission, read within its limits: what may be an answer first, and of packages nothing.

Owns the order of reading, so that whatever lies around never crowds out an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack

from grader.submissions.downloads import Part
from grader.submissions.limits import IntakeLimits
from grader.submissions.names import is_answer_sheet, is_notebook, may_matter, original_stem, stem_of
from grader.submissions.packed import unpacked
from grader.submissions.place import Place
from grader.submissions.refusal import ExhaustedError, FullError, RefusedError
from grader.submissions.tally import File, Item, Tally
from grader.submissions.wanted import Wanted


def read_parts(parts: Iterable[Part], wanted: Wanted, tally: Tally) -> list[Item]:
    """Return the files of a submission, sorted by path; RefusedError where the whole can't be read."""
    useful = [part for part in parts if may_hold_an_answer(part, tally)]
    with ExitStack() as opened:
        files = [
            File(part.name or file.path, file.read) if not part.place.is_folder else file
            for part in useful
            for file in opened.enter_context(part.place.open(tally))
        ]
        lone = files[0] if len(files) == 1 and not any(part.place.is_folder for part in useful) else None
        items = list(read_in_turn(list(unpacked(files, tally=tally)), wanted, tally))
    if lone is not None and len(items) == 1 and items[0].path == lone.path and not isinstance(items[0].content, bytes):
        raise RefusedError(items[0].content)
    return sorted(items, key=lambda item: item.path)


def may_hold_an_answer(part: Part, tally: Tally) -> bool:
    """Say whether a part is worth reading; a file of another kind may be work that a person should look at."""
    name = part.name or part.place.name
    if part.place.is_folder or may_matter(name):
        return True
    tally.others.append(name)
    return False


def read_in_turn(files: list[File], wanted: Wanted, tally: Tally) -> Iterator[Item]:
    """Yield the content of each file, or why it is not read; past a limit the rest is skipped, and that is told."""

    def turn(file: File) -> tuple[bool, bool, int, str]:
        is_named = stem_of(file.name) in wanted.names or is_answer_sheet(file.name)
        return not is_named, original_stem(file.name) not in wanted.names, file.depth, file.path

    files.sort(key=turn)
    for number, file in enumerate(files):
        try:
            tally.count_file()
            content = file.read()
            tally.count_bytes(
                min(len(content), tally.limits.max_file_bytes) if is_notebook(file.name) else len(content)
            )
        except FullError as full:
            tally.note("skipped_rest", count=len(files) - number, why=full.message)
            return
        except ExhaustedError:
            raise
        except RefusedError as refusal:
            yield Item(file.path, refusal.message)
        else:
            yield Item(file.path, content)


def read_place(place: Place, wanted: Wanted, limits: IntakeLimits) -> list[bytes]:
    """Return the contents of a submission's files, by which it is told from another, whatever they are called."""
    items = read_parts([Part(place)], wanted, Tally(limits))
    return sorted(item.content for item in items if isinstance(item.content, bytes))
