"""How Python source becomes text, and how names are found in it."""

import codecs

import pytest

from grader.submissions.refusal import RefusedError
from grader.submissions.source import checked, defines_any, is_stub, python_text


@pytest.mark.parametrize(
    "content",
    [
        "s = '中'\n".encode(),
        codecs.BOM_UTF8 + "s = '中'\n".encode(),
        "# -*- coding: gbk -*-\ns = '中'\n".encode("gbk"),
        "#!/usr/bin/env python\n# vim: fileencoding=big5\ns = '中'\n".encode("big5"),
    ],
)
def test_source_is_decoded_as_python_does(content):
    """The byte order mark and the declared encoding decide how bytes become text."""
    assert python_text(content, name="a.py").endswith("s = '中'\n")


def test_line_ends_become_newlines():
    """The line ends of other systems become newlines, as Python itself reads them."""
    assert python_text(b"a = 1\r\nb = 2\rc = 3\n", name="a.py") == "a = 1\nb = 2\nc = 3\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
@pytest.mark.parametrize("head", ["", "# -*- coding: utf-16 -*-\n", "#!python\n# vim: set fileencoding=utf-16 :\n"])
def test_what_windows_saves_is_read(encoding, head):
    """A file that begins with the mark of its encoding is read by it, whatever it declares; no line is lost."""
    if encoding == "utf-8-sig":
        head = head.replace("utf-16", "utf-8")
    text = python_text(f"{head}x = '\u738b'\r\ny = 1\n".encode(encoding), name="a.py")
    assert text.splitlines()[head.count("\n") :] == ["x = '\u738b'", "y = 1"]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"\x89PNG\r\n\x1a\n", "not_text"),
        ("x = 1".encode("utf-16")[:-1], "not_text"),
        (b"# coding: no_such_codec\n", "not_text"),
        (b"x = 1\ny = '\xff'\n", "not_text"),
        (codecs.BOM_UTF8 + b"# coding: latin-1\n", "not_text"),
        (b"# coding: punycode\nx = 1\n", "strange_encoding"),
        (b"# coding: unicode_escape\nx = 1\n", "strange_encoding"),
        (b"# coding: rot13\nk = 1\n", "strange_encoding"),
        (b"x = 1\0\n", "null_character"),
    ],
)
def test_what_is_no_source_is_refused(content, key):
    """Bytes that are no text, in no ordinary encoding, or hold a null character are refused by name."""
    with pytest.raises(RefusedError, match=r"a\.py") as refusal:
        python_text(content, name="a.py")
    assert refusal.value.message.key == f"submissions.{key}"


def test_half_a_character_is_refused():
    """Text that can't be written as UTF-8 is refused."""
    with pytest.raises(RefusedError, match="not text"):
        checked("x = '\ud800'", name="a.ipynb")


@pytest.mark.parametrize(
    "source",
    [
        "def grad(x):\n    pass\n",
        "async def grad(x): pass",
        "if True:\n    def grad(x): pass",
        "class grad: pass",
        "grad = lambda x: x",
        "grad: object = print",
        "import torch\n\ngrad=1",
        "def broken(:\n\ndef grad(x):\n    return (",
    ],
)
def test_a_definition_is_found(source):
    """A function, a class or an assignment of the name is found, in broken source too."""
    assert defines_any([source], ["other", "grad"])


@pytest.mark.parametrize(
    "source",
    [
        "",
        "# def grad(x)",
        "def gradient(x): pass",
        "grad == 1",
        "check(\n    grad=1,\n)",
        "print(grad(1))",
        "grads = 1",
    ],
)
def test_a_use_is_no_definition(source):
    """Comments, calls, comparisons, keyword arguments and longer names define nothing."""
    assert not defines_any([source], ["grad"])


def test_no_name_is_defined_nowhere():
    """Without a name there is nothing to find."""
    assert not defines_any(["def grad(): pass"], [])


CLASS = """\
class Square(Function):
    \"\"\"The square.\"\"\"

    @staticmethod
    def forward(x):
        \"\"\"Return x**2.\"\"\"
        raise NotImplementedError

    @staticmethod
    def backward(ctx, grad_output):
        {}
"""


@pytest.mark.parametrize(
    ("body", "is_one"),
    [("raise NotImplementedError", True), ("pass", True), ("return 2 * grad_output", False)],
)
def test_a_class_whose_methods_do_nothing_is_a_stub(body, is_one):
    """The heads of methods are no statements; what stands in one of them is."""
    assert is_stub(CLASS.format(body), ["Square"]) is is_one
