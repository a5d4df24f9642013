"""Moodle XML is read back as Moodle's importer reads it."""

import html
import re
from xml.etree import ElementTree as ET

import pytest

from grader.bridges import cloze
from grader.bridges.item import items_of
from grader.bridges.moodle import moodle_xml
from grader.bridges.tree import as_cdata
from grader.catalogue.question import QuestionKind

TYPES = {
    QuestionKind.SINGLE: {"multichoice"},
    QuestionKind.MULTIPLE: {"multichoice"},
    QuestionKind.TRUE_FALSE: {"truefalse"},
    QuestionKind.NUMERIC: {"numerical"},
    QuestionKind.TENSOR: {"cloze"},
    QuestionKind.SHAPE: {"shortanswer"},
    QuestionKind.OUTPUT: {"shortanswer", "cloze"},
    QuestionKind.EXCEPTION: {"multichoice"},
    QuestionKind.ORDER: {"ordering", "multichoice"},
    QuestionKind.MATCH: {"matching"},
    QuestionKind.TEXT: {"essay"},
}
# Moodle's own grammar of gaps.
NUMBER = r"-?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][-+]?[0-9]+)?"
ANSWER = r".+?(?<!\\|&)(?<!&amp;)(?=[~#}]|$)"
ALTERNATIVE = rf"(=|%(?:-?[0-9]+(?:[.,][0-9]*)?)%)?({ANSWER})(?:#(.*?(?<!\\)(?=[~}}]|$)))?"
GAP = re.compile(rf"\{{([0-9]*):(NUMERICAL|SHORTANSWER_C):({ALTERNATIVE}(?:~{ALTERNATIVE})*)\}}", re.DOTALL)


@pytest.fixture(scope="session")
def moodle(exports, reading):
    """Return every question that Moodle finds, by language and idnumber, and the names of its categories."""
    found, categories = {}, []
    for export in exports:
        for question in ET.fromstring(moodle_xml([export])):
            if question.get("type") == "category":
                categories.append(question.findtext("category/text"))
                continue
            key = (export.language, question.findtext("idnumber"))
            assert key not in found
            found[key] = (question.get("type"), Reader(question, reading, export.language).found())
    return found, categories


# The grades that Moodle has to choose from; another one stops the import.
GRADES = {0, 1, *(round(each, 7) for each in (9 / 10, 5 / 6, 4 / 5, 3 / 4, 7 / 10, 2 / 3, 3 / 5, 2 / 5, 3 / 10))}
GRADES |= {round(1 / each, 7) for each in (*range(2, 11), 20)}
MOST_EVEN = 10


class Reader:
    """Reads one question element."""

    def __init__(self, element, reading, language):
        self.element, self.reading, self.language = element, reading, language

    def words(self, text):
        """Return the words of HTML as Moodle shows them."""
        return self.reading.words(self.reading.drawn(text))

    def text(self, path):
        """Return the words of an element's text."""
        return self.words(self.element.findtext(f"{path}/text") or "")

    def found(self):
        """Return the question."""
        kind = self.element.get("type")
        general = self.text("generalfeedback")
        told = "".join(self.words(each.findtext("text") or "") for each in self.element.iter("feedback"))
        found = self.reading.Found(
            prompt=self.text("questiontext"),
            points=float(self.element.findtext("defaultgrade")),
            feedback=general + told,
            explanation=general,
        )
        getattr(self, kind)(found)
        return found

    def answers(self):
        """Yield text, share and feedback of each answer."""
        for each in self.element.findall("answer"):
            feedback = self.words(each.findtext("feedback/text") or "")
            yield each, each.findtext("text"), round(float(each.get("fraction")) / 100, 7), feedback

    def multichoice(self, found):
        """Read choices."""
        single = self.element.findtext("single") == "true"
        for _, text, share, feedback in self.answers():
            assert abs(share) in GRADES
            found.choices[self.words(text)] = (share, feedback)
        shares = [share for share, _ in found.choices.values()]
        assert not single or sorted(set(shares)) == [0.0, 1.0]
        assert single or min(shares) == pytest.approx(-max(shares))
        found.uneven = sum(share > 0 for share in shares) > MOST_EVEN

    def truefalse(self, found):
        """Read true and false, which Moodle words itself."""
        names = ("true", "false") if self.language == "en" else ("对", "错")
        for _, text, share, feedback in self.answers():
            found.choices[names[text == "false"]] = (share, feedback)

    def numerical(self, found):
        """Read one number."""
        (each, key, share, _), *others = self.answers()
        assert share == 1
        assert all(share == 0 for _, _, share, _ in others)
        wrong = {float(text): feedback for _, text, _, feedback in others}
        found.entries = [(float(key), float(each.findtext("tolerance")), wrong)]

    def shortanswer(self, found):
        """Read one line."""
        right = [text.replace("\\*", "*") for _, text, share, _ in self.answers() if share == 1]
        wrong = {text.replace("\\*", "*"): feedback for _, text, share, feedback in self.answers() if share == 0}
        assert self.element.findtext("usecase") == "1"
        found.lines = [(right, wrong)]

    def cloze(self, found):
        """Read gaps as Moodle's regular expressions do."""
        text = self.element.findtext("questiontext/text")
        gaps = [(each[2], *self.alternatives(each)) for each in GAP.finditer(text)]
        found.prompt = self.words(GAP.sub("", text))
        found.feedback += "".join("".join(wrong.values()) for _, _, wrong in gaps)
        if any(kind == "NUMERICAL" for kind, _, _ in gaps):
            found.entries = [self.number(*each) for each in gaps]
        else:
            found.lines = [([html.unescape(x).replace("\\*", "*") for x in right], {}) for _, right, _ in gaps]

    def alternatives(self, gap):
        """Return what is right in a gap, and the feedback on what is wrong."""
        assert gap[1] == "1"
        right, wrong = [], {}
        for mark, answer, feedback in re.findall("~?" + ALTERNATIVE, gap[3], re.DOTALL):
            if mark == "=":
                right.append(answer)
            else:
                assert mark == "%0%"
                wrong[answer] = self.words(html.unescape(feedback))
        return right, wrong

    def number(self, kind, right, wrong):
        """Return key, margin and feedback of an entry; the key as text where it is no number."""
        if kind != "NUMERICAL":
            assert right[0] != "nan" or set(self.reading.as_typed(QuestionKind.NUMERIC, None)) <= set(right)
            return right[0], None, {}
        key, margin = re.fullmatch(f"({NUMBER}):({NUMBER})", *right).groups()
        return float(key), float(margin), {float(each.split(":")[0]): told for each, told in wrong.items()}

    def matching(self, found):
        """Read pairs; an answer without a question is a spare one."""
        for each in self.element.findall("subquestion"):
            left, right = self.words(each.findtext("text") or ""), self.words(each.findtext("answer/text"))
            if left:
                found.pairs[left] = right
            else:
                found.spare.add(right)

    def ordering(self, found):
        """Read lines by their places."""
        placed = sorted((share, self.words(text)) for _, text, share, _ in self.answers())
        found.order = [text for _, text in placed]
        assert self.element.findtext("gradingtype") == "ALL_OR_NOTHING"
        assert self.element.find("shownumcorrect") is not None, "Moodle would make hints without a format, and stop"

    def essay(self, found):
        """Read what the marker sees."""
        found.model = self.text("graderinfo")


def test_every_question_comes_back_whole(moodle, items, reading):
    """Each variant is found once, as its kind's type, with key, wrong answers, feedback and points."""
    found, _ = moodle
    assert set(found) == set(items)
    for key, item in items.items():
        kind, question = found[key]
        assert kind in TYPES[item.kind]
        reading.Comparison(item).everything(question)


def test_lines_to_be_ordered_keep_their_indentation(exports, reading):
    """Each line is seen as it is written."""
    for export in exports:
        for item, seen in ordered(export, reading, moodle_xml([export])):
            assert seen == {each.text[export.language] for each in item.variant.options}


def ordered(export, reading, content):
    """Yield each ordering question's item with the lines as they are seen."""
    known = {each.ident: each for _, group in items_of(export) for each in group}
    for question in ET.fromstring(content).iterfind("question[@type='ordering']"):
        seen = {reading.in_a_browser(each.findtext("text")) for each in question.iterfind("answer")}
        yield known[question.findtext("idnumber")], seen


def test_a_lost_indentation_is_noticed(throw_away_exports, reading):
    """There is an ordering question, and as code in a line its lines would be seen without their blanks."""
    content = moodle_xml(throw_away_exports[:1]).replace(b"<pre>", b"<code>").replace(b"</pre>", b"</code>")
    ((item, seen),) = ordered(throw_away_exports[0], reading, content)
    assert "    total = total * 3 + step" in {each.text["en"] for each in item.variant.options} - seen


def compare(export, reading, content):
    """Compare each question of a file with its item."""
    known = {each.ident: each for _, group in items_of(export) for each in group}
    for question in ET.fromstring(content).iterfind("question[idnumber]"):
        item = known[question.findtext("idnumber")]
        reading.Comparison(item).everything(Reader(question, reading, export.language).found())


def test_an_unescaped_gap_is_noticed(throw_away_exports, reading, monkeypatch):
    """Without the escaping of what stands in gaps, Moodle would find other questions."""
    monkeypatch.setattr(cloze, "escaped", lambda text: f"}}~{text}")
    with pytest.raises(AssertionError):
        compare(throw_away_exports[0], reading, moodle_xml(throw_away_exports[:1]))


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("<shownumcorrect>1</shownumcorrect>", ""),
        ('fraction="10"', 'fraction="9.090909"'),
        ('<span class="nolink">', '<span class="code">'),
        ("<text>grad None</text>", "<text>gradNone</text>"),
        ("=no grad}", "=no grad~=nograd}"),
        ("~=[[3.0,3.0],[3.0,3.0]] True None", ""),
        ("（", "("),
        ("=NaN", "=nan"),
        ("would keep it.</p>", "would keep it.</p><p><code>c</code> is no leaf, so its gradient is not kept.</p>"),
    ],
)
def test_what_once_broke_in_moodle_is_noticed(throw_away_exports, reading, new, old):
    """The reader breaks as Moodle did: at an order, a grade, a picture, a blank, another spelling, or a model."""
    content = moodle_xml(throw_away_exports[:1]).decode()
    compare(throw_away_exports[0], reading, content)
    assert new in content
    with pytest.raises(AssertionError):
        compare(throw_away_exports[0], reading, content.replace(new, old))


def test_a_number_that_two_misconceptions_give_names_neither(throw_away_exports, reading):
    """In a gap, a wrong number that could come from two misconceptions is told of neither."""
    (weighted,) = ET.fromstring(moodle_xml(throw_away_exports[:1])).iterfind("question[idnumber='weighted_1']")
    told = [len(wrong) for _, _, wrong in Reader(weighted, reading, "en").found().entries]
    assert told == [0, 2, 2]


def test_each_pool_is_a_category(moodle, exports):
    """There is a category for each question, so that a quiz can draw one of its variants."""
    _, categories = moodle
    wanted = [pool.question.id for export in exports for pool in export.pools]
    assert [each.rpartition("/")[2] for each in categories] == wanted
    assert all(each.startswith("$course$/top/") for each in categories)


def test_the_end_of_cdata_is_split():
    """A text that ends a CDATA section comes back as it was."""
    assert ET.fromstring(f"<a>{as_cdata('x]]>y<z>]]]>')}</a>").text == "x]]>y<z>]]]>"


def test_html_stands_in_cdata(throw_away_exports):
    """Texts with markup are not escaped twice, so that a human can read the file."""
    assert b"<![CDATA[<p>" in moodle_xml(throw_away_exports)


def test_the_same_quiz_gives_the_same_bytes(throw_away_exports):
    """Nothing in the file depends on when it is written."""
    assert moodle_xml(throw_away_exports) == moodle_xml(throw_away_exports)
