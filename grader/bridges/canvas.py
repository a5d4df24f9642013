"""QTI 1.2 as Canvas imports it: a quiz with a group for each pool, one question of which each student gets.

Canvas takes square brackets in a text with blanks for blanks, and code is full of them: so nothing here has blanks.
Its numbers have margins only where a question has one number: the entries of a tensor are matched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from math import isfinite
from urllib.parse import quote
from xml.etree.ElementTree import Element

from grader.bridges.item import Item, Remark, alternatives, case_tells, items_of, left_out
from grader.bridges.page import all_remarks_html, body_html, explanation_html, prompt_html, remark_html
from grader.bridges.pairs import pairs_of
from grader.bridges.pool import QuizExport
from grader.bridges.spelling import decimal, line_spellings, number_spellings, printed_lines, shape_spellings
from grader.bridges.tree import archive, node, written
from grader.catalogue.question import QuestionKind
from grader.quiz.plain import entries

QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
RESPONSE = "response1"
FULL = 100.0
GENERAL = "general_fb"


def qti12(exports: Sequence[QuizExport]) -> bytes:
    """Return the package of one quiz."""
    (export,) = exports
    name = f"quiz_{export.unit}_{export.language}"
    return archive(
        {
            "imsmanifest.xml": written(manifest(name)),
            f"{name}/assessment_meta.xml": written(settings(export, name)),
            f"{name}/{name}.xml": written(assessment(export, name)),
        }
    )


def equation(latex: str) -> str:
    """Return LaTeX as Canvas keeps it: an image of its own that it draws, and edits, from its description."""
    shown, place = escape(latex), quote(quote(latex, safe=""), safe="")
    return (
        f'<img class="equation_image" title="{shown}" src="/equation_images/{place}" alt="LaTeX: {shown}"'
        f' data-equation-content="{shown}"/>'
    )


def manifest(name: str) -> Element:
    """Return what the package holds."""
    quiz, meta = f"{name}/{name}.xml", f"{name}/assessment_meta.xml"
    return node(
        "manifest",
        node("metadata", node("schema", "IMS Content"), node("schemaversion", "1.1.3")),
        node("organizations"),
        node(
            "resources",
            node(
                "resource",
                node("file", href=quiz),
                node("dependency", identifierref=f"{name}_meta"),
                identifier=name,
                type="imsqti_xmlv1p2",
            ),
            node(
                "resource",
                node("file", href=meta),
                identifier=f"{name}_meta",
                type="associatedcontent/imscc_xmlv1p1/learning-application-resource",
                href=meta,
            ),
        ),
        xmlns=PACKAGE,
        identifier=f"{name}_manifest",
    )


def settings(export: QuizExport, name: str) -> Element:
    """Return Canvas' settings of the quiz: unpublished, to be set by the instructor."""
    points = sum(pool.question.sheet.points for pool in export.pools)
    values = {
        "title": export.title,
        "description": "",
        "shuffle_answers": "true",
        "quiz_type": "assignment",
        "points_possible": decimal(points),
        "allowed_attempts": "1",
        "available": "false",
    }
    return node("quiz", *(node(tag, value) for tag, value in values.items()), xmlns=CANVAS, identifier=name)


def assessment(export: QuizExport, name: str) -> Element:
    """Return the questions, a section for each pool."""
    root = node("section", *sections(export, name), ident="root_section")
    return node("questestinterop", node("assessment", root, ident=name, title=export.title), xmlns=QTI)


def sections(export: QuizExport, name: str) -> Iterator[Element]:
    """Yield a section for each pool, from which one question is picked."""
    for pool, items in items_of(export):
        extension = node("selection_extension", node("points_per_item", decimal(pool.question.sheet.points)))
        pick = node("selection_ordering", node("selection", node("selection_number", "1"), extension))
        questions = (WRITERS[item.kind](item) for item in items)
        yield node("section", pick, *questions, ident=f"{name}_{pool.question.id}", title=pool.question.id)


@dataclass(frozen=True)
class Asked:
    """How a question is answered and marked."""

    kind: str
    """Canvas' name, without `_question`."""
    responses: Sequence[Element]
    rules: Sequence[Element]
    sentences: Sequence[str] = ()
    """What is said besides the question's text."""
    told: Mapping[str, Remark] = field(default_factory=dict)
    """The remarks, each by the choice that it is on."""
    more: str = ""
    """What everyone is told after the explanation."""


def question(item: Item, asked: Asked) -> Element:
    """Return one of Canvas' questions."""
    return node(
        "item",
        node("itemmetadata", node("qtimetadata", *metadata(asked.kind, item))),
        node("presentation", material(prompt_html(item, equation, *asked.sentences)), *asked.responses),
        node("resprocessing", *processing(asked)),
        feedback(GENERAL, explanation_html(item, equation) + asked.more),
        *(feedback(f"{ident}_fb", remark_html(remark)) for ident, remark in asked.told.items()),
        ident=f"{item.export.unit}_{item.export.language}_{item.ident}",
        title=item.name,
    )


def metadata(kind: str, item: Item) -> Iterator[Element]:
    """Yield what Canvas reads of a question's kind and points."""
    for label, entry in (("question_type", f"{kind}_question"), ("points_possible", decimal(item.points))):
        yield node("qtimetadatafield", node("fieldlabel", label), node("fieldentry", entry))


def processing(asked: Asked) -> Iterator[Element]:
    """Yield how a question is marked: the explanation for all, a remark on each wrong answer, then the points."""
    limits = {"maxvalue": "100", "minvalue": "0", "varname": "SCORE", "vartype": "Decimal"}
    yield node("outcomes", node("decvar", **limits))
    yield rule([node("other")], shown(GENERAL), goes_on=True)
    for ident in asked.told:
        yield rule([equal(ident)], shown(f"{ident}_fb"), goes_on=True)
    yield from asked.rules


def rule(conditions: Iterable[Element], *then: Element, goes_on: bool = False) -> Element:
    """Return a rule of marking."""
    return node("respcondition", node("conditionvar", *conditions), *then, **{"continue": "Yes" if goes_on else "No"})


def shown(name: str) -> Element:
    """Return the rule's part that shows a feedback."""
    return node("displayfeedback", feedbacktype="Response", linkrefid=name)


def all_points() -> Element:
    """Return the rule's part that gives everything."""
    return node("setvar", "100", action="Set", varname="SCORE")


def equal(value: str, response: str = RESPONSE) -> Element:
    """Whether this was answered."""
    return node("varequal", value, respident=response)


def material(html: str, kind: str = "text/html") -> Element:
    """Return a text."""
    return node("material", node("mattext", html, texttype=kind))


def feedback(name: str, html: str) -> Element:
    """Return what is told."""
    return node("itemfeedback", node("flow_mat", material(html)), ident=name)


def labels(bodies: Mapping[str, Element]) -> Element:
    """Return what is chosen from."""
    return node("render_choice", *(node("response_label", body, ident=ident) for ident, body in bodies.items()))


def choices(kind: str, item: Item, *sentences: str, cardinality: str = "Single", more: str = "") -> Element:
    """Return a choice of one or of several."""
    found = {f"choice_{number}": each for number, each in enumerate(alternatives(item), 1)}
    bodies = {ident: material(body_html(each.body, equation)) for ident, each in found.items()}
    right = [equal(ident) if each.is_right else node("not", equal(ident)) for ident, each in found.items()]
    if cardinality == "Single":
        conditions = [equal(ident) for ident, each in found.items() if each.is_right]
    else:
        conditions = [node("and", *right)]
    response = node("response_lid", labels(bodies), ident=RESPONSE, rcardinality=cardinality)
    told = {ident: each.remark for ident, each in found.items() if each.remark}
    return question(item, Asked(kind, [response], [rule(conditions, all_points())], sentences, told, more))


def one_of(item: Item, *sentences: str) -> Element:
    """Return a choice of one."""
    return choices("multiple_choice", item, *sentences)


def several_of(item: Item) -> Element:
    """Return a choice of several."""
    more = all_remarks_html(item, left_out(item), equation, "left_out")
    return choices("multiple_answers", item, item.says("all_that_hold"), cardinality="Multiple", more=more)


def true_false(item: Item) -> Element:
    """Return a statement to judge."""
    return choices("true_false", item)


def numerical(item: Item) -> Element:
    """Return a question for one number; for what is no number, a question for a word."""
    (key,), tolerance = entries(item.variant.key), item.variant.tolerance
    if not isfinite(key):
        return short(item, number_spellings(key, tolerance), item.says("number"))
    near = tolerance.absolute + tolerance.relative * abs(key)
    between = node(
        "and",
        node("vargte", decimal(key - near), respident=RESPONSE),
        node("varlte", decimal(key + near), respident=RESPONSE),
    )
    right = rule([node("or", equal(decimal(key)), between)], all_points())
    place = node("render_fib", node("response_label", ident="answer1"), fibtype="Decimal")
    response = node("response_str", place, ident=RESPONSE, rcardinality="Single")
    more = all_remarks_html(item, item.remarks, equation)
    return question(item, Asked("numerical", [response], [right], more=more))


def tensor(item: Item) -> Element:
    """Return places to match with numbers, each marked by itself; for one entry, a number."""
    if len(tuple(entries(item.variant.key))) == 1:
        return numerical(item)
    return matching(item, item.says("entries"))


def matching(item: Item, *sentences: str) -> Element:
    """Return pairs to match."""
    found = pairs_of(item)
    idents = {text: f"match_{number}" for number, text in enumerate(found.texts, 1)}
    texts = {ident: text for text, ident in idents.items()}
    responses, rules = [], []
    for number, (left, right) in enumerate(found.pairs, 1):
        name = f"response_{number}"
        bodies = {ident: material(text, "text/plain") for ident, text in texts.items()}
        responses.append(node("response_lid", material(body_html(left, equation)), labels(bodies), ident=name))
        earned = node("setvar", f"{FULL / len(found.pairs):.2f}", action="Add", varname="SCORE")
        rules.append(rule([equal(idents[right], name)], earned, goes_on=True))
    more = all_remarks_html(item, item.remarks, equation)
    return question(item, Asked("matching", responses, rules, sentences, more=more))


def shape(item: Item) -> Element:
    """Return a question for a shape, whatever its spelling."""
    return short(item, shape_spellings(item.variant.key), item.says("shape"))


def output(item: Item) -> Element:
    """Return a question for one printed line; for several, or one that case alone tells from a wrong one, a choice."""
    lines = printed_lines(item.variant.key)
    if len(lines) > 1 or case_tells(item):
        return one_of(item, item.says("which_print"))
    return short(item, line_spellings(lines[0]), item.says("one_line"))


def short(item: Item, spellings: Sequence[str], sentence: str) -> Element:
    """Return a question for a short text."""
    right = rule([equal(each) for each in spellings], all_points())
    more = all_remarks_html(item, item.remarks, equation)
    return question(item, Asked("short_answer", [text_field()], [right], [sentence], more=more))


def ordering(item: Item) -> Element:
    """Return orders to choose from."""
    return one_of(item, item.says("which_order"))


def essay(item: Item) -> Element:
    """Return a question for free text; Canvas has no place for a good answer that the student would not read."""
    return question(item, Asked("essay", [text_field()], [rule([node("other")])]))


def text_field() -> Element:
    """Return a field to type into."""
    place = node("render_fib", node("response_label", ident="answer1", rshuffle="No"))
    return node("response_str", place, ident=RESPONSE, rcardinality="Single")


WRITERS: Mapping[QuestionKind, Callable[[Item], Element]] = {
    QuestionKind.SINGLE: one_of,
    QuestionKind.MULTIPLE: several_of,
    QuestionKind.TRUE_FALSE: true_false,
    QuestionKind.NUMERIC: numerical,
    QuestionKind.TENSOR: tensor,
    QuestionKind.SHAPE: shape,
    QuestionKind.OUTPUT: output,
    QuestionKind.EXCEPTION: one_of,
    QuestionKind.ORDER: ordering,
    QuestionKind.MATCH: matching,
    QuestionKind.TEXT: essay,
}
"""What each kind becomes."""
