"""The examples of the READMEs: what they say that comes out is what the reference solution gives."""

import ast
import doctest
import re
from pathlib import Path

import pytest
import torch

ROOT = Path(__file__).parents[2]
READMES = sorted((ROOT / "exercises").glob("*/*/README*.md"))
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
EXAMPLE = re.compile(r"^## (?:Example|示例)$", re.MULTILINE)
VALUE = re.compile(r"(tensor|\[|\(|\{|True|False|-?\d)")


def claims(block):
    """Return what a block of code says that its expressions and names are, as source and the text of its value."""
    lines, found = block.splitlines(), []
    for node in ast.parse(block).body:
        said = [lines[node.end_lineno - 1][node.end_col_offset :].strip()]
        for line in lines[node.end_lineno :]:
            if not line.startswith("#"):
                break
            said.append(line)
        text = "".join(each.lstrip("#") for each in said).strip()
        if VALUE.match(text):
            named = node.targets[0] if isinstance(node, ast.Assign) else node.value
            found.append((node.lineno, ast.unparse(named), isinstance(node, ast.Assign), text))
    return found


def run(block, namespace):
    """Run a block; return its claims that do not hold, and how many it makes."""
    if ">>>" in block:
        examples = doctest.DocTestParser().get_doctest(block, namespace, "example", None, 0)
        told = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE, verbose=False)
        result = told.run(examples, out=lambda _text: None)
        return [f"{result.failed} of the lines"] * bool(result.failed), sum(
            bool(each.want) for each in examples.examples
        )
    said = {line: (source, is_name, text) for line, source, is_name, text in claims(block)}
    wrong = []
    for node in ast.parse(block).body:
        source, is_name, text = said.get(node.lineno, ("", False, ""))
        if source and not is_name:
            value = eval(source, namespace)
        else:
            exec(compile(ast.Module([node], []), "example", "exec"), namespace)
            value = namespace.get(source)
        if source and "".join(repr(value).split()) != "".join(text.split()):
            wrong.append((source, repr(value), text))
    return wrong, len(said)


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
