"""The static rules of the content: each is broken on purpose and says where and what to do."""

import ast
import shutil
from dataclasses import replace as replace_fields

import pytest

from grader.catalogue.author_rules import broken_rules
from grader.catalogue.course import load_course
from grader.catalogue.rules import CANARY, Broken, check_signatures_agree, check_starter_raises

FOLDER = "exercises/weights/weighted_grad"
SOLUTIONS = "solutions/weights/weighted_grad"
STARTER = f"{FOLDER}/weighted_grad.py"
PUBLIC = f"{FOLDER}/test_weighted_grad.py"
SOLUTION = f"{SOLUTIONS}/weighted_grad.py"
HIDDEN = "tests/hidden/weights/test_weighted_grad_hidden.py"
CHINESE_TITLE = 'def test_one():\n    """One.\n\n    一。\n    """'
MIRRORED = [STARTER, PUBLIC, SOLUTION, HIDDEN, f"{FOLDER}/README.md", f"{FOLDER}/README.zh.md"]


@pytest.fixture
def problems(copied):
    """Return what gives the broken rules of the copied exercise, as path, line and words."""

    def problems_now():
        course = load_course(copied)
        found = broken_rules(course, course.exercises[0])
        assert all(isinstance(each, Broken) for each in found)
        return [(str(each.path.relative_to(copied)), each.line, each.problem) for each in found]

    return problems_now


def replace(path, old, new):
    """Break one thing in a file that holds it."""
    text = path.read_text(encoding="utf-8")
    assert old in text, "the file holds what is to be broken"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def line_of(path, text):
    """Return the number of the first line that begins with `text`."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if line.startswith(text))


def test_the_projects_own_exercises_break_no_rule(course):
    """Every exercise of the course keeps every static rule."""
    found = {exercise.slug: broken_rules(course, exercise) for exercise in course.exercises}
    assert found == {exercise.slug: [] for exercise in course.exercises}


def test_the_copy_is_whole(problems):
    """What the tests below find is what they broke."""
    assert problems() == []


@pytest.mark.parametrize("path", MIRRORED)
def test_a_missing_file_is_told(copied, problems, path):
    """Every file of an exercise must be in its place."""
    (copied / path).unlink()
    assert (path, None, "this file is missing; write it") in problems()


@pytest.mark.parametrize("name", ["solution.py", "notes.md", ".secret", "data/values.csv"])
def test_a_stray_file_is_told(copied, problems, name):
    """What lies in an exercise's folder without belonging there would reach students."""
    stray = copied / FOLDER / name
    stray.parent.mkdir(exist_ok=True)
    stray.write_text("1\n")
    place = f"{FOLDER}/{name.partition('/')[0]}"
    assert problems() == [(place, None, "this file belongs to no exercise; remove it, or students get it")]


def test_a_folder_that_python_makes_is_no_stray_file(copied, problems):
    """Running the public tests in place breaks no rule."""
    cached = copied / FOLDER / "__pycache__"
    cached.mkdir()
    (cached / "weighted_grad.cpython-311.pyc").write_bytes(b"\x00")
    assert problems() == []


@pytest.mark.parametrize(
    ("name", "heading", "next_one"), [("README.md", "## Given", "## Do"), ("README.zh.md", "## 已知", "## 任务")]
)
def test_a_readme_without_a_section_is_told(copied, problems, name, heading, next_one):
    """Goal, given, do and example, in this order, in both languages; the line is the first that is another."""
    replace(copied / FOLDER / name, heading, heading.replace("##", "###"))
    ((path, line, problem),) = problems()
    assert (path, line) == (f"{FOLDER}/{name}", line_of(copied / FOLDER / name, next_one))
    assert problem.startswith("the sections must be ## ")
    assert heading in problem
    assert problem.endswith(", in this order")


def test_a_readme_with_its_sections_in_another_order_is_told(copied, problems):
    """A student finds the same things at the same places."""
    path = copied / FOLDER / "README.md"
    text = path.read_text(encoding="utf-8")
    swapped = text.replace("## Goal", "## X").replace("## Given", "## Goal").replace("## X", "## Given")
    path.write_text(swapped, encoding="utf-8")
    assert [problem for _, _, problem in problems()] == [
        "the sections must be ## Goal, ## Given, ## Do, ## Example, in this order"
    ]


@pytest.mark.parametrize("first", ["", "Weights\n", "## Weights\n"])
def test_a_readme_without_a_title_is_told(copied, problems, first):
    """The first line is the title."""
    path = copied / FOLDER / "README.md"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(first + "".join(lines[1:]), encoding="utf-8")
    assert (f"{FOLDER}/README.md", 1, "the first line must be the title, as `# Title`") in problems()


def test_an_empty_readme_is_told(copied, problems):
    """An empty file breaks the rules of title and sections, and does not stop the others."""
    (copied / FOLDER / "README.md").write_text("")
    assert [line for path, line, _ in problems() if path == f"{FOLDER}/README.md"] == [1, 1]


def test_a_long_readme_is_told(copied, problems):
    """Sixty lines are enough, and the sixty-first is too many."""
    path = copied / FOLDER / "README.md"
    count = len(path.read_text(encoding="utf-8").splitlines())
    with path.open("a", encoding="utf-8") as file:
        file.write("more\n" * (60 - count))
    assert problems() == []
    with path.open("a", encoding="utf-8") as file:
        file.write("more\n")
    assert problems() == [(f"{FOLDER}/README.md", None, "61 lines are too many; say it in 60")]


def test_a_starter_that_does_something_is_told(copied, problems):
    """A starter holds no part of the solution, not even before it raises."""
    path = copied / STARTER
    replace(path, "    raise NotImplementedError", "    leaf = x.detach()\n    raise NotImplementedError")
    line = line_of(path, "def weighted_grad")
    assert problems() == [(STARTER, line, "the body of weighted_grad must be `raise NotImplementedError` alone")]


@pytest.mark.parametrize("body", ["pass", "raise", "raise ValueError('NotImplemented')", "return NotImplementedError"])
def test_a_starter_that_does_not_raise_is_told(copied, problems, body):
    """Nothing but NotImplementedError tells a learner that the exercise is still to be done."""
    replace(copied / STARTER, "raise NotImplementedError", body)
    assert [problem for _, _, problem in problems()] == [
        "the body of weighted_grad must be `raise NotImplementedError` alone"
    ]


CLASS = """\
class Square(Function):
    \"\"\"The square.\"\"\"

    @staticmethod
    def forward(x: Tensor) -> Tensor:
        \"\"\"Return x**2.\"\"\"
        {}

    @staticmethod
    def backward(ctx, grad_output):
        raise NotImplementedError
"""
EMPTY = "raise NotImplementedError"


@pytest.fixture
def of_a_class(copied):
    """Return what is wrong with the exercise if it asks for a class, by what the methods of both files do."""

    def problems_now(starter, solution, head="forward(x: Tensor)"):
        exercise = load_course(copied).exercises[0]
        (copied / STARTER).write_text(CLASS.format(starter), encoding="utf-8")
        text = f"{CANARY}\n{CLASS.format(solution).replace('forward(x: Tensor)', head)}"
        (copied / SOLUTION).write_text(text, encoding="utf-8")
        sheet = exercise.sheet.model_copy(update={"entry_points": ("Square",)})
        rules = (check_starter_raises, check_signatures_agree)
        return [each.problem for rule in rules for each in rule(None, replace_fields(exercise, sheet=sheet))]

    return problems_now


def test_a_class_may_be_asked_for(of_a_class):
    """Each method of its starter raises, and the solution's methods have the starter's signatures."""
    assert of_a_class(EMPTY, "return x**2") == []


def test_a_method_that_does_something_is_told(of_a_class):
    """No method of a starter holds a part of the solution."""
    assert of_a_class("return x**2", "return x**2") == ["the body of forward must be `raise NotImplementedError` alone"]


def test_a_method_of_another_signature_is_told(of_a_class):
    """A method of the solution has the parameters that the starter gives it."""
    assert of_a_class(EMPTY, "return x**2", "forward(ctx, x)") == ["forward has another signature than the starter"]


def test_a_starter_may_say_what_is_not_implemented(copied, problems):
    """An exception with words is the same exception."""
    replace(copied / STARTER, "raise NotImplementedError", 'raise NotImplementedError("yours to write")')
    assert problems() == []


def test_a_starter_without_a_contract_is_told(copied, problems):
    """The docstring is what the student works from."""
    path = copied / STARTER
    text = path.read_text(encoding="utf-8")
    begin, end = text.index('    """'), text.rindex('"""') + 4
    path.write_text(text[:begin] + text[end:], encoding="utf-8")
    line = line_of(path, "def weighted_grad")
    assert (STARTER, line, "weighted_grad needs a docstring that states its contract") in problems()


def test_a_starter_without_its_entry_point_is_told(copied, problems):
    """Every entry point of the sheet is there to be written."""
    replace(copied / STARTER, "def weighted_grad", "def weighted_gradient")
    assert (STARTER, None, "the entry point weighted_grad is missing") in problems()


def test_a_long_starter_is_told(copied, problems):
    """A starter fits on a screen."""
    with (copied / STARTER).open("a", encoding="utf-8") as file:
        file.write("# more\n" * 40)
    assert problems() == [(STARTER, None, "a starter has at most 40 lines")]


@pytest.mark.parametrize("path", [STARTER, SOLUTION])
def test_a_file_that_is_not_python_is_told_by_its_line(copied, problems, path):
    """A syntax error is named where it is, whichever rule comes upon it."""
    with (copied / path).open("a", encoding="utf-8") as file:
        file.write("def (\n")
    line = line_of(copied / path, "def (")
    assert (path, line, "this is not valid Python: invalid syntax") in problems()


def test_public_tests_that_are_not_python_are_told_by_their_line(copied, problems):
    """A syntax error in the public tests is the author's to mend, like one in any other file."""
    (copied / PUBLIC).write_text("import torch\ndef (\n", encoding="utf-8")
    assert [(path, line) for path, line, _ in problems()] == [(PUBLIC, 2)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("v: Tensor", "w: Tensor"),
        ("v: Tensor", "v: Tensor | None = None"),
        (") -> Tensor:", ") -> tuple[Tensor]:"),
        (") -> Tensor:", "):"),
    ],
)
def test_a_solution_of_another_signature_is_told(copied, problems, old, new):
    """What students are told to write is what the solution writes: parameters, defaults and types."""
    path = copied / SOLUTION
    replace(path, old, new)
    line = line_of(path, "def weighted_grad")
    assert problems() == [(SOLUTION, line, "weighted_grad has another signature than the starter")]


@pytest.mark.parametrize("path", [SOLUTION, HIDDEN, f"{SOLUTIONS}/wrong/m14_mean_for_sum.py"])
def test_a_withheld_file_without_its_canary_is_told(copied, problems, path):
    """A leak can be found only by the line that every withheld file carries."""
    replace(copied / path, CANARY, "# nothing")
    assert problems() == [(path, 1, f"the first line must be `{CANARY}`")]


def test_a_canary_in_a_later_line_is_not_enough(copied, problems):
    """The canary stands first, so that a file cut off anywhere still carries it."""
    replace(copied / SOLUTION, CANARY, f"# first\n{CANARY}")
    assert problems() == [(SOLUTION, 1, f"the first line must be `{CANARY}`")]


@pytest.mark.parametrize("path", [STARTER, PUBLIC, f"{FOLDER}/README.md"])
def test_a_canary_in_a_file_for_students_is_told(copied, problems, path):
    """A withheld file that was copied into the exercise's folder is seen, wherever the line stands."""
    with (copied / path).open("a", encoding="utf-8") as file:
        file.write(f"\n{CANARY}\n")
    message = "a file that students get holds a withheld file's canary; remove it"
    assert (path, None, message) in problems()


@pytest.mark.parametrize(
    "statement",
    [
        "import grader",
        "from grader.judge.hidden import Snippet",
        "import torch, solutions.weights",
        "def more():\n    from solutions import weights",
    ],
)
def test_public_tests_that_need_the_grader_are_told(copied, problems, statement):
    """A released folder has neither the grader nor the solutions."""
    with (copied / PUBLIC).open("a", encoding="utf-8") as file:
        file.write(f"\n{statement}\n")
    (line,) = {line_of(copied / PUBLIC, each) for each in statement.splitlines() if "import" in each}
    assert problems() == [(PUBLIC, line, "public tests must not import the grader or solutions")]


def test_public_tests_may_import_what_only_sounds_alike(copied, problems):
    """The rule is about the packages themselves, not about names that begin alike."""
    with (copied / PUBLIC).open("a", encoding="utf-8") as file:
        file.write("\nimport graderia\nfrom solutions_of_mine import x\n")
    assert problems() == []


def test_an_exercise_without_wrong_solutions_is_told(copied, problems):
    """Hidden tests that have never met a wrong answer prove nothing."""
    shutil.rmtree(copied / SOLUTIONS / "wrong")
    message = "there is no known-wrong solution; write one per misconception"
    assert problems() == [(f"{SOLUTIONS}/wrong", None, message)]


@pytest.mark.parametrize("name", ["m9_mean", "m14_Mean", "m14_mean-for-sum", "m1414_mean"])
def test_a_wrong_solution_of_another_name_is_told(copied, problems, name):
    """The name is the misconception's id and what was done, in lower case."""
    wrong = copied / SOLUTIONS / "wrong"
    (wrong / "m14_mean_for_sum.py").rename(wrong / f"{name}.py")
    message = "the name must be like m05_saved_grad_is_an_alias.py"
    assert (f"{SOLUTIONS}/wrong/{name}.py", None, message) in problems()


@pytest.mark.parametrize("name", ["M14_mean_for_sum.py", "wrong_mean.py", "m14.py", "m14_mean_for_sum.py.bak"])
def test_a_file_that_is_no_wrong_solution_by_its_name_is_told(copied, problems, name):
    """A wrong solution whose name nothing looks for would never be graded, and nobody would know."""
    wrong = copied / SOLUTIONS / "wrong"
    (wrong / "m14_mean_for_sum.py").rename(wrong / name)
    assert [path for path, _, _ in problems()] == [f"{SOLUTIONS}/wrong/{name}"]


def test_a_wrong_solution_of_an_unknown_misconception_is_told(copied, problems):
    """Whoever is diagnosed must find an explanation."""
    wrong = copied / SOLUTIONS / "wrong"
    (wrong / "m14_mean_for_sum.py").rename(wrong / "m999_mean_for_sum.py")
    message = "M999 is not in solutions/misconceptions.yaml; describe it there"
    assert problems() == [(f"{SOLUTIONS}/wrong/m999_mean_for_sum.py", None, message)]


def test_missing_misconceptions_are_told_once_by_their_file(copied, problems):
    """A rule that can't be checked tells why, and the other rules still are."""
    (copied / "solutions" / "misconceptions.yaml").unlink()
    (copied / FOLDER / "stray").touch()
    assert [(path, problem) for path, _, problem in problems()] == [
        (f"{FOLDER}/stray", "this file belongs to no exercise; remove it, or students get it"),
        ("solutions/misconceptions.yaml", "the file is missing; create it or correct the name"),
    ]


def test_a_file_of_another_encoding_is_told(copied, problems):
    """Content is UTF-8, and what is not is named."""
    (copied / FOLDER / "README.zh.md").write_bytes("# 标题\n".encode("gb18030"))
    assert problems() == [(f"{FOLDER}/README.zh.md", None, "the file is not UTF-8 text; save it as UTF-8")]


def test_a_text_that_is_not_in_chinese_is_told(copied, problems):
    """A hint, a README or a check's title that was left in English is named, the title with its line."""
    words = "the Chinese is missing; say it in both languages"
    (copied / f"{FOLDER}/README.zh.md").write_text("# 中\n", encoding="utf-8")
    assert not [problem for problem in problems() if problem[2] == words]
    readme = copied / f"{FOLDER}/README.zh.md"
    readme.write_text("# Weights\n", encoding="utf-8")
    sheet = copied / f"{FOLDER}/exercise.yaml"
    title = next(line for line in sheet.read_text(encoding="utf-8").splitlines() if line.startswith("title:"))
    replace(sheet, title, "title: {en: Weights, zh: Weights}")
    (copied / HIDDEN).write_text('def test_it(student):\n    """One.\n\n    Two.\n    """\n', encoding="utf-8")
    found = [(path, line) for path, line, problem in problems() if problem == words]
    assert found == [(f"{FOLDER}/exercise.yaml", None), (f"{FOLDER}/README.zh.md", None), (HIDDEN, 1)]


def test_a_starter_without_chinese_is_told(copied, problems):
    """A starter says in its first docstring what the exercise is, in both languages."""
    starter = copied / STARTER
    said = ast.get_docstring(ast.parse(starter.read_text(encoding="utf-8")), clean=False)
    replace(starter, said, "Weights.")
    assert problems() == [(STARTER, 1, "the Chinese is missing; say it in both languages")]


def test_public_tests_without_chinese_are_told(copied, problems):
    """What a public test tests is said in both languages, and so is how the file is run."""
    public = copied / PUBLIC
    public.write_text(f'"""Run pytest."""\n{CHINESE_TITLE}\n\ndef test_two():\n    """Two."""\n', encoding="utf-8")
    words = "the Chinese is missing; say it in both languages"
    assert problems() == [(PUBLIC, 1, words), (PUBLIC, 8, words)]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (f"{FOLDER}/README.md", "## Given", "As in document 004.\n\n## Given"),
        (f"{FOLDER}/README.zh.md", "## 已知", "见文档 004。\n\n## 已知"),
        (PUBLIC, '"""Public', '"""Document 002. Public'),
        (HIDDEN, '(student):\n    """', '(student):\n    """Documents 002 and 003. '),
    ],
)
def test_a_text_that_sends_to_a_numbered_document_is_told(copied, problems, path, old, new):
    """Students do not have the documents by whose numbers authors speak of them."""
    replace(copied / path, old, new)
    ((told, line, problem),) = problems()
    assert (told, problem) == (path, "students do not have the numbered documents; say here what is meant")
    assert line is not None


def test_a_concept_without_a_term_is_told(copied, problems, root):
    """A concept that the course does not list could not be said in Chinese; a course without a list asks for none."""
    sheet = copied / f"{FOLDER}/exercise.yaml"
    line = next(each for each in sheet.read_text(encoding="utf-8").splitlines() if each.startswith("concepts:"))
    replace(sheet, line, "concepts: [leaf, waits]")
    assert problems() == []
    shutil.copy(root / "exercises" / "concepts.yaml", copied / "exercises")
    message = "'waits' has no Chinese term in exercises/concepts.yaml; add it there"
    assert problems() == [(f"{FOLDER}/exercise.yaml", None, message)]


def test_an_exercise_that_is_needed_and_does_not_exist_is_told(copied, problems):
    """A slug that is mistyped prepares for nothing."""
    sheet = copied / f"{FOLDER}/exercise.yaml"
    replace(sheet, "needs: []", "needs: [make_lief]")
    assert problems() == [
        (f"{FOLDER}/exercise.yaml", None, "needs 'make_lief', which is no exercise; correct its name")
    ]
