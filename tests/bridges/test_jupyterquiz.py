"""A quiz as a notebook, read back as jupyterquiz reads it: kinds, keys, wrong answers and feedback survive."""

import ast
import base64
import html
import json
import re
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from grader.bridges.formats import FORMATS
from grader.bridges.jupyterquiz import notebook
from grader.bridges.pool import quiz_exports
from grader.catalogue.course import load_course
from grader.catalogue.question import QuestionKind
from grader.catalogue.rules import CANARY
from grader.config.course_config import Text
from grader.markup import as_html, mathml
from grader.quiz.kinds.table import KINDS

SECRET = b"a secret that no notebook may hold"
COURSE = Path(__file__).parent / "course"
HOSTILE = "$x$ $$y$$ [a](javascript:b) <http://c> <script>alert(1)</script> </script> ]]> & \"'` \\ {{ 7 }} 😀\n\n# z"
TYPES = {
    QuestionKind.SINGLE: "multiple_choice",
    QuestionKind.MULTIPLE: "many_choice",
    QuestionKind.TRUE_FALSE: "multiple_choice",
    QuestionKind.NUMERIC: "numeric",
    QuestionKind.TENSOR: "multiple_choice",
    QuestionKind.SHAPE: "string",
    QuestionKind.EXCEPTION: "multiple_choice",
    QuestionKind.ORDER: "multiple_choice",
    QuestionKind.MATCH: "multiple_choice",
}


@pytest.fixture(scope="module", params=["en", "zh"])
def export(request):
    """Return the quiz with every kind of question in one language, with two variants of what is drawn."""
    exports = quiz_exports(load_course(COURSE), "everything", SECRET, 2)
    return next(each for each in exports if each.language == request.param)


@pytest.fixture(scope="module", params=["throw-away", "own"])
def every_export(request, course):
    """Return quizzes in both languages: the throw-away one, and all of the course itself."""
    if request.param == "throw-away":
        return quiz_exports(load_course(COURSE), "everything", SECRET, 2)
    written = [each for each in course.config.units if (course.root / "exercises" / each.name / "quiz.yaml").is_file()]
    own = replace(course, config=course.config.model_copy(update={"units": tuple(written)}))
    found = [each for unit in own.quiz_units for each in quiz_exports(own, unit, SECRET, 2)]
    return found or pytest.skip("the course has no quiz yet")


def cells_of(export):
    """Return the notebook's cells, as nbformat reads and checks them."""
    book = nbformat.reads(notebook([export]).decode("utf-8"), as_version=4)
    nbformat.validate(book)
    return book.cells


def questions_of(export):
    """Return the embedded questions by id, read off the code without running it."""
    (source,) = [cell.source for cell in cells_of(export) if cell.id == "questions"]
    texts = [each.value for each in ast.walk(ast.parse(source)) if isinstance(each, ast.Constant)]
    return json.loads(base64.b64decode(max(texts, key=len)))


def words(markup):
    """Return the words of HTML, without blanks."""
    return "".join(html.unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def jaxified(text):
    """Return a text as jupyterquiz rewrites it before it becomes HTML."""
    text = re.sub(r"(^|[^\\])(\$\$?)", r"\1\\(", text)
    text = re.sub(r"<http(.*?)>", r'<a href="http\1">', text)
    return re.sub(r"\[(.*?)\]\((.*?)\)", r'<a href="\2">\1</a>', text)


def pairs(export):
    """Yield each variant with the question that was made of it."""
    questions = questions_of(export)
    for pool in export.pools:
        yield from zip(pool.variants, questions[pool.question.id], strict=True)


def misconception(export, name):
    """Return the words of a misconception."""
    return words(export.misconceptions[name].title.in_language(export.language))


def told(variant, value, language):
    """Return the words of an answer: an option's own, or as the grader tells it without its letter."""
    if variant.question.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        (chosen,) = value if isinstance(value, list) else [value]
        text = next(each.text[language] for each in variant.options if each.id == chosen)
        return words(as_html(text, mathml))
    said = re.sub(r"^[a-z]\) ", "", KINDS[variant.question.kind].told(value, variant, language))
    return "".join(said.split())


def test_the_format_is_registered(export):
    """`--to jupyterquiz` writes this notebook, a file for each language."""
    form = FORMATS["jupyterquiz"]
    assert (form.suffix, form.bilingual) == (".ipynb", False)
    assert form.render([export]) == notebook([export])


def test_every_question_has_its_cells(export):
    """After the title and the embedded questions each question has its number, its points, and a cell that shows it."""
    cells = cells_of(export)
    assert [cell.id for cell in cells[:2]] == ["title", "questions"]
    assert len(cells) == 2 + 2 * len(export.pools)
    for number, pool in enumerate(export.pools, 1):
        title, shows = cells[2 * number], cells[2 * number + 1]
        assert (title.cell_type, shows.cell_type) == ("markdown", "code")
        assert str(number) in title.source
        assert shows.id == pool.question.id
        assert f'questions["{pool.question.id}"]' in shows.source
        ast.parse(shows.source)
        if pool.question.kind is QuestionKind.TEXT:
            assert "display(HTML(" in shows.source
        else:
            assert f"{pool.question.sheet.points:g}" in title.source
            assert "num=1" in shows.source


def all_pairs(exports):
    """Yield each variant with the question that was made of it, and its quiz."""
    for export in exports:
        for variant, question in pairs(export):
            yield export, variant, question


def test_every_kind_becomes_one_that_jupyterquiz_marks(every_export):
    """The type is the nearest there is; question and code are there, and exactly what is right is right."""
    assert {variant.question.kind for _, variant, _ in all_pairs(every_export)} == set(QuestionKind)
    for _, variant, question in all_pairs(every_export):
        kind = variant.question.kind
        if kind is QuestionKind.TEXT:
            continue
        several = kind is QuestionKind.OUTPUT and "\n" in variant.key
        output = {"multiple_choice"} if several else {"string", "numeric"}
        assert question["type"] in ({TYPES[kind]} if kind in TYPES else output)
        assert html.unescape(question.get("code", "")) == variant.code
        right = [each for each in question["answers"] if each.get("correct")]
        assert len(right) == (len(variant.key) if kind is QuestionKind.MULTIPLE else len(right)) >= 1
        assert {each["type"] for each in question["answers"] if "type" in each} <= {"range", "default"}


def test_choices_are_read_back(every_export):
    """The key is right and each wrong answer is wrong, with its misconception's words and the explanation's."""
    other = (QuestionKind.TEXT, QuestionKind.NUMERIC)
    chosen = [each for each in all_pairs(every_export) if each[1].question.kind not in other]
    chosen = [each for each in chosen if each[2]["type"].endswith("choice")]
    assert len(chosen) >= 16
    for export, variant, question in chosen:
        answers = {words(each["answer"]): each for each in question["answers"]}
        assert len(answers) == len(question["answers"]) > 1
        many = variant.question.kind is QuestionKind.MULTIPLE
        keys = [[each] for each in variant.key] if many else [variant.key]
        for key in keys:
            right = answers[told(variant, key, export.language)]
            assert right["correct"] is True
        for mistake in variant.mistakes:
            wrong = answers[told(variant, [mistake.value] if many else mistake.value, export.language)]
            left_out = many and mistake.value in variant.key
            assert wrong["correct"] is left_out
            for each in question["answers"] if left_out else [wrong]:
                assert misconception(export, mistake.misconception) in words(each["feedback"])
        for each in question["answers"]:
            assert words(each["feedback"])
        rights = sum(each["correct"] for each in question["answers"])
        assert rights == len(keys)


def test_numbers_are_read_back(every_export):
    """The range around the key is the tolerance's; each wrong number is known, and any other gets the explanation."""
    asked = [each for each in all_pairs(every_export) if each[1].question.kind is QuestionKind.NUMERIC]
    assert asked
    for export, variant, question in asked:
        *ranges, default = question["answers"]
        for value, each in zip([variant.key, *(m.value for m in variant.mistakes)], ranges, strict=True):
            low, high = each["range"]
            margin = variant.tolerance.absolute + variant.tolerance.relative * abs(value)
            assert (low, high) == (pytest.approx(value - margin), pytest.approx(value + margin))
            assert low <= value - margin
            assert value + margin < high
            assert each["correct"] is (value == variant.key)
        for mistake, each in zip(variant.mistakes, ranges[1:], strict=True):
            assert misconception(export, mistake.misconception) in words(each["feedback"])
        assert default["type"] == "default"


@pytest.mark.parametrize("name", ["grad_shape", "prints_one_line"])
def test_texts_are_read_back(export, name):
    """The key is accepted as the grader tells it and without blanks; the wrong answers are known."""
    for variant, question in pairs(export):
        if variant.question.id != name:
            continue
        *known, default = question["answers"]
        texts = {each["answer"]: each for each in known}
        assert len(texts) == len(known)
        for at, value in enumerate([variant.key, *(m.value for m in variant.mistakes)]):
            shown = str(tuple(value)) if name == "grad_shape" else value
            for text in (shown, shown.replace(" ", "")):
                assert texts[text]["correct"] is (at == 0)
                assert texts[text]["match_case"] is True
        for mistake in variant.mistakes:
            shown = str(tuple(mistake.value)) if name == "grad_shape" else mistake.value
            assert misconception(export, mistake.misconception) in words(texts[shown]["feedback"])
        assert default["type"] == "default"


def test_free_text_shows_a_good_answer(export):
    """The question stands there with its code; behind a click, what a good answer says and the explanation."""
    ((variant, shown),) = [pair for pair in pairs(export) if pair[0].question.kind is QuestionKind.TEXT]
    question, _, model = shown.partition("<details>")
    assert "".join(variant.code.split()) in words(question)
    good = variant.question.answer.model.in_language(export.language)
    assert "".join(re.sub("[`*]", "", good).split()) in words(model)


def test_a_printed_number_counts_by_value(export):
    """What is printed as a number alone is asked for as a number."""
    (pool,) = [pool for pool in export.pools if pool.question.id == "prints_one_line"]
    mistake = replace(pool.variants[0].mistakes[0], value="3.5")
    variant = replace(pool.variants[0], key="7.0", find_accepted=lambda: ("7.0",), mistakes=(mistake,))
    ((question,),) = questions_of(replace(export, pools=(replace(pool, variants=(variant,)),))).values()
    assert question["type"] == "numeric"
    assert [each["range"][0] for each in question["answers"][:2]] == [pytest.approx(6.9929), pytest.approx(3.4964)]


def test_a_key_that_is_no_number_is_chosen(export):
    """NaN can't be typed into jupyterquiz, so it is one of the choices."""
    (pool,) = [pool for pool in export.pools if pool.question.id == "twice"]
    variant = replace(pool.variants[0], key=float("nan"), find_accepted=lambda: (float("nan"),))
    ((question,),) = questions_of(replace(export, pools=(replace(pool, variants=(variant,)),))).values()
    assert question["type"] == "multiple_choice"
    assert "nan" in [words(each["answer"]) for each in question["answers"]]


def test_variants_are_a_pool(export):
    """Where something is drawn, jupyterquiz gets all variants to draw from."""
    questions = questions_of(export)
    for pool in export.pools:
        wanted = 2 if pool.question.sheet.draw else 1
        assert len({json.dumps(each) for each in questions[pool.question.id]}) == wanted


def test_nothing_of_the_secret_is_told(export):
    """Neither the secret nor a seed nor the canary stands in the notebook, plain or encoded."""
    texts = notebook([export]).decode("utf-8") + json.dumps(questions_of(export))
    assert SECRET.decode() not in texts
    assert CANARY.removeprefix("# ") not in texts
    assert not [each.seed for pool in export.pools for each in pool.variants if each.seed in texts]


def hostile(export):
    """Return the quiz with every text replaced by one that HTML, Markdown and jupyterquiz would take amiss."""
    text = {"en": HOSTILE, "zh": HOSTILE}
    both = Text(en=HOSTILE, zh=HOSTILE)
    known = {
        name: each.model_copy(update={"title": both, "explanation": both})
        for name, each in export.misconceptions.items()
    }
    pools = tuple(
        replace(
            pool,
            variants=tuple(
                replace(
                    each,
                    text=text,
                    code=HOSTILE,
                    explanation=text,
                    options=tuple(replace(option, text=text) for option in each.options),
                    left=tuple(replace(option, text=text) for option in each.left),
                )
                for each in pool.variants
            ),
        )
        for pool in export.pools
    )
    return replace(export, title=HOSTILE, course=HOSTILE, misconceptions=known, pools=pools)


def test_hostile_text_is_text(export):
    """No text becomes markup, maths or a link in jupyterquiz, or a heading in Markdown."""
    attacked = hostile(export)
    cells = cells_of(attacked)
    assert len(cells) == len(cells_of(export))
    heading, *_ = cells[0].source.split("\n")
    assert heading.startswith(r"# \$x\$ \$\$y\$\$ \[a\]\(javascript\:b\) \<http\:\/\/c\>")
    assert heading.endswith(r"\# z")
    for _, question in pairs(attacked):
        if isinstance(question, str):
            assert "<script" not in question
            continue
        rewritten = [question["question"], *(each["feedback"] for each in question["answers"])]
        rewritten += [each["answer"] for each in question["answers"] if question["type"].endswith("choice")]
        for each in rewritten:
            assert jaxified(each) == each
            assert not re.search("<(script|a|http)", each)
        assert html.unescape(question["code"]) == HOSTILE
        assert "<" not in question["code"]
