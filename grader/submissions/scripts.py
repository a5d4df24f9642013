"""Python files that were once notebooks, as Colab and Jupyter save them.

Owns the lines that only a notebook understands. What Jupyter makes of them, calls of `get_ipython`, is the student
process's to answer.
"""

from __future__ import annotations

import re

MAGICS = (
    "alias|autoawait|autoreload|bash|capture|cd|check|clear|conda|config|debug|env|history|html|javascript|latex|load_ext|ls|"
    "magic|markdown|matplotlib|mkdir|pdb|pinfo|pip|precision|prun|pwd|pylab|quickref|reload_ext|reset|run|set_env|sh|"
    "shell|store|sx|system|tensorflow_version|time|timeit|unload_ext|who|writefile|xmode"
)
LINE = re.compile(rf"^([ \t]*)(?:![ \t]*[\w./{{$(\"'-].*|%%?(?:{MAGICS})\b(?![ \t]*[=(.,\])]).*)$", re.MULTILINE)


def without_magics(text: str) -> tuple[str, tuple[int, ...]]:
    """Return a Python file with each line that only a notebook understands replaced, and the numbers of these lines."""
    lines: list[int] = []

    def replaced(found: re.Match[str]) -> str:
        lines.append(text.count("\n", 0, found.start()) + 1)
        return f"{found[1]}pass"

    return LINE.sub(replaced, text), tuple(lines)
