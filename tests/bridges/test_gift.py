"""GIFT is read back by a small strict reader that knows nothing of how it was written."""

import re

import pytest

from grader.bridges import gift as gift_module
from grader.bridges.gift import gift
from grader.bridges.item import items_of
from grader.catalogue.question import QuestionKind

TYPES = {
    QuestionKind.SINGLE: {"choice"},
    QuestionKind.MULTIPLE: {"choice"},
    QuestionKind.TRUE_FALSE: {"true_false"},
    QuestionKind.NUMERIC: {"numerical"},
    QuestionKind.TENSOR: {"matching", "numerical", "short"},
    QuestionKind.SHAPE: {"short"},
    QuestionKind.OUTPUT: {"short", "choice"},
    QuestionKind.EXCEPTION: {"choice"},
    QuestionKind.ORDER: {"choice"},
    QuestionKind.MATCH: {"matching"},
    QuestionKind.TEXT: {"essay"},
}
PLACE = "\ue000"
# The grades that Moodle has to choose from; another one stops the import.
GRADES = {0, 1, *(round(each, 7) for each in (9 / 10, 5 / 6, 4 / 5, 3 / 4, 7 / 10, 2 / 3, 3 / 5, 2 / 5, 3 / 10))}
GRADES |= {round(1 / each, 7) for each in (*range(2, 11), 20)}
MOST_EVEN = 10


def hidden(text):
    """Return a text with each escaped sign as one letter that means nothing to GIFT."""
    return re.sub(r"\\([~=#{}:\\n])", lambda found: chr(0xE000 + ord(found[1])), text)


def plain(text):
    """Return what a hidden text says."""
    signs = re.sub("[\ue000-\ue0ff]", lambda found: chr(ord(found[0]) - 0xE000).replace("n", "\n"), text)
    return signs.strip()


class Question:
    """One line of GIFT."""

    def __init__(self, line, reading, language):
        self.reading, self.language = reading, language
        found = re.fullmatch(r"::(.*?)::\[html\](.*?)\{(.*)\}", hidden(line))
        assert found, f"no question: {line}"
        self.name, self.prompt, inside = (each.strip() for each in found.groups())
        assert not re.search(r"[{}~=#:\\\n]", self.prompt), f"an unescaped sign: {line}"
        assert not re.search(r"[{}\\\n]", inside), f"an unescaped sign: {line}"
        inside, mark, self.after = inside.partition("####")
        assert mark
        assert not re.search(r"[~=#:]", self.after)
        self.inside = inside.strip()

    def words(self, text):
        """Return the words of HTML as Moodle shows them."""
        return self.reading.words(self.reading.drawn(plain(text)))

    def kind(self):
        """Return the type, found as Moodle finds it."""
        if not self.inside:
            return "essay"
        if self.inside.startswith("#"):
            return "numerical"
        if "~" in self.inside:
            return "choice"
        if "=" in self.inside and "->" in self.inside:
            return "matching"
        if re.match(r"(TRUE|FALSE|T|F)(#|$)", self.inside):
            return "true_false"
        return "short"

    def found(self):
        """Return the question as it is."""
        found = self.reading.Found(
            prompt=self.words(self.prompt),
            points=None,
            feedback=self.words(self.after),
            explanation=self.words(self.after),
            model=None,
            ignores_case=True,
        )
        getattr(self, self.kind())(found)
        return found

    def answers(self, inside, marks):
        """Yield mark, weight, text and feedback of each answer."""
        parts = re.split(f"([{marks}])", inside)
        assert not parts[0].strip()
        for mark, part in zip(parts[1::2], parts[2::2], strict=True):
            weight = re.match(r"\s*%(-?\d{1,3}(?:\.\d+)?)%", part)
            text, _, feedback = part[weight.end() if weight else 0 :].partition("#")
            assert "#" not in feedback
            yield mark, float(weight[1]) / 100 if weight else None, text.strip(), self.words(feedback)

    def choice(self, found):
        """Read choices."""
        single = "=" in self.inside
        for mark, weight, text, feedback in self.answers(self.inside, "=~"):
            assert (weight is None) == single
            share = weight if weight is not None else float(mark == "=")
            assert abs(round(share, 7)) in GRADES
            found.choices[self.words(text)] = (share, feedback)
            found.feedback += feedback
        found.uneven = sum(share > 0 for share, _ in found.choices.values()) > MOST_EVEN

    def true_false(self, found):
        """Read true and false; the first feedback is on the wrong answer."""
        answer, *feedback = self.inside.split("#")
        right, wrong = ("true", "false") if self.language == "en" else ("对", "错")
        if answer == "FALSE":
            right, wrong = wrong, right
        told = self.words(feedback[0])
        found.choices = {right: (1.0, ""), wrong: (0.0, told)}
        found.feedback += told

    def numerical(self, found):
        """Read one number, and the wrong ones."""
        (_, weight, right, _), *others = self.answers(self.inside[1:], "=")
        assert weight is None
        key, margin = map(float, right.split(":"))
        assert all(weight == 0 for _, weight, _, _ in others)
        wrong = {float(text.split(":")[0]): feedback for _, _, text, feedback in others}
        found.entries = [(key, margin, wrong)]
        found.feedback += "".join(wrong.values())

    def short(self, found):
        """Read one line."""
        answers = list(self.answers(self.inside, "="))
        right = [plain(text).replace("\\*", "*") for _, weight, text, _ in answers if weight == 1]
        wrong = {plain(text).replace("\\*", "*"): told for _, weight, text, told in answers if weight == 0}
        assert len(right) + len(wrong) == len(answers)
        found.lines = [(right, wrong)]
        found.feedback += "".join(wrong.values())

    def matching(self, found):
        """Read pairs; an answer without a question is a spare one."""
        parts = self.inside.split("=")
        assert not parts[0].strip()
        for part in parts[1:]:
            left, arrow, right = part.partition("->")
            assert arrow
            if left.strip():
                assert self.words(left) not in found.pairs
                found.pairs[self.words(left)] = self.words(right)
            else:
                found.spare.add(self.words(right))
        assert len(found.pairs) >= 2

    def essay(self, found):
        """Read nothing: a human marks it."""


def read(content, reading, language):
    """Return the questions by name, and the categories in order."""
    questions, categories = {}, []
    for block in content.decode().rstrip("\n").split("\n\n"):
        assert "\n" not in block
        if block.startswith("$CATEGORY: "):
            categories.append(block.removeprefix("$CATEGORY: "))
        else:
            question = Question(block, reading, language)
            name = plain(question.name)
            assert name not in questions
            questions[name] = question
    return questions, categories


@pytest.fixture(scope="session")
def files(exports, reading):
    """Return each quiz with what its file holds."""
    return [(export, *read(gift([export]), reading, export.language)) for export in exports]


def compare(export, questions, reading):
    """Compare every question with its variant."""
    known = {each.name: each for _, group in items_of(export) for each in group}
    assert set(questions) == set(known)
    for name, item in known.items():
        assert questions[name].kind() in TYPES[item.kind]
        reading.Comparison(item).everything(questions[name].found())


def test_every_question_comes_back_whole(files, reading):
    """Each variant is found once, as its kind's type, with key, wrong answers and feedback."""
    for export, questions, _ in files:
        compare(export, questions, reading)


def test_each_pool_is_a_category(files):
    """There is a category for each question, so that a quiz can draw one of its variants."""
    for export, _, categories in files:
        assert [each.rpartition("/")[2] for each in categories] == [pool.question.id for pool in export.pools]
        assert all(each.startswith("$course$/top/") for each in categories)


def test_an_unescaped_sign_is_noticed(throw_away_exports, reading, monkeypatch):
    """Without escaping, other questions would be found, or none."""
    monkeypatch.setattr(gift_module, "escaped", lambda text: text.replace("\n", "\\n"))
    with pytest.raises(AssertionError):
        compare(throw_away_exports[0], read(gift(throw_away_exports[:1]), reading, "en")[0], reading)


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("~%10%", "~%9.090909%"),
        ('<span class\\="nolink">', '<span class\\="code">'),
        ("would keep it.</p>", "would keep it.</p><p><code>c</code> is no leaf, so its gradient is not kept.</p>"),
    ],
)
def test_what_once_broke_in_moodle_is_noticed(throw_away_exports, reading, new, old):
    """The reader breaks as Moodle did: at a grade that it does not know, at a picture in code, at a model answer."""
    content = gift(throw_away_exports[:1]).decode()
    compare(throw_away_exports[0], read(content.encode(), reading, "en")[0], reading)
    assert new in content
    with pytest.raises(AssertionError):
        compare(throw_away_exports[0], read(content.replace(new, old).encode(), reading, "en")[0], reading)


def test_case_alone_is_noticed(throw_away_exports, reading, monkeypatch):
    """The reader breaks as Moodle did where a wrong answer that is typed differs by capital letters alone."""
    monkeypatch.setattr(gift_module, "case_tells", lambda _item: False)
    with pytest.raises(AssertionError):
        compare(throw_away_exports[0], read(gift(throw_away_exports[:1]), reading, "en")[0], reading)


def test_a_tensor_offers_the_numbers_of_the_wrong_answers(throw_away_exports, reading):
    """Each entry of a tensor is matched with numbers, among them those that a misconception gives."""
    questions, _ = read(gift(throw_away_exports[:1]), reading, "en")
    found = questions["weighted 1"].found()
    assert list(found.pairs) == ["[0]", "[1]", "[2]"]
    assert found.spare


def test_the_same_quiz_gives_the_same_bytes(throw_away_exports):
    """Nothing in the file depends on when it is written."""
    assert gift(throw_away_exports) == gift(throw_away_exports)
