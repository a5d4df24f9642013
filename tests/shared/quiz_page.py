"""The page of a quiz in a browser, and what a reader does with it: find a question, type, move lines, press Check."""

NUMBERS = {
    "whose_shape": 1,
    "which_have_grad": 2,
    "accumulates": 3,
    "twice": 4,
    "weighted": 5,
    "outer": 6,
    "grad_shape": 7,
    "says": 8,
    "prints_one_line": 9,
    "second_time": 10,
    "training_step": 11,
    "what_is_what": 12,
    "in_own_words": 13,
    "any_order": 14,
    "not_a_number": 15,
    "one_order": 16,
    "eleven_hold": 17,
    "case_tells": 18,
    "blanks_count": 19,
}


def question(page, name):
    """Return the section of a question, by its id in the course."""
    return page.locator(f"#question-{NUMBERS[name]}")


def variant(exports, name, at=0):
    """Return a variant as the page shows it."""
    pools = {pool.question.id: pool for pool in exports[0].pools}
    return pools[name].variants[at]


def flat(value):
    """Return nested lists as one list."""
    return [entry for each in value for entry in flat(each)] if isinstance(value, list) else [value]


def listing(section):
    """Return a question's code as it would be copied from the page."""
    return "\n".join(line.rstrip() for line in section.locator("pre.code").first.inner_text().splitlines())


def check(section):
    """Press Check and return the word that the feedback begins with."""
    section.get_by_role("button", name="Check").click()
    return section.locator(".outcome strong").inner_text()


def fill_entries(section, numbers):
    """Type numbers into a question's fields."""
    for field, number in zip(section.locator("input.entry").all(), numbers, strict=True):
        field.fill(str(number))


def arrange(section, texts):
    """Bring lines into an order by pressing the buttons that move them up."""
    for place, text in enumerate(texts):
        line = section.locator(".lines li", has_text=text)
        while section.locator(".lines li").nth(place).locator(".code").inner_text() != text:
            line.get_by_role("button", name="Move up").click()


def earned(page):
    """Return the running score."""
    return float(page.locator("#earned").inner_text())
