"""The first tables of a store."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def key(table: str, *, primary: bool = False, index: bool = False) -> sa.Column[int]:
    """Return a column that names a row of another table and goes with it."""
    name = {"classes": "class_id", "students": "student_id", "runs": "run_id"}[table]
    return sa.Column(
        name,
        sa.Integer,
        sa.ForeignKey(f"{table}.id", ondelete="CASCADE"),
        primary_key=primary,
        nullable=False,
        index=index,
    )


def text(name: str, *, primary: bool = False, nullable: bool = False) -> sa.Column[str]:
    """Return a column of text."""
    return sa.Column(name, sa.String, primary_key=primary, nullable=nullable)


def packed(name: str) -> sa.Column[bytes]:
    """Return a column of packed data."""
    return sa.Column(name, sa.LargeBinary, nullable=False)


def number() -> sa.Column[int]:
    """Return the column that counts rows."""
    return sa.Column("id", sa.Integer, primary_key=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table("classes", number(), sa.Column("name", sa.String, nullable=False, unique=True))
    op.create_table(
        "runs", number(), key("classes"), text("command"), text("course"), text("began"), text("ended", nullable=True)
    )
    op.create_table(
        "students",
        number(),
        key("classes"),
        text("name"),
        packed("enrolment"),
        sa.Column("is_here", sa.Boolean, nullable=False),
        text("state"),
        packed("current"),
        sa.UniqueConstraint("class_id", "name"),
    )
    op.create_table(
        "submissions",
        number(),
        key("students", index=True),
        text("digest"),
        text("fingerprint"),
        sa.Column("seen", sa.Integer, nullable=False),
        packed("details"),
        packed("content"),
        sa.UniqueConstraint("student_id", "digest"),
    )
    op.create_table(
        "facts",
        key("students", primary=True),
        text("part", primary=True),
        text("digest", primary=True),
        sa.Column("is_final", sa.Boolean, nullable=False),
        text("instead", nullable=True),
        sa.Column("points", sa.Float, nullable=False),
        packed("content"),
    )
    op.create_table(
        "marks",
        key("students", primary=True),
        text("part", primary=True),
        sa.Column("points", sa.Float, nullable=False),
        sa.Column("max_points", sa.Float, nullable=False),
        packed("comment"),
    )
    op.create_table(
        "ledger",
        number(),
        key("students"),
        text("part"),
        key("runs"),
        text("at"),
        text("kind"),
        text("digest"),
        sa.Column("points", sa.Float),
        sa.Column("max_points", sa.Float),
        packed("details"),
        sa.Index("ix_ledger_student_part", "student_id", "part"),
    )
    op.create_table(
        "claims",
        key("students", primary=True),
        text("owner"),
        sa.Column("until", sa.Float, nullable=False),
    )
    op.create_table("texts", text("course", primary=True), packed("content"))
