"""What the zygote runs once, so that no student process pays for torch's first times."""

from __future__ import annotations

import tempfile
import warnings

import torch
import torch.utils.checkpoint


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
