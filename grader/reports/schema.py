"""The JSON Schemas of `report.json` and `grades.json`, made from the records.

Owns the shipped copies in `schema/`; `python -m grader.reports.schema` writes them anew after a
record has changed. Knows nothing of any one report.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from grader.atomic import replacing
from grader.results.record import Record
from grader.results.report import REPORT_VERSION, ClassReport, Report

RECORDS: Mapping[str, type[Record]] = MappingProxyType({"report": Report, "grades": ClassReport})
SHIPPED = Path(__file__).with_name("schema")


def schema(name: str) -> dict[str, Any]:
    """Return the schema of the file `<name>.json`, `report` or `grades`, as it is written."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:autograd-grader:{name}:{REPORT_VERSION}",
        **RECORDS[name].model_json_schema(mode="serialization"),
    }


def schema_text(name: str) -> str:
    """Return the schema of `<name>.json` as the shipped file holds it."""
    return json.dumps(schema(name), indent=2, sort_keys=True) + "\n"


def write_schemas(folder: Path = SHIPPED) -> None:
    """Write every schema into `folder`."""
    folder.mkdir(exist_ok=True)
    for name in RECORDS:
        with replacing(folder / f"{name}.schema.json") as file:
            file.write(schema_text(name))


if __name__ == "__main__":
    write_schemas()
