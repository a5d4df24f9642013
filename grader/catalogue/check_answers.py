"""Says which answers of answers.yaml are missing or can't be read. It knows no answer and marks none.

说出 answers.yaml 中哪些答案缺失或无法读懂。它不知道答案，也不评分。

    python check_answers.py              # answers.yaml in this folder
    python check_answers.py FILE ...
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

QUESTIONS: Mapping[str, tuple[str, str, int, int]] = {}
"""By id: unit, kind, how many letters there are to choose from (0: it depends), and how many are asked for (0: any)."""

ENTRY = re.compile(r"\s*-\s+question:\s*(\S+)")
ANSWER = re.compile(r"(\s*)answer:(?:\s+(.*)|)$")
KEY = re.compile(r"\s*(?:-\s+)?(?:question|attempt|answer):|(?:version|sheet|answers):")
BLOCK = re.compile(r"[|>][-+0-9]*(?:\s+#.*)?$")
PLAIN = re.compile(r"(?:[-?:]\s|[&*!|>%@`{},#\]]).*|.*:(?:\s.*)?$", re.DOTALL)
"""What YAML takes for more than a text, or for none, where no quotes stand around it."""
NUMBER = r"[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?(?:\s*/\s*\d+(?:\.\d*)?)?|nan|inf)(?![\w.+-])"
NUMBERS = re.compile(rf"(?:{NUMBER}|[\s,;()\[\]'\"])+", re.IGNORECASE)
CALL = re.compile(r"(?:torch\.)?(?:tensor|Size)\((.*)\)", re.DOTALL)
SIZES = re.compile(r"[(\[]?\s*(?:\d{1,6}(?:[\s,xX*]+\d{1,6})*[\s,]*)?[)\]]?")
WORDS = frozenset(
    ["true", "t", "yes", "y", "对", "是", "真", "正确", "false", "f", "no", "n", "错", "否", "假", "错误"]
)
LONGEST = 4000


@dataclass(frozen=True)
class Given:
    """An answer as it stands in the file."""

    question: str
    line: int
    text: str
    is_block: bool = False
    """Whether it stands below a `|`, as it is."""


def given_in(text: str) -> Iterator[Given]:
    """Yield the answers in a sheet, empty where there is none."""
    lines = text.splitlines()
    starts = [(number, found[1]) for number, line in enumerate(lines) if (found := ENTRY.match(line))]
    ends = [*(number for number, _ in starts[1:]), len(lines)][: len(starts)]
    for (start, name), end in zip(starts, ends, strict=True):
        place = next((number for number in range(start, end) if ANSWER.match(lines[number])), None)
        if place is None:
            yield Given(name.strip("'\""), start + 1, "")
        else:
            yield answer_at(name.strip("'\""), place + 1, lines[place:end])


def answer_at(name: str, number: int, lines: list[str]) -> Given:
    """Return the answer that begins in the first of some lines: on that line, or below it where it goes on."""
    found = ANSWER.match(lines[0])
    indent, first = (len(found[1]), (found[2] or "").strip()) if found else (0, "")
    below: list[str] = []
    for line in lines[1:]:
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            break
        below.append(line.strip())
    if BLOCK.match(first):
        return Given(name, number, "\n".join(below).strip(), is_block=True)
    if not first.startswith(("'", '"')):
        first = re.split(r"(?:^|\s)#", first)[0].strip()
    return Given(name, number, " ".join([first, *(line for line in below if not line.startswith("#"))]).strip())


def stray_lines(text: str) -> Iterator[int]:
    """Yield the numbers of lines that belong to no answer: one of them makes the whole file unreadable."""
    indent: int | None = None
    for number, line in enumerate(text.splitlines(), 1):
        blank = line[: len(line) - len(line.lstrip())]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if "\t" not in blank and indent is not None and len(blank) > indent:
            continue
        if "\t" in blank or not KEY.match(line):
            yield number
            continue
        found = ANSWER.match(line)
        indent = len(found[1]) if found else None


def unquoted(text: str) -> str | None:
    """Return a text without the quotes around it, or None where they do not close, or are missing and needed."""
    if text.startswith('"'):
        try:
            return str(json.loads(text))
        except ValueError:
            return text[1:-1] if len(text) > 1 and text.endswith('"') else None
    if text.startswith("'"):
        return text[1:-1].replace("''", "'") if len(text) > 1 and text.endswith("'") else None
    if text.startswith("["):
        return text if is_balanced(text) and text.endswith("]") and not re.search(r"\]\s*\[", text) else None
    return None if PLAIN.fullmatch(text) else text


def problem_of(kind: str, text: str, letters: int, wanted: int) -> str:
    """Return why an answer can't be read; empty for one that can be."""
    if len(text) > LONGEST:
        return f"longer than {LONGEST} characters · 超过 {LONGEST} 个字符"
    if kind in ("output", "text"):
        return ""
    plain = unicodedata.normalize("NFKC", text).translate(str.maketrans("、。【】\u2212", ",.[]-")).strip()
    if kind in READERS:
        return READERS[kind](plain)
    return letters_problem(plain, letters, wanted, may_repeat=kind in ("match", "multiple"))


def letters_problem(text: str, letters: int, wanted: int, *, may_repeat: bool) -> str:
    """Return what is wrong with an answer that is letters."""
    found = [sign for sign in text.lower() if not sign.isspace() and sign not in ",;.()[]'\""]
    last = chr(ord("a") + (letters or 26) - 1)
    if not found or not all("a" <= sign <= last for sign in found):
        return f"give letters from a to {last} · 请填写从 a 到 {last} 的字母"
    if wanted and (len(found) != wanted or (not may_repeat and len(set(found)) != wanted)):
        return f"give {wanted} letter(s) · 请填写 {wanted} 个字母"
    return ""


def numbers_problem(text: str) -> str:
    """Return what is wrong with an answer that is numbers."""
    call = CALL.fullmatch(text)
    inner = call[1].strip() if call else text
    if NUMBERS.fullmatch(inner) and re.search(r"\d|nan|inf", inner, re.IGNORECASE) and is_balanced(inner):
        return ""
    return "write numbers as 1.5 or [1, 2.5] · 请把数字写成 1.5 或 [1, 2.5] 的形式"


def is_balanced(text: str) -> bool:
    """Whether every bracket closes."""
    depth = 0
    for sign in text:
        depth += (sign in "([") - (sign in ")]")
        if depth < 0:
            return False
    return depth == 0


def shape_problem(text: str) -> str:
    """Return what is wrong with an answer that is a shape."""
    call = CALL.fullmatch(text)
    inner = (call[1] if call else text).replace("\u00d7", "x").strip()
    return "" if SIZES.fullmatch(inner) else "write a shape as (3, 2) · 请把形状写成 (3, 2) 的形式"


def truth_problem(text: str) -> str:
    """Return what is wrong with an answer that is true or false."""
    return "" if text.lower() in WORDS else "answer true or false · 请回答 true（对）或 false（错）"


READERS: Mapping[str, Callable[[str], str]] = {
    "numeric": numbers_problem,
    "tensor": numbers_problem,
    "shape": shape_problem,
    "true_false": truth_problem,
}


def problems_in(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield line, question and problem of what is missing or can't be read; line 0 for what is not there at all."""
    for number in stray_lines(text):
        yield (
            number,
            "",
            "this line belongs to no answer: begin it with six blanks · 这一行不属于任何答案：行首请空六格",
        )
    answers = list(given_in(text))
    for each in answers:
        if problem := problem_in(each):
            yield each.line, each.question, problem
    named = {each.question for each in answers}
    begun = {QUESTIONS[name][0] for name in named if name in QUESTIONS}
    for name, (unit, *_) in QUESTIONS.items():
        if unit in begun and name not in named:
            yield 0, name, "no answer yet · 还没有答案"


def problem_in(given: Given) -> str:
    """Return what is missing or can't be read in one answer; empty for none."""
    if given.question not in QUESTIONS:
        return "there is no such question · 没有这道题"
    answer = given.text if given.is_block else unquoted(given.text)
    if answer is None:
        return "close its brackets, or put it in quotes · 请补全括号，或加上引号"
    if not answer.strip() or (answer in ("~", "null") and not given.is_block):
        return "no answer yet · 还没有答案"
    _, kind, letters, wanted = QUESTIONS[given.question]
    return problem_of(kind, answer, letters, wanted)


def check(path: Path) -> int:
    """Say what is missing or can't be read in a file; return how much."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as failure:
        sys.exit(f"{path} can't be read · 无法读取 {path}: {failure}")
    total = sum(1 for _ in given_in(text))
    if not total:
        example = next(iter(QUESTIONS), "name")
        sys.stdout.write(f"{path}: there is no answer in it; one begins with `- question: {example}` · 里面没有答案\n")
        return 1
    found = list(problems_in(text))
    for line, question, problem in found:
        sys.stdout.write(f"{path}:{line or '-'}: {question or '?'}: {problem}\n")
    if not found:
        sys.stdout.write(f"{path}: {total} answers, all of them can be read · {total} 个答案，都能读懂\n")
    return len(found)


def main() -> None:
    """Check the files that were named, or answers.yaml."""
    paths = [Path(name) for name in sys.argv[1:]] or [Path("answers.yaml")]
    sys.exit(1 if sum([check(path) for path in paths]) else 0)


if __name__ == "__main__":
    main()
