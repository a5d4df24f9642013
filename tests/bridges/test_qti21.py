"""A QTI 2.1 package is unzipped, checked against the schemas where they are at hand, and its items are answered."""

import io
import os
import re
import zipfile
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from assessment_item import AssessmentItem, Q, correct_in
from lxml import etree

from grader.bridges.qti21 import interactions, scoring
from grader.bridges.qti21.package import qti21
from grader.catalogue.question import QuestionKind
from grader.markup import as_plain, mathml
from grader.quiz.kinds.table import KINDS

SCHEMAS = "GRADER_QTI_SCHEMAS"
CP = "{http://www.imsglobal.org/xsd/imscp_v1p1}"


def unzipped(content):
    """Return the files of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


@pytest.fixture(scope="session")
def packages(exports):
    """Return the files of each quiz's package."""
    return [(export, unzipped(qti21([export]))) for export in exports]


@pytest.fixture(scope="session")
def found(packages):
    """Return every item by language and identifier."""
    return {
        (export.language, root.get("identifier")): AssessmentItem(root)
        for export, files in packages
        for name, content in files.items()
        if name.startswith("items/")
        for root in [ET.fromstring(content)]
    }


@pytest.fixture(scope="session")
def compared(items, found, reading):
    """Return each item with its comparison."""

    def as_mathml(latex):
        return reading.words(mathml(latex))

    assert set(found) == set(items)
    said = partial(reading.said, maths=as_mathml)
    return [(found[key], reading.Comparison(item, said)) for key, item in items.items()]


def test_every_text_comes_back(compared, reading):
    """Each item has the prompt, the points, the explanation and the feedback of its variant."""
    for found, comparison in compared:
        score = found.root.find(f"{Q}outcomeDeclaration[@identifier='SCORE']")
        comparison.texts(
            reading.Found(
                prompt=found.prompt(),
                points=float(score.get("normalMaximum")),
                feedback=found.feedback(),
                explanation=found.feedback(scoring.EXPLANATION),
                model=None,
            )
        )


def test_whoever_marks_free_text_alone_reads_what_a_good_answer_says(compared, reading):
    """It is the correct response, in plain text, and nowhere among what is shown."""
    asked = [each for each in compared if each[1].item.kind is QuestionKind.TEXT]
    assert asked
    for found, comparison in asked:
        (model,) = found.root.iter(f"{Q}correctResponse")
        assert found.text(model) == reading.flat(as_plain(comparison.item.model))
        assert found.root.find(f".//{Q}rubricBlock") is None, "TAO shows a rubric to everyone"


def test_every_right_answer_earns_all_points(compared):
    """The key, and every other answer that is as right, earns the points and is told no misconception."""
    for found, comparison in compared:
        if comparison.item.kind is QuestionKind.TEXT:
            continue
        for right in comparison.variant.accepted:
            score, told = found.answered(found.response(right, comparison))
            assert score == comparison.item.points
            assert told == found.feedback(scoring.EXPLANATION)


def test_every_wrong_answer_earns_its_share_and_is_told_why(compared, reading):
    """A misconception's answer earns what the course's own marking gives, and is told that misconception."""
    for found, comparison in compared:
        kind, key = KINDS[comparison.item.kind], comparison.variant.key
        for remark in comparison.item.remarks:
            value = remark.value
            if comparison.item.kind is QuestionKind.MULTIPLE:
                value = [each for each in key if each != value] if value in key else sorted([*key, value])
            response = found.response(value, comparison)
            if response is not None:
                score, told = found.answered(response)
                assert score == pytest.approx(comparison.item.points * kind.share(value, comparison.variant))
                assert reading.flat(remark.explanation) in told


TYPED = {
    "grad_shape": lambda key: {"RESPONSE": "（{}，{}）".format(*key)},
    "not_a_number": lambda _: {"RESPONSE_1": "NaN", "RESPONSE_2": 1.0},
    "case_tells": lambda _: {"RESPONSE_1": " grad\u3000None"},
    "blanks_count": lambda _: {
        "RESPONSE_1": "[ [3.0,3.0]，[3.0, 3.0] ]True None",
        "RESPONSE_2": "no  grad",
        "RESPONSE_3": "end",
    },
    "prints_one_line": lambda _: {"RESPONSE_1": "tensor （【1.,1.】）True"},
}
"""Answers as people type them, each as right as the key."""


def typed_scores(export):
    """Return what these answers earn, by the question's id."""
    files = unzipped(qti21([export]))
    variants = {pool.question.id: pool.variants[0] for pool in export.pools}
    items = {name: AssessmentItem(ET.fromstring(files[f"items/{name}_1.xml"])) for name in TYPED}
    return {name: each.answered(TYPED[name](variants[name].key))[0] for name, each in items.items()}


def test_answers_are_right_as_people_type_them(throw_away_exports):
    """Idle blanks, signs of full width and `NaN` are as right here as where the course marks."""
    points = {pool.question.id: pool.question.sheet.points for pool in throw_away_exports[0].pools}
    assert typed_scores(throw_away_exports[0]) == {name: points[name] for name in TYPED}


def test_blanks_that_count_are_wanted(throw_away_exports):
    """Two words without a blank between them earn nothing."""
    item = AssessmentItem(ET.fromstring(unzipped(qti21(throw_away_exports[:1]))["items/case_tells_1.xml"]))
    assert item.answered({"RESPONSE_1": "gradNone"})[0] == 0


@pytest.mark.parametrize(
    ("name", "old"),
    [
        ("line_pattern", lambda line: rf"\s*{re.escape(line)}\s*"),
        ("shape_pattern", lambda shape: rf"\s*\(\s*{','.join(map(str, shape))}\s*\)\s*"),
    ],
)
def test_another_rule_for_typed_answers_is_noticed(throw_away_exports, monkeypatch, name, old):
    """With a pattern that knows no idle blanks or no signs of full width, answers miss their points."""
    monkeypatch.setattr(interactions, name, old)
    with pytest.raises(AssertionError):
        test_answers_are_right_as_people_type_them(throw_away_exports)


def test_points_that_thirds_miss_are_noticed(throw_away_exports):
    """Without its last rule, a tensor of three entries misses the points when the thirds are added up."""
    root = ET.fromstring(unzipped(qti21(throw_away_exports[:1]))["items/weighted_1.xml"])
    whole = {each.get("identifier"): correct_in(each) for each in root.iterfind(f"{Q}responseDeclaration")}
    assert AssessmentItem(root).answered(whole)[0] == 1
    missed = AssessmentItem(without_last_rule(root)).answered(whole)[0]
    assert missed == pytest.approx(1)
    assert missed != 1


def test_no_mapping_gives_more_than_the_points(compared):
    """Sixths that are rounded up come to more: each mapping has the points for its bound."""
    bounds = [
        (each.get("upperBound"), comparison.item.points)
        for found, comparison in compared
        for each in found.root.iter(f"{Q}mapping")
    ]
    assert bounds
    assert all(float(bound) == points for bound, points in bounds)


def without_last_rule(root):
    """Return an item without the rule that gives all points where all is right."""
    processing = root.find(f"{Q}responseProcessing")
    for rule in processing.findall(f"{Q}responseCondition"):
        if rule.find(f"{Q}responseIf/{Q}setOutcomeValue/{Q}baseValue") is not None:
            processing.remove(rule)
    return root


def test_each_right_entry_earns_its_part(compared):
    """A tensor of which one entry is given earns that entry's part alone."""
    tensors = [each for each in compared if each[1].item.kind is QuestionKind.TENSOR]
    assert tensors
    for found, comparison in tensors:
        whole = found.response(comparison.variant.key, comparison)
        name = next(iter(whole))
        score, _ = found.answered({name: whole[name]})
        assert score == pytest.approx(comparison.item.points / len(whole))


def test_an_answer_past_the_margin_earns_nothing(compared):
    """A number is right within the tolerance and wrong beyond it."""
    for found, comparison in compared:
        if comparison.item.kind is QuestionKind.NUMERIC:
            key, tolerance = comparison.variant.key, comparison.variant.tolerance
            near = tolerance.absolute + tolerance.relative * abs(key)
            name = next(iter(found.base))
            assert found.answered({name: key + 0.99 * near})[0] == pytest.approx(comparison.item.points)
            assert found.answered({name: key + 1.01 * near})[0] == 0


def test_no_answer_earns_nothing(compared):
    """An item that is left empty earns nothing."""
    for found, _ in compared:
        empty = {name: [] for name, many in found.cardinality.items() if many in {"multiple", "ordered"}}
        assert found.answered(empty)[0] == 0


def test_wrong_choices_never_cost_more_than_the_right_ones_give(compared):
    """Choosing every option that does not hold earns nothing, never less."""
    several = [each for each in compared if each[1].item.kind is QuestionKind.MULTIPLE]
    assert several
    for found, comparison in several:
        key = comparison.variant.key
        wrong = [each.id for each in comparison.variant.options if each.id not in key]
        assert found.answered(found.response(wrong, comparison))[0] == 0


def test_a_misconception_is_told_by_its_own_pairs(compared, reading):
    """Who makes a misconception's wrong pairs is told it, whatever else was matched."""
    matched = [each for each in compared if each[1].item.kind is QuestionKind.MATCH]
    assert matched
    for found, comparison in matched:
        key = comparison.variant.key
        for remark in comparison.item.remarks:
            wrong = {left: right for left, right in remark.value.items() if key[left] != right}
            assert reading.flat(remark.explanation) in found.answered(found.response(wrong, comparison))[1]


def test_the_test_draws_one_of_each_pool(packages):
    """Each pool is a section that selects one of its items, and each item that is named lies in the package."""
    for export, files in packages:
        sections = list(ET.fromstring(files["test.xml"]).iter(f"{Q}assessmentSection"))
        assert [each.find(f"{Q}selection").get("select") for each in sections] == ["1"] * len(export.pools)
        named = [[each.get("href") for each in section.iter(f"{Q}assessmentItemRef")] for section in sections]
        assert [len(each) for each in named] == [len(pool.variants) for pool in export.pools]
        assert sorted(each for group in named for each in group) == sorted(set(files) - {"test.xml", "imsmanifest.xml"})


def test_the_manifest_names_every_file(packages):
    """Each file is a resource, and the test depends on each item."""
    for _, files in packages:
        manifest = ET.fromstring(files["imsmanifest.xml"])
        assert {each.get("href") for each in manifest.iter(f"{CP}file")} == set(files) - {"imsmanifest.xml"}
        items = {each.get("identifier") for each in manifest.iter(f"{CP}resource")} - {"test"}
        assert {each.get("identifierref") for each in manifest.iter(f"{CP}dependency")} == items


def test_each_item_says_its_language(packages):
    """xml:lang is the export's."""
    for export, files in packages:
        roots = [ET.fromstring(content) for name, content in files.items() if name.startswith("items/")]
        languages = {each.get("{http://www.w3.org/XML/1998/namespace}lang") for each in roots}
        assert languages == {{"en": "en", "zh": "zh-CN"}[export.language]}


def test_the_same_quiz_gives_the_same_bytes(throw_away_exports):
    """Nothing in the package depends on when it is written."""
    assert qti21(throw_away_exports[:1]) == qti21(throw_away_exports[:1])


@pytest.fixture(scope="session")
def schemas():
    """Return the schemas of items and tests, and of manifests; a skip where no folder is named."""
    beside = Path(__file__).parents[3] / "shared" / "schemas" / "qti21"
    folder = os.environ.get(SCHEMAS) or (beside if beside.is_dir() else None)
    if not folder:
        pytest.skip(f"the QTI schemas are not at hand; name their folder in {SCHEMAS}, or put it at {beside}")
    paths = [Path(folder) / "qtiv2p1p1" / "imsqti_v2p1p1.xsd", Path(folder) / "imscp_v1p1.xsd"]
    return tuple(etree.XMLSchema(etree.parse(each)) for each in paths)


def test_every_file_is_valid(schemas, packages):
    """Every item, test and manifest keeps the published schemas, MathML included."""
    for _, files in packages:
        for name, content in files.items():
            schema = schemas[name == "imsmanifest.xml"]
            assert schema.validate(etree.fromstring(content)), f"{name}: {schema.error_log}"


def test_the_schemas_see_a_broken_item(schemas, packages):
    """The check of the schemas can fail."""
    _, files = packages[0]
    name = next(each for each in files if each.startswith("items/"))
    broken = files[name].replace(b"itemBody", b"itemTorso")
    assert not schemas[0].validate(etree.fromstring(broken))
