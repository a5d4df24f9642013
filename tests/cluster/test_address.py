"""Which schedulers are taken."""

import pytest

from grader.cluster.address import checked_address
from grader.errors import UserError


@pytest.mark.parametrize(
    "address",
    ["tcp://127.0.0.1:8786", "tcp://localhost:8786", "tcp://[::1]:8786", "tls://scheduler.example:8786"],
)
def test_this_machine_and_tls_are_taken(address):
    """Nobody on the way can run code there."""
    assert checked_address(address, is_trusted=False) == address


@pytest.mark.parametrize("address", ["tcp://10.0.0.7:8786", "tcp://scheduler:8786", "tcp://127.0.0.1.example:8786"])
def test_another_machine_needs_tls_or_trust(address):
    """The sentence says why, and what to do."""
    with pytest.raises(UserError, match=r"can run code on the cluster; use a tls:// address, or say --trust-network"):
        checked_address(address, is_trusted=False)
    assert checked_address(address, is_trusted=True) == address


@pytest.mark.parametrize("address", ["", "localhost:8786", "http://localhost:8786", "tcp://localhost", "tcp://h:port"])
def test_what_is_no_address_is_told(address):
    """The sentence shows how one is written."""
    with pytest.raises(UserError, match=r"write it as tcp://host:8786"):
        checked_address(address, is_trusted=True)
