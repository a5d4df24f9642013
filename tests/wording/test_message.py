"""Sentences by key and language, and the tables that hold them."""

import json
import math
import re
import string

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.results.verdicts import Verdict
from grader.wording import message as wording
from grader.wording.message import (
    Message,
    Titled,
    decode_message,
    encode_message,
    message,
    plain,
    sections,
    table,
    template,
)

LANGUAGES = ("en", "zh")
KEYS = [f"{section}.{name}" for section in sections() for name in table(section)]
BY_SCRIPT = ("quiz_page.", "sheet_page.")
"""Sections that are said by a page's script; tests/bridges looks for them there."""
RETIRED = ("quiz.keys",)
"""Sentences that nobody says any more; facts that were stored long ago may hold them."""
BY_NAME = ("observations.", "overview.", "picture.", "relations.")
"""Sections whose keys are names of a closed list; tests of their own compare keys and names."""
HOSTILE = "{0} {} {call} {self.key} {x!r:>9} {{doubled}} {unclosed %s %(call)s $call {{ 7*7 }} \\n }"


def placeholders(key, language):
    """Return the names that a template inserts, having seen that they are plain names."""
    found = set()
    for _, name, form, conversion in string.Formatter().parse(template(key, language)):
        if name is not None:
            assert name.isidentifier(), f"{key}: {name!r} is no plain name"
            assert not form, f"{key}: {name!r} has a format"
            assert conversion is None, f"{key}: {name!r} is converted"
            found.add(name)
    return found


def test_there_are_sections_with_sentences():
    """Every part that speaks has its section, and no section is empty."""
    assert {"grading", "judge", "reports", "submissions"} <= set(sections())
    assert all(table(section) for section in sections())


def has_both_languages(sentences):
    """Whether there is a text in English and in Chinese, and nothing else."""
    texts = [each for each in sentences.values() if isinstance(each, str) and each.strip()]
    return set(sentences) == set(LANGUAGES) and len(texts) == len(LANGUAGES)


def test_every_sentence_is_in_both_languages():
    """Every key has a sentence in English and in Chinese, and nothing else."""
    sentences = {f"{section}.{name}": each for section in sections() for name, each in table(section).items()}
    assert [key for key, each in sentences.items() if not has_both_languages(each)] == []


def test_both_languages_insert_the_same():
    """Both languages insert the same parameters, each by its plain name."""
    assert [key for key in KEYS if placeholders(key, "en") != placeholders(key, "zh")] == []


def is_chinese(key):
    """Whether the Chinese sentence has Chinese characters, and the English one none.

    One that is nothing but parameters and signs needs none.
    """
    words = re.sub(r"\{\w+\}", "", template(key, "en"))
    chinese = re.search("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", template(key, "zh"))
    return (chinese or not re.search("[A-Za-z]", words)) and not re.search("[\u4e00-\u9fff]", template(key, "en"))


def test_chinese_is_chinese():
    """The Chinese sentence has Chinese characters, unless there is nothing in it but parameters and signs."""
    assert [key for key in KEYS if not is_chinese(key)] == []


def test_no_key_stands_twice(root):
    """No table holds a key twice: the first sentence would silently be lost."""
    for section in sections():
        tree = yaml.compose((root / "grader" / "wording" / f"{section}.yaml").read_text(encoding="utf-8"))
        names = [key.value for key, _ in tree.value]
        assert len(names) == len(set(names))


def test_every_sentence_that_is_said_exists(sayings):
    """Every key that the package says stands in a table, and every family of keys has members."""
    missing = {key: saying.place for saying in sayings for key in saying.keys if key not in KEYS}
    assert missing == {}
    families = [saying.family for saying in sayings if saying.family]
    assert "judge.stopped_" in families
    assert [family for family in families if not any(key.startswith(family) for key in KEYS)] == []


def test_every_sentence_is_said_somewhere(sayings):
    """No table keeps a sentence that nobody says."""
    said = {key for saying in sayings for key in saying.keys}
    families = tuple(saying.family for saying in sayings if saying.family)
    spoken = [key for key in KEYS if not key.startswith(BY_SCRIPT + BY_NAME + RETIRED)]
    assert [key for key in spoken if key not in said and not key.startswith(families)] == []


def test_every_sentence_is_given_what_it_inserts(sayings):
    """Wherever a sentence is said with parameters by name, it gets all that it inserts."""
    wrong = {}
    for saying in sayings:
        for key in saying.keys if saying.params is not None and len(saying.keys) == 1 else ():
            if key in KEYS and placeholders(key, "en") - saying.params:
                wrong[saying.place] = (key, placeholders(key, "en") - saying.params)
    assert wrong == {}


def test_the_search_for_sentences_sees_them(sayings):
    """The search that these tests rest on finds plain keys, choices, variables, families, kinds and counts."""
    said = {key for saying in sayings for key in saying.keys}
    assert {"judge.carries_graph", "judge.raised_outside", "judge.second_call", "grading.missing"} <= said
    assert {"submissions.empty", "submissions.notebook_too_large"} <= said
    assert {"reports.skip", "reports.students_one", "reports.verdict_passed", "reports.feedback_hidden"} <= said


def test_every_name_of_the_record_has_its_words(kinds):
    """Verdicts, parts, isolations, feedback levels and limits have their words, and no other name has any."""
    for kind, names in kinds.items():
        there = {key.removeprefix(f"reports.{kind}_") for key in KEYS if key.startswith(f"reports.{kind}_")}
        assert there - {"reached"} == names, kind


def test_parameters_are_inserted():
    """A sentence inserts its parameters, in each language."""
    said = message("judge.budget_spent", limit=20)
    assert "20 s" in said.text("en")
    assert "20 秒" in said.text("zh")


def inserts_as_text(key, language):
    """Whether a sentence says a hostile parameter as it is."""
    names = placeholders(key, language)
    said = Message(key, dict.fromkeys(names, HOSTILE)).text(language)
    return said == Message(key, dict.fromkeys(names, "\x00")).text(language).replace("\x00", HOSTILE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_parameters_stay_text(language):
    """Braces and percent signs in a parameter are text: no template is interpreted twice."""
    assert [key for key in KEYS if not inserts_as_text(key, language)] == []


@given(st.text(), st.text())
@settings(max_examples=60, derandomize=True, deadline=None)
def test_any_text_is_inserted_verbatim(call, text):
    """Whatever text a student's code produces stands in the sentence as it is."""
    inner = message("judge.brief_raised_outside", type=text)
    said = message("judge.call", call=call, finding=inner).text("en")
    assert said == f"{call}\nYour code raised {text}."


def test_a_sentence_inside_a_sentence_is_said_in_the_same_language():
    """A parameter that is itself a sentence or a title is said in the language of the whole."""
    said = message("judge.skipped", needed=Titled({"en": "The {first} one.", "zh": "第{一}项。"}))
    assert "“The {first} one.”" in said.text("en")
    assert "第{一}项。" in said.text("zh")
    nested = message("judge.returned_none", part=message("judge.part", path="[{0}]"), expected="1")
    assert nested.text("en").startswith("result[{0}] is None")
    assert nested.text("zh").startswith("返回值[{0}]")


def test_a_parameter_may_have_any_name():
    """A parameter may be called `key`, as the place of a dict's entry might be."""
    assert message("judge.budget_spent", limit=1, key=2).params == {"limit": 1, "key": 2}


@pytest.mark.parametrize(
    ("key", "params", "language", "missing"),
    [
        ("judge.no_such_sentence", {}, "en", "no_such_sentence"),
        ("judge.nothing", {}, "fr", "fr"),
        ("judge.budget_spent", {}, "en", "limit"),
    ],
)
def test_what_is_not_there_is_named(key, params, language, missing):
    """An unknown key or language, or a parameter that was forgotten, is named in the error."""
    with pytest.raises(KeyError, match=missing):
        Message(key, params).text(language)


def test_an_unknown_section_is_an_error():
    """A key of no section is an error, not an empty sentence."""
    with pytest.raises(FileNotFoundError):
        message("nowhere.at_all").text("en")


def test_equal_messages_are_equal():
    """Two messages of the same key and parameters are the same, so that a remark is not made twice."""
    assert message("judge.part", path="[0]") == message("judge.part", path="[0]")
    assert message("judge.part", path="[0]") != message("judge.part", path="[1]")


def test_tables_are_read_once():
    """A table is read from disk once."""
    assert wording.table("judge") is wording.table("judge")


def nested(inner):
    """Draw a parameter that is a sentence or a title."""
    titles = st.builds(lambda en, zh: Titled({"en": en, "zh": zh}), st.text(), st.text())
    return titles | inner.map(lambda value: message("judge.part", path=value))


@given(
    st.recursive(st.text() | st.integers() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False), nested)
)
@settings(max_examples=60, derandomize=True, deadline=None)
def test_a_sentence_comes_back_from_json(value):
    """Any plain parameter, a title or a sentence within a sentence; what comes back says the same."""
    said = message("judge.part", path=value)
    back = decode_message(json.loads(json.dumps(encode_message(said))))
    assert back == plain(said)
    assert [back.text(each) for each in LANGUAGES] == [said.text(each) for each in LANGUAGES]


@pytest.mark.parametrize("value", [(2, 3), math.nan, math.inf, None, Verdict.FAILED, 1j])
def test_what_is_no_plain_data_is_kept_as_the_text_that_is_inserted(value):
    """No object of the judge's is left in a sentence that is stored, and the sentence reads as before."""
    said = message("judge.part", path=value)
    assert plain(said).params == {"path": str(value)}
    assert type(plain(said).params["path"]) is str
    assert plain(said).text("en") == said.text("en")
