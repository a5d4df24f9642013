"""Examples in texts: what a line of code is said to give, and whether it does."""

import ast
import contextlib
import doctest
import io
import re

BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
VALUE = re.compile(r"tensor|\[|\(|\{|True|False|None|-?\d|['\"<]")
ERROR = re.compile(r"([A-Z]\w+): (.+)")
ADDRESS = re.compile(r" at 0x[0-9a-f.]+")


def claims(block):
    """Return what the statements of a block are said to give, by their first line."""
    lines, found = block.splitlines(), {}
    for node in ast.parse(block).body:
        said = [lines[node.end_lineno - 1][node.end_col_offset :].strip()]
        for line in lines[node.end_lineno :]:
            if not line.startswith("#"):
                break
            said.append(line)
        text = "".join(each.lstrip("#") for each in said).strip()
        if VALUE.match(text) or ERROR.match(text):
            found[node.lineno] = text
    return found


def comments(block):
    """Return how many comments a block has, counting those in lines that follow one another once."""
    count, before = 0, False
    for line in block.splitlines():
        count += "#" in line and not (before and line.startswith("#"))
        before = "#" in line
    return count


def given(node, namespace):
    """Return what a statement gives as text: its value, what it prints, or its error."""
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            if isinstance(node, ast.Expr):
                value = eval(ast.unparse(node.value), namespace)
                return printed.getvalue() or repr(value)
            exec(compile(ast.Module([node], []), "example", "exec"), namespace)
    except Exception as problem:  # noqa: BLE001 - an example may show any error
        return f"{type(problem).__name__}: {problem}"
    return repr(namespace[node.targets[0].id]) if named(node) else None


def named(node):
    """Whether a statement gives a value a name."""
    return isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)


def holds(said, result):
    """Whether a statement gave what is said: the same but for blanks and addresses; of an error, the beginning."""
    said, result = ("".join(ADDRESS.sub("", text or "").split()) for text in (said, result))
    return result.startswith(said) if ERROR.match(said.replace(":", ": ", 1)) else said == result


def run(block, namespace):
    """Run a block; return what did not come out as it is said there, and how much is said."""
    if ">>>" in block:
        return run_session(block, namespace)
    said, wrong = claims(block), []
    for node in ast.parse(block).body:
        result = given(node, namespace)
        expected = said.get(node.lineno)
        if expected is None and re.match(r"\w+(Error|Exception): ", result or ""):
            wrong.append((ast.unparse(node), result, "no error"))
        if expected is not None and not holds(expected, result):
            wrong.append((ast.unparse(node), result, expected))
    return wrong, len(said)


def run_session(block, namespace):
    """Run the lines of a Python session; return as `run` does."""
    examples = doctest.DocTestParser().get_doctest(block, namespace, "example", None, 0)
    told = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE, verbose=False)
    result = told.run(examples, out=lambda _text: None)
    wrong = [f"{result.failed} of the lines"] * bool(result.failed)
    return wrong, sum(bool(each.want) for each in examples.examples)
