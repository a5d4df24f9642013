"""The page of one student: complete, accessible, quiet about nothing, and safe to open."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from grader.reports.html import Pages, packaged, render_html
from grader.reports.words import Words
from grader.results.verdicts import AnswerVerdict, Verdict

VOID = {"meta", "link", "br", "img", "input", "hr"}
ALLOWED = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "a",
    "svg",
    "symbol",
    "path",
    "circle",
    "use",
    "header",
    "main",
    "section",
    "footer",
    "div",
    "p",
    "span",
    "strong",
    "bdi",
    "h1",
    "h2",
    "h3",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "details",
    "summary",
    "ul",
    "li",
    "pre",
    "code",
    "dl",
    "dt",
    "dd",
    "g",
    "rect",
    "text",
    "desc",
    "figure",
    "figcaption",
}
ATTRIBUTES = {
    "lang",
    "charset",
    "http-equiv",
    "content",
    "name",
    "class",
    "href",
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "focusable",
    "id",
    "viewbox",
    "d",
    "cx",
    "cy",
    "r",
    "role",
    "style",
    "tabindex",
    "scope",
    "open",
    *("x", "y", "width", "height", "rx"),
}


class Page(HTMLParser):
    """The elements of a page in order, each with its attributes and all its text."""

    def __init__(self, source):
        super().__init__()
        self.elements = []
        self.open = []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        element = {"tag": tag, "attrs": dict(attrs), "text": ""}
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.elements.append({"tag": tag, "attrs": dict(attrs), "text": ""})

    def handle_endtag(self, tag):
        assert self.open.pop()["tag"] == tag

    def handle_data(self, data):
        for element in self.open:
            element["text"] += data

    def all(self, tag, **attributes):
        """Return the elements `tag` that have the `attributes`."""
        wanted = attributes.items()
        return [e for e in self.elements if e["tag"] == tag and all(e["attrs"].get(k) == v for k, v in wanted)]


@pytest.fixture(params=["en", "zh"])
def page(request, make_report):
    """The page of an ordinary report in each language."""
    return Page(render_html(make_report(request.param)))


@pytest.fixture
def hostile_page(hostile_report):
    """The page of a hostile report."""
    return Page(render_html(hostile_report))


@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("zh", "zh-CN")])
def test_the_page_says_its_language(make_report, language, tag):
    """A screen reader knows how to speak."""
    source = render_html(make_report(language))
    assert source.startswith("<!DOCTYPE html>")
    assert Page(source).all("html")[0]["attrs"]["lang"] == tag
    assert Words(language).say("glance") in source


def test_headings_form_an_outline(page):
    """One first heading, and no level is skipped."""
    levels = [int(element["tag"][1]) for element in page.elements if re.fullmatch("h[1-6]", element["tag"])]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_landmarks_can_be_reached(page):
    """A skip link leads to the one main landmark; header and footer stand beside it."""
    (main,) = page.all("main")
    assert page.all("a")[0]["attrs"]["href"] == f"#{main['attrs']['id']}"
    assert len(page.all("header")) == len(page.all("footer")) == 1


def test_every_reference_has_its_target(page):
    """Ids are unique; links, labels and icons point to one of them."""
    ids = [element["attrs"]["id"] for element in page.elements if "id" in element["attrs"]]
    assert len(ids) == len(set(ids))
    hrefs = {element["attrs"]["href"] for element in page.elements if "href" in element["attrs"]}
    labelled = [element["attrs"].get("aria-labelledby", "") for element in page.elements]
    labels = {label for each in labelled for label in each.split()}
    assert {href.removeprefix("#") for href in hrefs} | labels <= set(ids)
    assert all(section["attrs"].get("aria-labelledby") for section in page.all("section"))


def test_tables_are_readable_without_sight(page):
    """Each has a caption, and every heading cell says what it heads."""
    captions = page.all("caption")
    assert len(captions) == len(page.all("table"))
    assert all(caption["text"].strip() for caption in captions)
    assert {cell["attrs"]["scope"] for cell in page.all("th")} == {"col", "row"}
    assert all("scope" in cell["attrs"] for cell in page.all("th"))


def test_icons_are_decoration_and_the_bar_has_a_name(page):
    """No meaning is in a picture alone."""
    icons = [each for each in page.all("svg") if each["attrs"].get("role") != "img"]
    assert all(icon["attrs"].get("aria-hidden") == "true" for icon in icons)
    (bar,) = page.all("div", role="img")
    assert "37.5" in bar["attrs"]["aria-label"]


def test_failed_checks_are_open_and_passed_ones_folded(make_report):
    """What needs attention is seen at once."""
    details = Page(render_html(make_report())).all("details")
    folded = [element["text"] for element in details if "open" not in element["attrs"]]
    opened = [element["text"] for element in details if "open" in element["attrs"]]
    assert all(re.search(r"checks? passed", text) for text in folded if "Case passed." in text)
    assert any("Case failed." in text for text in opened)
    assert not any("Case passed." in text for text in opened)


def test_the_simplest_check_is_open_and_the_others_open_by_a_click(make_report):
    """A page of many failures is as short as one of few."""
    exercise = make_report().exercises[1]
    again = tuple(exercise.checks[1].model_copy(update={"id": f"again_{number}"}) for number in range(20))
    page = Page(render_html(make_report(exercises=(exercise.model_copy(update={"checks": exercise.checks + again}),))))
    cards = [each for each in page.all("details") if "check " in each["attrs"]["class"]]
    assert ["open" in card["attrs"] for card in cards] == [True] + [False] * 20


def test_a_wrong_entry_is_marked_by_more_than_a_colour(page):
    """An entry that is wrong carries a sign for the eye and a word for the ear; a right one carries neither."""
    cells = [each["text"].split() for each in page.all("td") if each["text"].strip().endswith(("2.0", "3.0", "4.0"))]
    assert [len(each) for each in cells] == [1, 3, 1, 1]
    assert cells[1][0] == "✗"


def test_who_earned_a_part_is_not_shown_the_red_of_nothing(page):
    """An exercise with some of its points is amber and called partly passed; one with none is red."""
    badges = {
        each["attrs"]["class"]: each["text"] for each in page.all("span") if "badge" in each["attrs"].get("class", "")
    }
    assert badges.keys() == {"badge tone-good", "badge tone-warn", "badge tone-bad"}
    assert badges["badge tone-warn"] in {Words(language).say("partly_passed") for language in ("en", "zh")}


def test_the_drawing_is_told_in_words_too(page):
    """The graph has a title and a description, which tells each of its edges."""
    (graph,) = page.all("svg", role="img")
    (described,) = page.all("desc")
    assert graph["attrs"]["aria-labelledby"].split()[1] == described["attrs"]["id"]
    assert described["text"] == "x; x; x; x"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_verdict_is_a_word(make_report, language):
    """Nothing is told by colour alone."""
    words = Words(language)
    said = {element["text"].strip() for element in Page(render_html(make_report(language))).all("span")}
    assert {words.named("verdict", verdict.value) for verdict in Verdict} <= said


def test_the_page_holds_all_of_the_report(make_report):
    """Score, isolation, feedback, misconception, diagnosis, messages, remarks, limits, documents."""
    text = Page(render_html(make_report(message="Read in part."))).all("body")[0]["text"]
    for part in (
        "Autograd",
        "ada",
        "of 12 points",
        "1 of 3 exercises passed.",
        "Your code ran alone in a locked-down process.",
        "Every message is shown in full.",
        "Read in part.",
        "A person will look at it",
        "M05",
        "It is the same tensor.",
        "No misconception explains this.",
        "Not all of it ran.",
        "Remark: The result is float32.",
        "Remark: The result is float64.",
        "Limit reached: computing time",
        "Compared with d0-o3",
    ):
        assert part in text


def test_a_message_keeps_its_lines(make_report):
    """Calls and tensors stand in a block with their own line breaks and indents."""
    code = [element["text"] for element in Page(render_html(make_report())).all("pre")]
    assert code[0] == "weighted_grad(f, x, v)\n    f = lambda x: (2 * x).view(2, 2)\n    x = torch.tensor([1.0, 2.0])\n"
    assert code[1] == "returned: torch.tensor([3.0, 0.3])\nexpected: torch.tensor([2.0, 0.2])\n"


def test_everything_passed_is_a_good_day(make_report):
    """A full score is said warmly."""
    report = make_report(exercises=make_report().exercises[:1])
    assert "Every exercise passed." in render_html(report)


def test_a_submission_that_could_not_be_read_has_a_page(make_report):
    """Without exercises the message stands alone."""
    source = render_html(make_report(exercises=(), message="The zip is broken.", max_score=0, score=0))
    assert "The zip is broken." in source
    assert Page(source).all("table") == Page(source).all("div", role="img") == []


def test_the_page_needs_and_may_do_nothing(page):
    """No network, no script, no form: the policy forbids them and the page has none."""
    (policy,) = page.all("meta", **{"http-equiv": "Content-Security-Policy"})
    assert policy["attrs"]["content"].startswith("default-src 'none'; style-src 'unsafe-inline';")
    assert {element["tag"] for element in page.elements} <= ALLOWED
    attributes = [name for element in page.elements for name in element["attrs"]]
    assert not [name for name in attributes if name == "src" or name.startswith("on")]
    assert not re.search(r"url\(|@import|https?:", packaged("look.css") + packaged("report.css"))


def test_hostile_text_is_text(hostile_page):
    """Neither an element nor an attribute comes from a student."""
    assert {element["tag"] for element in hostile_page.elements} <= ALLOWED
    names = {name for element in hostile_page.elements for name in element["attrs"]}
    assert names <= ATTRIBUTES
    links = [element["attrs"]["href"] for element in hostile_page.elements if "href" in element["attrs"]]
    assert all(link.startswith("#") for link in links)


def test_hostile_text_is_visible(hostile_report, hostile_page, assert_harmless):
    """No control, override or invisible character reaches the page, and every field is shown."""
    source = render_html(hostile_report)
    assert_harmless(source)
    assert source.encode()
    assert "{{ 7*7 }}{student}%s" in hostile_page.all("h1")[0]["text"]
    assert hostile_page.all("title")[0]["text"].count("<script>alert(1)</script>") == 2


def test_a_flood_of_text_is_cut(make_report):
    """A message of megabytes makes no page of megabytes."""
    exercise = make_report().exercises[0].model_copy(update={"message": "<" * 2_000_000})
    assert len(render_html(make_report(exercises=(exercise,)))) < 150_000


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_quiz_is_told_answer_by_answer(make_report, quizzes, language):
    """Question, code, options, answer, key, reason, note and seed of each; a word for each verdict."""
    page = Page(render_html(make_report(language, quizzes=quizzes)))
    text = page.all("main")[0]["text"]
    words = Words(language)
    for answer in quizzes[0].answers:
        name = answer.verdict.value
        for part in (f"What is {name}?", f"Reason of {name}.", f"Note on {name}.", "b) that"):
            assert part in text
        assert words.named("answer", name) in text
        assert (f"key of {name}" in text) is (answer.verdict is not AnswerVerdict.RIGHT)
        assert words.say("replay", question=answer.id, seed=answer.seed) in text
    assert "Rows are columns." in text
    assert words.say("right_of", right=1, total=7) in text
    assert "No answers were handed in." in text


def test_an_answer_keeps_its_lines(make_report, quizzes):
    """What was typed and what is right stand in blocks with their own lines."""
    code = [element["text"] for element in Page(render_html(make_report(quizzes=quizzes))).all("pre")]
    assert "for x in y:\n    print(x)\n" in code
    assert "given\n    to wrong\n" in code


def test_what_was_right_is_closed_and_what_was_not_is_open(make_report, quizzes):
    """A learner's eyes fall on what is to be learned."""
    page = Page(render_html(make_report(exercises=(), quizzes=quizzes)))
    cards = {element["text"]: "open" in element["attrs"] for element in page.all("details")}
    opened = {name: is_open for text, is_open in cards.items() for name in AnswerVerdict if f"What is {name}?" in text}
    assert opened == {name: name not in {"right", "unanswered"} for name in AnswerVerdict}


def test_what_is_withheld_leaves_no_empty_place(make_report, quizzes):
    """Without key and explanation their labels are not there either."""
    blank = {"key": "", "explanation": "", "given": "", "message": ""}
    answers = tuple(answer.model_copy(update=blank) for answer in quizzes[0].answers)
    source = render_html(make_report(quizzes=(quizzes[0].model_copy(update={"answers": answers}),)))
    for word in ("your_answer", "the_key"):
        assert f">{Words('en').say(word)}<" not in source


@pytest.mark.parametrize("flood", ["<" * 2_000_000, "\n" * 2_000_000, "\t" * 2_000_000])
def test_a_flood_in_an_answer_is_cut(make_report, quizzes, flood):
    """An answer of megabytes, in one line or in many, makes no page of megabytes."""
    answer = quizzes[0].answers[0].model_copy(update={"given": flood, "text": flood})
    quiz = quizzes[0].model_copy(update={"answers": (answer,)})
    assert len(render_html(make_report(exercises=(), quizzes=(quiz,)))) < 2_000_000


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_was_made_for_others_is_the_same(make_report, language):
    """A page of a class is the one that is rendered alone, whoever's came before it."""
    report, pages = make_report(language), Pages()
    other = report.model_copy(update={"student": "bob", "exercises": report.exercises[::-1]})
    for each in (report, other, make_report("en" if language == "zh" else "zh"), report):
        assert pages.render(each) == render_html(each)
