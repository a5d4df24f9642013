"""The wheel, built from a copy of the project and installed into an environment of its own."""

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

SOURCES = ("grader", "exercises", "solutions", "tests/hidden")
FILES = ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE", "config.yaml", "constraints.txt")


def run(*command, **options):
    """Run a command that has to go well."""
    ended = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False, **options)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def build_wheel(root, folder):
    """Return the wheel; the project's own folder stays as it is."""
    source = folder / "source"
    for name in SOURCES:
        shutil.copytree(root / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(root / name, source / name)
    run(sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-w", folder / "dist", source)
    (wheel,) = (folder / "dist").glob("*.whl")
    return wheel


def install(wheel, folder):
    """Return the interpreter of an environment that has the wheel, and borrows its libraries from this one."""
    environment = folder / "environment"
    run(sys.executable, "-m", "venv", "--without-pip", environment)
    python = environment / "bin" / "python"
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(environment)}))
    (packages / "borrowed.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", "--no-compile", wheel)
    return python
