"""What a student is told of one exercise or quiz, as the Markdown of an nbgrader comment.

Owns the comment's form, and reading the misconceptions back from it. nbgrader's pages turn Markdown, HTML and LaTeX of
a comment into markup: whatever a student can have a say in therefore stands in an indented block, every line of it,
which all of them show as it is; the course's own words are escaped. Knows no module of nbgrader.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator

from grader.bridges.nbgrader.cells import Mark, Part
from grader.reports.plaintext import visible
from grader.reports.words import Words
from grader.results.report import AnswerReport, CheckReport, ExerciseReport, Language, QuizReport, Report
from grader.results.verdicts import AnswerVerdict, Verdict
from grader.wording.message import message

LONGEST = 12_000
LONGEST_BLOCK = 2_000
WIDTH = 96
SPECIAL = re.compile(r"([\\`*_{}\[\]<>$|~&])")
LIST_MARK = re.compile(r"\A(?!\d+\.\d)(\d*)([-+#=.)])")
MISCONCEPTION = re.compile(r"^\*\*(?P<heading>[^\n]+?) · (?P<id>M\d+)\*\*:", re.MULTILINE)


def comment(part: Part, mark: Mark, report: Report) -> str:
    """Return the comment on a part of a report, with the mark that its cell got."""
    words = Words(report.language)
    pieces = quiz(part, report, words) if isinstance(part, QuizReport) else exercise(part, words)
    score = [] if mark.points is None else [f"**{prose(words.score(mark.points, mark.most))}**"]
    review = [prose(words.say("needs_review"))] if failed(part) else []
    return joined([*score, *review, *pieces], report.language)


def failed(part: Part) -> bool:
    """Say whether the grader failed on something in a part of a report, or could not read it."""
    if isinstance(part, QuizReport):
        return any(each.verdict is AnswerVerdict.INTERNAL for each in part.answers)
    return part.verdict in {Verdict.INTERNAL, Verdict.UNREAD} or any(
        check.verdict is Verdict.INTERNAL for check in part.checks
    )


def misconceptions(text: str) -> tuple[str, ...]:
    """Return the ids of the misconceptions that a comment names; a student's words can't add one."""
    return tuple(dict.fromkeys(found["id"] for found in MISCONCEPTION.finditer(text)))


def joined(pieces: Iterable[str], language: Language) -> str:
    """Return as many pieces as a comment may hold, and how many were left out."""
    kept: list[str] = []
    left_out = size = 0
    for piece in pieces:
        size += len(piece) + 2
        if size <= LONGEST:
            kept.append(piece)
        else:
            left_out += 1
    if left_out:
        kept.append(message(f"nbgrader.more_{'one' if left_out == 1 else 'many'}", number=left_out).text(language))
    return "\n\n".join(kept)


def exercise(report: ExerciseReport, words: Words) -> Iterator[str]:
    """Yield the pieces of the comment on an exercise."""
    if report.message:
        yield block(report.message)
    if report.misconception:
        yield misconception(report, words)
    elif report.diagnosis:
        yield prose(report.diagnosis)
    if not report.message:
        yield from (check(each, words) for each in report.checks if each.verdict is not Verdict.PASSED)
        yield from (remarks(each, words) for each in report.checks if each.verdict is Verdict.PASSED and each.remarks)


def check(report: CheckReport, words: Words) -> str:
    """Return what there is to say of a check that did not pass."""
    told = report.message
    if report.limit and not told:
        told = words.say("limit_reached", limit=words.named("limit", report.limit))
    outputs = words.say("covers", outputs=words.say("comma").join(report.covers)) if report.covers else ""
    verdict = words.named("verdict", report.verdict.value)
    heading = f"**{prose(report.title)}** — {prose(verdict)}"
    return "\n\n".join(filter(None, [heading, block(told), block("\n".join(said(report, words))), prose(outputs)]))


def remarks(report: CheckReport, words: Words) -> str:
    """Return the remarks on a check that passed."""
    lines = block("\n".join(said(report, words)))
    return f"**{prose(report.title)}** — {prose(words.named('verdict', report.verdict.value))}\n\n{lines}"


def said(report: CheckReport, words: Words) -> list[str]:
    """Return the remarks on a check, in words."""
    return [words.say("remark", remark=each) for each in report.remarks]


def quiz(report: QuizReport, whole: Report, words: Words) -> Iterator[str]:
    """Yield the pieces of the comment on a quiz: each answer that is not right, and what concerns all of them."""
    if report.answers:
        yield prose(words.answered(report))
    yield from map(block, filter(None, dict.fromkeys([report.message, whole.message])))
    yield from (answer(each, words) for each in report.answers if each.verdict is not AnswerVerdict.RIGHT)


def answer(report: AnswerReport, words: Words) -> str:
    """Return what there is to say of one answer."""
    verdict = words.named("answer", report.verdict.value)
    rows = [f"{words.say('your_answer')}: {report.given}"] if report.given else []
    rows += [f"{words.say('the_key')}: {report.key}"] if report.key else []
    pieces = [
        f"**{prose(report.id)}** — {prose(verdict)}",
        paragraphs(report.text),
        block(report.code),
        block("\n".join(report.options)),
        block("\n".join(rows)),
        block(report.message),
        misconception(report, words) if report.misconception else "",
        paragraphs(report.explanation),
    ]
    return "\n\n".join(filter(None, pieces))


def misconception(report: ExerciseReport | AnswerReport, words: Words) -> str:
    """Return the misconception behind a result; `misconceptions` reads its id back."""
    heading = f"**{prose(words.say('misconception_heading'))} · {report.misconception}**:"
    return f"{heading} {prose(report.misconception_title)}\n\n{paragraphs(report.misconception_explanation)}"


def paragraphs(text: str) -> str:
    """Return a text of the course with its paragraphs."""
    return "\n\n".join(prose(each) for each in re.split(r"\n\s*\n", text) if each.strip())


def prose(text: str) -> str:
    """Return a text of the course as Markdown that shows it literally, on one line."""
    line = " ".join(visible(text).split())
    return LIST_MARK.sub(r"\1\\\2", SPECIAL.sub(r"\\\1", line))


def block(text: str) -> str:
    """Return a text of any origin as an indented block; an empty text stays empty."""
    rows = [row for line in visible(text, limit=LONGEST_BLOCK).split("\n") for row in wrapped(line.expandtabs(4))]
    while rows and not rows[0].strip():
        del rows[0]
    return "\n".join(f"    {row}" for row in rows).rstrip()


def wrapped(line: str) -> list[str]:
    """Return a line in rows that a page has room for; one of code stays whole."""
    return [line] if line.startswith(" ") else textwrap.wrap(line, WIDTH, break_long_words=False) or [""]
