"""The base of every record that leaves a process: frozen, strict, plain data."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler
from pydantic_core import CoreSchema


class Record(BaseModel):
    """A frozen record that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return the schema, in which each field's docstring describes it.

        pydantic's own `use_attribute_docstrings` reads the sources whenever a process starts, which costs 0.1 s.
        """
        found = handler(core_schema)
        properties = handler.resolve_ref_schema(found).get("properties", {})
        for name, text in field_docstrings(cls):
            properties[name]["description"] = text
        return found


def field_docstrings(record: type[Record]) -> Iterator[tuple[str, str]]:
    """Yield the fields of a record that have a docstring below them, with it."""
    for base in record.__mro__:
        if base is not Record and issubclass(base, Record):
            (body,) = ast.parse(inspect.getsource(base)).body
            assert isinstance(body, ast.ClassDef)
            for field, below in pairwise(body.body):
                match field, below:
                    case (
                        ast.AnnAssign(target=ast.Name(id=name)),
                        ast.Expr(value=ast.Constant(value=str(text))),
                    ):
                        yield name, inspect.cleandoc(text)
