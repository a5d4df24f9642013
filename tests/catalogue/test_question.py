"""A unit's quiz on disk: two mirrored files, and an author who is told by file and line what to mend."""

import pytest

from grader.catalogue.course import load_quizzes
from grader.catalogue.question import NEEDS, QuestionKind, line_of_id, load_quiz, quiz_path
from grader.errors import ContentError

COMMON = "concepts: [gradients], documents: [beyond], text: {en: What, zh: 什么}"
EXPLAINED = "explanation: {en: Because, zh: 因为}"
OPTIONS = "[{id: alpha, en: A, zh: 甲}, {id: beta, en: B, zh: 乙}]"

SHEETS = {
    "single": f"options: {OPTIONS}",
    "multiple": f"options: {OPTIONS}",
    "true_false": "",
    "numeric": "",
    "tensor": "",
    "shape": "",
    "output": "code: print(1)",
    "exception": "code: 1 / 0",
    "order": "lines: {one: x = 1, two: x = 2}",
    "match": f"left: {OPTIONS}, right: {OPTIONS}",
    "text": "",
}
ANSWERS = {
    "single": "key: \"'alpha'\", wrong: [{misconception: M01, option: beta}]",
    "multiple": "key: \"{'alpha'}\", wrong: [{misconception: M01, option: beta}]",
    "true_false": "key: 'True', wrong: [{misconception: M01}]",
    "numeric": "key: '1', wrong: [{misconception: M01, answer: '2'}]",
    "tensor": "key: '[1]', wrong: [{misconception: M01, answer: '[2]'}]",
    "shape": "key: '(1,)', wrong: [{misconception: M01, answer: '(2,)'}]",
    "output": "wrong: [{misconception: M01, answer: '2'}]",
    "exception": "wrong: [{misconception: M01, raises: TypeError}]",
    "order": "key: \"['one', 'two']\", result: x, wrong: [{misconception: M01, order: [two, one]}]",
    "match": "key: \"{'alpha': 'beta', 'beta': 'alpha'}\", wrong: [{misconception: M01, pairs: {alpha: alpha}}]",
    "text": "model: {en: Good, zh: 好}",
}
"""The rest of a question's two halves, by kind, in YAML's flow form."""


def put(root, withheld, lines, unit="small"):
    """Write one half of a unit's quiz: a line for each question, the first on line 3."""
    path = quiz_path(root, unit, withheld=withheld)
    path.parent.mkdir(parents=True, exist_ok=True)
    head = "answers" if withheld else "questions"
    path.write_text("\n".join(["version: 1", f"{head}:", *lines, ""]), encoding="utf-8")
    return path


def given(name, kind, extra=""):
    """Return the students' half of a question; the id stands on a line of its own, as in the course's files."""
    rest = ", ".join(each for each in (f"kind: {kind}", COMMON, SHEETS.get(kind, ""), extra) if each)
    return f"  - id: {name}\n" + "\n".join(f"    {each}" for each in flow(rest))


def withheld(name, kind, extra="", own=None):
    """Return the withheld half of a question."""
    own = ANSWERS.get(kind, "") if own is None else own
    return f"  - id: {name}\n" + "\n".join(
        f"    {each}" for each in flow(", ".join(x for x in (EXPLAINED, own, extra) if x))
    )


def flow(fields):
    """Return the fields of a flow mapping, one on each line."""
    parts, depth, start, quote = [], 0, 0, ""
    for place, sign in enumerate(fields):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        depth += 0 if quote else (sign in "[{") - (sign in "]}")
        if sign == "," and depth == 0 and not quote:
            parts.append(fields[start:place].strip())
            start = place + 1
    return [*parts, fields[start:].strip()]


@pytest.fixture
def one(tmp_path):
    """Return what loads a quiz of one question; `sheet` and `answer` are further fields, `own` replaces its key."""

    def load(kind, sheet="", answer="", own=None):
        put(tmp_path, withheld=False, lines=[given("asked", kind, sheet)])
        put(tmp_path, withheld=True, lines=[withheld("asked", kind, answer, own)])
        (question,) = load_quiz(tmp_path, "small")
        return question

    return load


@pytest.fixture
def problem_of(one, tmp_path):
    """Return what gives the file, the line and the words of a broken question."""

    def problem(*args, **kwargs):
        with pytest.raises(ContentError) as caught:
            one(*args, **kwargs)
        assert str(caught.value).startswith(f"{caught.value.path}:{caught.value.line}: ")
        return caught.value.path.relative_to(tmp_path).parts[0], caught.value.line, caught.value.problem

    return problem


@pytest.mark.parametrize("kind", list(QuestionKind))
def test_each_kind_loads_with_what_it_needs(one, kind):
    """The least that a question of each kind is made of."""
    question = one(kind)
    assert (question.id, question.kind, question.unit) == ("asked", kind, "small")
    assert question.sheet.text.in_language("zh") == "什么"
    assert question.sheet.points == 1


def test_questions_keep_their_order(tmp_path):
    """The file's order is the quiz's; both halves of a question are together."""
    put(tmp_path, withheld=False, lines=[given("first", "numeric"), given("second", "tensor")])
    put(tmp_path, withheld=True, lines=[withheld("first", "numeric"), withheld("second", "tensor")])
    assert [(each.id, each.answer.key) for each in load_quiz(tmp_path, "small")] == [("first", "1"), ("second", "[1]")]


def test_files_out_of_order_are_told(tmp_path):
    """The author reads which id stands where another belongs, with its line."""
    put(tmp_path, withheld=False, lines=[given("first", "numeric"), given("second", "numeric")])
    path = put(tmp_path, withheld=True, lines=[withheld("second", "numeric"), withheld("first", "numeric")])
    with pytest.raises(ContentError) as caught:
        load_quiz(tmp_path, "small")
    assert str(caught.value) == f"{path}:3: second stands where first belongs; keep both files in order"


@pytest.mark.parametrize(
    ("answers", "counted"), [(["first"], "1 answers for 2"), (["first", "second", "third"], "3 answers for 2")]
)
def test_files_of_different_length_are_told(tmp_path, answers, counted):
    """No question is dropped in silence."""
    put(tmp_path, withheld=False, lines=[given(each, "numeric") for each in ("first", "second")])
    path = put(tmp_path, withheld=True, lines=[withheld(each, "numeric") for each in answers])
    with pytest.raises(ContentError) as caught:
        load_quiz(tmp_path, "small")
    assert str(caught.value) == f"{path}: {counted} questions; each has one"


@pytest.mark.parametrize("half", [True, False])
def test_a_missing_half_is_told(tmp_path, half):
    """The path of what is missing stands in the message."""
    put(tmp_path, withheld=half, lines=[(withheld if half else given)("first", "numeric")])
    with pytest.raises(ContentError) as caught:
        load_quiz(tmp_path, "small")
    assert (
        str(caught.value)
        == f"{quiz_path(tmp_path, 'small', withheld=not half)}: the file is missing; create it or correct the name"
    )


def test_an_id_in_two_units_is_told(tmp_path):
    """Seeds and answer sheets go by ids, so an id stands once in a course; the second one is told by its line."""
    for unit in ("small", "large"):
        put(tmp_path, withheld=False, lines=[given(f"own_{unit}", "numeric"), given("shared", "numeric")], unit=unit)
        put(
            tmp_path,
            withheld=True,
            lines=[withheld(f"own_{unit}", "numeric"), withheld("shared", "numeric")],
            unit=unit,
        )
    with pytest.raises(ContentError) as caught:
        load_quizzes(tmp_path, ["small", "large"])
    path = quiz_path(tmp_path, "large", withheld=False)
    line = line_of_id(path, "shared")
    assert str(caught.value) == f"{path}:{line}: question shared: the unit small has this id too; choose another"
    assert path.read_text(encoding="utf-8").splitlines()[line - 1] == "  - id: shared"


def test_an_id_that_stands_twice_in_a_unit_is_told(tmp_path):
    """Also within one file."""
    put(tmp_path, withheld=False, lines=[given("twin", "numeric")] * 2)
    put(tmp_path, withheld=True, lines=[withheld("twin", "numeric")] * 2)
    with pytest.raises(ContentError, match="question twin: the unit small has this id too"):
        load_quizzes(tmp_path, ["small"])


REQUIRED = [(kind, name, False) for kind, each in NEEDS.items() for name in sorted(each.sheet)] + [
    (kind, name, True) for kind, each in NEEDS.items() for name in sorted(each.answer)
]


@pytest.mark.parametrize(("kind", "name", "half"), REQUIRED)
def test_a_field_that_the_kind_needs_is_asked_for(problem_of, monkeypatch, kind, name, half):
    """The author reads which field is missing, in the file where it belongs."""
    table = ANSWERS if half else SHEETS
    fields = [each for each in flow(table[kind]) if not each.startswith(f"{name}:")]
    assert len(fields) == len(flow(table[kind])) - 1
    monkeypatch.setitem(table, kind, ", ".join(fields))
    assert problem_of(kind) == (
        "solutions" if half else "exercises",
        3,
        f"question asked: a {kind} question needs {name}; add it",
    )


@pytest.mark.parametrize(
    ("kind", "sheet", "answer", "name"),
    [
        ("numeric", f"options: {OPTIONS}", "", "options"),
        ("single", "lines: {one: x}", "", "lines"),
        ("order", f"left: {OPTIONS}", "", "left"),
        ("true_false", f"right: {OPTIONS}", "", "right"),
        ("output", "", "key: '1'", "key"),
        ("tensor", "", "result: x", "result"),
        ("single", "", "independent: '1'", "independent"),
        ("text", "", "key: '1'", "key"),
        ("numeric", "", "model: {en: Good, zh: 好}", "model"),
    ],
)
def test_a_field_of_another_kind_is_refused(problem_of, kind, sheet, answer, name):
    """A field that does nothing is a slip."""
    half = "exercises" if sheet else "solutions"
    assert problem_of(kind, sheet, answer) == (
        half,
        3,
        f"question asked: {name} is nothing for a {kind} question; remove it",
    )


@pytest.mark.parametrize(
    ("kind", "wrong", "ways"),
    [
        ("numeric", "{misconception: M01}", "answer"),
        ("numeric", "{misconception: M01, code: x = 1}", "answer"),
        ("numeric", "{misconception: M01, option: alpha}", "answer"),
        ("single", "{misconception: M01, answer: beta}", "option"),
        ("single", "{misconception: M01, option: beta, code: x = 1}", "option"),
        ("multiple", "{misconception: M01}", "option"),
        ("true_false", "{misconception: M01, answer: 'False'}", "nothing but its misconception"),
        ("true_false", "{misconception: M01, code: x = 1}", "nothing but its misconception"),
        ("output", "{misconception: M01, raises: TypeError}", "answer or code"),
        ("exception", "{misconception: M01, option: alpha}", "answer or raises"),
        ("exception", "{misconception: M01, answer: '1', raises: TypeError}", "answer or raises"),
        ("order", "{misconception: M01, pairs: {one: two}}", "order"),
        ("match", "{misconception: M01, order: [alpha]}", "pairs"),
    ],
)
def test_a_wrong_answer_is_told_in_its_kinds_own_way(problem_of, kind, wrong, ways):
    """The author reads what a wrong answer of this kind gives."""
    own = ", ".join(each for each in flow(ANSWERS[kind]) if not each.startswith("wrong"))
    message = f"question asked: a wrong answer of a {kind} question gives {ways}"
    assert problem_of(kind, answer=f"wrong: [{wrong}]", own=own) == ("solutions", 3, message)


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("numeric", "{misconception: M01, answer: y, code: y = 2}"),
        ("output", "{misconception: M01, code: print(2)}"),
        ("exception", "{misconception: M01, answer: y, code: y = 2}"),
        ("exception", "{misconception: M01, answer: '1'}"),
    ],
)
def test_a_wrong_answer_may_bring_code_where_that_means_something(one, kind, wrong):
    """Where a value is computed, code of its own may compute it."""
    own = ", ".join(each for each in flow(ANSWERS[kind]) if not each.startswith("wrong"))
    assert one(kind, answer=f"wrong: [{wrong}]", own=own).answer.wrong[0].misconception == "M01"


@pytest.mark.parametrize("kind", [each for each in QuestionKind if each is not QuestionKind.TEXT])
def test_a_question_without_a_wrong_answer_is_refused(problem_of, kind):
    """A quiz is there to find misconceptions."""
    own = ", ".join(each for each in flow(ANSWERS[kind]) if not each.startswith("wrong"))
    assert problem_of(kind, own=own)[2] == "question asked: there is no wrong answer; add one with its misconception"


def test_free_text_has_no_wrong_answer(problem_of):
    """A human marks it."""
    assert problem_of("text", answer="wrong: [{misconception: M01}]") == (
        "solutions",
        3,
        "question asked: a text question is marked by hand; remove its wrong answers",
    )


@pytest.mark.parametrize(
    ("kind", "wrong", "words"),
    [
        ("single", "option: gamma", "M01 names gamma, but the ids are alpha, beta"),
        ("multiple", "option: gamma", "M01 names gamma, but the ids are alpha, beta"),
        ("match", "pairs: {gamma: alpha}", "M01 names gamma, but the ids are alpha, beta"),
        ("match", "pairs: {alpha: gamma}", "M01 names gamma, but the ids are alpha, beta"),
    ],
)
def test_an_unknown_option_is_told(problem_of, kind, wrong, words):
    """A mistyped id would never be recognised as its misconception."""
    own = ", ".join(each for each in flow(ANSWERS[kind]) if not each.startswith("wrong"))
    found = problem_of(kind, answer=f"wrong: [{{misconception: M01, {wrong}}}]", own=own)
    assert found == ("solutions", 3, f"question asked: {words}")


@pytest.mark.parametrize(("kind", "side"), [("single", "options"), ("match", "left"), ("match", "right")])
def test_an_option_that_stands_twice_is_told(problem_of, monkeypatch, kind, side):
    """Two options of one id could not be told apart; the same id left and right is no harm."""
    twice = "[{id: beta, en: A, zh: 甲}, {id: alpha, en: A, zh: 甲}, {id: beta, en: B, zh: 乙}]"
    fields = [f"{side}: {twice}" if each.startswith(side) else each for each in flow(SHEETS[kind])]
    monkeypatch.setitem(SHEETS, kind, ", ".join(fields))
    assert problem_of(kind) == (
        "exercises",
        3,
        "question asked: the id beta stands twice among its options; rename one",
    )


DOCUMENTED = "documented: [{output: d0-o1, with: {%s}, gives: 1}]"


@pytest.mark.parametrize(
    ("rules", "numbers", "words"),
    [
        ("", "x: 1", "`with` of d0-o1 must give no parameter"),
        ("draw: {x: {integers: [1, 2]}, n: {integers: [1, 2]}}", "x: 1", "`with` of d0-o1 must give n, x"),
        ("draw: {x: {integers: [1, 2]}}", "y: 1", "`with` of d0-o1 must give x"),
    ],
)
def test_documented_numbers_are_those_of_the_parameters(problem_of, rules, numbers, words):
    """A documented output gives each parameter and nothing else."""
    assert problem_of("numeric", rules, DOCUMENTED % numbers) == ("solutions", 3, f"question asked: {words}")


def test_documented_outputs_are_kept(one):
    """The document's numbers are read as they stand."""
    question = one("numeric", "draw: {x: {integers: [1, 2]}}", DOCUMENTED % "x: [1, 2.5]")
    (documented,) = question.answer.documented
    assert (documented.output, documented.parameters, documented.gives) == ("d0-o1", {"x": [1, 2.5]}, 1)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("{}", "give one of numbers, integers, choices and is"),
        ("{integers: [1, 2], choices: [1, 2]}", "give one of numbers, integers, choices and is"),
        ("{integers: [3, 2]}", "the lowest number comes first"),
        ("{numbers: [3, 2, 1]}", "the lowest number comes first"),
        ("{numbers: [1, 2]}", "questions.0.draw.x.numbers.2 is missing; add it"),
        ("{numbers: [1, 2, 0]}", "must be more than 0, not 0"),
        ("{numbers: [1, 2, .inf]}", "must be a finite number"),
        ("{integers: [1, 2.5]}", "must be a whole number, not 2.5"),
        ("{choices: [1]}", "needs at least 2 of them"),
        ("{is: ''}", "is is empty; write it"),
        ("{integers: [1, 2], shape: [0]}", "must be more than 0"),
        ("{integer: [1, 2]}", "questions.0.draw.x.integer is not a known key; did you mean integers?"),
    ],
)
def test_a_bad_draw_rule_is_told_by_its_line(problem_of, rule, words):
    """The rule stands on line 8 of the file."""
    half, line, problem = problem_of("numeric", f"draw: {{x: {rule}}}")
    assert (half, line) == ("exercises", 8)
    assert words in problem


@pytest.mark.parametrize(
    ("kind", "sheet", "answer", "words"),
    [
        ("essay", "", "", "questions.0.kind must be one of single, multiple"),
        ("numeric", "points: 0", "", "questions.0.points must be more than 0"),
        ("numeric", "draw: {X: {integers: [1, 2]}}", "", "questions.0.draw.X"),
        ("numeric", "level: 3", "", "questions.0.level is not a known key"),
        ("numeric", "hint_for: Weighted", "", "questions.0.hint_for must be lower-case letters"),
        ("text", "", "wrong: [{misconception: 01, answer: x}]", "answers.0.wrong.0.misconception"),
        ("numeric", "", "answer: 2", "answers.0.answer is not a known key"),
    ],
)
def test_what_breaks_the_form_is_told(problem_of, kind, sheet, answer, words):
    """The author reads the place in the file and what it should be."""
    assert words in problem_of(kind, sheet, answer)[2]


def test_too_many_lines_to_order_are_told(problem_of, monkeypatch):
    """Every order of them is run, so there is an end to them."""
    lines = ", ".join(f"line{number}: x = {number}" for number in range(7))
    monkeypatch.setitem(SHEETS, "order", f"lines: {{{lines}}}")
    assert "questions.0.lines has too many entries; 6 are the most" in problem_of("order")[2]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_text_in_one_language_alone_is_refused(tmp_path, language):
    """Everything a student reads exists in both."""
    text = given("asked", "numeric").replace("text: {en: What, zh: 什么}", f"text: {{{language}: What}}")
    put(tmp_path, withheld=False, lines=[text])
    put(tmp_path, withheld=True, lines=[withheld("asked", "numeric")])
    other = "zh" if language == "en" else "en"
    with pytest.raises(ContentError, match=f"questions.0.text.{other} is missing; add it"):
        load_quiz(tmp_path, "small")


def test_the_line_of_an_id_is_that_of_the_whole_id(tmp_path):
    """An id that another one begins with is not taken for it; an id that is not there has no line."""
    path = put(tmp_path, withheld=False, lines=[given("first_of_all", "numeric"), given("first", "numeric")])
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[line_of_id(path, "first") - 1] == "  - id: first"
    assert line_of_id(path, "irst") is None
