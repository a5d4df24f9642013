"""The tables of a store. Owns their columns; a change here needs a migration, which a test compares with them.

Texts that students or authors wrote are kept as compressed JSON, which any database can hold.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

METADATA: Final = MetaData()
CASCADE: Final = "CASCADE"

CLASSES: Final = Table(
    "classes",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
)

RUNS: Final = Table(
    "runs",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("class_id", Integer, ForeignKey("classes.id", ondelete=CASCADE), nullable=False),
    Column("command", String, nullable=False),
    Column("course", String, nullable=False),
    Column("began", String, nullable=False),
    Column("ended", String),
)
"""A run that was killed has no end."""

STUDENTS: Final = Table(
    "students",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("class_id", Integer, ForeignKey("classes.id", ondelete=CASCADE), nullable=False),
    Column("name", String, nullable=False),
    Column("enrolment", LargeBinary, nullable=False),
    Column("is_here", Boolean, nullable=False),
    Column("state", String, nullable=False),
    Column("current", LargeBinary, nullable=False),
    UniqueConstraint("class_id", "name"),
)
"""`state` is a digest of all that the student's marks depend on, and `current` names the facts that count, by part."""

SUBMISSIONS: Final = Table(
    "submissions",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("student_id", Integer, ForeignKey("students.id", ondelete=CASCADE), nullable=False, index=True),
    Column("digest", String, nullable=False),
    Column("fingerprint", String, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("details", LargeBinary, nullable=False),
    Column("content", LargeBinary, nullable=False),
    UniqueConstraint("student_id", "digest"),
)
"""`fingerprint` is told from the bytes alone; `seen` is the last run that found the submission in its folder."""

FACTS: Final = Table(
    "facts",
    METADATA,
    Column("student_id", Integer, ForeignKey("students.id", ondelete=CASCADE), primary_key=True),
    Column("part", String, primary_key=True),
    Column("digest", String, primary_key=True),
    Column("is_final", Boolean, nullable=False),
    Column("instead", String),
    Column("points", Float, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""`part` is a slug, `quiz_<unit>`, or nothing for the whole; `instead` names the facts that a regrade did not lower."""

MARKS: Final = Table(
    "marks",
    METADATA,
    Column("student_id", Integer, ForeignKey("students.id", ondelete=CASCADE), primary_key=True),
    Column("part", String, primary_key=True),
    Column("points", Float, nullable=False),
    Column("max_points", Float, nullable=False),
    Column("comment", LargeBinary, nullable=False),
)
"""What a person decided."""

LEDGER: Final = Table(
    "ledger",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("student_id", Integer, ForeignKey("students.id", ondelete=CASCADE), nullable=False),
    Column("part", String, nullable=False),
    Column("run_id", Integer, ForeignKey("runs.id", ondelete=CASCADE), nullable=False),
    Column("at", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("points", Float),
    Column("max_points", Float),
    Column("details", LargeBinary, nullable=False),
    Index("ix_ledger_student_part", "student_id", "part"),
)
"""Every change of what counts, in order; nothing in it is ever changed."""

CLAIMS: Final = Table(
    "claims",
    METADATA,
    Column("student_id", Integer, ForeignKey("students.id", ondelete=CASCADE), primary_key=True),
    Column("owner", String, nullable=False),
    Column("until", Float, nullable=False),
)
"""Who is grading a student's work, and until when others wait."""

TEXTS: Final = Table(
    "texts",
    METADATA,
    Column("course", String, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""What a version of a course says in its own words."""
