"""Which kind answers for which questions."""

from __future__ import annotations

from collections.abc import Mapping

from grader.catalogue.question import QuestionKind
from grader.quiz.kinds.arrangement import Match, Order
from grader.quiz.kinds.choice import Multiple, Raises, Single, TrueFalse
from grader.quiz.kinds.kind import Kind
from grader.quiz.kinds.number import Numeric, ShapeKind, TensorKind
from grader.quiz.kinds.words import FreeText, Output

KINDS: Mapping[QuestionKind, Kind] = {
    QuestionKind.SINGLE: Single(),
    QuestionKind.MULTIPLE: Multiple(),
    QuestionKind.TRUE_FALSE: TrueFalse(),
    QuestionKind.NUMERIC: Numeric(),
    QuestionKind.TENSOR: TensorKind(),
    QuestionKind.SHAPE: ShapeKind(),
    QuestionKind.OUTPUT: Output(),
    QuestionKind.EXCEPTION: Raises(),
    QuestionKind.ORDER: Order(),
    QuestionKind.MATCH: Match(),
    QuestionKind.TEXT: FreeText(),
}
