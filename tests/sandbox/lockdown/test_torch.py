"""Torch and numpy do their work under the lock-down, in children of a warmed process as students' are."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

WORKLOADS = (
    "mlp_with_adam",
    "convolution",
    "linear_algebra",
    "lstm",
    "attention",
    "vmap_and_hessian",
    "checkpoint",
    "custom_function",
    "double_backward",
    "data_loader",
    "arrays",
)
ONE_THREAD = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def mlp_with_adam(torch):
    """Train a small network for two steps."""
    model = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.ReLU(), torch.nn.Linear(8, 1))
    optimizer = torch.optim.Adam(model.parameters())
    for _ in range(2):
        optimizer.zero_grad()
        loss = model(torch.randn(16, 4)).square().mean()
        loss.backward()
        optimizer.step()
    return loss.item()


def convolution(torch):
    """Differentiate a convolution, which oneDNN compiles at run time."""
    layer = torch.nn.Conv2d(3, 8, 3)
    image = torch.randn(2, 3, 32, 32, requires_grad=True)
    layer(image).sum().backward()
    return image.grad.sum().item()


def linear_algebra(torch):
    """Differentiate singular values, an inverse and eigenvalues."""
    matrix = torch.randn(20, 20, dtype=torch.float64, requires_grad=True)
    symmetric = matrix @ matrix.T + torch.eye(20)
    parts = (torch.linalg.svd(matrix).S, torch.linalg.inv(symmetric), torch.linalg.eigh(symmetric).eigenvalues)
    sum(part.sum() for part in parts).backward()
    return matrix.grad.sum().item()


def lstm(torch):
    """Differentiate a recurrent network."""
    layer = torch.nn.LSTM(4, 8, 2)
    layer(torch.randn(5, 3, 4))[0].sum().backward()
    return layer.weight_hh_l0.grad.sum().item()


def attention(torch):
    """Differentiate two kinds of attention."""
    layer = torch.nn.MultiheadAttention(8, 2)
    x = torch.randn(5, 3, 8, requires_grad=True)
    layer(x, x, x)[0].sum().backward()
    torch.nn.functional.scaled_dot_product_attention(x, x, x).sum().backward()
    return x.grad.sum().item()


def vmap_and_hessian(torch):
    """Transform a function."""

    def cube(x):
        return (x**3).sum()

    torch.func.vmap(torch.func.grad(cube))(torch.randn(4, 3))
    return torch.func.hessian(cube)(torch.randn(3)).sum().item()


def checkpoint(torch):
    """Differentiate through both kinds of checkpoint."""
    from torch.utils.checkpoint import checkpoint as recompute  # noqa: PLC0415 - as a student's code would

    x = torch.randn(4, requires_grad=True)
    for reentrant in (False, True):
        recompute(torch.sin, x, use_reentrant=reentrant).sum().backward()
    return x.grad.sum().item()


def custom_function(torch):
    """Differentiate a function with a backward of its own and check it."""

    class Square(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return x * x

        @staticmethod
        def backward(ctx, gradient):
            return 2 * ctx.saved_tensors[0] * gradient

    x = torch.randn(3, dtype=torch.float64, requires_grad=True)
    return float(torch.autograd.gradcheck(Square.apply, x))


def double_backward(torch):
    """Differentiate a gradient."""
    x = torch.randn(3, requires_grad=True)
    (first,) = torch.autograd.grad((x**3).sum(), x, create_graph=True)
    return torch.autograd.grad(first.sum(), x)[0].sum().item()


def data_loader(torch):
    """Go through a data set in this one process."""
    data = torch.utils.data.TensorDataset(torch.randn(10, 2))
    return len(list(torch.utils.data.DataLoader(data, batch_size=5, shuffle=True)))


def arrays(torch):
    """Use numpy, and share memory with it."""
    import numpy as np  # noqa: PLC0415 - after the environment of one thread

    array = np.random.default_rng(0).normal(size=(20, 20))
    np.linalg.svd(array)
    return torch.from_numpy(array).sum().item()


def run_in_student_process(preparation, function, torch):
    """Run a workload in a locked-down child; return its answer, or what went wrong."""
    answer, pipe = os.pipe()
    if (pid := os.fork()) == 0:
        try:
            preparation.lock_down(keep=(pipe,))
            torch.manual_seed(0)
            text = repr(float(function(torch)))
        except BaseException as problem:  # noqa: BLE001 - told to the test
            text = repr(problem)
        os.write(pipe, text.encode())
        os._exit(0)
    os.close(pipe)
    text = os.read(answer, 1 << 16).decode()
    os.close(answer)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return text or f"ended with {status}"


def main(uid):
    """Warm torch, become the user `uid` if this is another, and print each workload's answer here and there."""
    import torch  # noqa: PLC0415 - the test that starts this process doesn't need it

    from grader.sandbox.lockdown.layers import prepare  # noqa: PLC0415 - as above
    from grader.sandbox.lockdown.limits import Bounds  # noqa: PLC0415 - as above

    torch.set_num_threads(1)
    expected = {}
    for name in WORKLOADS:
        torch.manual_seed(0)
        expected[name] = repr(float(globals()[name](torch)))
    if uid != os.getuid():
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    preparation = prepare(Bounds(memory_bytes=3 << 30, cpu_seconds=30, open_files=64, threads=0))
    found = {name: run_in_student_process(preparation, globals()[name], torch) for name in WORKLOADS}
    print(json.dumps({"expected": expected, "found": found, "threads": torch.get_num_threads()}))  # noqa: T201 - read by the test


@pytest.fixture(scope="module", params=["root", "ordinary"])
def answers(request):
    """Give what each workload answers outside and inside the lock-down."""
    if request.param == "root" and os.getuid() != 0:
        pytest.skip("this run isn't root's")
    uid = 47_111 if request.param == "ordinary" and os.getuid() == 0 else os.getuid()
    root = Path(__file__).parents[3]
    run = subprocess.run(
        [sys.executable, __file__, str(uid)],
        env={**os.environ, **ONE_THREAD, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.mark.parametrize("name", WORKLOADS)
def test_torch_answers_the_same(answers, name):
    """A workload gives the same number locked down as free."""
    assert answers["found"][name] == answers["expected"][name]


def test_one_thread_is_enough(answers):
    """All of it ran without a second thread."""
    assert answers["threads"] == 1


if __name__ == "__main__":
    main(int(sys.argv[1]))
