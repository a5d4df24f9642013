"""The columns of rosters: Canvas, Moodle, Gradescope, nbgrader, and our own.

Owns which heading means what. The forms are those of: Canvas' gradebook export; Moodle's list of participants, grades
export and grading worksheet; Gradescope's roster and scores; `nbgrader db student import`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

OWN_COLUMNS = "id, name, email, section, extension, submission"


@dataclass(frozen=True)
class Form:
    """How one system names its columns, in lower case; the first of several that a row fills counts."""

    name: str
    ids: tuple[str, ...]
    """Columns that hold the id; the others among them are known too."""
    names: tuple[str, ...]
    """Columns with a whole name."""
    emails: tuple[str, ...]
    sections: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...]
    """One column of each group has to be there for a file to have this form."""
    given: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


GIVEN = ("first name", "first_name", "名", "名字")
FAMILY = ("last name", "last_name", "surname", "姓", "姓氏")

FORMS = (
    Form(
        "canvas",
        ids=("id",),
        names=("student",),
        emails=("email",),
        sections=("section",),
        needs=(("student",), ("id",), ("section", "sis login id", "sis user id")),
        others=("sis user id", "sis login id", "integration id"),
    ),
    Form(
        "gradescope",
        ids=("sid", "email"),
        names=("full name", "name", "student"),
        emails=("email", "email address"),
        sections=("sections", "section"),
        needs=(("sid",), ("email", "email address")),
        given=GIVEN,
        family=FAMILY,
    ),
    Form(
        "nbgrader",
        ids=("id",),
        names=(),
        emails=("email",),
        sections=(),
        needs=(("id",), ("first_name", "last_name", "lms_user_id")),
        given=GIVEN,
        family=FAMILY,
        others=("lms_user_id",),
    ),
    Form(
        "moodle",
        ids=("id number", "学号", "编号", "username", "用户名", "identifier", "email address", "电子邮件地址"),
        names=("full name", "name", "全名"),
        emails=("email address", "email", "电子邮件地址", "电子邮箱"),
        sections=("groups", "group"),
        needs=(
            ("id number", "identifier", "username", "email address", "电子邮件地址", "编号"),
            ("first name", "full name", "last name", "名", "名字"),
        ),
        given=GIVEN,
        family=FAMILY,
        others=("identifier",),
    ),
    Form(
        "own",
        ids=("id", "学号"),
        names=("name", "姓名"),
        emails=("email", "e-mail", "邮箱", "电子邮箱"),
        sections=("section", "班级"),
        needs=(("id", "学号"), ("name", "姓名")),
    ),
)

EXTENSIONS = ("extension", "延期")
"""Any roster may have this column."""
SUBMISSIONS = ("submission", "提交名")
"""Any roster may have this column: the name that a student's work is handed in under."""

KNOWN = frozenset(
    heading
    for form in FORMS
    for group in (form.ids, form.names, form.emails, form.sections, form.given, form.family, form.others)
    for heading in group
) | {*EXTENSIONS, *SUBMISSIONS}

PLACEHOLDERS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {"canvas": re.compile(r"(?i:\s*points possible\s*|student,? test|test student|)")}
)
"""Rows that are no student, by the form: Canvas' points, posting policies, and the student of its student view."""


def folded_heading(heading: str) -> str:
    """Return a heading as the forms name it."""
    return " ".join(heading.casefold().split())


def is_known(heading: str) -> bool:
    """Whether a heading is one of any form's."""
    return folded_heading(heading) in KNOWN


def form_of(headings: Collection[str]) -> Form | None:
    """Return the form that a file has by its headings."""
    present = set(map(folded_heading, headings))
    return next((form for form in FORMS if all(present.intersection(group) for group in form.needs)), None)


def missing_column(headings: Sequence[str]) -> str:
    """Return a sentence on what a file lacks to be a roster."""
    present = set(map(folded_heading, headings))
    nearest = max(reversed(FORMS), key=lambda form: sum(bool(present.intersection(group)) for group in form.needs))
    lacking = [repr(group[0]) for group in nearest.needs if not present.intersection(group)]
    if len(lacking) == len(nearest.needs):
        return f"no column of a roster is known here; name them {OWN_COLUMNS}, or export from your course system"
    return f"the column {', and '.join(lacking)} is missing; add it (our own columns are {OWN_COLUMNS})"
