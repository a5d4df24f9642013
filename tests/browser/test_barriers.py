"""axe-core finds nothing serious in the page, whatever its language, its colours and its state."""

import pytest

SERIOUS = {"serious", "critical"}


def barriers(page, axe):
    """Return what axe finds that is serious or critical."""
    page.evaluate(axe)
    found = page.evaluate("axe.run()")
    assert len(found["passes"]) > 10
    return [
        (each["id"], each["impact"], node["html"], node["failureSummary"])
        for each in found["violations"]
        for node in each["nodes"]
        if each["impact"] in SERIOUS
    ]


def answer_everything(page):
    """Give every question some answer, and open whatever can be opened."""
    for question in page.locator(".question").all():
        for field in question.locator("input[type=text], textarea").all():
            field.fill("7")
        for field in question.locator("select").all():
            field.select_option(index=1)
        for field in question.locator("input[type=radio], input[type=checkbox]").all()[:1]:
            field.check()
        question.locator(".check").click()
        for details in question.locator("details").all():
            details.locator("summary").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_the_fresh_page_has_no_barrier(open_page, axe, locale, scheme):
    """Before any answer."""
    page = open_page(locale=locale, color_scheme=scheme)
    assert page.locator("html").get_attribute("lang") == locale
    assert barriers(page, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_the_answered_page_has_no_barrier(open_page, axe, locale, scheme):
    """After an answer to every question, marks and feedback shown, on a phone."""
    page = open_page(locale=locale, color_scheme=scheme, viewport={"width": 375, "height": 800})
    answer_everything(page)
    assert page.locator(".feedback:not(:empty)").count() == page.locator(".question").count()
    assert barriers(page, axe) == []


@pytest.mark.parametrize(
    ("breaking", "barrier"),
    [
        ("document.querySelector('.entry').removeAttribute('aria-label')", "label"),
        ("document.querySelector('.intro').style.color = '#ccc'", "color-contrast"),
    ],
)
def test_axe_finds_a_barrier(page, axe, breaking, barrier):
    """A field without a name and pale text are found: axe really looks."""
    page.evaluate(breaking)
    assert barrier in [found[0] for found in barriers(page, axe)]


def test_the_page_fits_a_narrow_phone(open_page):
    """Nothing makes the page scroll sideways at 320 pixels."""
    page = open_page(viewport={"width": 320, "height": 640})
    answer_everything(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
