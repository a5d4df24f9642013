"""A throw-away course with every kind of question, and what any export of it must still say when it is read back."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from grader.bridges.item import items_of
from grader.bridges.pool import Pool, quiz_exports
from grader.catalogue.course import load_course
from grader.catalogue.question import QuestionKind
from grader.quiz.kinds.table import KINDS
from grader.quiz.kinds.words import lines as output_lines
from grader.quiz.plain import close, entries, shape_of
from grader.quiz.variant import Choice, Mistake

SECRET = b"a secret of the tests"
HOSTILE = (
    "\"quotes\" 'single' ]]> & &amp; &lt; <script>alert(1)</script> <b>{}~=#:%50% // -> * \\n \\ #### ::t:: "
    "{1:NUMERICAL:=1} {T} [html] 😀 中文\n\n\nT\n`$CATEGORY: x` `a & <b> {~}` **<i>** $x_{1} < \\frac{1}{2} & ]]>$ "
    ":-) (n) it's '-) \"-) 8-. ( ) `f(y)` `:(` $f(h) + 8-[$ **(y)**"
)
HOSTILE_CODE = 'print("]]> & <script> {}~=#: \\n %d *" % 1)  # 😀\n\n\nd = {1: "a~b"}  // x -> y'
CHOICES = {QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.TRUE_FALSE, QuestionKind.EXCEPTION}
NUMBERS = {QuestionKind.NUMERIC, QuestionKind.TENSOR}
# fmt: off
EMOTICONS = (
    ":-)", ":)", ":-D", ";-)", ":-/", "V-.", ":-P", ":-p", "B-)", "^-)", "8-)", ":o)", ":-(", ":(", "8-.", ":-I",
    ":-X", "8-o", "P-|", "8-[", "(grr)", "xx-P", "|-.", "}-]", "(h)", "(heart)", "(y)", "(n)", "(martin)", "( )",
)
# fmt: on
"""What Moodle draws pictures for, unless a site was told otherwise."""


@dataclass
class Found:
    """A question as an importer reads it: texts are words without markup, and any one of `choices` … `lines` is set."""

    prompt: str
    points: float | None
    """None where the format has no points."""
    feedback: str
    """Everything that a student may ever be told about an answer."""
    explanation: str
    choices: dict = field(default_factory=dict)
    """Text -> share of the points and feedback."""
    entries: list = field(default_factory=list)
    """For each gap the key, the margin and `{wrong number: feedback}`; the key is a text where it is no number."""
    lines: list = field(default_factory=list)
    """For each gap what is accepted, and `{wrong text: feedback}`."""
    pairs: dict = field(default_factory=dict)
    spare: set = field(default_factory=set)
    ignores_case: bool = False
    """Whether capital letters make no difference in `lines`."""
    uneven: bool = False
    """Whether what is right in `choices` may be worth more or less than its part."""
    order: list = field(default_factory=list)
    orders: list = field(default_factory=list)
    """Every order that is accepted."""
    model: str | None = ""
    """What whoever marks reads; None where the format has no place that students do not read."""


def words(markup: str) -> str:
    """Return the words of HTML."""
    return flat(html.unescape(re.sub(r"<[^>]*>", " ", markup)))


def drawn(markup: str) -> str:
    """Return HTML as Moodle's filter leaves it: with pictures for emoticons but in code blocks and `nolink` spans."""
    depth, parts = 0, []
    for part in re.split(r"(</?(?:pre|span)[^>]*>)", markup):
        begins = re.match(r"<(?:pre|span[^>]*nolink)" if depth == 0 else "<(?:pre|span)", part)
        depth += bool(begins) - bool(depth and part.startswith("</"))
        parts.append(part if depth else re.sub("|".join(map(re.escape, EMOTICONS)), "[a picture]", part))
    return "".join(parts)


def in_a_browser(markup: str) -> str:
    """Return the text of HTML as it is seen: blanks stand as written in code blocks alone."""
    blocks = re.split(r"<pre[^>]*>(.*?)</pre>", markup, flags=re.DOTALL)
    texts = [html.unescape(re.sub("<[^>]*>", "", each)) for each in blocks]
    return "\n".join(each if at % 2 else " ".join(each.split()) for at, each in enumerate(texts)).strip("\n")


def flat(text: str) -> str:
    """Return a text without blanks, and without what no XML can hold."""
    return re.sub(r"[\s\ufffd\x00-\x1f]+", "", text)


def as_typed(kind: QuestionKind, key) -> list[str]:
    """Return a shape, or what is no number, as people type it besides."""
    if kind is QuestionKind.SHAPE:
        inside = ",".join(map(str, key))
        return [f"（{inside.replace(',', '，')}）", f"( {inside.replace(',', ', ')} )", f"({inside},)"]
    return ["NaN", "NAN"] if kind in NUMBERS else []


def legal(text: str) -> str:
    """Return a text without what no XML can hold, and what stands for it."""
    return re.sub("[\ufffd\x00-\x08\x0e-\x1f]", "", text)


def printed(text: str) -> list[str]:
    """Return lines of print with the blanks alone that count, and without what no XML can hold."""
    return output_lines(legal(text))


def tight_lines(text: str) -> list[str]:
    """Return lines of print as people type them: without blanks after commas, with all the others."""
    return [" ".join(line.split()).replace(", ", ",") for line in legal(text).splitlines() if line.strip()]


def said(text: str, maths=r"\({}\)".format) -> str:
    r"""Return what a text in the little Markdown says, with `\(maths\)` or as `maths` writes it."""
    text = re.sub(
        r"`([^`\n]+)`|\*\*([^*\n]+)\*\*|\$([^$\n]+)\$",
        lambda found: found[1] or found[2] or maths(found[3]),
        text,
    )
    return flat(text)


class Comparison:
    """Compares what was found with an item, whichever way the item was exported."""

    def __init__(self, item, maths=said):
        self.item, self.variant, self.language, self.said = item, item.variant, item.export.language, maths

    def texts(self, found):
        """Check prompt, points, explanation and every misconception's feedback."""
        assert self.said(self.variant.text[self.language]) in found.prompt
        assert flat(self.variant.code) in found.prompt
        assert found.points is None or found.points == pytest.approx(self.item.points)
        assert self.said(self.item.explanation) in found.explanation
        for each in self.item.remarks:
            assert flat(each.title) + flat(each.explanation) in found.feedback
        if self.item.kind is QuestionKind.TEXT:
            model = self.said(self.item.model)
            assert found.model is None or model in found.model
            assert model not in found.prompt + found.feedback + found.explanation

    def everything(self, found):
        """Check texts, points and the key, whichever way is asked for it."""
        self.texts(found)
        if self.item.kind in NUMBERS and found.lines:
            assert set(as_typed(self.item.kind, self.variant.key)) <= set(found.lines[0][0])
            found.entries, found.lines = [(accepted[0], None, {}) for accepted, _ in found.lines], []
        ways = [name for name in ("choices", "entries", "lines", "pairs", "order") if getattr(found, name)]
        assert len(ways) == (self.item.kind is not QuestionKind.TEXT)
        for way in ways:
            getattr(self, way)(found)

    def text_of(self, value):
        """Return what an answer says as one of several."""
        shown = {each.id: each.text[self.language] for each in self.variant.options}
        if self.item.kind is QuestionKind.ORDER:
            return flat("".join(shown[each] for each in value))
        if self.item.kind is QuestionKind.EXCEPTION:
            return flat(shown[value])
        if value in shown:
            return self.said(shown[value])
        return flat(KINDS[self.item.kind].told(value, self.variant, self.language))

    def choices(self, found):
        """Check that the right ones alone earn points, and that the wrong ones tell their misconception."""
        many = self.item.kind is QuestionKind.MULTIPLE
        right = self.variant.key if many else self.variant.accepted
        wanted = {self.text_of(each) for each in right}
        earning = {text for text, (share, _) in found.choices.items() if share > 0}
        assert earning <= wanted
        assert earning == wanted or self.item.kind is QuestionKind.ORDER
        shares = [found.choices[text][0] for text in earning]
        assert sum(shares) == pytest.approx(1, abs=1e-4)
        assert found.uneven or shares == pytest.approx([1 / len(earning)] * len(earning), abs=1e-4)
        if self.item.kind in CHOICES and self.variant.options:
            assert set(found.choices) == {self.text_of(each.id) for each in self.variant.options}
        for each in self.item.remarks:
            if not many or each.value not in right:
                share, feedback = found.choices[self.text_of(each.value)]
                assert share <= 0
                assert flat(each.title) in feedback

    def entries(self, found):
        """Check each entry's key and margin, and that an entry's feedback is its misconception's."""
        keys, tolerance = list(entries(self.variant.key)), self.variant.tolerance
        assert len(found.entries) == len(keys)
        for at, (key, (got, margin, wrong)) in enumerate(zip(keys, found.entries, strict=True)):
            if isinstance(got, str):
                assert got == str(key)
                continue
            assert close(got, key, tolerance)
            if margin is not None:
                assert margin == pytest.approx(tolerance.absolute + tolerance.relative * abs(key), rel=1e-3)
            for number, feedback in wrong.items():
                alike = [m for m in self.item.remarks if shape_of(m.value) == shape_of(self.variant.key)]
                those = [m for m in alike if close(list(entries(m.value))[at], number, tolerance, 2)]
                assert [flat(m.title) in feedback for m in those] == [True]

    def lines(self, found):
        """Check that each line is accepted as the course's own marking takes it, and no wrong answer is."""
        as_lines = KINDS[self.item.kind].told
        raw = as_lines(self.variant.key, self.variant, "en")
        key = printed(raw)
        assert len(found.lines) == len(key)
        fold = str.lower if found.ignores_case else str
        for line, (accepted, _) in zip(key, found.lines, strict=True):
            assert self.item.kind is QuestionKind.SHAPE or {printed(each)[0] for each in accepted} == {line}
            assert line in {printed(each)[0] for each in accepted}
            assert set(as_typed(self.item.kind, self.variant.key)) <= set(accepted)
        for line, (accepted, _) in zip(tight_lines(raw), found.lines, strict=True):
            assert line in {legal(each) for each in accepted}
        for each in self.item.remarks:
            wrong = printed(as_lines(each.value, self.variant, "en"))
            told = [
                fold(line) in {fold(printed(x)[0]) for x in accepted}
                for line, (accepted, _) in zip(wrong, found.lines, strict=False)
            ]
            assert len(wrong) != len(key) or not all(told)
        for _, wrong in found.lines:
            for text, feedback in wrong.items():
                those = [
                    m for m in self.item.remarks if printed(as_lines(m.value, self.variant, "en")) == printed(text)
                ]
                assert not those or flat(those[0].title) in feedback

    def pairs(self, found):
        """Check every pair, and that what belongs nowhere is offered too."""
        if self.item.kind is not QuestionKind.MATCH:
            keys = list(entries(self.variant.key))
            assert [float(each) for each in found.pairs.values()] == pytest.approx(keys, rel=1e-4, nan_ok=True)
            return
        shown = {each.id: flat(each.text[self.language]) for each in self.variant.options}
        assert list(found.pairs) == [self.said(each.text[self.language]) for each in self.variant.left]
        assert len(found.spare) == len(shown) - len(set(self.variant.key.values()))
        offered = {**found.pairs, **{each: each for each in found.spare}}.values()
        assert len(set(offered)) == len(shown)
        groups = {self.variant.key[each.id] for each in self.variant.left}
        assert len(set(found.pairs.values())) == len(groups)

    def order(self, found):
        """Check the order, or all that are accepted."""
        lines = {each.id: flat(each.text[self.language]) for each in self.variant.options}
        accepted = [[lines[each] for each in order] for order in self.variant.accepted]
        assert found.order in accepted
        if found.orders:
            assert sorted(found.orders) == sorted(accepted)
        else:
            assert len(accepted) == 1


@pytest.fixture(scope="session")
def reading():
    """Return the tools of every reader: `Found`, `Comparison`, and what reads texts."""

    class Reading:
        """A bag of tools."""

    Reading.Found, Reading.Comparison = Found, Comparison
    Reading.words, Reading.flat, Reading.said = staticmethod(words), staticmethod(flat), staticmethod(said)
    Reading.as_typed = staticmethod(as_typed)
    Reading.drawn, Reading.in_a_browser = staticmethod(drawn), staticmethod(in_a_browser)
    return Reading


@pytest.fixture(scope="session")
def quiz_course():
    """Return the throw-away course."""
    return load_course(Path(__file__).parent / "course")


@pytest.fixture(scope="session")
def throw_away_exports(quiz_course):
    """Return the throw-away quiz in both languages, three variants of what is drawn."""
    return quiz_exports(quiz_course, "everything", SECRET, 3)


@pytest.fixture(scope="session")
def own_exports(course):
    """Return the course's own quizzes, two variants of what is drawn."""
    written = [each for each in course.config.units if (course.root / "exercises" / each.name / "quiz.yaml").is_file()]
    only = replace(course, config=course.config.model_copy(update={"units": tuple(written)}))
    return tuple(each for unit in only.quiz_units for each in quiz_exports(only, unit, SECRET, 2))


@pytest.fixture(scope="session", params=["throw-away", "own", "hostile"])
def exports(request, throw_away_exports):
    """Return quizzes: of the throw-away course, of the course itself, and one whose every text is an attack."""
    if request.param == "own":
        found = request.getfixturevalue("own_exports")
        return found or pytest.skip("the course has no quiz yet")
    return throw_away_exports if request.param == "throw-away" else tuple(map(hostile, throw_away_exports))


@pytest.fixture(scope="session")
def items(exports):
    """Return every item of the quizzes by language and ident."""
    return {
        (export.language, each.ident): each for export in exports for _, group in items_of(export) for each in group
    }


def hostile(export):
    """Return a quiz with every text replaced by one that no format can hold as it stands."""
    attack = {"en": HOSTILE, "zh": HOSTILE}
    misconceptions = {
        name: each.model_copy(
            update={
                "title": each.title.model_copy(update={"en": HOSTILE + name, "zh": HOSTILE + name}),
                "explanation": each.explanation.model_copy(update={"en": name + HOSTILE, "zh": name + HOSTILE}),
            }
        )
        for name, each in export.misconceptions.items()
    }
    pools = tuple(
        Pool(pool.question, tuple(hostile_variant(each, attack) for each in pool.variants)) for pool in export.pools
    )
    return replace(export, pools=pools, misconceptions=misconceptions, title=HOSTILE, course=HOSTILE)


def hostile_variant(variant, attack):
    """Return a variant with attacks for its texts, and in its printed output."""
    printed = variant.question.kind is QuestionKind.OUTPUT
    several = printed and "\n" in variant.key
    end = "\n*\x1b}~ ] -> #=" if several else " *\x07}~ -> #="
    return replace(
        variant,
        text=attack,
        explanation=attack,
        code=HOSTILE_CODE,
        options=tuple(Choice(each.id, hostile_option(variant, each)) for each in variant.options),
        left=tuple(Choice(each.id, {"en": each.id + HOSTILE, "zh": each.id + HOSTILE}) for each in variant.left),
        key=variant.key + end if printed else variant.key,
        find_accepted=lambda: (variant.key + end,) if printed else variant.accepted,
        mistakes=tuple(Mistake(m.value + end if printed else m.value, m.misconception) for m in variant.mistakes),
    )


def hostile_option(variant, option):
    """Return the texts of an option: code where it is a line of code."""
    text = HOSTILE_CODE.replace("\n", " ") if variant.question.kind is QuestionKind.ORDER else HOSTILE
    return dict.fromkeys(("en", "zh"), f"{text} {option.id}")
