"""The words of QTI's response processing that the items need: what was answered, what it earns, what it tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from xml.etree.ElementTree import Element

from grader.bridges.spelling import decimal, margin, number_pattern
from grader.bridges.tree import node
from grader.config.course_config import Tolerance

RESPONSE, SCORE, FEEDBACK = "RESPONSE", "SCORE", "FEEDBACK"
EXPLANATION = "explanation"


def declared(name: str, base: str, cardinality: str, correct: Sequence[str], worth: Element | None = None) -> Element:
    """Return the declaration of a response; `worth` is the mapping of its parts to points."""
    return node(
        "responseDeclaration",
        node("correctResponse", *(node("value", each) for each in correct)),
        worth,
        identifier=name,
        cardinality=cardinality,
        baseType=base,
    )


def mapping(worth: Mapping[str, float], points: float) -> Element:
    """Return what each part of a response earns: in all never less than 0, nor more than the points."""
    entries = [node("mapEntry", mapKey=key, mappedValue=f"{value:.9g}") for key, value in worth.items()]
    return node("mapping", *entries, defaultValue="0", lowerBound="0", upperBound=decimal(points))


def outcomes(points: float) -> tuple[Element, ...]:
    """Return the declarations of score and feedback."""
    score = node("defaultValue", node("value", "0"))
    return (
        node(
            "outcomeDeclaration",
            score,
            identifier=SCORE,
            cardinality="single",
            baseType="float",
            normalMaximum=decimal(points),
        ),
        node("outcomeDeclaration", identifier=FEEDBACK, cardinality="multiple", baseType="identifier"),
    )


def variable(name: str) -> Element:
    """Return what a response or an outcome holds."""
    return node("variable", identifier=name)


def base_value(base: str, value: str) -> Element:
    """Return a constant."""
    return node("baseValue", value, baseType=base)


def when(condition: Element, *then: Element) -> Element:
    """Return a rule."""
    return node("responseCondition", node("responseIf", condition, *then))


def earn(points: float) -> Element:
    """Return the rule's part that adds points."""
    return node(
        "setOutcomeValue",
        node("sum", variable(SCORE), base_value("float", f"{points:.9g}")),
        identifier=SCORE,
    )


def earn_mapped() -> Element:
    """Return the rule that gives what the response's parts are worth."""
    return node("setOutcomeValue", node("mapResponse", identifier=RESPONSE), identifier=SCORE)


def all_right(condition: Element, points: float) -> Element:
    """Return the rule that gives the points where all is right: thirds that are added up may miss them."""
    return when(condition, node("setOutcomeValue", base_value("float", decimal(points)), identifier=SCORE))


def is_correct() -> Element:
    """Whether the response is the correct one as a whole."""
    return node("match", variable(RESPONSE), node("correct", identifier=RESPONSE))


def tell(name: str) -> Element:
    """Return the rule's part that shows a feedback."""
    return node(
        "setOutcomeValue",
        node("multiple", variable(FEEDBACK), base_value("identifier", name)),
        identifier=FEEDBACK,
    )


def chose(choice: str) -> Element:
    """Whether one choice was made."""
    return node("match", variable(RESPONSE), base_value("identifier", choice))


def holds(base: str, value: str) -> Element:
    """Whether something is among what was chosen."""
    return node("member", base_value(base, value), variable(RESPONSE))


def ordered(choices: Iterable[str]) -> Element:
    """Whether choices were put into this order."""
    wanted = (base_value("identifier", each) for each in choices)
    return node("match", variable(RESPONSE), node("ordered", *wanted))


def number(name: str, value: float, tolerance: Tolerance) -> Element:
    """Whether a number was given, within the tolerance."""
    if not isfinite(value):
        return pattern(name, number_pattern(value))
    near = margin(value, tolerance)
    wanted = base_value("float", decimal(value))
    return node("equal", variable(name), wanted, toleranceMode="absolute", tolerance=f"{near} {near}")


def pattern(name: str, expression: str) -> Element:
    """Whether a text of some form was given."""
    return node("patternMatch", variable(name), pattern=expression)


def every(conditions: Iterable[Element]) -> Element:
    """Whether all conditions hold."""
    return node("and", *conditions)


def either(conditions: Iterable[Element]) -> Element:
    """Whether some condition holds."""
    return node("or", *conditions)
