"""Questions answered by arranging: lines of code in an order, or things matched with one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import Any

from grader.catalogue.question import Question, WrongAnswer
from grader.config.course_config import Tolerance
from grader.quiz.fill import fill
from grader.quiz.kinds.kind import Kind, filled, letters_in, unreadable
from grader.quiz.plain import all_close, plain
from grader.quiz.run import Ran, RunError, begin, run
from grader.quiz.variant import Choice, Variant

ROUNDING = Tolerance(relative=1e-5, absolute=1e-6)
"""How far results of two orders may differ that come to the same sum."""


class Order(Kind):
    """Lines of code in an order; every order that ends with the key's result is right."""

    def key(self, question: Question, ran: Ran) -> Any:
        """Return one right order of the lines' ids."""
        key = plain(ran.value(question.answer.key or ""))
        if not isinstance(key, list) or sorted(map(str, key)) != sorted(question.sheet.lines):
            raise RunError(f"the key must order all of {', '.join(question.sheet.lines)}, not {key!r}")
        return key

    def mistake(self, wrong: WrongAnswer, _ran: Ran, key: Any) -> Any:
        """Return the learner's order."""
        if sorted(wrong.order or ()) != sorted(key):
            raise RunError(f"a wrong order must hold all of {', '.join(sorted(key))}")
        return list(wrong.order or ())

    def accepted(self, question: Question, key: Any, given: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return every order that runs and ends with the key's result."""
        wanted = result_of(question, key, given)
        return tuple(list(order) for order in permutations(key) if leads_to(wanted, question, order, given))

    def is_right(self, answer: Any, variant: Variant) -> bool:
        """Whether the lines run in this order and end with the key's result."""
        wanted = result_of(variant.question, variant.key, variant.given)
        return leads_to(wanted, variant.question, answer, variant.given)

    def choices(self, question: Question, given: Mapping[str, Any], _values: Sequence[Any]) -> tuple[Choice, ...]:
        """Return the lines."""
        lines = {name: fill(line, given) for name, line in question.sheet.lines.items()}
        return tuple(Choice(name, {"en": line, "zh": line}) for name, line in lines.items())

    def option_text(self, text: str) -> str:
        """Return a line of code as it stands."""
        return text

    def read(self, raw: Any, variant: Variant) -> Any:
        """Return the lines' ids in the order of the letters given."""
        order = letters_in(raw, variant, exactly=len(variant.options))
        if len(set(order)) != len(order):
            raise unreadable("letter_count", count=len(variant.options))
        return order

    def typed(self, value: Any, variant: Variant) -> Any:
        """Return the letters in order."""
        return " ".join(variant.letter(each) for each in value)

    def told(self, value: Any, variant: Variant, language: str) -> str:
        """Return the lines in order."""
        lines = {each.id: each.text[language] for each in variant.options}
        return "\n".join(lines[each] for each in value)


class Match(Kind):
    """Things on the left, each with one of the options; credit for each."""

    def key(self, question: Question, ran: Ran) -> Any:
        """Return the right option's id for each id on the left."""
        key = ran.value(question.answer.key or "")
        left = {each.id for each in question.sheet.left}
        right = [each.id for each in question.sheet.right]
        if not isinstance(key, dict) or key.keys() != left or not all(each in right for each in key.values()):
            raise RunError(f"the key must give an id of `right` for each id of `left`, not {key!r}")
        return dict(key)

    def mistake(self, wrong: WrongAnswer, _ran: Ran, key: Any) -> Any:
        """Return the key with the learner's pairs in it."""
        return {**key, **(wrong.pairs or {})}

    def choices(self, question: Question, given: Mapping[str, Any], _values: Sequence[Any]) -> tuple[Choice, ...]:
        """Return what is on the right."""
        return filled(question.sheet.right, given)

    def read(self, raw: Any, variant: Variant) -> Any:
        """Return the options whose letters were given, in the order of what is on the left."""
        chosen = letters_in(raw, variant, exactly=len(variant.left))
        return {each.id: option for each, option in zip(variant.left, chosen, strict=True)}

    def share(self, answer: Any, variant: Variant) -> float:
        """Return the share of right pairs."""
        right = [each for each in variant.left if answer[each.id] == variant.key[each.id]]
        return len(right) / len(variant.left)

    def shows(self, mistake: Any, answer: Any, variant: Variant) -> bool:
        """Whether the answer holds the misconception's pairs."""
        return all(answer[left] == right for left, right in mistake.items() if variant.key[left] != right)

    def typed(self, value: Any, variant: Variant) -> Any:
        """Return the letters in the order of what is on the left."""
        return " ".join(variant.letter(value[each.id]) for each in variant.left)

    def told(self, value: Any, variant: Variant, language: str) -> str:
        """Return the pairs in words."""
        options = {each.id: self.option_text(each.text[language]) for each in variant.options}
        pairs = ((self.option_text(each.text[language]), options[value[each.id]]) for each in variant.left)
        return " · ".join(f"{left} → {right}" for left, right in pairs)


def result_of(question: Question, order: Sequence[str], given: Mapping[str, Any]) -> Any:
    """Return what the lines end with in an order, as a plain value; RunError when they raise."""
    lines = [question.sheet.code, *(question.sheet.lines[name] for name in order)]
    ran = run(fill("\n".join(lines), given), begin(given))
    if ran.raised:
        raise RunError(f"the lines raised {ran.raised}")
    return plain(ran.value(question.answer.result or ""))


def leads_to(wanted: Any, question: Question, order: Sequence[str], given: Mapping[str, Any]) -> bool:
    """Whether the lines run in an order and end with the same result, but for rounding."""
    try:
        result = result_of(question, order, given)
    except RunError:
        return False
    return repr(result) == repr(wanted) or all_close(result, wanted, ROUNDING)
