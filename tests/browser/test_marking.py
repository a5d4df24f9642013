"""The page's script marks as the grader does: a table of answers goes to both."""

import math
from dataclasses import replace
from itertools import permutations, product

import pytest

from grader.bridges.html.content import question_data
from grader.bridges.html.page import packaged
from grader.bridges.pool import Pool
from grader.catalogue.question import QuestionKind
from grader.config.course_config import QuizPolicy, Tolerance
from grader.quiz.kinds.kind import UnreadableError
from grader.quiz.kinds.table import KINDS
from grader.quiz.variant import Mistake

# Digits of other scripts count as digits for Python; words that only JavaScript takes for numbers count for neither.
NUMBERS = ("0", "-0", "7.5", "15", " 15.0 ", "+15", "1.5e1", "15.", ".5", "30/2", "30 / 2.", "15.0149", "15.0151")
NUMBERS += ("15.02", "14.985", "14.98", "1/0", "0/3", "1e400", "-inf", "inf", "nan", "１５", "१५", "𝟙𝟝", "15,0", "1e")
NUMBERS += ("", "  ", "--1", "1_000", "0x1", "Infinity", "NaN", "1e1000", "1/2/3", "1//2", "−1", "tensor(15.)", "abc")
NUMBERS += (
    "NAN",
    "Inf",
    "-iNF",
    "\u0131nf",
    "1E1",
    "１５。０",
    "１５．０",
    "３０／２",
    "－１５",
    "＋１５",
    "15\u3000",
    "\u300015",
)
NUMBERS += (
    "\ufeff15",
    "15\x1f",
    "15\x85",
    "30\u2009/\x852",
    "30\ufeff/2",
    "1५",
    "0" * 4000,
    "0" * 4001,
    "1e-400",
    "1/1e1",
)
SHAPES = ("(4, 8)", "4 8", "4x8", "4×8", "4*8", "[4,8]", "torch.Size([4, 8])", "Size([8, 4])", "tensor(4, 8)", "()")
SHAPES += ("", "(8, 4)", "4", "4,8,", "-4, 8", "4.0, 8", "1234567", "(４, ８)", "four", "4 by 8", "4\n8")
SHAPES += (
    "（４，８）",
    "【4、8】",
    "４×８",
    "4X8",
    "४ ८",
    "4\x1f8",
    "4\ufeff8",
    "[4, 8)",
    "(4, 8",
    "( )",
    "[]",
    ",",
    "Size()",
)
SHAPES += ("torch.Size([4, 8]", "torch.size([4, 8])", "tensor( [4, 8] )", "((4, 8))", "000004, 8", "4 " * 64, "4 " * 65)
TEXTS = ("", " ", "True", "tensor([5., 5.])\nTrue", "tensor([5.,5.])\n\nTrue\n", "tensor([5.0, 5.00])\r\nTrue")
TEXTS += ("tensor([5., 5.1])\nTrue", "tensor([5., 5.])", "True\ntensor([5., 5.])", "tensor([5., 5.])\nTrue\nmore")
TEXTS += ("tensor([1., 1.])\nTrue", "None\nFalse", "tensor([5., 5.004])\ntrue", "tensor([+5., 5e0])\x0bTrue", "5 True")
TEXTS += ("tensor([５., 5.])\u2028T r u e", "tensor([5., -5.])\nTrue", "x" * 4001, "x" * 4000, "🙂" * 4000, "🙂" * 4001)
TEXTS += (
    "ｔｅｎｓｏｒ（［５．，５．］）\nＴｒｕｅ",
    "tensor（【5。、 5。】）\u3000\nTrue",
    "tensor ( [ 5. , 5. ] )\n True",
    "tens or([5., 5.])",
)
TEXTS += (
    "tensor([5. 5.])\nTrue",
    "tensor([5., 5 .])\nTrue",
    "tensor([५., 5.])\nTrue",
    "tensor([5.,\x1f5.])\x1cTrue",
    "\ufeffTrue",
)


def entries_of(value):
    """Return nested lists as one list."""
    return [entry for each in value for entry in entries_of(each)] if isinstance(value, list) else [value]


def nested_as(key, entries):
    """Return a flat iterator's entries nested as `key` is."""
    return [nested_as(each, entries) for each in key] if isinstance(key, list) else next(entries)


def tensor_answers(variant):
    """Yield lists of typed entries: the key, each misconception, each near miss, each word in one place."""
    yield ["12345.5" for _ in entries_of(variant.key)]
    for value in [variant.key, *(each.value for each in variant.mistakes)]:
        texts = [repr(entry) for entry in entries_of(value)]
        if len(texts) == len(entries_of(variant.key)):
            yield texts
            for place, word in product(range(len(texts)), NUMBERS):
                yield [*texts[:place], word, *texts[place + 1 :]]


def match_answers(variant):
    """Yield every way to choose partners, and some that leave one open."""
    left, right = [each.id for each in variant.left], ids(variant)
    for chosen in product(right, repeat=len(left)):
        yield dict(zip(left, chosen, strict=True))
    yield {**dict.fromkeys(left, right[0]), left[0]: ""}


def choice_answers(variant):
    """Yield each option, and none."""
    yield from [*ids(variant), None]


def multiple_answers(variant):
    """Yield every set of options, the empty one too."""
    for flags in product((0, 1), repeat=len(variant.options)):
        yield [each for each, on in zip(ids(variant), flags, strict=True) if on]


def order_answers(variant):
    """Yield every order."""
    yield from map(list, permutations(ids(variant)))


def shape_answers(variant):
    """Yield the key in many forms, the misconceptions, and what is no shape."""
    yield from (form.format(*variant.key) for form in ("({}, {})", "{}x{}", "torch.Size([{},{}])", " {} {} "))
    yield from (str(each.value) for each in variant.mistakes)
    yield from SHAPES


def text_answers(variant):
    """Yield the key and the misconceptions with and without blanks, and other texts."""
    for text in [variant.key, *(each.value for each in variant.mistakes)] if variant.key else []:
        yield from (text, text * 2, "\n\n".join(text.replace(" ", "").split("\n")))
    yield from TEXTS


def ids(variant):
    """Return the ids of the options in the order shown."""
    return [each.id for each in variant.options]


ANSWERS = {
    QuestionKind.SINGLE: choice_answers,
    QuestionKind.EXCEPTION: choice_answers,
    QuestionKind.TRUE_FALSE: lambda _: iter([True, False, None]),
    QuestionKind.MULTIPLE: multiple_answers,
    QuestionKind.NUMERIC: tensor_answers,
    QuestionKind.TENSOR: tensor_answers,
    QuestionKind.SHAPE: shape_answers,
    QuestionKind.ORDER: order_answers,
    QuestionKind.MATCH: match_answers,
    QuestionKind.OUTPUT: text_answers,
    QuestionKind.TEXT: text_answers,
}
"""Raw answers to a variant, as the page's controls hold them."""


def for_grader(variant, raw):
    """Return a raw answer of the page's controls as an answer sheet holds it."""
    kind = variant.question.kind
    if raw is None:
        return ""
    if kind in (QuestionKind.SINGLE, QuestionKind.EXCEPTION):
        return variant.letter(raw)
    if kind in (QuestionKind.MULTIPLE, QuestionKind.ORDER):
        return " ".join(map(variant.letter, raw))
    if kind is QuestionKind.MATCH:
        return " ".join(variant.letter(raw[each.id]) if raw[each.id] else "" for each in variant.left)
    if kind in (QuestionKind.NUMERIC, QuestionKind.TENSOR):
        return nested_as(variant.key, iter(raw)) if isinstance(variant.key, list) else raw
    return raw


def marked(variant, raw):
    """Return the grader's share and misconception; None and None for what it can't read."""
    kind = KINDS[variant.question.kind]
    try:
        value = kind.read(for_grader(variant, raw), variant)
    except UnreadableError:
        return [None, None]
    if variant.question.kind is QuestionKind.TEXT:
        return ["by hand", None]
    share = kind.share(value, variant)
    shown = (each.misconception for each in variant.mistakes if kind.shows(each.value, value, variant))
    return [share, None if share == 1 else next(shown, None)]


MARK = """([question, raws]) => raws.map((raw) => {
    const got = marking.mark(question, question.variants[0], raw);
    if (got.problem) return [null, null];
    return [got.share === null ? "by hand" : got.share, got.misconception];
})"""


@pytest.fixture(scope="module")
def script(browser):
    """Return a page that holds the marking script alone."""
    page = browser.new_page()
    page.set_content(f"<script>{packaged('marking.js')}</script>")
    yield page
    page.close()


def compare(script, question, variant, raws):
    """Check that both mark alike, and return how the grader marks."""
    expected = [marked(variant, raw) for raw in raws]
    got = script.evaluate(MARK, [question_data(Pool(question, (variant,)), ["en", "zh"]), raws])
    assert len(got) == len(expected) == len(raws) > 0
    different = [each for each in zip(raws, got, expected, strict=True) if each[1] != each[2]]
    assert different == []
    return expected


@pytest.mark.parametrize("kind", QuestionKind)
def test_the_page_marks_as_the_grader_does(script, exports, kind):
    """For every variant of every question of the kind, all answers of the table earn the same share in both."""
    for pool in exports[0].pools:
        if pool.question.kind is kind:
            for variant in pool.variants:
                expected = compare(script, pool.question, variant, list(ANSWERS[kind](variant)))
                if kind is not QuestionKind.TEXT:
                    shares = {share for share, _ in expected}
                    assert {0.0, 1.0} <= shares
                    assert any(misconception for _, misconception in expected)


@pytest.mark.parametrize("tolerance", [(0, 0), (1e-3, 0), (0, 1e-2), (1e-3, 1e-4), (0.5, 0.5)])
def test_both_tolerances_are_the_same(script, exports, tolerance):
    """Answers on both sides of the border are judged alike, whatever the tolerance."""
    pool = next(pool for pool in exports[0].pools if pool.question.id == "twice")
    relative, absolute = tolerance
    for key in (15.0, -15.0, 0.0, 1e-3, 31415.9265):
        border = absolute + relative * abs(key)
        near = [key + sign * border * factor for sign in (-1, 1) for factor in (0, 0.5, 0.999999, 1, 1.000001, 2)]
        near += [math.nextafter(key + border, side) for side in (-math.inf, math.inf)]
        variant = replace(
            pool.variants[0],
            key=key,
            find_accepted=lambda key=key: (key,),
            tolerance=Tolerance(relative=relative, absolute=absolute),
        )
        compare(script, pool.question, variant, [[repr(each)] for each in near])


PRINT = (
    "w 1.0",
    "w 1.5",
    "w 0.6",
    "w1.0",
    "W 1.0",
    "w  1 ",
    "w 1 0",
    "w 1 .0",
    "因为 1",
    "因为1",
    "(w) 1",
    "(w)1",
    "² 1",
    "²1",
)
PRINT += (
    "w -1",
    "w-1",
    "w - 1",
    "w −1",
    "loss: 1 2",
    "loss :1 2",
    "loss:12",
    "🙂 1",
    "🙂1",
    "_ 1",
    "_1",
    "1e0 w",
    "1e 0 w",
)


@pytest.mark.parametrize("key", PRINT)
@pytest.mark.parametrize("mistake", ["w 2", "loss: 3 4", "因为 2"])
def test_print_is_compared_alike(script, exports, key, mistake):
    """Each line is held against each other, as the key and as a mistake, by words, signs, blanks and values."""
    pool = next(pool for pool in exports[0].pools if pool.question.id == "prints_one_line")
    mistakes = (Mistake(mistake, "M11"),)
    for tolerance in (Tolerance(relative=0, absolute=0), Tolerance(relative=0.5, absolute=0)):
        variant = replace(pool.variants[0], key=key, mistakes=mistakes, tolerance=tolerance)
        raws = [*PRINT, mistake, "w 3", "w 4", "w 1.34", "loss: 2 8", "loss: 2 2.7", f"{key}\n{mistake}"]
        assert [1.0, None] in compare(script, pool.question, variant, raws)
        turned = replace(variant, key=mistake, find_accepted=lambda: (mistake,), mistakes=(Mistake(key, "M11"),))
        assert ([0.0, "M11"] in compare(script, pool.question, turned, raws)) or tolerance.relative


@pytest.mark.parametrize("key", [[math.nan, 1.0], [math.inf, -math.inf], [[[1.0], [2.0]], [[3.0], [4.0]]]])
def test_odd_keys_are_marked_alike(script, exports, key):
    """A key may be NaN or infinite or deep; the page's data holds it all the same."""
    pool = next(pool for pool in exports[0].pools if pool.question.id == "weighted")
    other = nested_as(key, iter([7.0] * 9))
    variant = replace(
        pool.variants[0], key=key, find_accepted=lambda key=key: (key,), mistakes=(Mistake(other, "M11"),)
    )
    expected = compare(script, pool.question, variant, list(tensor_answers(variant)))
    assert [1.0, None] in expected
    assert [0.0, "M11"] in expected


def test_a_difference_would_be_seen(script, exports):
    """A tolerance that the page does not know makes the comparison fail."""
    pool = next(pool for pool in exports[0].pools if pool.question.id == "twice")
    variant = pool.variants[0]
    lenient = replace(variant, tolerance=Tolerance(relative=1, absolute=0))
    raws = [[repr(variant.key * 1.5)]]
    got = script.evaluate(MARK, [question_data(pool, ["en", "zh"]), raws])
    assert [marked(lenient, raws[0])] != got


def test_the_policy_of_marking_is_the_pages_too():
    """Nothing but the share is taken over: what a wrong choice costs by default is nothing, as in the page."""
    assert QuizPolicy().wrong_choice == 0
