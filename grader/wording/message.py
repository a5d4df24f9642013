"""A sentence for a student, as a key and its parameters until a language is chosen.

Owns the lookup in the YAML tables beside this module: `judge.wrong_shape` is key `wrong_shape` of `judge.yaml`,
a `str.format` template per language; and the form in which a sentence is stored. Knows nothing of who says it or where
it is shown.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

Table = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Message:
    """A sentence to be said in any language; parameters are inserted verbatim, never interpreted.

    A parameter that is itself a `Message` or `Titled` is said in the same language.
    """

    key: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def text(self, language: str) -> str:
        """Return the sentence in `language` (`en` or `zh`); KeyError for an unknown key or language."""
        spoken = {
            name: value.text(language) if isinstance(value, Message | Titled) else value
            for name, value in self.params.items()
        }
        return template(self.key, language).format(**spoken)


@dataclass(frozen=True)
class Titled:
    """A text that the course's content gives in each language."""

    by_language: Mapping[str, str]

    def text(self, language: str) -> str:
        """Return the text in `language`."""
        return self.by_language[language]


def message(key: str, /, **params: Any) -> Message:
    """Return the `Message` of `key` with `params`."""
    return Message(key, params)


Encoded = dict[str, Any]


def plain(said: Message) -> Message:
    """Return a message that says the same and holds nothing but texts, whole numbers and finite decimal ones."""
    return Message(said.key, {name: plain_param(value) for name, value in said.params.items()})


def plain_param(value: Any) -> Any:
    """Return a parameter as plain data; what else there is becomes the text that a template would insert for it."""
    match value:
        case Message():
            return plain(value)
        case Titled():
            return Titled(dict(value.by_language))
    if type(value) in (str, int, bool) or (type(value) is float and math.isfinite(value)):
        return value
    return format(value)


def encode_message(said: Message) -> Encoded:
    """Return a message as JSON can hold it."""
    return {"key": said.key, "params": {name: encode_param(value) for name, value in plain(said).params.items()}}


def encode_param(value: Any) -> Any:
    """Return a plain parameter as JSON can hold it; a title is told from a sentence by its one field."""
    match value:
        case Message():
            return encode_message(value)
        case Titled():
            return {"titled": value.by_language}
    return value


def decode_message(encoded: Encoded) -> Message:
    """Return the message that `encode_message` was given; KeyError, TypeError or AttributeError for anything else."""
    return Message(str(encoded["key"]), {name: decode_param(value) for name, value in encoded["params"].items()})


def decode_param(value: Any) -> Any:
    """Return the parameter that was encoded."""
    if not isinstance(value, dict):
        return value
    return Titled(dict(value["titled"])) if "titled" in value else decode_message(value)


def template(key: str, language: str) -> str:
    """Return the template of `key` in `language`."""
    section, _, name = key.partition(".")
    return table(section)[name][language]


@cache
def table(section: str) -> Table:
    """Return all templates of one section, by name and language."""
    text = files("grader.wording").joinpath(f"{section}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader) or {}


def sections() -> tuple[str, ...]:
    """Return the names of all sections, sorted."""
    names = (entry.name for entry in files("grader.wording").iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))
