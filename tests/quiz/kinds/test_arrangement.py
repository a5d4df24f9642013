"""Orders and pairs: every order that leads to the key's result is right, and every pair counts."""

import pytest

from grader.errors import ContentError
from grader.quiz.kinds.kind import UnreadableError
from grader.quiz.kinds.table import KINDS


def read(variant, raw):
    """Return an answer as it is understood."""
    return KINDS[variant.question.kind].read(raw, variant)


def problem(variant, raw):
    """Return why an answer can't be read, in English."""
    with pytest.raises(UnreadableError) as caught:
        read(variant, raw)
    return caught.value.problem.text("en")


def test_every_order_with_the_keys_result_is_right(variants):
    """2·1 + 3 is 5 wherever the idle line stands; (1 + 3)·2 is not."""
    right = [["double", "add", "idle"], ["double", "idle", "add"], ["idle", "double", "add"]]
    assert sorted(variants.steps.accepted) == sorted(right)
    assert all(KINDS["order"].share(order, variants.steps) == 1 for order in right)
    assert KINDS["order"].share(["add", "double", "idle"], variants.steps) == 0


def test_an_order_that_raises_is_wrong(question, ask):
    """A line that needs another one's name can't stand before it."""
    lines = {"make": "a = w + 1", "use": "w = a", "add": "w = w + 3"}
    asked = question(
        "steps",
        {"lines": lines},
        {
            "key": "['make', 'use', 'add']",
            "wrong": [{"misconception": "M01", "order": ["add", "make", "use"]}],
            "result": "[w, a]",
        },
    )
    assert ask(asked).accepted == (["make", "use", "add"],)


def test_orders_that_differ_by_rounding_are_the_same(question, ask):
    """Sums of floats depend on their order in the last digit; nobody is marked wrong for that."""
    lines = {"tenth": "w = w + 0.1", "fifth": "w = w + 0.2", "twice": "w = 2 * w"}
    wrong = [{"misconception": "M01", "order": ["twice", "tenth", "fifth"]}]
    answer = {"key": "['tenth', 'fifth', 'twice']", "wrong": wrong}
    accepted = ask(question("steps", {"code": "w = 0.3", "lines": lines}, answer)).accepted
    assert sorted(accepted) == [["fifth", "tenth", "twice"], ["tenth", "fifth", "twice"]]


@pytest.mark.parametrize("result", ["None if w == 5 else 'other'", "float('nan') if w == 5 else 0.0", "{'w': [w]}"])
def test_a_result_is_any_value(question, ask, result):
    """Also None, NaN, text, or a dict."""
    assert len(ask(question("steps", answer={"result": result})).accepted) == 3


def test_lines_show_the_drawn_numbers_and_run_with_them(question, ask):
    """A line is code like any other."""
    sheet = {
        "draw": {"k": {"integers": [3, 9]}},
        "lines": {"double": "w = {{ k }} * w", "add": "w = w + 3", "idle": "w = w"},
    }
    variant = ask(question("steps", sheet))
    assert f"w = {variant.given['k']} * w" in {each.text["en"] for each in variant.options}
    assert len(variant.accepted) == 3


@pytest.mark.parametrize("form", ["{} {} {}", "{}{}{}", "{},{},{}", "{}\n{}\n{}", "{}、{}、{}", "list"])
def test_an_order_is_read_in_any_form(variants, form):
    """Letters with or without something between them."""
    order = ["add", "idle", "double"]
    letters = [variants.steps.letter(each) for each in order]
    assert read(variants.steps, letters if form == "list" else form.format(*letters)) == order


@pytest.mark.parametrize("raw", ["a", "a b", "a b c a", "a a b", "aaa"])
def test_an_order_uses_each_line_once(variants, raw):
    """The student reads how many letters are wanted, and that none comes twice."""
    assert problem(variants.steps, raw) == "give 3 letter(s), none twice where each is used once"


def test_the_misconceptions_own_order_shows_it(variants):
    """Another wrong order is nobody's."""
    order, (mistake,) = KINDS["order"], variants.steps.mistakes
    assert order.shows(mistake.value, ["add", "double", "idle"], variants.steps)
    assert not order.shows(mistake.value, ["add", "idle", "double"], variants.steps)


def test_an_order_is_told_as_its_lines(variants):
    """The lines, not their letters, say what was meant."""
    assert KINDS["order"].told(["double", "add", "idle"], variants.steps, "en") == "w = 2 * w\nw = w + 3\nw = w"


def test_pairs_are_read_in_the_order_of_the_left_side(variants, letters):
    """One letter for each number; an option may be used twice or not at all."""
    assert read(variants.pairs, letters(variants.pairs, "due", "uno")) == {"one": "due", "two": "uno"}
    assert read(variants.pairs, letters(variants.pairs, "cinque", "cinque").split()) == {
        "one": "cinque",
        "two": "cinque",
    }
    assert problem(variants.pairs, "a").startswith("give 2 letter(s)")


@pytest.mark.parametrize(
    ("options", "wanted"),
    [(["uno", "due"], 1), (["uno", "cinque"], 0.5), (["cinque", "due"], 0.5), (["due", "uno"], 0)],
)
def test_each_pair_earns_its_share(variants, letters, options, wanted):
    """One right pair of two is worth half."""
    answer = read(variants.pairs, letters(variants.pairs, *options))
    assert KINDS["match"].share(answer, variants.pairs) == wanted


@pytest.mark.parametrize(
    ("options", "shown"), [(["uno", "cinque"], True), (["cinque", "cinque"], True), (["uno", "uno"], False)]
)
def test_a_misconceptions_pair_shows_it(variants, letters, options, shown):
    """Whatever stands beside it."""
    (mistake,) = variants.pairs.mistakes
    assert (
        KINDS["match"].shows(mistake.value, read(variants.pairs, letters(variants.pairs, *options)), variants.pairs)
        is shown
    )


def test_pairs_are_told_in_words(variants):
    """Both sides as plain text, in the student's language."""
    assert KINDS["match"].told({"one": "uno", "two": "due"}, variants.pairs, "en") == "one → uno · two → due"
    assert KINDS["match"].told({"one": "uno", "two": "due"}, variants.pairs, "zh") == "一 → 壹 · 二 → 贰"


ORDER_ALL = "the key must order all of double, add, idle, not "
MATCH_ALL = "the key must give an id of `right` for each id of `left`, not "
RIGHT = "the wrong answer of M01 is right; mend the wrong answer, or widen what is drawn"


def wrong(**fields):
    """Return the withheld fields of a single wrong answer."""
    return {"wrong": [{"misconception": "M01", **fields}]}


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("steps", {"key": "['double', 'add']"}, ORDER_ALL + "['double', 'add']"),
        ("steps", {"key": "['double', 'add', 3]"}, ORDER_ALL + "['double', 'add', 3]"),
        ("steps", {"key": "'double'"}, ORDER_ALL + "'double'"),
        ("steps", {"result": "1"}, RIGHT),
        ("steps", {"result": "v"}, "`v` raised NameError: name 'v' is not defined"),
        ("steps", wrong(order=["add", "idle"]), "a wrong order must hold all of add, double, idle"),
        ("steps", wrong(order=["idle", "double", "add"]), RIGHT),
        ("pairs", {"key": "{'one': 'uno'}"}, MATCH_ALL + "{'one': 'uno'}"),
        ("pairs", {"key": "{'one': 'uno', 'two': ['due']}"}, MATCH_ALL + "{'one': 'uno', 'two': ['due']}"),
        ("pairs", {"key": "['uno', 'due']"}, MATCH_ALL + "['uno', 'due']"),
        ("pairs", wrong(pairs={"two": "due"}), RIGHT),
    ],
)
def test_a_broken_arrangement_is_the_authors_error(question, ask, name, change, words):
    """The author reads what the key is and what it must be."""
    with pytest.raises(ContentError) as caught:
        ask(question(name, answer=change))
    assert caught.value.problem == f"question {name}: {words}"


def test_lines_that_do_not_run_in_the_keys_order_are_told(question, ask):
    """The author's own order must work."""
    with pytest.raises(ContentError, match="question steps: the lines raised NameError: name 'v' is not defined"):
        ask(question("steps", {"lines": {"double": "w = 2 * v", "add": "w = w + 3", "idle": "w = w"}}))
