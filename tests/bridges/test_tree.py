"""XML and archives are written the same for the same input, and read as what was put in."""

import io
import zipfile
from xml.etree import ElementTree as ET

import pytest

from grader.bridges.tree import archive, fragment, node, written
from grader.markup import mathml

HOSTILE = "\"'<>&]]> &lt; \x00\x1b\ud800\ufffe 😀 中文\r\n\t"


def test_texts_and_attributes_come_back():
    """Whatever stands in a text or an attribute is there again, but for what XML can't hold."""
    safe = HOSTILE.replace("\x00", "\ufffd").replace("\x1b", "\ufffd").replace("\ud800", "\ufffd")
    safe = safe.replace("\ufffe", "\ufffd")
    root = ET.fromstring(written(node("a", node("b", HOSTILE), HOSTILE, c=HOSTILE)))
    assert root.get("c") == safe
    assert root[0].text == root[0].tail == safe.replace("\r\n", "\n")


def test_cdata_holds_markup_and_its_own_end():
    """A text in CDATA comes back whole, even one that ends a section."""
    content = written(node("a", node("text", "<p>]]></p> & ]]]]>")), cdata={"text"})
    assert b"<![CDATA[<p>" in content
    assert ET.fromstring(content).findtext("text") == "<p>]]></p> & ]]]]>"


def test_html_becomes_nodes_with_mathml_in_its_namespace():
    """A piece of HTML is put in as elements; MathML keeps its namespace, and no prefix is written."""
    content = written(node("div", *fragment(f"a <b>c</b> {mathml('x < 1')} d"), xmlns="urn:x"))
    root = ET.fromstring(content)
    assert [each.tag for each in root] == ["{urn:x}b", "{http://www.w3.org/1998/Math/MathML}math"]
    assert root.text == "a "
    assert root[1].tail == " d"
    assert b"ns0" not in content


def test_html_that_is_not_well_formed_is_refused():
    """A tag that is left open is an error, not a guess."""
    with pytest.raises(ET.ParseError):
        fragment("<p>a")


def test_an_archive_has_no_clock_in_it():
    """The same files give the same bytes, in their order."""
    files = {"b.xml": b"1", "a/c.xml": b"2"}
    assert archive(files) == archive(dict(files))
    with zipfile.ZipFile(io.BytesIO(archive(files))) as zipped:
        assert zipped.namelist() == ["b.xml", "a/c.xml"]
        assert {each.date_time for each in zipped.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert zipped.read("a/c.xml") == b"2"
