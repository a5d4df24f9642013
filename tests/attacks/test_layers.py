"""Each layer of the lock-down holds an attack that succeeds without it."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from grader.sandbox.lockdown.layers import LAYERS

HERE = Path(__file__).resolve().parent
NAMES = [layer.name for layer in LAYERS]


@pytest.fixture(scope="session")
def found(person, attacks, new_arena, open_base):
    """Return what layers.py found as a person."""
    arena = new_arena(person, "layers", attacks)
    script = open_base / "layers.py"
    for name in ("attacks/layers.py", "shared/incubator.py", "shared/warm_process.py"):
        shutil.copy(HERE.parent / name, open_base)
    command = [person.python, str(script), str(arena.submissions)]
    if program := setuid_program(arena.base):
        command += ["--setuid", program]
    log = open_base / f"layers-{person.name}.log"
    code = person.start(command, cwd=arena.course, log=log).wait()
    assert code == 0, log.read_text()
    return [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]


@pytest.fixture(scope="session")
def table(found):
    """Return the rows of the layers, by layer."""
    return {row["layer"]: row for row in found if "layer" in row}


def setuid_program(folder):
    """Return a program of root's that runs with root's rights for everybody, or None where there can be none."""
    source = shutil.which("id")
    if os.geteuid() != 0 or source is None or os.statvfs(folder).f_flag & os.ST_NOSUID:
        return None
    program = Path(shutil.copy(source, folder / "id"))
    os.chown(program, 0, 0)
    program.chmod(0o4755)
    return str(program)


def test_every_layer_is_tried(table, person, capsys):
    """There is a line for each layer: which attack it holds, and what else holds it."""
    with capsys.disabled():
        sys.stdout.write(f"\n    layers as {person.name}\n")
        for row in table.values():
            others = f" (held by {', '.join(row['also'])} as well)" if row["also"] else ""
            shown = row["why_not"] or f"wins without it, not with it{others}"
            sys.stdout.write(f"    {row['layer']:12} {row['attack']:50} {shown}\n")
    assert list(table) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_an_attack_succeeds_without_the_layer_alone(table, name):
    """An attack fails with the layer and succeeds without it, whatever else holds it left out both times."""
    row = table[name]
    if row["why_not"]:
        pytest.skip(row["why_not"])
    assert (row["with"], row["without"]) == (False, True)


def test_the_other_layers_need_no_new_privileges(table):
    """Without the layer `privileges` neither Landlock nor the filter can be put on, and nothing starts."""
    assert table["privileges"]["starts_without"] is False


def test_little_is_left_unshown(table, person):
    """Only what this user cannot show, or another layer holds from root, is left to the other user's run."""
    unshown = {name for name, row in table.items() if row["why_not"]}
    assert unshown <= ({"inspection", "privileges"} if person.uid == 0 else {"identity", "privileges"})


def test_one_process_leaves_threads_to_another(found):
    """A student process that takes as many threads as it gets costs no other student its own."""
    assert found[-1] == {"leaves_threads": True}
