"""A quiz's page, read back: what it holds, what it may do, and that it says nothing it should not."""

import base64
import hashlib
import json
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from grader.bridges.formats import FORMATS
from grader.bridges.html.content import finite
from grader.bridges.html.page import SCRIPTS, embedded, packaged, render_page
from grader.catalogue.question import QuestionKind
from grader.catalogue.rules import CANARY
from grader.markup import as_html, mathml
from grader.wording.message import message, table

HOSTILE = "</script><script>alert(1)</script> ]]> & \"'` {{ 7*7 }} {name} \\n <!-- 😀\u2028"


class Reader(HTMLParser):
    """Collects the elements of a page with their attributes, and the text of scripts and styles."""

    def __init__(self, source):
        super().__init__()
        self.elements, self.texts, self.inside = [], {}, (None, None)
        self.feed(source)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        self.inside = (tag, dict(attributes).get("type"))

    def handle_endtag(self, _):
        self.inside = (None, None)

    def handle_data(self, data):
        if self.inside[0] in ("script", "style"):
            self.texts[self.inside] = self.texts.get(self.inside, "") + data


@pytest.fixture(scope="module")
def page(both_languages):
    """Return the page as a browser would read it."""
    return Reader(render_page(both_languages).decode("utf-8"))


@pytest.fixture(scope="module")
def data(page):
    """Return the quiz's data as the page's script would read it."""
    return json.loads(page.texts["script", "application/json"])


def test_the_format_is_registered(both_languages):
    """`--to html` writes this page, one file for both languages."""
    form = FORMATS["html"]
    assert (form.suffix, form.bilingual) == (".html", True)
    assert form.render(both_languages) == render_page(both_languages)


def data_of(exports):
    """Return the data of the page of a quiz."""
    return json.loads(Reader(render_page(exports).decode("utf-8")).texts["script", "application/json"])


def test_every_question_is_read_back(quizzes):
    """Kind, points, concepts, tolerance, key, accepted answers and wrong ones are those of the variants."""
    assert {pool.question.kind for exports in quizzes for pool in exports[0].pools} == set(QuestionKind)
    for exports in quizzes:
        check_values(data_of(exports), exports[0].pools)


def check_values(data, pools):
    """Check that what is marked is what the variants hold."""
    assert [each["id"] for each in data["questions"]] == [pool.question.id for pool in pools]
    for got, pool in zip(data["questions"], pools, strict=True):
        sheet = pool.question.sheet
        assert (got["kind"], got["points"], got["concepts"]) == (sheet.kind, sheet.points, list(sheet.concepts))
        for shown, variant in zip(got["variants"], pool.variants, strict=True):
            assert got["tolerance"] == variant.tolerance.model_dump()
            assert shown["code"] == variant.code
            assert (shown["key"], shown["accepted"]) == (finite(variant.key), finite(list(variant.accepted)))
            wrong = [(each["value"], each["misconception"]) for each in shown["mistakes"]]
            assert wrong == [(finite(each.value), each.misconception) for each in variant.mistakes]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_text_is_read_back(quizzes, language):
    """Question, options, explanation, model answer and misconceptions stand there in the language."""
    for exports in quizzes:
        check_texts(data_of(exports), exports[0], language)


def check_texts(data, export, language):
    """Check that what is read is what the variants hold."""
    for got, pool in zip(data["questions"], export.pools, strict=True):
        for shown, variant in zip(got["variants"], pool.variants, strict=True):
            assert shown["text"][language] == as_html(variant.text[language], mathml)
            assert shown["explanation"][language] == as_html(variant.explanation[language], mathml)
            assert [each["id"] for each in shown["options"]] == [each.id for each in variant.options]
            assert [each["id"] for each in shown["left"]] == [each.id for each in variant.left]
            for option in (*shown["options"], *shown["left"]):
                assert option["html"][language]
                assert option["plain"][language]
            model = variant.question.answer.model
            if model:
                assert shown["answer"][language] == as_html(model.in_language(language), mathml)
    named = {m.misconception for pool in export.pools for one in pool.variants for m in one.mistakes}
    assert set(data["misconceptions"]) == named
    for name, told in data["misconceptions"].items():
        known = export.misconceptions[name]
        assert told["title"][language] == known.title.in_language(language)
        assert told["explanation"][language] == message("quiz.overlooked").text(language)


def test_the_key_is_told_in_words(data):
    """What "Show the right answer" shows: options by their text, pairs, lines, numbers, a shape, what is printed."""
    shown = {each["id"]: each["variants"][0] for each in data["questions"]}
    assert shown["whose_shape"]["answer"]["en"] == "<p>the output <code>y</code></p>"
    pair = set(re.findall("<li>(.*?)</li>", shown["which_have_grad"]["answer"]["zh"]))
    assert pair == {"<code>a</code>", "<code>b</code>"}
    assert shown["accumulates"]["answer"]["zh"] == "<p>错</p>"
    sizes = tuple(shown["grad_shape"]["key"])
    assert shown["grad_shape"]["answer"]["en"] == f'<pre class="code"><code>{sizes}</code></pre>'
    assert "optimizer.zero_grad()\n" in shown["training_step"]["answer"]["en"]
    assert "a tensor made by hand → a leaf" in shown["what_is_what"]["answer"]["en"]


def test_variants_differ_and_questions_without_parameters_have_one(data, both_languages):
    """Where something is drawn there are as many variants as asked for, no two the same."""
    for got, pool in zip(data["questions"], both_languages[0].pools, strict=True):
        assert len(got["variants"]) == (2 if pool.question.sheet.draw else 1)
        assert len({json.dumps(each) for each in got["variants"]}) == len(got["variants"])


def test_the_page_may_run_its_own_script_and_style_alone(page):
    """The policy forbids everything but the one script and the one style, which it knows by their hashes."""
    (policy,) = [a["content"] for tag, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(each.strip().split(" ", 1) for each in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for directive, place in (("script-src", ("script", None)), ("style-src", ("style", None))):
        digest = hashlib.sha256(page.texts[place].encode("utf-8")).digest()
        assert rules[directive] == f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
    assert len(rules) == 5


def test_the_page_asks_for_no_other_file(page):
    """No element names an address, runs an attribute as a script, or styles itself."""
    names = Counter(name for _, attributes in page.elements for name in attributes)
    assert not {"src", "style", "action", "data", "srcset"} & set(names)
    assert not [name for name in names if name.startswith("on")]
    assert all(attributes.get("href", "#").startswith("#") for _, attributes in page.elements)
    sources = "".join(map(packaged, (*SCRIPTS, "quiz_page.css")))
    assert not re.search(r"url\(|@import|fetch\(|XMLHttp|eval\(|localStorage|cookie", sources)
    assert re.findall(r"https?://[^\"]+", sources) == ["http://www.w3.org/2000/svg"]


def test_nothing_of_the_secret_is_told(both_languages):
    """Neither the secret nor a seed nor the canary stands in the page."""
    source = render_page(both_languages)
    assert CANARY.removeprefix("# ").encode() not in source
    assert b"a secret that no page may hold" not in source
    seeds = [variant.seed for pool in both_languages[0].pools for variant in pool.variants]
    assert seeds
    assert not [seed for seed in seeds if seed.encode() in source]


def test_hostile_text_stays_data(both_languages):
    """No text of a question ends the element it stands in, or is taken for markup or for a template."""
    text = {"en": HOSTILE, "zh": HOSTILE}
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
        for pool in both_languages[0].pools
    )
    exports = [replace(each, title=HOSTILE, course=HOSTILE, pools=pools) for each in both_languages]
    plain = Reader(render_page(both_languages).decode("utf-8"))
    page = Reader(render_page(exports).decode("utf-8"))
    assert Counter(tag for tag, _ in page.elements) == Counter(tag for tag, _ in plain.elements)
    data = json.loads(page.texts["script", "application/json"])
    assert data["title"]["en"] == data["questions"][0]["variants"][0]["code"] == HOSTILE
    for question in data["questions"]:
        for each in question["variants"]:
            assert not re.search("<script|<!--", each["text"]["zh"] + each["explanation"]["en"] + each["answer"]["en"])


def test_maths_of_an_author_is_escaped(both_languages):
    """What looks like a tag inside maths is text in MathML."""
    (pool,) = [pool for pool in both_languages[0].pools if pool.question.id == "whose_shape"]
    maths = dict.fromkeys(("en", "zh"), r"$\text{<img src=x>} & y$")
    variant = replace(pool.variants[0], text=maths)
    (export,) = [replace(both_languages[0], pools=(replace(pool, variants=(variant,)),))]
    page = Reader(render_page([export]).decode("utf-8"))
    shown = json.loads(page.texts["script", "application/json"])["questions"][0]["variants"][0]["text"]["en"]
    assert "<img" not in shown
    assert "&lt;img\u00a0src=x&gt;" in shown


def test_data_that_json_cannot_hold_is_refused():
    """A number that is none never becomes a word that JSON does not know."""
    with pytest.raises(ValueError, match="JSON"):
        embedded({"key": float("nan")})


def test_one_language_alone(both_languages):
    """With `--lang` the page holds that language and nothing of the other."""
    page = Reader(render_page(both_languages[1:]).decode("utf-8"))
    data = json.loads(page.texts["script", "application/json"])
    assert data["languages"] == {"zh": "zh-CN"}
    assert page.elements[0] == ("html", {"lang": "zh-CN"})
    assert (
        set(data["words"]["check"]) == set(data["title"]) == set(data["questions"][0]["variants"][0]["text"]) == {"zh"}
    )
    assert not [tag for tag, attributes in page.elements if attributes.get("role") == "group"]


def said_in_the_page():
    """Return the words that the page's sources name, and the beginnings of those that they put together."""
    scripts = "".join(map(packaged, SCRIPTS))
    template = packaged("quiz_page.html.j2")
    names = set(re.findall(r'say\("(\w+)"', scripts)) | set(re.findall(r'data-say="(\w+)"', template))
    names |= set(re.findall(r'Unreadable\((?:[^()"]*\? )?"(\w+)"', scripts))
    names |= set(re.findall(r'Unreadable\([^()]*\? "\w+" : "(\w+)"', scripts))
    families = set(re.findall(r"say\(`(\w+_)\$", scripts))
    names |= {f"{each}_{number}" for each in re.findall(r'counted\("(\w+)"', scripts) for number in ("one", "many")}
    return names, families


def test_every_word_of_the_page_is_said():
    """The page's table holds what the page says, and nothing else."""
    names, families = said_in_the_page()
    told = {"right", "partly", "wrong", "read", "true", "false", "language", "choose_language", "no_script"}
    known = set(table("quiz_page"))
    assert {"do_", "partly_", "move_"} == families
    assert names <= known
    assert not [key for key in known - names - told if not key.startswith(tuple(families))]


def test_every_kind_has_its_words():
    """Each kind of question says what to do."""
    assert {f"do_{kind}" for kind in QuestionKind} <= set(table("quiz_page"))
