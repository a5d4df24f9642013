"""Which tensors overlap in memory, told by the places of their entries alone."""

import pytest
import torch

from grader.protocol import memory as module
from grader.protocol.memory import Entries, Memory


def numbers(*tensors):
    """Return the numbers of the memory of tensors, in one message."""
    memory = Memory()
    return [memory.number(Entries.of(each)) for each in tensors]


TABLE = torch.arange(24.0).reshape(4, 6)


@pytest.mark.parametrize(
    "parts",
    [
        TABLE.unbind(0),
        TABLE.unbind(1),
        (TABLE[:, ::2], TABLE[:, 1::2]),
        (TABLE[::2, ::2], TABLE[1::2, ::2], TABLE[:, 1]),
        TABLE.T.unbind(0),
        (TABLE.clone(), TABLE),
        (TABLE[0, 0], TABLE[0, 1]),
        torch.zeros(4, dtype=torch.complex64).view(torch.float32).reshape(4, 2).unbind(1),
    ],
    ids=[
        "rows",
        "columns",
        "every other column",
        "a pattern",
        "columns of the transpose",
        "copies",
        "entries",
        "halves",
    ],
)
def test_parts_without_a_common_entry_do_not_overlap(parts):
    """Rows, columns and entries of one table are memory of their own each."""
    assert numbers(*parts) == list(range(len(parts)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TABLE, TABLE[1]),
        (TABLE[:, 1], TABLE[2]),
        (TABLE[:, ::2], TABLE[:, 2:3]),
        (TABLE, TABLE.T),
        (TABLE, TABLE.detach()),
        (TABLE[:1].expand(5, 6), TABLE[0, 3:]),
        (TABLE.view(torch.int32)[0], TABLE[0, 5]),
        (torch.zeros(2, dtype=torch.complex64).real, None),
    ],
    ids=["row", "column and row", "columns", "transpose", "detached", "expanded", "other dtype", "itself"],
)
def test_parts_with_a_common_entry_overlap(one, other):
    """One entry in common is enough, whatever lies around it."""
    assert numbers(one, one if other is None else other) == [0, 0]


def test_many_parts_are_told_apart_quickly():
    """Twenty thousand entries of one vector are twenty thousand pieces."""
    assert numbers(*torch.zeros(20_000).unbind()) == list(range(20_000))


def test_what_is_too_hard_to_tell_overlaps(monkeypatch):
    """Where no common entry is found in time, and among too many pieces, sharing is assumed."""
    monkeypatch.setattr(module, "MOST_TOGETHER", 2)
    assert numbers(*TABLE.unbind(1)) == [0, 1, 0, 0, 0, 0]
    monkeypatch.setattr(module, "MOST_WORK", 0)
    hard = torch.zeros(10_000)
    assert numbers(hard.as_strided((30, 40), (7, 11)), hard[1:].as_strided((30, 40), (7, 11)))[1] == 0
