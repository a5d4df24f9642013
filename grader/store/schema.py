"""The version of a store's tables: made when missing, brought up to date, and refused where newer than this grader.

Alembic is imported only where something is to be changed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text

from grader.errors import UserError

HEAD: Final = "0001"
MIGRATIONS: Final = Path(__file__).with_name("migrations")


def ensure_schema(connection: Connection, place: str) -> None:
    """Bring the tables of a store to this grader's version; UserError for those of a newer one."""
    found = version_of(connection)
    if found == HEAD:
        return
    if found is not None and found not in known_versions():
        raise UserError(
            f"the store {place} was written by a newer grader (its tables have version {found}, and this one knows "
            f"{HEAD}); update the grader, or name another store with --store"
        )
    upgrade(connection)


def version_of(connection: Connection) -> str | None:
    """Return the version of the tables, or None for an empty store."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
    return str(row[0]) if row else None


def known_versions() -> set[str]:
    """Return the versions that can be brought up to date."""
    return {path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")}


def upgrade(connection: Connection, to: str = HEAD) -> None:
    """Change the tables to a version, inside the connection's transaction."""
    from alembic import command  # noqa: PLC0415 - a while to import, and rarely needed
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
