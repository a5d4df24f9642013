"""What has to be installed where a bundle runs: the very versions that run here, and torch without its GPU packages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = "autograd-grader"
TORCH_INDEX = "https://download.pytorch.org/whl/cpu"
GPU = ("nvidia-", "triton", "cuda-")
"""What torch's other wheels bring: gigabytes, of no use in a container without a GPU."""


def requirements(imports: Iterable[str] = ()) -> str:
    """Return a requirements file with the version of all that the grader needs, and of what students may import."""
    known = packages_distributions()
    allowed = {canonicalize_name(name) for module in imports for name in known.get(module, ())}
    pinned = dict(sorted(closure(PROJECT, *allowed)))
    torch = pinned.pop("torch").partition("+")[0]
    lines = [f"--extra-index-url {TORCH_INDEX}", f"torch=={torch}+cpu"]
    return "\n".join([*lines, *(f"{name}=={version}" for name, version in pinned.items()), ""])


def closure(project: str, *further: str) -> Iterator[tuple[str, str]]:
    """Yield what a project needs, directly or not, as far as it is installed here, and further ones with theirs."""
    seen = {project}
    waiting = [*further, *needed(project)]
    while waiting:
        name = waiting.pop()
        if name in seen or name.startswith(GPU):
            continue
        seen.add(name)
        try:
            yield name, distribution(name).version
        except PackageNotFoundError:
            continue  # needed on other machines alone
        waiting += needed(name)


def needed(project: str) -> Iterator[str]:
    """Yield the names of what a project needs on a machine like this one."""
    for text in distribution(project).requires or ():
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield canonicalize_name(requirement.name)
