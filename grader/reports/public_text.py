"""What public tests found, for a terminal: a line for each test, and below a failed one what it said."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType

from grader.reports.blocks import blocks
from grader.reports.feedback import Code, Prose, verdict_text
from grader.reports.plaintext import line
from grader.reports.words import Words
from grader.results.public_report import PublicReport


def public_text(public: PublicReport) -> RenderableType:
    """Return what is shown of one exercise."""
    return Group(*parts(public, Words(public.language)))


def parts(public: PublicReport, words: Words) -> Iterator[RenderableType]:
    """Yield the heading and the tests."""
    passed = sum(each.verdict == "passed" for each in public.checks)
    summed = words.say("tests_passed", right=passed, total=len(public.checks))
    yield Prose(f"{words.say('public_tests')} · {line(public.slug)} · {summed}", "bold")
    for each in public.checks:
        yield Prose(f"{verdict_text(each.verdict, words).plain} · {line(each.title)}")
        for block in blocks(each.message) if each.message else ():
            yield Code(block.text) if block.is_code else Prose(block.text)
    if public.isolation != "sandbox":
        yield Prose(words.named("isolation", public.isolation), "dim")
