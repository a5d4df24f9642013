"""What the zygote runs once, so that no student process pays for torch's first times."""

from __future__ import annotations

import importlib
import os
import tempfile
import warnings
from contextlib import suppress

import torch
import torch.utils.checkpoint


def warm_matplotlib() -> None:
    """Let matplotlib, where there is one, list its fonts once; a locked-down process has no folder for the list."""
    with tempfile.TemporaryDirectory(prefix="plots-", ignore_cleanup_errors=True) as folder:
        os.environ["MPLCONFIGDIR"] = folder
        with suppress(Exception):  # one that is broken is none
            matplotlib = importlib.import_module("matplotlib")
            matplotlib.use("agg")
            importlib.import_module("matplotlib.font_manager")
    del os.environ["MPLCONFIGDIR"]


def warm_torch() -> None:
    """Run the corners of torch that import lazily or build tables at their first use."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        x = torch.ones(3, requires_grad=True)
        (x * x).sum().backward()  # type: ignore[no-untyped-call]
        torch.autograd.grad((x**3).sum(), x, create_graph=True)[0].sum().backward()  # type: ignore[no-untyped-call]
        torch.autograd.functional.jacobian(torch.sin, x)  # type: ignore[no-untyped-call]
        torch.func.vmap(torch.func.jacrev(torch.sin))(torch.ones(2, 3))
        torch.func.jvp(torch.sin, (torch.ones(3),), (torch.ones(3),))
        optimizer = torch.optim.Adam([x])
        optimizer.step()
        torch.nn.functional.mse_loss(torch.nn.Linear(3, 1)(torch.ones(2, 3)), torch.zeros(2, 1)).backward()  # type: ignore[no-untyped-call]
        torch.utils.checkpoint.checkpoint(torch.sin, x, use_reentrant=False)
        torch.autograd.gradcheck(torch.sin, torch.ones(2, dtype=torch.float64, requires_grad=True))
        repr(x)
    tempfile.gettempdir()  # remembers the folder; a locked-down process can't look for one
