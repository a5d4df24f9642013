"""Exercises of the project, copied into throw-away courses: what such a copy holds stays as the project's own grows."""

import re
import shutil

import yaml

COURSE = "tests/classroom/course.yaml"


def copy_exercise(root, folder, unit, slug):
    """Copy one exercise with all that is withheld; what it needs to be done first is not in the copy."""
    for part in (f"exercises/{unit}/{slug}", f"solutions/{unit}/{slug}"):
        shutil.copytree(root / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    hidden = folder / "tests" / "hidden" / unit
    hidden.mkdir(parents=True, exist_ok=True)
    shutil.copy(root / "tests" / "hidden" / unit / f"test_{slug}_hidden.py", hidden)
    sheet = folder / "exercises" / unit / slug / "exercise.yaml"
    sheet.write_text(re.sub(r"(?m)^needs: .*$", "needs: []", sheet.read_text(encoding="utf-8")), encoding="utf-8")


def course_config(root, *names):
    """Return the project's settings with these units of the sample class's course alone, which stand last."""
    config = yaml.safe_load((root / "config.yaml").read_text(encoding="utf-8"))
    config.pop("units")
    units = yaml.safe_load((root / COURSE).read_text(encoding="utf-8"))["units"]
    return {**config, "units": [unit for unit in units if unit["name"] in names]}


def write_config(folder, config):
    """Write the settings of a course."""
    text = yaml.safe_dump(config, allow_unicode=True, sort_keys=False)
    (folder / "config.yaml").write_text(text, encoding="utf-8")
