"""Is a file that Python's parser and compiler find hard: deep nesting, made at load time.
It must get: error or crashed.
"""

for text in (
    "(" * 5_000 + ")" * 5_000,
    "-" * 200_000 + "1",
    "a" + ".b" * 200_000,
    "[" * 90 + "]" * 90 + "+1" * 100_000,
):
    try:
        compile(text, "deep", "eval")
    except (SyntaxError, MemoryError, RecursionError):
        continue


def weighted_grad(f, x, v):
    raise ValueError("survived")
