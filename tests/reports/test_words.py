"""The fixed words exist in both languages, and numbers are written as a teacher writes them."""

import re
import string
from pathlib import Path

import pytest

import grader.reports
from grader.reports.words import ANSWER_ICONS, ANSWER_TONES, SYMBOLS, TONES, Words, number, percent, tone
from grader.results.verdicts import AnswerVerdict, Part, Verdict
from grader.wording.message import table

LIMITS = ("cpu", "wall", "memory", "output", "message", "processes")


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_name_of_the_record_has_words(language):
    """Every verdict, part and limit is said in words of its own."""
    words = Words(language)
    names = {"verdict": tuple(Verdict), "part": tuple(Part), "limit": LIMITS}
    for kind, members in names.items():
        said = [words.named(kind, str(member)) for member in members]
        assert len(set(said)) == len(members)
        assert not set(said) & {str(member) for member in members} - {
            "passed",
            "failed",
            "crashed",
            "skipped",
            "memory",
        }


def test_every_verdict_has_a_symbol_of_its_own():
    """Symbols tell verdicts apart without colour."""
    assert len(set(SYMBOLS.values())) == len(Verdict) == len(TONES)


def test_who_earned_a_part_is_amber():
    """The red of nothing is for nothing; a limit that was hit keeps its own tone."""
    assert [tone(Verdict.FAILED, points) for points in (0, 0.5)] == ["bad", "warn"]
    assert tone(Verdict.PASSED, 4) == "good"
    assert tone(Verdict.SKIPPED, 0.5) == "quiet"


def test_an_unknown_name_is_said_as_it_is():
    """A name that has no words yet is shown, not hidden."""
    assert Words("en").named("isolation", "vm") == "vm"


def test_every_template_has_the_same_placeholders_in_both_languages():
    """A translation loses no parameter."""
    for name, languages in table("reports").items():
        assert set(languages) == {"en", "zh"}, name
        assert placeholders(languages["en"]) == placeholders(languages["zh"]), name


def test_every_template_is_used():
    """The table holds no word that no view says."""
    folder = Path(grader.reports.__file__).parent
    sources = "".join(path.read_text() for path in folder.iterdir() if path.suffix in {".py", ".j2"})
    named = re.compile(r"(verdict|answer|part|about|note|isolation|feedback|limit)_.+")
    keys = {re.sub(r"_(one|many)$", "", key) for key in table("reports") if not named.fullmatch(key)}
    assert [key for key in sorted(keys | {"limit_reached"}) if f'"{key}"' not in sources] == []


@pytest.mark.parametrize(
    ("value", "text"),
    [(4, "4"), (4.0, "4"), (0.125, "0.125"), (1 / 3, "0.333"), (-0.0, "0"), (10, "10"), (100.0, "100")],
)
def test_numbers_have_no_needless_digits(value, text):
    """At most three decimals, no trailing zeros, no negative zero."""
    assert number(value) == text


@pytest.mark.parametrize(
    ("points", "most", "share"), [(1, 3, 33.33), (3, 3, 100), (5, 3, 100), (0, 3, 0), (0, 0, None)]
)
def test_a_share_stays_within_its_bounds(points, most, share):
    """A share is 0 to 100 percent, and nothing where nothing could be earned."""
    assert percent(points, most) == share


def test_one_thing_is_said_in_the_singular():
    """One check is no `checks`."""
    words = Words("en")
    assert (words.count("checks_passed", 1), words.count("checks_passed", 2)) == (
        "1 check passed",
        "2 checks passed",
    )


def test_every_answer_has_its_tone_icon_and_words():
    """No verdict on an answer is shown by nothing."""
    for verdict in AnswerVerdict:
        assert verdict in ANSWER_TONES
        assert ANSWER_ICONS[verdict] in {each.value for each in Verdict}
        for language in ("en", "zh"):
            assert Words(language).named("answer", verdict.value) != verdict.value or language == "en"


def test_how_much_of_a_quiz_was_right(quizzes):
    """A count, or a dash where no answer was looked at."""
    assert [Words("en").answered(quiz) for quiz in quizzes] == ["1 of 7 right", "–"]
    assert Words("zh").answered(quizzes[0]) == "7 题中答对 1 题"
