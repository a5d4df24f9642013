"""Choices: letters in any case and with anything between them, words for true and false, outcomes of code."""

import pytest

from grader.errors import ContentError
from grader.quiz.kinds.kind import LONGEST, UnreadableError
from grader.quiz.kinds.table import KINDS


def read(variant, raw):
    """Return an answer as it is understood."""
    return KINDS[variant.question.kind].read(raw, variant)


def problem(variant, raw):
    """Return why an answer can't be read, in English; the Chinese text is another."""
    with pytest.raises(UnreadableError) as caught:
        read(variant, raw)
    english, chinese = (caught.value.problem.text(language) for language in ("en", "zh"))
    assert english != chinese
    return english


@pytest.mark.parametrize("form", ["{}", " {} ", "{},", "{}\n", "[{}]"])
def test_a_letter_is_read_in_any_form(variants, form):
    """Blanks and commas around it do not count; nor do its case and its width."""
    for place, option in enumerate(variants.first.options):
        for alphabet in ("abc", "ABC", "ａｂｃ", "ＡＢＣ"):
            raw = [alphabet[place]] if form == "[{}]" else form.format(alphabet[place])
            assert read(variants.first, raw) == option.id


@pytest.mark.parametrize(
    "raw",
    [
        "ad",
        "a d",
        "a, d",
        "A D",
        "d,a",
        "a;d",
        "a\nd",
        "ａ，ｄ",
        "a、d",
        "a　d",
        "add",
        ["a", "d"],
        ["A ", "d"],
        "a\td",
        "a) d)",
        "(a), (d)",
        "a。d",
        ["ad"],
        ["a)", "d)"],
    ],
)
def test_several_letters_are_read_in_any_form(variants, raw):
    """Letters may run together, stand on lines of their own, repeat, and come in any order."""
    ids = [each.id for each in variants.some.options]
    assert read(variants.some, raw) == sorted([ids[0], ids[3]])


@pytest.mark.parametrize("raw", ["e", "a e", "1", "a1", "ab c!", "ä", 1, ["ae"], ["a", 7], "a-b", "ß", "İ"])
def test_what_is_no_letter_is_refused(variants, raw):
    """The student reads which letters there are."""
    assert problem(variants.some, raw) == "give letters from a to d"


@pytest.mark.parametrize("raw", ["", "   ", " , ", [], [","], "，", "()"])
def test_no_letter_at_all_is_no_answer(variants, raw):
    """An empty list chooses nothing, which is never right: it is refused, and costs nothing."""
    for variant in (variants.first, variants.some, variants.outcome):
        assert problem(variant, raw) == "there is no answer here"


@pytest.mark.parametrize("raw", ["a b", "aa", ["a", "b"]])
def test_one_letter_is_one(variants, raw):
    """Who gives two letters has not decided."""
    for variant in (variants.first, variants.outcome):
        assert problem(variant, raw).startswith("give 1 letter(s)")


@pytest.mark.parametrize("raw", [True, {"a": 1}, [["a"]], [None], [True], {"a"}])
def test_another_type_is_refused(variants, raw):
    """The student reads that text is wanted."""
    assert problem(variants.some, raw).startswith("this is no text")


def test_endless_letters_are_refused(variants):
    """The limit holds for letters too."""
    assert problem(variants.some, "a" * (LONGEST + 1)) == f"the answer is longer than {LONGEST} characters"


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        (["alpha", "beta"], 1),
        (["alpha"], 0.5),
        (["alpha", "beta", "gamma"], 0.5),
        (["alpha", "gamma"], 0),
        (["gamma"], 0),
        (["gamma", "delta"], 0),
        (["alpha", "beta", "gamma", "delta"], 0),
    ],
)
def test_a_wrong_option_takes_what_a_right_one_gives(variants, letters, options, wanted):
    """(right - wrong) / all right ones, never below 0: choosing everything is worth nothing."""
    raw = letters(variants.some, *options)
    assert KINDS["multiple"].share(read(variants.some, raw), variants.some) == wanted


def test_an_option_is_a_misconceptions_when_it_is_judged_wrongly(variants):
    """Chosen though wrong, or left out though right."""
    shown = {
        each.misconception: [
            chosen
            for chosen in (["alpha", "beta"], ["alpha", "beta", "gamma"], ["alpha"], ["alpha", "gamma"])
            if KINDS["multiple"].shows(each.value, chosen, variants.some)
        ]
        for each in variants.some.mistakes
    }
    assert shown == {"M01": [["alpha", "beta", "gamma"], ["alpha", "gamma"]], "M02": [["alpha"], ["alpha", "gamma"]]}


def test_only_the_misconceptions_own_option_shows_it(variants):
    """Only beta is M01's; gamma is wrong too, and nobody's."""
    single, (mistake,) = KINDS["single"], variants.first.mistakes
    assert single.shows(mistake.value, "beta", variants.first)
    assert not single.shows(mistake.value, "gamma", variants.first)
    assert single.share("alpha", variants.first) == 1
    assert single.share("gamma", variants.first) == 0


@pytest.mark.parametrize("raw", [True, "true", "True", " TRUE ", "t", "Yes", "y", "对", "是", "正确", "真", "ｔｒｕｅ"])
def test_true_is_said_in_many_ways(variants, raw):
    """As YAML, in words of either language, in any case and width."""
    assert read(variants.claim, raw) is True


@pytest.mark.parametrize("raw", [False, "false", "F", "no", "N", "错", "否", "错误", "假"])
def test_false_is_said_in_many_ways(variants, raw):
    """As for true."""
    assert read(variants.claim, raw) is False


@pytest.mark.parametrize("raw", ["maybe", 1, 0, "1", "tf", "not true", "不对"])
def test_neither_true_nor_false_is_refused(variants, raw):
    """A number is no truth value."""
    assert problem(variants.claim, raw) == "answer with true or false"


def test_the_other_truth_value_is_the_misconceptions(variants):
    """A statement has two answers."""
    (mistake,) = variants.claim.mistakes
    assert mistake.value is False
    assert KINDS["true_false"].told(mistake.value, variants.claim, "zh") == "错"


def test_what_code_raises_is_the_key(variants):
    """The exception's type and first words are the right outcome; the mistakes are the other options."""
    assert variants.outcome.key == "RuntimeError: grad can be implicitly created only for scalar outputs"
    assert {each.id for each in variants.outcome.options} == {variants.outcome.key, "= [1, 1]", "TypeError: no"}
    assert {each.value: each.misconception for each in variants.outcome.mistakes} == {
        "= [1, 1]": "M01",
        "TypeError: no": "M02",
    }


QUIET = {"code": "x = torch.tensor(2.0)"}


def test_an_exception_that_a_learner_expects_is_cut_as_the_true_one_is(question, ask):
    """So that the length of an option does not tell which one torch wrote."""
    asked = question("outcome", answer={"wrong": [{"misconception": "M01", "raises": "TypeError: " + "word " * 100}]})
    assert [each.value for each in ask(asked).mistakes] == ["TypeError: " + "word " * 10 + "word …"]


def test_code_that_raises_nothing_asks_for_its_value(question, ask):
    """Surprisingly no error: the key says what to show."""
    asked = question("outcome", QUIET, {"key": "x", "wrong": [{"misconception": "M01", "raises": "RuntimeError: no"}]})
    assert ask(asked).key == "= 2"


def test_code_that_raises_nothing_needs_a_key(question, ask):
    """The author is told what is missing."""
    with pytest.raises(ContentError, match="the code raised nothing; give a key that says what to show then"):
        ask(question("outcome", QUIET, {"wrong": [{"misconception": "M01", "raises": "RuntimeError: no"}]}))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("RuntimeError: Mismatch in shape: 2", "RuntimeError: Mismatch", True),
        ("RuntimeError: Mismatch", "RuntimeError: Mismatch in shape: 2", True),
        ("RuntimeError: a", "RuntimeError: b", False),
        ("= 1", "= 12", False),
        ("= [1, 2]", "= [1, 2]", True),
        ("= None", "RuntimeError: x", False),
    ],
)
def test_an_exception_may_be_given_by_its_first_words(variants, one, other, same):
    """Values are compared whole: 1 is not the beginning of 12."""
    assert KINDS["exception"].same(one, other, variants.outcome.tolerance) is same


def test_values_that_begin_alike_are_different_outcomes(question, ask):
    """A question whose key is 2 may offer 20."""
    asked = question("outcome", QUIET, {"key": "x", "wrong": [{"misconception": "M01", "answer": "10 * x"}]})
    assert {each.id for each in ask(asked).options} == {"= 2", "= 20"}


def test_a_wrong_answer_with_the_keys_first_words_is_told(question, ask):
    """It could not be told from the key."""
    with pytest.raises(ContentError, match="the wrong answer of M01 is right"):
        ask(question("outcome", answer={"wrong": [{"misconception": "M01", "raises": "RuntimeError: grad can be"}]}))


@pytest.mark.parametrize(
    ("name", "key", "words"),
    [
        ("first", "'omega'", "the key gives 'omega', which is no option's id"),
        ("first", "None", "the key gives None, which is no option's id"),
        ("some", "{'alpha', 'omega'}", "the key gives 'omega', which is no option's id"),
        ("some", "set()", "the key must be a set of options' ids, not set()"),
        ("some", "'alpha'", "the key must be a set of options' ids, not 'alpha'"),
        ("claim", "1", "the key must be True or False, not 1"),
        ("claim", "torch.tensor(True)", "the key must be True or False, not tensor(True)"),
    ],
)
def test_a_key_of_another_type_is_the_authors_error(question, ask, name, key, words):
    """The author reads what the key is and what it must be."""
    with pytest.raises(ContentError) as caught:
        ask(question(name, answer={"key": key}))
    assert caught.value.problem == f"question {name}: {words}"


def test_more_right_options_than_an_importer_can_grade_are_refused(question, ask):
    """Moodle knows no smaller part of the points than a twentieth: the author asks about fewer options at a time."""
    options = [{"id": f"o{number}", "en": str(number), "zh": str(number)} for number in range(22)]

    def right(count):
        key = f"{{f'o{{n}}' for n in range({count})}}"
        return ask(
            question("some", {"options": options}, {"key": key, "wrong": [{"misconception": "M01", "option": "o21"}]})
        )

    assert len(right(20).key) == 20
    with pytest.raises(ContentError) as caught:
        right(21)
    assert caught.value.problem == "question some: at most 20 options may hold, not 21; ask about fewer at a time"


def test_an_option_that_the_key_names_twice_counts_once(question, ask):
    """A list may repeat itself."""
    assert ask(question("some", answer={"key": "['beta', 'alpha', 'beta']"})).key == ["alpha", "beta"]


def test_answers_are_told_by_letter_and_text(variants, letters):
    """What was understood is told without the marks of the text."""
    letter = variants.first.letter("beta")
    assert KINDS["single"].told("beta", variants.first, "en") == f"{letter}) B"
    assert KINDS["multiple"].typed(["beta", "alpha"], variants.some) == " ".join(
        sorted(letters(variants.some, "alpha", "beta").split())
    )
    assert KINDS["multiple"].told(["alpha", "beta"], variants.some, "zh").count(" · ") == 1
