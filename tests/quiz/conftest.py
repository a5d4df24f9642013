"""A course's quiz of one small question of each kind, to ask, to answer, and to break one thing in."""

from types import SimpleNamespace

import pytest
import yaml

from grader.catalogue.question import load_quiz
from grader.config.course_config import QuizPolicy
from grader.quiz.make import make_variant
from grader.quiz.seed import seed_of

UNIT = "small"
SECRET = b"a course's own secret"

QUESTIONS = r"""
- id: weighted
  kind: tensor
  draw:
    x: {numbers: [1, 9, 0.5], shape: [3]}
    v: {choices: [0.1, 0.5, 2.0, 10.0], shape: [3], distinct: true}
  text: {en: "What is `x.grad` for $v = {{ v | tex }}$?", zh: "$v = {{ v | tex }}$ 时，`x.grad` 是什么？"}
  code: |
    x = torch.tensor({{ x }}, requires_grad=True)
    (3 * x).backward(torch.tensor({{ v }}))
- id: entries
  kind: tensor
  code: |
    x = torch.tensor([1.0, 2.0, 4.0], requires_grad=True)
    (x ** 2).sum().backward()
- id: slope
  kind: numeric
  code: |
    x = torch.tensor(3.0, requires_grad=True)
    (x ** 2).backward()
- id: size
  kind: shape
  code: y = torch.ones(2, 3).T
- id: first
  kind: single
  options: [{id: alpha, en: A, zh: 甲}, {id: beta, en: "`B`", zh: 乙}, {id: gamma, en: C, zh: 丙}]
- id: some
  kind: multiple
  options:
    [{id: alpha, en: A, zh: 甲}, {id: beta, en: B, zh: 乙}, {id: gamma, en: C, zh: 丙}, {id: delta, en: D, zh: 丁}]
- id: claim
  kind: true_false
- id: shown
  kind: output
  code: |
    x = torch.tensor([1.0, 2.5])
    print(x)
    print(x.sum().item(), 22.0)
- id: outcome
  kind: exception
  code: |
    x = torch.ones(2, requires_grad=True)
    x.backward()
- id: steps
  kind: order
  code: w = 1
  lines: {double: "w = 2 * w", add: "w = w + 3", idle: "w = w"}
- id: pairs
  kind: match
  left: [{id: one, en: "`one`", zh: 一}, {id: two, en: two, zh: 二}]
  right: [{id: uno, en: uno, zh: 壹}, {id: due, en: due, zh: 贰}, {id: cinque, en: cinque, zh: 叁}]
- id: reasons
  kind: text
"""

ANSWERS = r"""
- id: weighted
  key: x.grad
  independent: "[3 * w for w in given.v]"
  documented:
    - {output: d0-o2, with: {x: [1.0, 2.0, 3.0], v: [0.1, 1.0, 0.5]}, gives: [0.3, 3.0, 1.5]}
  wrong:
    - {misconception: M01, answer: "torch.full_like(x, 3.0)"}
    - misconception: M02
      code: |
        x = torch.tensor({{ x }}, requires_grad=True)
        (3 * x).sum().backward()
      answer: "x.grad * torch.tensor(given.v).sum()"
  explanation: {en: "Each weight times 3, so ${{ v | tex }}$ thrice.", zh: "每个权重乘以 3。"}
- id: entries
  key: x.grad
  wrong: [{misconception: M01, answer: x}]
- id: slope
  key: x.grad
  wrong: [{misconception: M01, answer: "x ** 2"}]
- id: size
  key: y.shape
  wrong: [{misconception: M01, answer: "(2, 3)"}]
- id: first
  key: "'alpha'"
  wrong: [{misconception: M01, option: beta}]
- id: some
  key: "{'alpha', 'beta'}"
  wrong: [{misconception: M01, option: gamma}, {misconception: M02, option: beta}]
- id: claim
  key: "True"
  wrong: [{misconception: M01}]
- id: shown
  wrong: [{misconception: M01, answer: "'tensor([1, 2])\\n3.0 22.0'"}]
- id: outcome
  wrong:
    - {misconception: M01, answer: "torch.ones(2)"}
    - {misconception: M02, raises: "TypeError: no"}
- id: steps
  key: "['double', 'add', 'idle']"
  result: w
  wrong: [{misconception: M01, order: [add, double, idle]}]
- id: pairs
  key: "{'one': 'uno', 'two': 'due'}"
  wrong: [{misconception: M01, pairs: {two: cinque}}]
- id: reasons
  model: {en: Because., zh: 因为。}
"""


def by_id(parts, **common):
    """Return the parts of a quiz by id, each with what all of them share."""
    return {each["id"]: {"id": each["id"], **common, **each} for each in yaml.safe_load(parts)}


def write(folder, place, version_of, entries):
    """Write one half of the quiz."""
    path = folder / place / UNIT / "quiz.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump({"version": 1, version_of: entries}, sort_keys=False, allow_unicode=True), "utf-8")


def load(folder, name, sheet, answer):
    """Return the question `name` of a course at `folder` that holds it alone, with some fields of it changed."""
    text = {"en": f"About {name}?", "zh": f"关于 {name}？"}
    sheets = by_id(QUESTIONS, concepts=["Jacobian"], documents=["beyond"], text=text)
    answers = by_id(ANSWERS, explanation={"en": f"{name} explained", "zh": f"{name} 的解释"})
    write(folder, "exercises", "questions", [{**sheets[name], **sheet}])
    write(folder, "solutions", "answers", [{**answers[name], **answer}])
    return load_quiz(folder, UNIT)[0]


def variant_of(question, student="ann", attempt=1, secret=SECRET, policy=None):
    """Return the variant that a student is asked."""
    tolerance = (policy or QuizPolicy()).tolerance
    return make_variant(question, seed_of(secret, student, question.id, attempt), tolerance)


@pytest.fixture
def question(tmp_path):
    """Return what gives a question by its id; `sheet` and `answer` change fields of its two halves."""

    def changed(name, sheet=None, answer=None):
        return load(tmp_path, name, sheet or {}, answer or {})

    return changed


@pytest.fixture
def ask():
    """Return what makes a student's variant of a question."""
    return variant_of


@pytest.fixture(scope="session")
def variants(tmp_path_factory):
    """Return a variant of each question of the small quiz, by its id."""
    folder = tmp_path_factory.mktemp("small")
    names = [each["id"] for each in yaml.safe_load(QUESTIONS)]
    return SimpleNamespace(**{name: variant_of(load(folder, name, {}, {})) for name in names})


@pytest.fixture
def letters():
    """Return what gives the letters of some options, as a student types them."""
    return lambda variant, *options: " ".join(variant.letter(each) for each in options)
