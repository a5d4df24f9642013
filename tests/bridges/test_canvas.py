"""QTI 1.2 is unzipped and read back as Canvas reads it."""

import io
import re
import zipfile
from dataclasses import replace
from functools import partial
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from grader.bridges import canvas, tree
from grader.bridges.canvas import equation, qti12
from grader.bridges.item import items_of
from grader.catalogue.question import QuestionKind

Q = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
CP = "{http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1}"
EQUATION = re.compile(r'<img class="equation_image"[^>]* data-equation-content="([^"]*)"/>')
TYPES = {
    QuestionKind.SINGLE: {"multiple_choice"},
    QuestionKind.MULTIPLE: {"multiple_answers"},
    QuestionKind.TRUE_FALSE: {"true_false"},
    QuestionKind.NUMERIC: {"numerical"},
    QuestionKind.TENSOR: {"matching", "numerical", "short_answer"},
    QuestionKind.SHAPE: {"short_answer"},
    QuestionKind.OUTPUT: {"short_answer", "multiple_choice"},
    QuestionKind.EXCEPTION: {"multiple_choice"},
    QuestionKind.ORDER: {"multiple_choice"},
    QuestionKind.MATCH: {"matching"},
    QuestionKind.TEXT: {"essay"},
}


def unzipped(content):
    """Return the files of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def quiz_in(files):
    """Return the root of a package's questions."""
    (name,) = [each for each in files if each.endswith(".xml") and "/quiz_" in each]
    return ET.fromstring(files[name])


class Reader:
    """Reads one item."""

    def __init__(self, element, reading):
        self.element, self.reading = element, reading
        fields = element.iterfind(f".//{Q}qtimetadatafield")
        self.metadata = {each.findtext(f"{Q}fieldlabel"): each.findtext(f"{Q}fieldentry") for each in fields}
        self.type = self.metadata["question_type"].removesuffix("_question")

    def words(self, element):
        """Return the words of the first text in an element."""
        return self.reading.words(EQUATION.sub(r"\1", element.findtext(f".//{Q}mattext")))

    def feedback(self):
        """Return every feedback by its name."""
        return {each.get("ident"): self.words(each) for each in self.element.iterfind(f"{Q}itemfeedback")}

    def found(self):
        """Return the question."""
        feedback = self.feedback()
        linked = {each.get("linkrefid") for each in self.element.iter(f"{Q}displayfeedback")}
        assert linked == set(feedback)
        found = self.reading.Found(
            prompt=self.words(self.element.find(f"{Q}presentation")),
            points=float(self.metadata["points_possible"]),
            feedback="".join(feedback.values()),
            explanation=feedback["general_fb"],
            model=None,
            ignores_case=True,
        )
        getattr(self, self.type)(found)
        return found

    def rules(self):
        """Yield each rule that gives points: its condition, how many, and whether they are added."""
        for each in self.element.iter(f"{Q}respcondition"):
            points = each.find(f"{Q}setvar")
            if points is not None:
                yield each.find(f"{Q}conditionvar"), float(points.text) / 100, points.get("action")

    def labels(self, response):
        """Return what can be chosen, by its ident."""
        return {each.get("ident"): self.words(each) for each in response.iter(f"{Q}response_label")}

    def told(self, ident):
        """Return what is told to a choice."""
        for each in self.element.iter(f"{Q}respcondition"):
            shown, chosen = each.find(f"{Q}displayfeedback"), each.findtext(f"{Q}conditionvar/{Q}varequal")
            if shown is not None and chosen == ident:
                return self.feedback()[shown.get("linkrefid")]
        return ""

    def multiple_choice(self, found):
        """Read a choice of one."""
        ((condition, points, action),) = self.rules()
        assert (points, action) == (1, "Set")
        (right,) = [each.text for each in condition]
        for ident, text in self.labels(self.element).items():
            assert text not in found.choices
            found.choices[text] = (float(ident == right), self.told(ident))

    true_false = multiple_choice

    def multiple_answers(self, found):
        """Read a choice of several: all that hold and none else."""
        ((condition, points, action),) = self.rules()
        assert (points, action) == (1, "Set")
        every = condition.find(f"{Q}and")
        right = {each.text for each in every.findall(f"{Q}varequal")}
        wrong = {each.text for each in every.iterfind(f"{Q}not/{Q}varequal")}
        labels = self.labels(self.element)
        assert right | wrong == set(labels)
        assert not right & wrong
        for ident, text in labels.items():
            found.choices[text] = (1 / len(right) if ident in right else 0.0, self.told(ident))

    def numerical(self, found):
        """Read one number."""
        ((condition, points, action),) = self.rules()
        assert (points, action) == (1, "Set")
        low, high = (float(condition.findtext(f".//{Q}{tag}")) for tag in ("vargte", "varlte"))
        key = float(condition.findtext(f"{Q}or/{Q}varequal"))
        assert key == pytest.approx((low + high) / 2, rel=1e-4, abs=1e-6)
        found.entries = [(key, None, {})]
        found.margin = (high - low) / 2

    def short_answer(self, found):
        """Read a short text."""
        ((condition, points, action),) = self.rules()
        assert (points, action) == (1, "Set")
        found.lines = [([each.text for each in condition], {})]

    def matching(self, found):
        """Read pairs."""
        rules = list(self.rules())
        assert {action for _, _, action in rules} == {"Add"}
        assert sum(points for _, points, _ in rules) == pytest.approx(1, abs=1e-3)
        right = {condition[0].get("respident"): condition[0].text for condition, _, _ in rules}
        offered = set()
        for response in self.element.iter(f"{Q}response_lid"):
            labels = self.labels(response)
            assert len(set(labels.values())) == len(labels)
            found.pairs[self.words(response)] = labels[right[response.get("ident")]]
            offered |= set(labels.values())
        found.spare = offered - set(found.pairs.values())

    def essay(self, _):
        """Read nothing: a human marks it."""
        assert not list(self.rules())


@pytest.fixture(scope="session")
def packages(exports):
    """Return the files of each quiz's package."""
    return [(export, unzipped(qti12([export]))) for export in exports]


def compare(export, root, reading):
    """Compare every question with its variant."""
    known = {f"{export.unit}_{export.language}_{each.ident}": each for _, group in items_of(export) for each in group}
    found = {each.get("ident"): Reader(each, reading) for each in root.iter(f"{Q}item")}
    assert set(found) == set(known)
    said = partial(reading.said, maths=str)
    for ident, item in known.items():
        assert found[ident].type in TYPES[item.kind]
        reading.Comparison(item, said).everything(found[ident].found())


def test_every_question_comes_back_whole(packages, reading):
    """Each variant is found once, as its kind's type, with key, wrong answers, feedback and points."""
    for export, files in packages:
        compare(export, quiz_in(files), reading)


def test_numbers_have_the_margin_of_the_course(packages, reading):
    """A number is right within the question's tolerance."""
    for export, files in packages:
        known = {each.name: each for _, group in items_of(export) for each in group}
        for element in quiz_in(files).iter(f"{Q}item"):
            reader, item = Reader(element, reading), known[element.get("title")]
            if item.kind is QuestionKind.NUMERIC:
                tolerance = item.variant.tolerance
                margin = tolerance.absolute + tolerance.relative * abs(item.variant.key)
                assert reader.found().margin == pytest.approx(margin, rel=2e-2)


def test_each_pool_is_a_group_of_which_one_is_picked(packages):
    """Each section picks one of its questions, for the question's points."""
    for export, files in packages:
        sections = quiz_in(files).findall(f".//{Q}section/{Q}section")
        assert [each.get("title") for each in sections] == [pool.question.id for pool in export.pools]
        for section, pool in zip(sections, export.pools, strict=True):
            assert section.findtext(f".//{Q}selection_number") == "1"
            assert float(section.findtext(f".//{Q}points_per_item")) == pool.question.sheet.points
            assert len(section.findall(f"{Q}item")) == len(pool.variants)


def test_the_manifest_names_every_file(packages):
    """Each file is a resource, and the quiz depends on its settings."""
    for _, files in packages:
        manifest = ET.fromstring(files["imsmanifest.xml"])
        assert {each.get("href") for each in manifest.iter(f"{CP}file")} == set(files) - {"imsmanifest.xml"}
        resources = {each.get("identifier") for each in manifest.iter(f"{CP}resource")}
        assert {each.get("identifierref") for each in manifest.iter(f"{CP}dependency")} < resources


def test_nothing_in_a_question_is_run_or_fetched(packages):
    """A text with a script is a text: no element of HTML but the page's own comes out of it."""
    for _, files in packages:
        for element in quiz_in(files).iter(f"{Q}mattext"):
            if element.get("texttype") == "text/html":
                page = ET.fromstring(f"<p>{element.text}</p>")
                assert not {"script", "a"} & {each.tag for each in page.iter()}
                assert all(each.get("src").startswith("/equation_images/") for each in page.iter("img"))


def test_maths_is_an_equation_of_canvas():
    """LaTeX is given in each place where Canvas looks for it, escaped for each."""
    image = ET.fromstring(equation(r'\frac{1}{2} < "x"'))
    assert image.get("class") == "equation_image"
    assert image.get("data-equation-content") == image.get("title") == r'\frac{1}{2} < "x"'
    assert unquote(unquote(image.get("src"))) == r'/equation_images/\frac{1}{2} < "x"'


def test_an_unescaped_text_is_noticed(throw_away_exports, reading, monkeypatch):
    """Without XML's escaping nothing can be read."""
    monkeypatch.setattr(tree, "escape", lambda text: text)
    with pytest.raises((ET.ParseError, AssertionError, TypeError)):
        compare(throw_away_exports[0], quiz_in(unzipped(qti12(throw_away_exports[:1]))), reading)


def test_case_alone_is_noticed(throw_away_exports, reading, monkeypatch):
    """The reader breaks as Canvas did where a wrong answer that is typed differs by capital letters alone."""
    monkeypatch.setattr(canvas, "case_tells", lambda _item: False)
    with pytest.raises(AssertionError):
        compare(throw_away_exports[0], quiz_in(unzipped(qti12(throw_away_exports[:1]))), reading)


def test_idle_blanks_alone_may_be_left_out(throw_away_exports, reading, monkeypatch):
    """The reader breaks at a spelling that the course's own marking does not take."""
    monkeypatch.setattr(canvas, "line_spellings", lambda line: [line, "".join(line.split())])
    monkeypatch.setattr(canvas, "case_tells", lambda _item: False)
    told = [pool for pool in throw_away_exports[0].pools if pool.question.id == "case_tells"]
    variants = tuple(replace(each, mistakes=()) for each in told[0].variants)
    export = replace(throw_away_exports[0], pools=(replace(told[0], variants=variants),))
    with pytest.raises(AssertionError, match="gradNone"):
        compare(export, quiz_in(unzipped(qti12([export]))), reading)


def test_the_same_quiz_gives_the_same_bytes(throw_away_exports):
    """Nothing in the package depends on when it is written."""
    assert qti12(throw_away_exports[:1]) == qti12(throw_away_exports[:1])
