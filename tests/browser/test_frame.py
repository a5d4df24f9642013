"""The browser tests have what they need."""


def test_the_browser_runs_a_page(browser):
    """Chromium starts, and runs a script."""
    page = browser.new_page()
    page.set_content("<p id=here></p><script>here.textContent = 6 * 7</script>")
    assert page.inner_text("#here") == "42"
    page.close()


def test_axe_finds_a_barrier(browser, axe):
    """An image without a text is found: axe-core really looks."""
    page = browser.new_page()
    page.set_content('<html lang="en"><title>t</title><main><h1>h</h1><img src="data:,"></main></html>')
    page.evaluate(axe)
    found = page.evaluate("axe.run()")["violations"]
    assert "image-alt" in [each["id"] for each in found]
    page.close()
