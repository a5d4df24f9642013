"""Every reader can use the page of a quiz: by keyboard, in either language, on paper, without motion."""

import re

from quiz_page import check, fill_entries, flat, question, variant

from grader.bridges.html.page import render_page


def test_the_language_changes_everything_but_the_answers(page):
    """A half-typed answer, feedback and score stay; every word changes, and the page says its language."""
    section = question(page, "whose_shape")
    section.get_by_role("radio", name="the input x").check()
    check(section)
    fill_entries(question(page, "weighted"), ["1", "", "3.5"])
    page.get_by_role("button", name="中文").click()
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert page.locator("h1").inner_text() == "每一种题型"
    assert page.title() == "每一种题型 · 临时课程"
    assert section.locator(".outcome strong").inner_text() == "不正确"
    assert "v 给输出加权" in section.locator(".misconception").inner_text()
    assert section.get_by_role("radio", name="输入 x").is_checked()
    assert [each.input_value() for each in question(page, "weighted").locator(".entry").all()] == ["1", "", "3.5"]
    assert page.get_by_role("button", name="中文").get_attribute("aria-pressed") == "true"
    assert page.get_by_role("button", name="中文").evaluate("each => each === document.activeElement")
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert section.locator(".outcome strong").inner_text() == "Not right"


def test_the_page_speaks_the_readers_language(open_page):
    """It opens in the browser's language where it has it, else in English."""
    assert open_page(locale="zh-TW").locator("html").get_attribute("lang") == "zh-CN"
    assert open_page(locale="fr").locator("html").get_attribute("lang") == "en"


def test_no_english_is_left_in_the_chinese_page(open_page):
    """No word of the page itself stands there in the other language."""
    page = open_page(locale="zh-CN")
    for section in page.locator(".question").all():
        section.locator(".check").click()
    for name in ("h1", "legend", ".actions button", ".intro", ".problem", "thead th", ".colophon", "#answered"):
        for text in page.locator(name).all_inner_texts():
            assert re.search(r"[\u4e00-\u9fff]", text), text


def test_one_language_alone_needs_no_switch(open_page, exports, tmp_path):
    """A page in Chinese alone is Chinese in any browser."""
    path = tmp_path / "zh.html"
    path.write_bytes(render_page(exports[1:]))
    page = open_page(path, locale="en")
    assert page.locator("h1").inner_text() == "每一种题型"
    assert page.get_by_role("button", name="English").count() == 0


def tab_to(page, selector):
    """Press Tab until an element that fits `selector` has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")


def test_the_keyboard_is_enough(page, exports):
    """Without a mouse: skip link, choosing, typing, Enter, moving lines, lists, another variant."""
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    tab_to(page, "#question-1 input")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    assert question(page, "whose_shape").locator(".outcome").count() == 1
    tab_to(page, "#question-2 input")
    page.keyboard.press("Space")
    tab_to(page, "#question-2 .check")
    page.keyboard.press("Enter")
    assert question(page, "which_have_grad").locator(".outcome").count() == 1
    for number in flat(variant(exports, "outer").key):
        tab_to(page, "#question-6 .entry")
        page.keyboard.type(str(number))
    page.keyboard.press("Enter")
    assert question(page, "outer").locator(".outcome strong").inner_text() == "Right"
    tab_to(page, "#question-6 .another")
    page.keyboard.press("Space")
    assert "variant 2 of 3" in question(page, "outer").inner_text()
    tab_to(page, "#question-12 select")
    page.keyboard.press("ArrowDown")
    assert question(page, "what_is_what").get_by_role("combobox").first.input_value()


def test_a_moved_line_keeps_the_focus(page):
    """A line is moved down to the end by one button, is told where it is, and at the end its other button has focus."""
    section = question(page, "training_step")
    first = section.locator(".lines li .code").first.inner_text()
    tab_to(page, "#question-11 .move")
    for place in (2, 3, 4):
        page.keyboard.press("Enter")
        assert section.locator(".lines .code").nth(place - 1).inner_text() == first
        assert section.locator("fieldset [role=status]").inner_text() == f"{first} is now line {place} of 4"
    assert page.evaluate("document.activeElement.className") == "move up"


def test_the_focus_is_seen(page):
    """What has the focus has an outline."""
    for selector in (".language button", ".option", ".entry", ".check", ".move:not(:disabled)", "select"):
        page.keyboard.press("Tab")
        element = page.locator(selector).first
        (element.locator("input") if selector == ".option" else element).focus()
        assert element.evaluate("each => parseFloat(getComputedStyle(each).outlineWidth)") >= 2, selector


def test_every_answer_is_grouped_and_told(page):
    """Controls stand in a fieldset with a legend and the question's text; feedback is a live region."""
    for section in page.locator(".question").all():
        fieldset = section.locator("fieldset")
        assert fieldset.locator("legend").inner_text()
        described = fieldset.get_attribute("aria-describedby")
        assert section.locator(f"#{described}").inner_text()
        assert section.locator(".feedback").get_attribute("role") == "status"


def test_motion_is_reduced_on_request(open_page):
    """Nothing moves for who asks for stillness."""
    durations = "getComputedStyle(document.querySelector('#bar')).transitionDuration"
    assert open_page(reduced_motion="reduce").evaluate(durations) == "0s"
    assert open_page(reduced_motion="no-preference").evaluate(durations) == "0.3s"


def test_the_page_can_be_printed(page):
    """On paper there are the questions and what was answered, and no button."""
    check_before = page.locator(".check").first
    assert check_before.is_visible()
    page.emulate_media(media="print")
    assert not check_before.is_visible()
    assert page.locator(".question .text").last.is_visible()
    assert page.pdf().startswith(b"%PDF")
