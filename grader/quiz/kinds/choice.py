"""Questions answered by choosing: one option, several, true or false, or what a piece of code raises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from grader.catalogue.question import Question, WrongAnswer
from grader.config.course_config import Tolerance
from grader.quiz.kinds.kind import Kind, filled, letters_in, signs_in, unreadable
from grader.quiz.plain import nested_text, plain, shape_of
from grader.quiz.run import Ran, RunError, shortened
from grader.quiz.variant import Choice, Variant
from grader.wording.message import message

NO_ERROR = "= "
MOST_RIGHT = 20
"""The most options that may hold: the smallest grade that Moodle knows for one of them is 5 %."""
TRUE = frozenset({"true", "t", "yes", "y", "对", "是", "真", "正确"})
FALSE = frozenset({"false", "f", "no", "n", "错", "否", "假", "错误"})


class Single(Kind):
    """One of the options."""

    def key(self, question: Question, ran: Ran) -> Any:
        """Return the right option's id."""
        key = ran.value(question.answer.key or "")
        return known(key, question)

    def mistake(self, wrong: WrongAnswer, _ran: Ran, _key: Any) -> Any:
        """Return the wrong option's id."""
        return wrong.option

    def choices(self, question: Question, given: Mapping[str, Any], _values: Sequence[Any]) -> tuple[Choice, ...]:
        """Return the question's options."""
        return filled(question.sheet.options, given)

    def read(self, raw: Any, variant: Variant) -> Any:
        """Return the id of the option whose letter was given."""
        return letters_in(raw, variant, exactly=1)[0]

    def typed(self, value: Any, variant: Variant) -> Any:
        """Return the letter."""
        return variant.letter(value)

    def told(self, value: Any, variant: Variant, language: str) -> str:
        """Return the option's letter and text."""
        text = next(each.text[language] for each in variant.options if each.id == value)
        return f"{variant.letter(value)}) {self.option_text(text)}"


class Multiple(Single):
    """All of the options that hold; a wrong one takes away what a right one gives."""

    def key(self, question: Question, ran: Ran) -> Any:
        """Return the ids of all options that hold, sorted."""
        key = ran.value(question.answer.key or "")
        if not isinstance(key, set | frozenset | list | tuple) or not key:
            raise RunError(f"the key must be a set of options' ids, not {key!r}")
        if len(set(key)) > MOST_RIGHT:
            raise RunError(f"at most {MOST_RIGHT} options may hold, not {len(set(key))}; ask about fewer at a time")
        return sorted({known(each, question) for each in key})

    def read(self, raw: Any, variant: Variant) -> Any:
        """Return the ids of the options whose letters were given."""
        return sorted(set(letters_in(raw, variant)))

    def share(self, answer: Any, variant: Variant) -> float:
        """Return what the right ones are worth less what the wrong ones take, never below 0."""
        right = set(variant.key)
        return max(0.0, (len(right & set(answer)) - len(set(answer) - right)) / len(right))

    def shows(self, mistake: Any, answer: Any, variant: Variant) -> bool:
        """Whether the option that the misconception is about was judged wrongly."""
        return (mistake in answer) != (mistake in variant.key)

    def typed(self, value: Any, variant: Variant) -> Any:
        """Return the letters."""
        return " ".join(sorted(variant.letter(each) for each in value))

    def told(self, value: Any, variant: Variant, language: str) -> str:
        """Return the options' letters and texts."""
        ordered = sorted(value, key=variant.letter)
        return " · ".join(super(Multiple, self).told(each, variant, language) for each in ordered)


class TrueFalse(Kind):
    """A statement that holds or not."""

    def key(self, question: Question, ran: Ran) -> Any:
        """Return whether the statement holds."""
        key = ran.value(question.answer.key or "")
        if not isinstance(key, bool):
            raise RunError(f"the key must be True or False, not {key!r}")
        return key

    def mistake(self, _wrong: WrongAnswer, _ran: Ran, key: Any) -> Any:
        """Return the other answer."""
        return not key

    def read(self, raw: Any, _variant: Variant) -> Any:
        """Return the answer, given as a bool or in words."""
        if isinstance(raw, bool):
            return raw
        word = signs_in(raw).lower()
        if word in TRUE | FALSE:
            return word in TRUE
        raise unreadable("not_true_or_false")

    def typed(self, value: Any, _variant: Variant) -> Any:
        """Return the bool."""
        return value

    def told(self, value: Any, _variant: Variant, language: str) -> str:
        """Return the answer in words."""
        return message("quiz.true" if value else "quiz.false").text(language)


class Raises(Single):
    """What a piece of code raises, or what it gives although it might seem not to.

    An answer is what it is about: the exception's text, or the value after `= `.
    """

    def key(self, question: Question, ran: Ran) -> Any:
        """Return the exception that was raised, or the value."""
        if ran.raised:
            return ran.raised
        if question.answer.key is None:
            raise RunError("the code raised nothing; give a key that says what to show then")
        return outcome(ran.value(question.answer.key))

    def mistake(self, wrong: WrongAnswer, ran: Ran, _key: Any) -> Any:
        """Return what the learner expects."""
        if wrong.raises is None:
            return outcome(ran.value(wrong.answer or ""))
        kind, _, words = wrong.raises.partition(": ")
        return shortened(kind, words)

    def same(self, one: Any, other: Any, _tolerance: Tolerance) -> bool:
        """Whether two outcomes are the same; a wrong answer may give an exception's first words alone."""
        if one.startswith(NO_ERROR) or other.startswith(NO_ERROR):
            return bool(one == other)
        return bool(one.startswith(other) or other.startswith(one))

    def option_text(self, text: str) -> str:
        """Return an exception's text as it stands."""
        return text

    def choices(self, _question: Question, _given: Mapping[str, Any], values: Sequence[Any]) -> tuple[Choice, ...]:
        """Return the key and the mistakes as options."""
        return tuple(Choice(value, {each: outcome_text(value, each) for each in ("en", "zh")}) for value in values)


def known(option: Any, question: Question) -> str:
    """Return an option's id; RunError when the question has none such."""
    if option not in [each.id for each in question.sheet.options]:
        raise RunError(f"the key gives {option!r}, which is no option's id")
    return str(option)


def outcome(value: Any) -> str:
    """Return a value as the outcome of code that raises nothing."""
    value = plain(value)
    return NO_ERROR + (nested_text(value) if shape_of(value) is not None else str(value))


def outcome_text(value: str, language: str) -> str:
    """Return an outcome in words."""
    if value.startswith(NO_ERROR):
        return message("quiz.no_error", value=value.removeprefix(NO_ERROR)).text(language)
    return message("quiz.raises", exception=value).text(language)
