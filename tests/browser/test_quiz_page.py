"""Answering the questions of a quiz's page, as a learner does: by mouse, by keyboard, in both languages."""

import re
from dataclasses import replace

import pytest
from quiz_page import NUMBERS, arrange, check, earned, fill_entries, flat, listing, question, variant

from grader.bridges.html.page import render_page
from grader.bridges.pool import quiz_exports
from grader.catalogue.question import QuestionKind


def test_the_page_asks_every_question_of_the_quiz(page, exports):
    """Each question stands there in order, with its text and its code."""
    assert page.locator(".question").count() == len(exports[0].pools) == len(NUMBERS)
    assert {pool.question.kind for pool in exports[0].pools} == set(QuestionKind)
    for pool in exports[0].pools:
        if pool.variants[0].code:
            assert listing(question(page, pool.question.id)) == pool.variants[0].code


def test_maths_is_mathml(page):
    """A formula is markup that a browser lays out and a screen reader reads."""
    formula = question(page, "whose_shape").locator(".text math").first
    assert formula.evaluate("each => each.namespaceURI") == "http://www.w3.org/1998/Math/MathML"
    assert formula.locator("msup").count() == 1


def test_single_right(page):
    """The right option is right, earns its point, and the explanation comes."""
    section = question(page, "whose_shape")
    section.get_by_role("radio", name="the output y").check()
    assert check(section) == "Right"
    assert "one weight for each entry" in section.locator(".explanation").inner_text()
    assert section.locator(".misconception, details").count() == 0
    assert earned(page) == 1


def test_single_wrong_names_the_misconception(page):
    """The wrong option is told with the misconception it shows, then the explanation, then the key on demand."""
    section = question(page, "whose_shape")
    section.get_by_role("radio", name="the input x").check()
    assert check(section) == "Not right"
    assert "v weights the outputs" in section.locator(".misconception").inner_text()
    assert "Your answer is what comes out when this is overlooked." in section.locator(".misconception").inner_text()
    assert "one weight for each entry" in section.locator(".explanation").inner_text()
    key = section.locator("details.key div")
    assert not key.is_visible()
    section.get_by_text("Show the right answer").click()
    assert key.inner_text().strip() == "the output y"
    assert earned(page) == 0


def test_multiple_partly(page):
    """One of two that hold is half; what is missing is told."""
    section = question(page, "which_have_grad")
    section.get_by_role("checkbox", name="a", exact=True).check()
    assert check(section) == "Partly right"
    assert "1 of 1 hold; not chosen though they hold: 1" in section.locator(".outcome").inner_text()
    assert earned(page) == 1


def test_multiple_wrong_takes_away(page):
    """A wrong choice takes away what a right one gives, and shows its misconception."""
    section = question(page, "which_have_grad")
    for name in ("a", "b", "c"):
        section.get_by_role("checkbox", name=name, exact=True).check()
    assert check(section) == "Partly right"
    assert "Only leaves keep .grad" in section.locator(".misconception").inner_text()
    assert section.locator(".option[data-mark=wrong]").inner_text() == "c"
    assert earned(page) == 1


@pytest.mark.parametrize(("answer", "told"), [("false", "Right"), ("true", "Not right")])
def test_true_or_false(page, answer, told):
    """The statement is judged; the other answer shows its misconception."""
    section = question(page, "accumulates")
    section.get_by_role("radio", name=answer).check()
    assert check(section) == told
    assert section.locator(".misconception").count() == (told == "Not right")


def test_numeric(page, exports):
    """A number within the tolerance is right, a fraction is a number, and half of it shows the misconception."""
    section, key = question(page, "twice"), variant(exports, "twice").key
    section.get_by_role("textbox", name="Number").fill(f"{key / 2}")
    assert check(section) == "Not right"
    assert "backward() adds to .grad" in section.locator(".misconception").inner_text()
    section.get_by_role("textbox", name="Number").fill(f"{2 * key * (1 + 1e-5)} / 2")
    assert check(section) == "Right"


def test_a_tensor_is_marked_by_entry(page, exports):
    """Right entries earn their share; the wrong one is named, marked and told to assistive technology."""
    section, key = question(page, "outer"), variant(exports, "outer").key
    numbers = flat(key)
    fill_entries(section, [*numbers[:4], -1, numbers[5]])
    assert check(section) == "Partly right"
    assert "5 of 6 entries are right; look again at [1, 1]." in section.locator(".outcome").inner_text()
    wrong = section.get_by_role("textbox", name="row 1, column 1")
    assert wrong.get_attribute("aria-invalid") == "true"
    assert section.locator("[aria-invalid]").count() == 1
    assert earned(page) == pytest.approx(5 / 6, abs=0.01)
    wrong.fill(str(numbers[4]))
    assert section.locator("[aria-invalid], [data-mark]").count() == 0
    assert check(section) == "Right"


def test_a_tensor_shows_its_misconception(page, exports):
    """The transposed Jacobian is recognised, though some of its entries are right."""
    section = question(page, "outer")
    fill_entries(section, flat(variant(exports, "outer").mistakes[0].value))
    assert check(section) == "Partly right"
    assert "Rows are outputs" in section.locator(".misconception").inner_text()


@pytest.mark.parametrize("form", ["({}, {})", "{} x {}", "torch.Size([{}, {}])"])
def test_a_shape_is_typed_in_any_form(page, exports, form):
    """A shape may be written as Python, as torch or as people write it."""
    section, key = question(page, "grad_shape"), variant(exports, "grad_shape").key
    field = section.get_by_role("textbox")
    field.fill(form.format(*reversed(key)))
    assert check(section) == "Not right"
    assert "Rows are outputs" in section.locator(".misconception").inner_text()
    field.fill(form.format(*key))
    assert check(section) == "Right"


def test_output_is_compared_by_lines(page, exports):
    """Blanks don't count, numbers count by value, each line earns its share, and a wrong one is named."""
    section = question(page, "says")
    first, second = variant(exports, "says").key.split("\n")
    field = section.get_by_role("textbox")
    field.fill(f"{first}\nFalse")
    assert check(section) == "Partly right"
    assert "look again at line 2" in section.locator(".outcome").inner_text()
    field.fill(first)
    assert check(section) == "Partly right"
    assert "but more is printed" in section.locator(".outcome").inner_text()
    field.fill("tensor([1., 1.])\nTrue")
    assert check(section) == "Partly right"
    assert "backward() adds to .grad" in section.locator(".misconception").inner_text()
    field.fill(f"\n {first.replace(', ', ' ,').replace('.', '.00')} \n\n{second}\n")
    assert check(section) == "Right"


def test_exception(page):
    """The exception that is raised is among the choices; a value in its place shows a misconception."""
    section = question(page, "second_time")
    section.get_by_role("radio", name=re.compile("no error, the value is 8")).check()
    assert check(section) == "Not right"
    assert "backward() adds to .grad" in section.locator(".misconception").inner_text()
    section.get_by_role("radio", name=re.compile("raises RuntimeError: Trying to backward")).check()
    assert check(section) == "Right"


LINES = {
    "zero": "optimizer.zero_grad()",
    "forward": "loss = (3 * w) ** 2",
    "backward": "loss.backward()",
    "step": "optimizer.step()",
}


@pytest.mark.parametrize(
    ("order", "told"),
    [
        (["zero", "forward", "backward", "step"], "Right"),
        (["forward", "zero", "backward", "step"], "Right"),
        (["forward", "backward", "zero", "step"], "Not right"),
        (["forward", "backward", "step", "zero"], "Not right"),
    ],
)
def test_lines_are_ordered_by_buttons(page, order, told):
    """Every order with the right result is right; the learner's order shows the misconception."""
    section = question(page, "training_step")
    arrange(section, [LINES[name] for name in order])
    assert check(section) == told
    assert section.locator(".misconception").count() == (order[-1] == "zero")


def test_lines_keep_their_indentation(page):
    """A line that is to be put in order is seen as it is written, its blanks included."""
    shown = question(page, "one_order").locator(".lines .code").all_inner_texts()
    assert "    total = total * 3 + step" in shown


def test_match(page):
    """Each pair earns its share, a wrong one is named; swapped pairs show their misconception."""
    section = question(page, "what_is_what")
    choose = [section.get_by_role("combobox").nth(place).select_option for place in range(3)]
    for select, label in zip(choose, ["vᵀ J", "all partial derivatives", "a scalar"], strict=True):
        select(label=label)
    assert check(section) == "Partly right"
    assert "2 of 3 pairs are right; look again at a tensor made by hand." in section.locator(".outcome").inner_text()
    assert earned(page) == 2
    for select, label in zip(choose, ["all partial derivatives", "vᵀ J", "a leaf"], strict=True):
        select(label=label)
    assert check(section) == "Partly right"
    assert "Rows are outputs" in section.locator(".misconception").inner_text()


def test_free_text_is_held_against_a_good_answer(page):
    """Nobody marks it: what a good answer says is shown, and no point is counted."""
    section = question(page, "in_own_words")
    section.get_by_role("textbox").fill("because 因为")
    assert check(section) == "Compare"
    assert section.locator(".model").inner_text() == "c is no leaf, so its gradient is not kept."
    assert earned(page) == 0
    assert "not counted" in section.inner_text()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("whose_shape", "Choose an answer first."),
        ("which_have_grad", "Choose at least one answer first."),
        ("weighted", "Fill in every entry first."),
        ("grad_shape", "There is no answer yet."),
        ("what_is_what", "Choose a partner for each first."),
    ],
)
def test_no_answer_is_asked_for(page, name, told):
    """Check without an answer counts nothing, says what is missing, and goes to the field that lacks it."""
    section = question(page, name)
    section.get_by_role("button", name="Check").click()
    assert section.locator(".problem").inner_text() == told
    assert section.locator("fieldset :focus").count() == 1
    assert page.locator("#answered").inner_text() == f"0 of {len(NUMBERS) - 1} questions answered"


def test_what_is_no_number_is_told(page):
    """A word in one field is pointed at; the right one after it still counts."""
    section = question(page, "weighted")
    fill_entries(section, ["1", "two", "3"])
    section.get_by_role("button", name="Check").click()
    assert "no number" in section.locator(".problem").inner_text()
    assert section.get_by_role("textbox", name="entry 1").get_attribute("aria-invalid") == "true"
    assert section.get_by_role("textbox", name="entry 1").evaluate("each => each === document.activeElement")


def test_the_first_answer_to_a_variant_counts(page, exports):
    """Trying again teaches but earns nothing; the next variant's first answer takes the place of the last one's."""
    section = question(page, "twice")
    fill_entries(section, [0])
    assert check(section) == "Not right"
    fill_entries(section, [variant(exports, "twice").key])
    assert check(section) == "Right"
    assert earned(page) == 0
    section.get_by_role("button", name="Another variant").click()
    assert earned(page) == 0
    fill_entries(section, [variant(exports, "twice", 1).key])
    assert check(section) == "Right"
    assert earned(page) == 1


def test_another_variant_goes_through_all_and_begins_again(page, exports):
    """Each variant has its own numbers, an empty field and no feedback; after the last comes the first."""
    section = question(page, "weighted")
    total = len(next(pool for pool in exports[0].pools if pool.question.id == "weighted").variants)
    assert total == 3
    for at in (*range(total), 0):
        assert f"variant {at + 1} of {total}" in section.inner_text()
        assert listing(section) == variant(exports, "weighted", at).code
        assert section.locator(".feedback").inner_text() == ""
        assert section.get_by_role("textbox", name="entry 0").input_value() == ""
        fill_entries(section, flat(variant(exports, "weighted", at).key))
        assert check(section) == "Right"
        section.get_by_role("button", name="Another variant").click()
        assert section.get_by_role("button", name="Another variant").evaluate("e => e === document.activeElement")


def test_a_question_without_parameters_has_no_other_variant(page):
    """There is nothing to draw, so there is no button."""
    assert question(page, "whose_shape").get_by_role("button", name="Another variant").count() == 0


def test_the_summary_counts_by_concept(page, exports):
    """At the end stands what was earned of each concept, and the misconceptions that were shown."""
    rows = page.locator("#concepts tr")
    assert rows.first.inner_text().split("\t")[:2] == ["vector-Jacobian product", "0 of 2"]
    assert not page.locator("#ideas").is_visible()
    question(page, "whose_shape").get_by_role("radio", name="the input x").check()
    check(question(page, "whose_shape"))
    fill_entries(question(page, "weighted"), flat(variant(exports, "weighted").key))
    check(question(page, "weighted"))
    concept, answered, share = rows.first.inner_text().split("\t")
    assert (concept, answered, share.strip()) == ("vector-Jacobian product", "2 of 2", "50 %")
    assert page.locator("#idea-list").inner_text() == "v weights the outputs"


def test_starting_over_forgets_everything(page):
    """Answers, feedback and score are gone."""
    section = question(page, "accumulates")
    section.get_by_role("radio", name="false").check()
    check(section)
    page.get_by_role("button", name="Start over").click()
    assert earned(page) == 0
    assert not section.get_by_role("radio", name="false").is_checked()
    assert page.locator(".feedback:not(:empty), .verdict:not(:empty)").count() == 0


HOSTILE = (
    "</script><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\"> & ' \\ `a<b` 🙂"
)


def test_hostile_text_is_text(open_page, course, tmp_path):
    """Markup in a question, its code, an option and a misconception is shown as it stands and does nothing."""
    exports = []
    for export in quiz_exports(course, "everything", b"secret", 1):
        pools = [pool for pool in export.pools if pool.question.id == "whose_shape"]
        (pool,) = pools
        (one,) = pool.variants
        text = {"en": HOSTILE, "zh": HOSTILE}
        hostile = replace(
            one,
            text=text,
            code=HOSTILE,
            explanation=text,
            options=tuple(replace(each, text=text) for each in one.options),
        )
        exports.append(replace(export, title=HOSTILE, course=HOSTILE, pools=(replace(pool, variants=(hostile,)),)))
    path = tmp_path / "hostile.html"
    path.write_bytes(render_page(exports))
    page = open_page(path)
    section = page.locator("#question-1")
    section.get_by_role("radio").first.check()
    check(section)
    assert page.title() == f"{HOSTILE} · {HOSTILE}".strip()
    assert page.locator("h1").inner_text() == HOSTILE
    assert section.locator("pre.code").first.inner_text().strip() == HOSTILE
    for place in (".text", ".option span", ".explanation"):
        assert "<img src=x onerror=" in section.locator(place).first.inner_text()
    assert page.locator("img, #page script").count() == 0


def test_a_request_would_be_seen(browser, page_file):
    """The policy stops what a script might ask the network for, and these tests would tell."""
    page = browser.new_page()
    told = []
    page.on("console", lambda message: told.append(message.text))
    page.goto(page_file.as_uri())
    failed = page.evaluate("fetch('https://example.org/').then(() => false, () => true)")
    assert failed
    assert any("Content Security Policy" in text for text in told)
    page.close()
