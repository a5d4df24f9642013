"""The fixed words of the page of a class, which are in `grader/wording/overview.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grader.results.report import Language
from grader.wording.message import message


@dataclass(frozen=True)
class OverviewWords:
    """Says the fixed words in `language`."""

    language: Language

    def say(self, key: str, /, **params: Any) -> str:
        """Return the words `overview.<key>`; KeyError for an unknown key."""
        return message(f"overview.{key}", **params).text(self.language)

    def raw(self, key: str) -> str:
        """Return the words with their places left open."""
        return message(f"overview.{key}", title="{title}").text(self.language)
