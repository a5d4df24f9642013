"""The terminal of the loop: single keys in, whole screens out.

Owns the terminal's mode and how keys are told apart. Knows nothing of what a key does.
"""

from __future__ import annotations

import os
import select
import termios
import tty
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from rich.console import Console, RenderableType

NAMED: Mapping[str, str] = MappingProxyType(
    {
        "\x1b[A": "up",
        "\x1bOA": "up",
        "\x1b[B": "down",
        "\x1bOB": "down",
        "\x1b": "escape",
        "\r": "enter",
        "\n": "enter",
        " ": "space",
        "\x04": "leave",
        "\x03": "leave",
    }
)
LONGEST = 64
LOCAL_FLAGS = 3
"""Where `termios` keeps them."""


def keys_in(data: bytes) -> Iterator[str]:
    """Yield the keys that a terminal sent: letters in lower case, others by name; what is no known key is left out."""
    text = data.decode(errors="ignore")
    while text:
        length = next((size for size in (3, 1) if text[:size] in NAMED), 0)
        if length:
            yield NAMED[text[:length]]
        elif len(folded := unicodedata.normalize("NFKC", text[0]).lower()) == 1:  # a Chinese keyboard's wide letters
            yield folded
        text = text[length or 1 :]


class Terminal:
    """A terminal that gives single keys while it is held."""

    def __init__(self, keyboard: int, console: Console) -> None:
        self.keyboard = keyboard
        self.console = console
        self._as_found = termios.tcgetattr(keyboard)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Read single keys, unseen, until the block ends."""
        try:
            self._take()
            yield
        finally:
            self._give_back()

    @contextmanager
    def released(self) -> Iterator[None]:
        """Give the terminal back for the block, as it was found."""
        self._give_back()
        try:
            yield
        finally:
            self._take()

    def _take(self) -> None:
        """Ask for single keys; Ctrl+C is one of them, since as a signal it would also hit a judge that is starting."""
        tty.setcbreak(self.keyboard)
        settings = termios.tcgetattr(self.keyboard)
        settings[LOCAL_FLAGS] &= ~termios.ISIG
        termios.tcsetattr(self.keyboard, termios.TCSADRAIN, settings)

    def _give_back(self) -> None:
        termios.tcsetattr(self.keyboard, termios.TCSADRAIN, self._as_found)

    def keys(self, wake: int) -> list[str]:
        """Wait for a key or for `wake` to be readable; return the keys that came."""
        ready, _, _ = select.select([self.keyboard, wake], [], [])
        if self.keyboard not in ready:
            return []
        data = os.read(self.keyboard, LONGEST)
        return list(keys_in(data)) if data else ["leave"]

    def show(self, screen: RenderableType) -> None:
        """Show a screen in place of the last one."""
        self.console.clear()
        self.console.print(screen, end="")
