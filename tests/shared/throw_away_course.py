"""A throw-away course that keeps every rule, to break one thing in: `double`, which needs no torch and is quick."""

from grader.catalogue.rules import CANARY
from grader.grading.options import Options, load_assignment
from grader.verify.verify import verify

CONTRACT = '''\
def double(x: float) -> float:
    """Return twice `x`."""
'''

EXAMPLE = "```python\ndouble(1.5)  # 3.0\n```\n"

TEXTS = {
    "config.yaml": """\
version: 1
title: {en: Throw-away, zh: 临时课程}
units:
  - name: UNIT
    title: {en: Unit, zh: 单元}
    exercises:
      - {slug: double, points: 1}
""",
    "exercises/UNIT/double/exercise.yaml": """\
version: 1
title: {en: Double, zh: 两倍}
concepts: [product]
entry_points: [double]
hints: [{en: a, zh: 甲}, {en: b, zh: 乙}, {en: c, zh: 丙}]
""",
    "exercises/UNIT/double/README.md": f"# Double\n\n## Goal\n\n## Given\n\n## Do\n\n## Example\n\n{EXAMPLE}",
    "exercises/UNIT/double/README.zh.md": f"# 两倍\n\n## 目标\n\n## 已知\n\n## 任务\n\n## 示例\n\n{EXAMPLE}",
    "exercises/UNIT/double/double.py": f'"""Doubling.\n\n加倍。\n"""\n\n{CONTRACT}    raise NotImplementedError\n',
    "exercises/UNIT/double/test_double.py": '''\
"""Public tests.

公开测试。
"""

from double import double


def test_one():
    """Twice one.

    一的两倍。
    """
    assert double(1.0) == 2.0
''',
    "solutions/misconceptions.yaml": f"""\
{CANARY}
- {{id: M14, name: one_more, title: {{en: One more, zh: 多一}}, explanation: {{en: e, zh: 说}}, document: "000"}}
- {{id: M101, name: no_sign, title: {{en: No sign, zh: 无号}}, explanation: {{en: e, zh: 说}}, document: "000"}}
""",
    "solutions/UNIT/double/double.py": f"{CANARY}\n{CONTRACT}    return 2 * x\n",
    "solutions/UNIT/double/wrong/m14_one_more.py": f'{CANARY}\n"""Adds."""\n\n\ndef double(x):\n    return x + 1\n',
    "solutions/UNIT/double/wrong/m101_no_sign.py": (
        f'{CANARY}\n"""Drops the sign."""\n\n\ndef double(x):\n    return abs(2 * x)\n'
    ),
    "tests/hidden/UNIT/test_double_hidden.py": f'''\
{CANARY}
"""What judges double."""

import pytest
from hypothesis import strategies as st

from grader.judge.hidden import probe


@pytest.mark.check("documented", points=0.25, covers=["d0-o2"])
def test_half_of_three(student):
    """One and a half, and its half.

    一又二分之一，以及它的一半。
    """
    student.call(1.5).must_equal(3.0)
    student.call(0.75).must_equal(1.5)


@pytest.mark.check("probes", points=0.5)
@probe(st.integers(2, 9), examples=3)
def test_random_numbers(student, number):
    """Random negative numbers.

    随机的负数。
    """
    student.call(-number / 4).must_equal(-number / 2)


@pytest.mark.check("edges", points=0.25)
def test_minus_one(student):
    """Minus one.

    负一。
    """
    student.call(-1.0).must_equal(-2.0)
''',
}


class ThrowAway:
    """A course in a folder of its own."""

    def __init__(self, root, unit):
        self.root = root
        for name, text in TEXTS.items():
            path = root / name.replace("UNIT", unit)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace("UNIT", unit), encoding="utf-8")
        self.given = root / "exercises" / unit / "double"
        self.withheld = root / "solutions" / unit / "double"
        self.starter = self.given / "double.py"
        self.public = self.given / "test_double.py"
        self.solution = self.withheld / "double.py"
        self.hidden = root / "tests" / "hidden" / unit / "test_double_hidden.py"

    def load(self):
        """Return the course as it lies there now."""
        return load_assignment(Options(self.root, b"a secret of the tests"))

    def verify(self, *progress, draws=10, **options):
        """Verify the course as it lies there now."""
        assignment = self.load()
        return verify(assignment, assignment.quizzes, *progress, draws=draws, **options)

    def problems(self):
        """Verify the course; return what is broken as file, line and words."""
        return [(each.path.name, each.line, each.problem) for each in self.verify().broken]
