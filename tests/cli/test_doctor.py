"""`grader doctor`: what a person reads of this machine's isolation."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from grader.cli.app import app
from grader.sandbox import diagnostics
from grader.sandbox.diagnostics import Diagnostics, LayerState

HOLDS = LayerState("landlock", "reads the libraries alone", holds=True)
MISSING = LayerState("seccomp", "starts no process", holds=False, reason="the kernel has no filter")


@pytest.fixture
def found(monkeypatch):
    """Let `doctor` find what a test says."""

    def tell(*layers: LayerState) -> None:
        answer = Diagnostics("Linux", "ada", layers, 3, 2, "2 s CPU")
        monkeypatch.setattr(diagnostics, "diagnose_machine", lambda: answer)

    return tell


def test_a_machine_with_every_layer_is_well(found):
    """Every layer with its promise, the level, and exit code 0."""
    found(HOLDS)
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 0
    assert "landlock" in result.output
    assert "level: L1" in result.output
    assert "tried 3 forbidden things, 2 refused" in result.output


def test_a_missing_layer_is_told(found):
    """A missing layer stands there with its reason, and the exit code is 1."""
    found(HOLDS, MISSING)
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 1
    assert "the kernel has no filter" in " ".join(result.output.replace("│", " ").split())
    assert "level: L3" in result.output


def test_json_says_the_same(found):
    """--json holds each layer, the level, and whether all holds."""
    found(HOLDS, MISSING)
    result = CliRunner().invoke(app, ["doctor", "--json"])
    data = json.loads(result.output)
    assert result.exit_code == 1
    assert data["holds"] is False
    assert [layer["name"] for layer in data["layers"]] == ["landlock", "seccomp"]
