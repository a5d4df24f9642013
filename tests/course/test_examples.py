"""The examples of the READMEs: what they say that comes out is what the reference solution gives."""

import re
from pathlib import Path

import pytest
import torch
from examples import BLOCK, run

ROOT = Path(__file__).parents[2]
READMES = sorted((ROOT / "exercises").glob("*/*/README*.md"))
EXAMPLE = re.compile(r"^## (?:Example|示例)$", re.MULTILINE)


@pytest.mark.filterwarnings("ignore:.torch.jit.script. is deprecated:DeprecationWarning")  # in torch itself
@pytest.mark.parametrize("readme", READMES, ids=lambda path: f"{path.parent.name}-{path.suffixes[0]}")
def test_an_example_comes_out_as_it_is_written(solution, readme):
    """Every value that the example shows is the one that the reference solution gives."""
    slug = readme.parent.name
    entry = solution(slug)
    namespace = {"torch": torch, entry.__name__: entry}
    made = 0
    example = EXAMPLE.split(readme.read_text(encoding="utf-8"))[1]
    for block in BLOCK.findall(example):
        wrong, count = run(block, namespace)
        made += count
        assert wrong == []
    assert made, "the example shows no value"
