"""What pydantic finds wrong with a value, in plain words: the key, what belongs there, and what stands there instead.

Owns the words. Knows no file and no line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

LONGEST = 80
"""How many characters of a value are shown: a line's worth."""
MUST_BE: Mapping[str, Callable[[Mapping[str, Any]], str]] = MappingProxyType(
    {
        "string_type": lambda _: "a text",
        "int_type": lambda _: "a whole number",
        "int_parsing": lambda _: "a whole number",
        "int_from_float": lambda _: "a whole number",
        "float_type": lambda _: "a number",
        "float_parsing": lambda _: "a number",
        "finite_number": lambda _: "a finite number",
        "bool_type": lambda _: "true or false",
        "bool_parsing": lambda _: "true or false",
        "dict_type": lambda _: "keys with values, as `key: value`",
        "model_type": lambda _: "keys with values, as `key: value`",
        "model_attributes_type": lambda _: "keys with values, as `key: value`",
        "dataclass_type": lambda _: "keys with values, as `key: value`",
        "tuple_type": lambda _: "a list, as `[a, b]`",
        "list_type": lambda _: "a list, as `[a, b]`",
        "greater_than": lambda limits: f"more than {limits['gt']:g}",
        "greater_than_equal": lambda limits: f"at least {limits['ge']:g}",
        "less_than": lambda limits: f"less than {limits['lt']:g}",
        "less_than_equal": lambda limits: f"at most {limits['le']:g}",
        "literal_error": lambda limits: one_of(limits["expected"]),
        "enum": lambda limits: one_of(limits["expected"]),
        "string_pattern_mismatch": lambda limits: PATTERNS.get(limits["pattern"], f"of the form {limits['pattern']}"),
    }
)
"""What a value must be, by the type of pydantic's error, from the limits that the error carries."""
SAID: Mapping[str, str] = MappingProxyType(
    {
        "missing": "is missing; add it",
        "string_too_short": "is empty; write it",
        "string_too_long": "is too long; {max_length} characters are the most",
        "too_short": "needs at least {min_length} of them and has {actual_length}; add more",
        "too_long": "has too many entries; {max_length} are the most",
    }
)
"""The other sentences, by the type of pydantic's error."""
PATTERNS: Mapping[str, str] = MappingProxyType(
    {
        r"^[a-z][a-z0-9_]*$": "lower-case letters, digits and _, as in sum_backward",
        r"^M[0-9]{2,3}$": "M and two or three digits, as in M101",
        r"^[a-zA-Z][A-Za-z0-9_]*$": "letters, digits and _, as in left_on",
        r"^[A-Za-z_]\w*$": "the name of a module, as in numpy",
    }
)


def one_of(expected: str) -> str:
    """Return pydantic's list of values in plain words."""
    values = expected.replace("'", "").replace(" or ", ", ")
    return f"one of {values}" if "," in values else values


def plain_error(problem: ValidationError, model: Any = None) -> tuple[tuple[int | str, ...], str]:
    """Return the place of what to mend first, and a sentence about it.

    `model` tells which keys are known, so that a misspelt one meets the right one, and what a key is about.
    """
    errors = problem.errors(include_url=False)
    first = next((each for each in errors if meant(each, model, errors)), errors[0])
    inner = getattr(first.get("ctx", {}).get("error"), "place", ())
    return (*first["loc"], *inner), sentence(first, meant(first, model, errors), about(model, first["loc"]))


def sentence(error: Any, meant_key: str = "", about: str = "") -> str:
    """Return one of pydantic's errors as a sentence with a remedy, and with what is known `about` the key."""
    place = ".".join(map(str, error["loc"])) or "the file"
    kind, limits, value = error["type"], error.get("ctx", {}), short(error["input"])
    if kind == "extra_forbidden":
        remedy = f"did you mean {meant_key}?" if meant_key else "remove it or correct its spelling"
        return f"{place} is not a known key; {remedy}"
    if kind == "value_error":
        return f"{place}: {limits['error']}" if error["loc"] else str(limits["error"])
    if kind in MUST_BE:
        quotes = "; put it in quotes" if kind == "string_type" and isinstance(error["input"], int | float) else ""
        return f"{place} must be {MUST_BE[kind](limits)}, not {value}{quotes}"
    words = SAID.get(kind, "can't be {value}; correct it").format(**limits, value=value)
    return f"{place} {words}{about and f': {about}'}"


def short(value: Any) -> str:
    """Return a value as it is written in a file, cut; of a value made of parts, its kind alone."""
    if isinstance(value, Mapping):
        return "a group of keys"
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return "a list"
    text = "nothing" if value is None else str(value) if isinstance(value, int | float) else repr(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."


def meant(error: Any, model: Any, errors: Sequence[Any]) -> str:
    """Return the key that an unknown one was most likely meant to be; empty for none."""
    if error["type"] != "extra_forbidden":
        return ""
    *around, key = error["loc"]
    missing = [each["loc"][-1] for each in errors if each["type"] == "missing" and list(each["loc"][:-1]) == around]
    close = get_close_matches(str(key), map(str, [*missing, *known_keys(model, around)]), n=1)
    return close[0] if close else ""


def known_keys(model: Any, place: Sequence[int | str]) -> Iterator[str]:
    """Yield the keys of the records that may stand at a place within a model."""
    for record in records_at(model, place):
        yield from map(str, fields_of(record))


def about(model: Any, place: Sequence[int | str]) -> str:
    """Return what a model's own field says about the key at a place; empty for nothing."""
    *around, key = place or ("",)
    fields = [fields_of(record) for record in records_at(model, around)]
    return next((each[key].description or "" for each in fields if key in each), "")


def records_at(model: Any, place: Sequence[int | str]) -> list[type[BaseModel]]:
    """Return the records that may stand at a place within a model; a number or a free key changes none of them."""
    records = list(records_in(model))
    for step in place:
        inside = [fields[step].annotation for each in records if step in (fields := fields_of(each))]
        if inside:
            records = [record for kind in inside for record in records_in(kind)]
    return records


def fields_of(record: type[BaseModel]) -> dict[int | str, FieldInfo]:
    """Return the fields of a record by their keys, as they are written in a file."""
    return {field.alias or name: field for name, field in record.model_fields.items()}


def records_in(kind: Any) -> Iterator[type[BaseModel]]:
    """Yield the records that a kind of value is made of."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for part in get_args(kind):
        yield from records_in(part)
