"""What `grader doctor` finds: every layer, asked for and tried."""

from __future__ import annotations

from grader.sandbox import diagnostics
from grader.sandbox.diagnostics import diagnose_machine
from grader.sandbox.lockdown import layers
from grader.sandbox.lockdown.layers import LAYERS


def test_every_layer_is_listed_and_tried():
    """On a machine that has every layer, each holds, forbidden things were tried, and all were refused."""
    found = diagnose_machine()
    assert [layer.name for layer in found.layers] == [layer.name for layer in LAYERS]
    assert found.holds, found
    assert found.tried == found.refused > len(LAYERS)
    assert found.level.startswith("L1")


def test_a_missing_layer_lowers_the_level(monkeypatch):
    """A layer that the kernel lacks is told with its reason, and the level is the honest one."""
    monkeypatch.setattr(layers, "missing_layers", lambda: {"landlock": "the kernel was started without it"})
    found = diagnose_machine()
    assert not found.holds
    assert found.level.startswith("L3")
    assert [layer.reason for layer in found.layers if not layer.holds] == ["the kernel was started without it"]


def test_an_attempt_that_succeeds_breaks_its_layer(monkeypatch):
    """A forbidden thing that was not refused is told at the layer that answers for it."""
    monkeypatch.setattr(diagnostics, "try_everything", lambda: [("seccomp", "fork", False, "it succeeded")])
    found = diagnose_machine()
    broken = [layer for layer in found.layers if not layer.holds]
    assert [layer.name for layer in broken] == ["seccomp"]
    assert "fork" in broken[0].reason
    assert (found.tried, found.refused) == (1, 0)


def test_a_self_test_that_fails_is_no_success(monkeypatch):
    """When the self-test itself can't run, nothing is said to hold."""
    monkeypatch.setattr(diagnostics, "PROVE", "raise SystemExit('the self-test broke')")
    found = diagnose_machine()
    assert not found.holds
    assert any("the self-test broke" in layer.reason for layer in found.layers)
