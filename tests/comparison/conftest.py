"""Values as they arrive from a student process."""

from collections.abc import Callable
from typing import Any

import pytest

from grader.protocol.values import Decoder, Encoder


@pytest.fixture(scope="session")
def received() -> Callable[[Any], Any]:
    """Return what turns a value into what the judge receives when a student's function returns it."""

    def receive(value: Any) -> Any:
        encoder = Encoder(room=1 << 24)
        tree = encoder.encode(value)
        return Decoder(memoryview(encoder.blob)).decode(tree)

    return receive
