"""The shipped schemas say what the files hold."""

import json

import jsonschema
import pytest

from grader.reports.jsonfile import GradesJson, report_json
from grader.reports.schema import RECORDS, SHIPPED, schema_text, write_schemas


def validator(name):
    """Return a validator of the shipped schema, itself validated."""
    schema = json.loads((SHIPPED / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_the_shipped_schema_is_the_generated_one(name):
    """`python -m grader.reports.schema` has been run since the record changed."""
    assert (SHIPPED / f"{name}.schema.json").read_text(encoding="utf-8") == schema_text(name)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_report_is_valid(make_report, language):
    """What is written holds to the schema."""
    validator("report").validate(json.loads(report_json(make_report(language))))


def test_a_hostile_report_is_valid(hostile_report):
    """Hostile text breaks no schema."""
    validator("report").validate(json.loads(report_json(hostile_report)))


def test_the_grades_of_a_class_are_valid(tmp_path, make_report):
    """The file of a class holds to its schema."""
    with GradesJson(tmp_path / "grades.json", "c") as grades:
        grades.add(make_report())
    validator("grades").validate(json.loads((tmp_path / "grades.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("change", [{"version": 1}, {"language": "fr"}, {"score": "4"}, {"surprise": 1}])
def test_what_is_no_report_is_refused(make_report, change):
    """Another version, language, type or field is none of this schema's."""
    record = json.loads(report_json(make_report()))
    assert not validator("report").is_valid(record | change)


def test_schemas_are_written_into_a_folder(tmp_path):
    """One file per record."""
    write_schemas(tmp_path / "schema")
    assert sorted(path.name for path in (tmp_path / "schema").iterdir()) == [
        "grades.schema.json",
        "report.schema.json",
    ]
