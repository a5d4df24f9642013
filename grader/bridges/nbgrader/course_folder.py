"""The folder of an nbgrader course: its settings as nbgrader reads them, and its gradebook in one transaction.

Nothing of the folder that the command was given in is read or run: submissions may lie there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jupyter_core.paths import jupyter_config_path
from nbgrader.api import Gradebook, InvalidEntry, MissingEntry
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import create_engine, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError
from traitlets.config.loader import Config, PyFileConfigLoader

from grader.bridges.nbgrader.course_config import NAME
from grader.errors import UserError

TABLE = "submitted_assignment"
"""What any gradebook has, and hardly another database."""


def course_directory(folder: Path) -> Any:
    """Return nbgrader's own `CourseDirectory` of a folder; UserError where its settings don't allow for one."""
    if not folder.is_dir():
        raise UserError(f"there is no folder {folder}; name the folder of an nbgrader course")
    root = folder.absolute()
    config = Config()
    try:
        for place in [*reversed(jupyter_config_path()), str(root)]:
            if Path(place, NAME).exists():
                config.merge(PyFileConfigLoader(NAME, path=place).load_config())
        config.CourseDirectory.root = str(root)
        coursedir = CourseDirectory(config=config)
        coursedir.db_url = absolute(make_url(coursedir.db_url), root).render_as_string(hide_password=False)
    except Exception as problem:  # the settings are a program
        raise UserError(f"the settings {NAME} of {folder} can't be used: {problem}") from problem
    return coursedir


def absolute(url: URL, root: Path) -> URL:
    """Return where a gradebook is; one of SQLite is named from the course's folder on."""
    if url.get_backend_name() == "sqlite" and url.database:
        return url.set(database=str(root / url.database))
    return url


@contextmanager
def gradebook_of(coursedir: Any) -> Iterator[Any]:
    """Yield the gradebook of a course; what is done to it counts when the body ends well, and else never happened."""
    url = make_url(coursedir.db_url)
    try:
        check_is_gradebook(url)
        with Gradebook(url, "") as gradebook, gradebook.engine.connect() as connection, connection.begin():
            gradebook.db.remove()
            gradebook.db.configure(bind=connection)  # nbgrader commits often; inside of ours that only flushes
            yield gradebook
            gradebook.db.commit()
    except (SQLAlchemyError, InvalidEntry, MissingEntry, ImportError) as problem:
        cause = str(getattr(problem, "orig", None) or problem).partition("\n")[0]
        raise UserError(f"the gradebook {url.render_as_string()} can't be used: {cause}") from problem


def check_is_gradebook(url: URL) -> None:
    """Raise UserError for what nbgrader would turn into a new and empty gradebook."""
    advice = "run `nbgrader generate_assignment` in the course's folder first"
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise UserError(f"there is no gradebook {url.database}; {advice}")
    engine = create_engine(url)
    try:
        if not inspect(engine).has_table(TABLE):
            raise UserError(f"{url.render_as_string()} is no gradebook of nbgrader's; {advice}")
    finally:
        engine.dispose()
