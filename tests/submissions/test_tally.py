"""How what was read of a submission is counted and told apart."""

import pytest

from grader.submissions.limits import DEFAULT_LIMITS, IntakeLimits
from grader.submissions.refusal import ExhaustedError, reason
from grader.submissions.tally import Inflation, Item, Tally


def digest(*things):
    tally = Tally(DEFAULT_LIMITS)
    for name, content in things:
        tally.digest_in(name, content)
    return tally.hexdigest()


def test_the_digest_depends_on_names_content_and_their_border():
    """Another name, another content or another border between the two gives another digest."""
    things = [("a", b"bc"), ("ab", b"c"), ("a", b"bd"), ("a", reason("empty", name="bc"))]
    assert len({digest(thing) for thing in things}) == len(things)


def test_the_digest_takes_any_name():
    """A name of bytes that are no text has a digest too."""
    assert digest(("\udcff", b"")) != digest(("\udcfe", b""))


def test_an_item_is_named_by_the_end_of_its_path():
    """The name of a file is the last part of its path."""
    assert Item("a/b.py", b"").name == "b.py"


def test_inflation_is_bounded_by_the_packed_size():
    """Past what is free, an archive may unpack to so many times its size and not a byte more."""
    inflation = Inflation(10, IntakeLimits(max_compression=3, free_inflation=5))
    inflation.count(30)
    with pytest.raises(ExhaustedError, match="unpacks to far more"):
        inflation.count(1)
