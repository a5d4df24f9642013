"""Values as they arrive from a student process."""

from collections.abc import Callable
from typing import Any

import pytest

from grader.comparison.compare import compare
from grader.protocol.values import Decoder, Encoder
from grader.wording.message import Message


@pytest.fixture(scope="session")
def received() -> Callable[[Any], Any]:
    """Return what turns a value into what the judge receives when a student's function returns it."""

    def receive(value: Any) -> Any:
        encoder = Encoder(room=1 << 24)
        tree = encoder.encode(value)
        return Decoder(memoryview(encoder.blob)).decode(tree)

    return receive


@pytest.fixture(scope="session")
def difference(received: Callable[[Any], Any]) -> Callable[[Any, Any], Message | None]:
    """Return what tells the difference between a returned and an expected value, or None."""

    def tell(returned: Any, expected: Any) -> Message | None:
        return compare(received(returned), expected).difference

    return tell
