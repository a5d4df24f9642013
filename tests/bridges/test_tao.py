"""QTI 2.1 items are read as TAO reads them: by the schema's place, and written anew with blanks between elements."""

import io
import zipfile

import pytest
from lxml import etree

from grader.bridges.item import items_of
from grader.bridges.qti21.package import qti21
from grader.catalogue.question import QuestionKind

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
Q = f"{{{QTI}}}"
LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"


def taken_in(content):
    """Return an item's root as TAO keeps it; an error where TAO refuses the item."""
    root = etree.fromstring(content)
    pairs = root.get(LOCATION, "").strip().split(" ")
    if len(pairs) % 2:
        raise ValueError("invalid schema location")
    assert dict(zip(pairs[::2], pairs[1::2], strict=True))[QTI].endswith(".xsd")
    # libxml2, which writes TAO's items too, sets elements off by blanks where no text stands beside them.
    return etree.fromstring(etree.tostring(root, pretty_print=True))


@pytest.fixture(scope="session")
def contents(exports):
    """Return each item with its file."""
    found = []
    for export in exports:
        with zipfile.ZipFile(io.BytesIO(qti21([export]))) as zipped:
            items = [item for _, group in items_of(export) for item in group]
            found += [(item, zipped.read(f"items/{item.ident}.xml")) for item in items]
    return found


def codes(root):
    """Return the text of each code block."""
    return ["".join(each.itertext()) for each in root.iter(f"{Q}pre")]


def test_every_item_is_taken_in(contents):
    """No item is refused, and every code block is as it was written, blanks included."""
    assert contents
    for _, content in contents:
        assert codes(taken_in(content)) == codes(etree.fromstring(content))


def test_code_stands_in_a_block(contents):
    """A question's code is a block, and so is each line to be put in order, with its indentation."""
    for item, content in contents:
        found = codes(taken_in(content))
        assert not item.variant.code or legal(item.variant.code) in found
        if item.kind is QuestionKind.ORDER:
            assert {legal(each.text[item.export.language]) for each in item.variant.options} <= set(found)


def legal(text):
    """Return a text without what no XML can hold."""
    return text.replace("\x07", "\ufffd")


def test_an_item_that_names_no_schema_is_refused(contents):
    """The reader breaks at an item whose root does not say where its schema lies."""
    root = etree.fromstring(contents[0][1])
    del root.attrib[LOCATION]
    with pytest.raises(ValueError, match="invalid schema location"):
        taken_in(etree.tostring(root))


def test_blanks_in_a_block_are_noticed(contents):
    """The reader puts blanks into a block whose code is an element of its own."""
    content = next(content for item, content in contents if item.variant.code)
    old = content.replace(b"<pre>", b"<pre><code>").replace(b"</pre>", b"</code></pre>")
    assert codes(taken_in(old)) != codes(etree.fromstring(old))
