"""An item of a QTI 2.1 package, read and scored as a test engine would."""

import re

from grader.catalogue.question import QuestionKind
from grader.quiz.plain import entries, shape_of

NUMBERS = {QuestionKind.NUMERIC, QuestionKind.TENSOR}
Q = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"


class AssessmentItem:
    """An item that can be answered: the small part of QTI's processing that the items use."""

    def __init__(self, root):
        self.root = root
        self.base = {each.get("identifier"): each.get("baseType") for each in root.iterfind(f"{Q}responseDeclaration")}
        self.cardinality = {
            each.get("identifier"): each.get("cardinality") for each in root.iterfind(f"{Q}responseDeclaration")
        }

    def declaration(self, name):
        """Return the declaration of a response."""
        return self.root.find(f"{Q}responseDeclaration[@identifier='{name}']")

    def text(self, element):
        """Return what an element says, without the blanks."""
        return "".join("".join(element.itertext()).split())

    def prompt(self):
        """Return what is asked."""
        return self.text(self.root.find(f"{Q}itemBody"))

    def feedback(self, name=None):
        """Return the text of one feedback, or of all."""
        every = self.root.iterfind(f"{Q}modalFeedback")
        return "".join(self.text(each) for each in every if name in (None, each.get("identifier")))

    def choices(self, tag):
        """Return the identifiers of what can be chosen, by what it says."""
        return {self.text(each): each.get("identifier") for each in self.root.iter(f"{Q}{tag}")}

    def answered(self, responses):
        """Return the score and what is told."""
        self.values = {**dict.fromkeys(self.base), **responses, "SCORE": 0.0, "FEEDBACK": []}
        for rule in self.root.find(f"{Q}responseProcessing"):
            if rule.tag == f"{Q}responseCondition":
                condition, *then = rule.find(f"{Q}responseIf")
                if self.value(condition):
                    for each in then:
                        self.put(each)
            else:
                self.put(rule)
        return self.values["SCORE"], "".join(self.feedback(each) for each in self.values["FEEDBACK"])

    def put(self, rule):
        """Set an outcome."""
        assert rule.tag == f"{Q}setOutcomeValue"
        self.values[rule.get("identifier")] = self.value(rule[0])

    def value(self, element):
        """Return an expression's value."""
        name = element.tag.removeprefix(Q)
        return getattr(self, f"op_{name.lower()}")(element, [self.value(each) for each in element])

    def op_variable(self, element, _):
        return self.values[element.get("identifier")]

    def op_basevalue(self, element, _):
        return float(element.text) if element.get("baseType") == "float" else element.text

    def op_correct(self, element, _):
        values = [each.text for each in self.declaration(element.get("identifier")).iter(f"{Q}value")]
        return values if self.cardinality[element.get("identifier")] in {"multiple", "ordered"} else values[0]

    def op_match(self, element, values):
        unordered = [each.get("identifier") for each in element if each.tag == f"{Q}correct"]
        if any(self.cardinality[each] == "multiple" for each in unordered):
            return sorted(values[0] or []) == sorted(values[1])
        return values[0] == values[1]

    def op_member(self, _, values):
        return values[0] in (values[1] or [])

    def op_ordered(self, _, values):
        return values

    def op_multiple(self, _, values):
        return [*values[0], *values[1:]]

    def op_and(self, _, values):
        return all(values)

    def op_or(self, _, values):
        return any(values)

    def op_not(self, _, values):
        return not values[0]

    def op_sum(self, _, values):
        return sum(values)

    def op_equal(self, element, values):
        assert element.get("toleranceMode") == "absolute"
        below, above = map(float, element.get("tolerance").split())
        return values[0] is not None and values[1] - below <= values[0] <= values[1] + above

    def op_patternmatch(self, element, values):
        assert values[0] is None or isinstance(values[0], str)
        return values[0] is not None and re.fullmatch(element.get("pattern"), values[0]) is not None

    def op_mapresponse(self, _, __):
        mapping = self.root.find(f"{Q}responseDeclaration/{Q}mapping")
        worth = {each.get("mapKey"): float(each.get("mappedValue")) for each in mapping}
        earned = sum(worth.get(each, float(mapping.get("defaultValue"))) for each in set(self.values["RESPONSE"]))
        return min(max(earned, float(mapping.get("lowerBound"))), float(mapping.get("upperBound")))

    def response(self, value, comparison):
        """Return a plain answer as a student would give it here, or None where it can't be given."""
        if self.root.find(f".//{Q}textEntryInteraction") is not None:
            return self.typed(value, comparison)
        if comparison.item.kind is QuestionKind.MATCH:
            return self.matched(value, comparison)
        names = self.choices("simpleChoice")
        if comparison.item.kind is QuestionKind.ORDER:
            return {"RESPONSE": [names[comparison.text_of([each])] for each in value]}
        if comparison.item.kind is QuestionKind.MULTIPLE:
            return {"RESPONSE": [names[comparison.text_of(each)] for each in value]}
        return {"RESPONSE": names[comparison.text_of(value)]}

    def typed(self, value, comparison):
        """Return what is typed into each field."""
        fields = [each.get("responseIdentifier") for each in self.root.iter(f"{Q}textEntryInteraction")]
        kind = comparison.item.kind
        if kind in NUMBERS:
            if shape_of(value) != shape_of(comparison.variant.key):
                return None
            numbers = zip(fields, entries(value), strict=True)
            return {name: x if self.base[name] == "float" else f" {x:g} " for name, x in numbers}
        if kind is QuestionKind.SHAPE:
            return {fields[0]: f" {tuple(value)} "}
        lines = [re.sub("[\x00-\x1f]", "\ufffd", each) for each in value.splitlines() if each.strip()]
        return dict(zip(fields, lines, strict=True)) if len(lines) == len(fields) else None

    def matched(self, value, comparison):
        """Return the pairs."""
        names, variant = self.choices("simpleAssociableChoice"), comparison.variant
        left, right = (
            {each.id: names[comparison.said(each.text[comparison.language])] for each in side}
            for side in (variant.left, variant.options)
        )
        return {"RESPONSE": [f"{left[one]} {right[other]}" for one, other in value.items()]}


def correct_in(declaration):
    """Return the correct response of a declaration of one number."""
    return float(declaration.findtext(f"{Q}correctResponse/{Q}value"))
