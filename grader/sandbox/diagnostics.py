"""What isolation this machine can give: every layer, asked for and tried."""

from __future__ import annotations

import getpass
import platform
import subprocess
import sys
from dataclasses import asdict, dataclass
from typing import Any

from grader.sandbox.limits import Limits

L1 = "L1: no reading of tests, answers or others' work; no writing, network, new process or signal; bounded use"
L3 = "L3: a process of its own with time limits and strict parsing; its files and network are NOT out of reach"
SECONDS = 60
MEMORY = 8 << 30


@dataclass(frozen=True)
class LayerState:
    """One layer and whether it holds here."""

    name: str
    promise: str
    holds: bool
    reason: str = ""


@dataclass(frozen=True)
class Diagnostics:
    """What was found on this machine."""

    system: str
    user: str
    layers: tuple[LayerState, ...]
    tried: int
    refused: int
    limits: str

    @property
    def holds(self) -> bool:
        """Whether every layer holds."""
        return bool(self.layers) and all(layer.holds for layer in self.layers)

    @property
    def level(self) -> str:
        """Return the level that may honestly be promised."""
        return L1 if self.holds else L3

    def as_data(self) -> dict[str, Any]:
        """Return everything as plain data."""
        return {**asdict(self), "holds": self.holds, "level": self.level}


def diagnose_machine() -> Diagnostics:
    """Ask for every layer and, where none is missing, try what must fail in a locked-down child."""
    from grader.sandbox.lockdown.layers import LAYERS, missing_layers  # noqa: PLC0415 - Linux alone

    missing = missing_layers()
    findings = [] if missing else try_everything()
    broken = {layer: f"{attempt} was not refused ({detail})" for layer, attempt, held, detail in findings if not held}
    reasons = {**broken, **missing}
    layers = tuple(
        LayerState(layer.name, layer.promise, layer.name not in reasons, reasons.get(layer.name, ""))
        for layer in LAYERS
    )
    refused = sum(1 for finding in findings if finding[2])
    return Diagnostics(platform.platform(), getpass.getuser(), layers, len(findings), refused, limits_text())


def try_everything() -> list[tuple[str, str, bool, str]]:
    """Run the self-test in a fresh interpreter with a single thread; return layer, attempt, held and detail of each."""
    done = subprocess.run(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-I", "-c", PROVE], capture_output=True, text=True, timeout=SECONDS, check=False
    )
    if done.returncode:
        return [("session", "the self-test", False, (done.stderr.strip().splitlines() or ["it failed"])[-1])]
    return parse(done.stdout)


def parse(text: str) -> list[tuple[str, str, bool, str]]:
    """Return the self-test's findings from its lines."""
    rows = [line.split("\t") for line in text.splitlines()]
    return [(row[0], row[1], row[2] == "True", row[3]) for row in rows]


PROVE = f"""
from grader.sandbox.lockdown.limits import Bounds
from grader.sandbox.lockdown.proof import prove
for each in prove(Bounds({MEMORY}, 10, 64, 16)).findings:
    print(each.layer, each.attempt, each.held, each.detail.replace(chr(10), " "), sep=chr(9))
"""


def limits_text() -> str:
    """Return the default limits in words."""
    limits = Limits()
    return (
        f"{limits.call_cpu_seconds:g} s CPU and {limits.call_wall_seconds:g} s wall a call, "
        f"{limits.total_cpu_seconds:g} s and {limits.total_wall_seconds:g} s in all, {limits.memory_mib} MiB memory, "
        f"{limits.output_kib} KiB output, {limits.message_mib} MiB a message, {limits.threads} threads, "
        f"{limits.open_files} open files"
    )
