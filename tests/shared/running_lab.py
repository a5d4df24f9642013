"""A JupyterLab on a free port of the loopback, with a token of its own, for the tests in a browser."""

import json
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

PATIENCE_SECONDS = 60
NEWS = "@jupyterlab/apputils-extension:announcements"
"""What would lay a question over the page."""


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab."""

    address: str
    token: str

    def url(self, path):
        """Return the address of a page, with the token."""
        return f"{self.address}{path}?token={self.token}"


@contextmanager
def running_lab(folder, environment, log):
    """Yield a JupyterLab that runs in a folder; it ends with the block, and its kernels with it."""
    config = Path(environment["JUPYTER_CONFIG_DIR"]) / "labconfig" / "page_config.json"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(json.dumps({"disabledExtensions": {NEWS: True}}), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex()
    options = ["--no-browser", "--allow-root", f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    options += ["--ServerApp.ip=127.0.0.1"]
    with log.open("wb") as file:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            cwd=folder,
            env={**environment, "JUPYTER_TOKEN": token},
            stdout=file,
            stderr=file,
        )
    lab = Lab(f"http://127.0.0.1:{port}", token)
    try:
        wait_for(f"{lab.address}/api", server)
        yield lab
    finally:
        server.terminate()
        server.wait(PATIENCE_SECONDS)


def wait_for(url, server):
    """Wait until a server answers, or has ended."""
    until = time.monotonic() + PATIENCE_SECONDS
    while server.poll() is None and time.monotonic() < until:
        try:
            urllib.request.urlopen(url).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"JupyterLab did not start (exit code {server.poll()})")
