"""Course code whose docstrings say everything in English and in Chinese, in one language alone.

Owns what counts as a docstring in both languages: two paragraphs, the second alone with Chinese characters. Keeps every
other line as it stands.
"""

from __future__ import annotations

import ast
import re

from grader.catalogue.rules import CHINESE

LITERAL = re.compile(r"(?P<prefix>[rRuU]?)(?P<quotes>\"{3}|'{3})(?P<text>.*)(?P=quotes)", re.DOTALL)
PARAGRAPHS = re.compile(r"\n[ \t]*\n")


def in_one_language(source: str, language: str) -> str:
    """Return Python source with each docstring that is in both languages in one of them."""
    lines = source.split("\n")
    for node in sorted(docstrings(ast.parse(source)), key=lambda each: -each.lineno):
        first, last = node.lineno - 1, node.end_lineno or node.lineno
        indent = " " * node.col_offset
        text = "\n".join(lines[first:last]).removeprefix(indent)
        if (chosen := chosen_text(text, language, indent)) is not None:
            lines[first:last] = f"{indent}{chosen}".split("\n")
    return "\n".join(lines)


def docstrings(tree: ast.Module) -> list[ast.Expr]:
    """Return the statements that are docstrings."""
    return [
        node.body[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
        and ast.get_docstring(node) is not None
    ]


def chosen_text(literal: str, language: str, indent: str) -> str | None:
    """Return the literal of a docstring in one language, or None for one that is not in both."""
    found = LITERAL.fullmatch(literal.rstrip())
    paragraphs = [each for each in PARAGRAPHS.split(found["text"]) if each.strip()] if found else []
    match paragraphs:
        case [english, chinese] if CHINESE.search(chinese) and not CHINESE.search(english):
            text = (chinese if language == "zh" else english).strip()
            end = f"\n{indent}" if "\n" in text else ""
            assert found is not None
            return f"{found['prefix']}{found['quotes']}{text}{end}{found['quotes']}"
    return None


def titled(docstring: str, language: str) -> str:
    """Return a docstring as a title in one language, on one line."""
    match [" ".join(each.split()) for each in PARAGRAPHS.split(docstring) if each.strip()]:
        case [english, chinese] if CHINESE.search(chinese):
            return chinese if language == "zh" else english
        case paragraphs:
            return " ".join(paragraphs)
