"""An answer that is worth nothing earns nothing, in every exercise of the course."""

import json

import pytest

from grader.catalogue.course import load_course

WORTHLESS = {
    "none": "None",
    "nan": 'torch.full((2, 2), float("nan"))',
    "text": '"passed"',
    "empty": "torch.empty(0)",
}


@pytest.fixture(scope="module")
def reports(current, open_base, root):
    """Return the reports of students whose every function returns one worthless value."""
    folder, out = open_base / "worthless", open_base / "worthless-out"
    folder.mkdir()
    current.home.mkdir(exist_ok=True)
    entries = [entry for exercise in load_course(root).exercises for entry in exercise.sheet.entry_points]
    for name, value in WORTHLESS.items():
        functions = [f"def {entry}(*given):\n    return {value}\n" for entry in entries]
        (folder / f"{name}.py").write_text("\n\n".join(["import torch\n", *functions]))
    log = open_base / "worthless.log"
    command = [current.python, "-m", "grader", "grade", str(folder), "--out", str(out), "--course", str(root)]
    assert current.start(command, cwd=open_base, log=log).wait() == 0, log.read_text()
    return {name: json.loads((out / name / "report.json").read_text()) for name in WORTHLESS}


@pytest.mark.parametrize("name", WORTHLESS)
def test_a_worthless_answer_earns_nothing(reports, name):
    """Who returns the same worthless value everywhere gets no point, not for being tidy either."""
    earned = {
        f"{exercise['slug']}: {check['id']}": check["points"]
        for exercise in reports[name]["exercises"]
        for check in exercise["checks"]
        if check["points"]
    }
    assert earned == {}
