"""The overview of a class as one HTML page that needs no network, no script and no other file.

Owns what the page shows; its look is in `overview.html.j2`, `look.css` and `overview.css`. Students' texts are made
visible and escaped by the template engine, and the page's policy allows no script at all.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from grader.reports.folder import CLASS_HTML
from grader.reports.html import LANGUAGE_TAGS, packaged, templates
from grader.reports.overview import plots
from grader.reports.overview.gather import titles_of
from grader.reports.overview.record import ClassOverview, HandNeeded, ItemFigures, Reason
from grader.reports.overview.words import OverviewWords

MOST_ITEMS = 15
"""So many of the hardest items stand open; the others fold."""


def render_overview(overview: ClassOverview) -> str:
    """Return the page of a class."""
    mixed = [each for each in overview.items if 0 < each.failed < each.students]
    say, titles = OverviewWords(overview.language).say, titles_of(overview)
    reasons = {reason: hands_of([each for each in overview.hands if each.reason is reason]) for reason in Reason}
    return (
        templates()
        .get_template("overview.html.j2")
        .render(
            overview=overview,
            say=say,
            part_names=lambda parts: say("comma").join(titles.get(each, each) for each in parts),
            lang=LANGUAGE_TAGS[overview.language],
            css=Markup(packaged("look.css") + packaged("overview.css")),  # noqa: S704 - files of this package
            titles=titles,
            links={each.student: each.link for each in overview.students},
            reasons={reason: found for reason, found in reasons.items() if found},
            item_groups=item_groups(overview, mixed),
            bars=plots.histogram(overview.students),
            points=plots.line(overview.trend),
            plots=plots,
        )
    )


def hands_of(found: Iterable[HandNeeded]) -> list[tuple[HandNeeded, list[str]]]:
    """Return what needs a person, each with the parts of the same student that need one for the same cause."""
    groups: dict[tuple[str, str | None, str | None], list[HandNeeded]] = {}
    for each in found:
        groups.setdefault((each.student, each.detail, each.question), []).append(each)
    return [(group[0], [each.part for each in group if each.part]) for group in groups.values()]


def item_groups(overview: ClassOverview, mixed: list[ItemFigures]) -> list[tuple[str, bool, list[ItemFigures]]]:
    """Return the items under the words they stand under, and whether they stand open."""
    nobody = [each for each in overview.items if each.failed == each.students]
    everybody = [each for each in overview.items if each.failed == 0]
    groups = [
        ("items_nobody", True, nobody),
        ("items_mixed", True, mixed[:MOST_ITEMS]),
        ("items_more", False, mixed[MOST_ITEMS:]),
        ("items_everybody", False, everybody),
    ]
    return [group for group in groups if group[2]]


def render_index(overview: ClassOverview) -> str:
    """Return the page that leads to the class and to each student's page."""
    return (
        templates()
        .get_template("index.html.j2")
        .render(
            overview=overview,
            say=OverviewWords(overview.language).say,
            lang=LANGUAGE_TAGS[overview.language],
            css=Markup(packaged("look.css") + packaged("overview.css")),  # noqa: S704 - files of this package
            class_page=CLASS_HTML,
        )
    )
