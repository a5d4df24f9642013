"""A QTI 2.1 package: the manifest, a test whose sections draw one item of each pool, and the items.

Maths is MathML; every text is well-formed XML of the schema's own elements.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from grader.bridges.item import Item, items_of, untold
from grader.bridges.page import all_remarks_html, explanation_html, prompt_html, remark_html
from grader.bridges.pool import QuizExport
from grader.bridges.qti21 import scoring
from grader.bridges.qti21.interactions import INTERACTIONS, Interaction, shown
from grader.bridges.tree import archive, node, written
from grader.markup import mathml

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
LANGUAGES = {"en": "en", "zh": "zh-CN"}
TEST = "test.xml"
NAMESPACES = {
    "xmlns": QTI,
    "xmlns_xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi_schemaLocation": f"{QTI} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd",
}
"""What an item's root says of its schema: TAO refuses an item that does not say it."""


def qti21(exports: Sequence[QuizExport]) -> bytes:
    """Return the package of one quiz."""
    (export,) = exports
    items = [item for _, group in items_of(export) for item in group]
    files = {"imsmanifest.xml": written(manifest(export, items)), TEST: written(test(export))}
    return archive(files | {path(item): written(assessment_item(item)) for item in items})


def path(item: Item) -> str:
    """Return where an item lies."""
    return f"items/{item.ident}.xml"


def manifest(export: QuizExport, items: Sequence[Item]) -> Element:
    """Return what the package holds."""
    resources = [
        node(
            "resource",
            node("file", href=path(item)),
            identifier=item.ident,
            type="imsqti_item_xmlv2p1",
            href=path(item),
        )
        for item in items
    ]
    dependencies = (node("dependency", identifierref=item.ident) for item in items)
    whole = node(
        "resource", node("file", href=TEST), *dependencies, identifier="test", type="imsqti_test_xmlv2p1", href=TEST
    )
    return node(
        "manifest",
        node("metadata", node("schema", "QTIv2.1 Package"), node("schemaversion", "1.0.0")),
        node("organizations"),
        node("resources", whole, *resources),
        xmlns=PACKAGE,
        identifier=f"quiz_{export.unit}_{export.language}",
    )


def test(export: QuizExport) -> Element:
    """Return the test; its score is the sum of the items' scores."""
    total = node("sum", node("testVariables", variableIdentifier=scoring.SCORE))
    part = node(
        "testPart",
        node("itemSessionControl", showFeedback="true"),
        *sections(export),
        identifier="part",
        navigationMode="nonlinear",
        submissionMode="individual",
    )
    return node(
        "assessmentTest",
        node("outcomeDeclaration", identifier=scoring.SCORE, cardinality="single", baseType="float"),
        part,
        node("outcomeProcessing", node("setOutcomeValue", total, identifier=scoring.SCORE)),
        **NAMESPACES,
        identifier=f"quiz_{export.unit}_{export.language}",
        title=export.title,
    )


def sections(export: QuizExport) -> Iterator[Element]:
    """Yield a section for each pool, which selects one of its items."""
    for pool, items in items_of(export):
        references = (node("assessmentItemRef", identifier=item.ident, href=path(item)) for item in items)
        yield node(
            "assessmentSection",
            node("selection", select="1"),
            *references,
            identifier=f"pool_{pool.question.id}",
            title=pool.question.id,
            visible="false",
        )


def assessment_item(item: Item) -> Element:
    """Return one item."""
    interaction = INTERACTIONS[item.kind](item)
    prompt = shown(prompt_html(item, mathml, *interaction.sentences))
    return node(
        "assessmentItem",
        *interaction.declarations,
        *scoring.outcomes(item.points),
        node("itemBody", *prompt, *interaction.body),
        node("responseProcessing", *rules(interaction)),
        *feedback(item, interaction),
        **NAMESPACES,
        identifier=item.ident,
        title=item.name,
        adaptive="false",
        timeDependent="false",
        xml_lang=LANGUAGES[item.export.language],
    )


def rules(interaction: Interaction) -> Iterator[Element]:
    """Yield what is earned and told: a misconception's remark on its answer, the explanation always."""
    yield from interaction.rules
    for number, (_, condition) in enumerate(interaction.signs, 1):
        yield scoring.when(condition, scoring.tell(remark_name(number)))
    yield scoring.tell(scoring.EXPLANATION)


def feedback(item: Item, interaction: Interaction) -> Iterator[Element]:
    """Yield every feedback; remarks whose answers can't be typed here stand with the explanation."""
    for number, (remark, _) in enumerate(interaction.signs, 1):
        yield modal(remark_name(number), remark_html(remark))
    others = untold(item, (remark for remark, _ in interaction.signs))
    yield modal(scoring.EXPLANATION, explanation_html(item, mathml) + all_remarks_html(item, others, mathml))


def remark_name(number: int) -> str:
    """Return a remark's identifier."""
    return f"remark_{number}"


def modal(name: str, html: str) -> Element:
    """Return a feedback that is shown when it is told."""
    return node("modalFeedback", *shown(html), outcomeIdentifier=scoring.FEEDBACK, identifier=name, showHide="show")
