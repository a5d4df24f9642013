"""Reading YAML into records: what is wrong is told by file and line, with a remedy, and never as a traceback."""

import re

import pytest

from grader.errors import ContentError
from grader.yamlfile import MAX_BYTES, Frozen, load_yaml


class Pen(Frozen):
    """A record to read."""

    colour: str
    width: float = 1.0


class Box(Frozen):
    """A record that holds others."""

    owner: str
    pens: tuple[Pen, ...] = ()


BOX = """\
# Whose box it is.
owner: ada
pens:
  - {colour: red}
  - colour: blue
    width: 2.5
"""


@pytest.fixture
def read(tmp_path):
    """Return what reads text or bytes as a box."""

    def read_box(content):
        path = tmp_path / "box.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return load_yaml(path, Box)

    return read_box


@pytest.fixture
def problem_of(read, tmp_path):
    """Return what gives the error of a broken box, which names its file and takes one line."""

    def problem(content):
        with pytest.raises(ContentError) as caught:
            read(content)
        assert caught.value.path == tmp_path / "box.yaml"
        assert str(caught.value).startswith(str(tmp_path / "box.yaml"))
        return caught.value

    return problem


def test_a_good_file_becomes_a_record(read):
    """Every value arrives, and what is left out has its default."""
    assert read(BOX) == Box(owner="ada", pens=(Pen(colour="red"), Pen(colour="blue", width=2.5)))


def test_a_file_may_hold_a_list(tmp_path):
    """The model may be any type that pydantic knows, not a record alone."""
    path = tmp_path / "pens.yaml"
    path.write_text("- {colour: red}\n- {colour: 墨绿}\n", encoding="utf-8")
    assert load_yaml(path, tuple[Pen, ...]) == (Pen(colour="red"), Pen(colour="墨绿"))


def test_a_byte_order_mark_is_no_part_of_the_text(read):
    """A file saved by an editor that marks its UTF-8 reads like any other."""
    assert read(b"\xef\xbb\xbf" + BOX.encode()) == read(BOX)


def test_a_record_stays_as_it_was_read(read):
    """A frozen record refuses to be changed."""
    with pytest.raises(ValueError, match="frozen"):
        read(BOX).owner = "bob"


def test_an_anchor_that_nobody_uses_is_fine(read):
    """Only aliases can blow a file up."""
    assert read("owner: &name ada\n").owner == "ada"


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ("owner: ada", "owner: [ada]", 2, "owner must be a text, not a list"),
        ("owner: ada", "owner: ~", 2, "owner must be a text, not nothing"),
        ("width: 2.5", "width: wide", 6, "pens.1.width must be a number, not 'wide'"),
        ("width: 2.5", "wdth: 2.5", 6, "pens.1.wdth is not a known key; did you mean width?"),
        ("owner: ada", "owner: 7", 2, "owner must be a text, not 7; put it in quotes"),
        ("width: 2.5", "shape: 2.5", 6, "pens.1.shape is not a known key; remove it or correct its spelling"),
        ("owner: ada", "ovner: ada", 2, "ovner is not a known key; did you mean owner?"),
        ("{colour: red}", "{width: 1}", 4, "pens.0.colour is missing; add it"),
        ("- colour: blue\n    width", "- width", 5, "pens.1.colour is missing; add it"),
        ("pens:", "pen:", 3, "pen is not a known key; did you mean pens?"),
    ],
)
def test_a_value_of_the_wrong_form_is_told_by_its_line(problem_of, old, new, line, problem):
    """The line is that of the value, or of the nearest part around one that is missing."""
    found = problem_of(BOX.replace(old, new))
    assert found.line == line
    assert problem in found.problem


def test_a_missing_top_level_key_is_told_by_the_first_line_of_the_record(problem_of):
    """A key that is nowhere has no line of its own: the place where it belongs is given."""
    found = problem_of(BOX.replace("owner: ada\n", ""))
    assert (found.line, found.problem) == (2, "owner is missing; add it")


def test_another_kind_of_document_is_told_as_such(problem_of):
    """A list where a record belongs is the file's problem as a whole."""
    found = problem_of("- ada\n")
    assert found.line == 1
    assert found.problem.startswith("the file must be keys with values, as `key: value`, not a list")


def test_a_long_value_is_cut_in_the_message(problem_of):
    """A message stays readable however long the value is that caused it."""
    found = problem_of(f"{BOX}".replace("2.5", "x" * 5000))
    assert found.problem.endswith("...")
    assert len(found.problem) < 200


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (BOX + "owner: bob\n", 7),
        (BOX.replace("{colour: red}", "{colour: red, colour: blue}"), 4),
        (BOX + "    width: 3\n", 7),
    ],
)
def test_a_key_that_stands_twice_is_refused(problem_of, content, line):
    """YAML would silently lose the first of them."""
    found = problem_of(content)
    assert found.line == line
    assert re.fullmatch(r"the key '(owner|colour|width)' stands twice; remove one", found.problem)


def test_an_alias_bomb_is_refused_before_it_grows(problem_of):
    """Ten lines that stand for 10^9 words never become more than ten lines."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    found = problem_of("\n".join(lines))
    assert found.line == 2
    assert found.problem == "this is not valid YAML: aliases (*name) are not allowed here"


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("owner: [ada\npens: 1\n", 2, "expected ',' or ']'"),
        ("owner: ada\n\tpens: []\n", 2, "cannot start any token"),
        ("owner: 'ada\n", 2, "found unexpected end of stream"),
        ("owner: ada\n---\nowner: bob\n", 2, "found another document"),
        ("owner: ada: bob\n", 1, "mapping values are not allowed here"),
    ],
)
def test_what_is_not_yaml_is_told_by_its_line(problem_of, content, line, reason):
    """The parser's own reason and line are kept."""
    found = problem_of(content)
    assert found.line == line
    assert found.problem.startswith("this is not valid YAML: ")
    assert reason in found.problem


@pytest.mark.parametrize(
    ("width", "reason"),
    [
        (f"0x{'f' * 6000}", "this number is too long"),
        ("9" * 5000, "this number is too long"),
        (":".join(["1"] * 5000), "this number is too long"),
        (f"1{':1' * 5000}.5", "this number is too long"),
        ("!!int ''", "no such value: "),
        ("!!float five", "no such value: "),
        ("2026-13-32", "no such value: "),
        ("!!timestamp soon", "no such value: "),
        ("!!python/object/apply:os.system [id]", "could not determine a constructor"),
    ],
)
def test_a_value_that_cannot_be_built_is_told_by_its_line(problem_of, width, reason):
    """Endless numbers, impossible dates and foreign types are the file's fault, told at their place."""
    found = problem_of(f"owner: ada\npens:\n  - colour: red\n    width: {width}\n")
    assert found.line == 4
    assert reason in found.problem


def test_an_escape_that_is_no_character_is_told(problem_of):
    """A code point past the last one is broken YAML, although the parser itself stumbles over it."""
    assert problem_of('owner: "\\U00110000"\n').problem.startswith("this is not valid YAML: ")


def test_a_number_of_a_hundred_digits_is_read(read):
    """What a person might write is still a number."""
    assert read(f"owner: ada\npens: [{{colour: red, width: {'9' * 100}}}]\n").pens[0].width == float("9" * 100)


@pytest.mark.parametrize("content", ["", "\n\n", "# nothing yet\n"])
def test_an_empty_file_is_told_as_empty(problem_of, content):
    """A file without content says what to do instead of failing on a type."""
    assert problem_of(content).problem == "the file is empty; fill it in"


@pytest.mark.parametrize("content", [bytes(range(256)), BOX.encode("utf-16"), "owner: 王".encode("gb18030")])
def test_what_is_not_utf8_is_refused(problem_of, content):
    """Binary data and other encodings are named as what to save anew."""
    assert problem_of(content).problem == "the file is not UTF-8 text; save it as UTF-8"


def test_a_huge_file_is_refused_unread(problem_of):
    """Content is small: what is larger than the limit is a mistake, and one byte less is read."""
    comment = BOX.encode() + b"#" * (MAX_BYTES - len(BOX.encode()))
    found = problem_of(comment + b"#")
    assert found.problem == f"the file is larger than {MAX_BYTES} bytes; split it"


def test_a_file_of_the_greatest_size_is_read(read):
    """The limit itself still holds content."""
    assert read(BOX.encode() + b"#" * (MAX_BYTES - len(BOX.encode()))).owner == "ada"


def test_a_missing_file_is_told_as_missing(tmp_path):
    """The path and the remedy stand in one sentence."""
    with pytest.raises(ContentError) as caught:
        load_yaml(tmp_path / "box.yaml", Box)
    assert str(caught.value) == f"{tmp_path / 'box.yaml'}: the file is missing; create it or correct the name"


def test_a_folder_in_the_place_of_a_file_is_told(tmp_path):
    """What the system says about a path that can't be read is passed on."""
    with pytest.raises(ContentError, match=r"the file can't be read \(Is a directory\)"):
        load_yaml(tmp_path, Box)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("2025-02-30", id="a day that does not exist"),
        pytest.param("2025-01-01 99:00:00", id="an hour that does not exist"),
        pytest.param("1" * 5000, id="a number of 5000 digits"),
        pytest.param("!!int ada", id="a tag that its value does not fit"),
        pytest.param("!!python/object/apply:os.getcwd []", id="a tag that would run code"),
        pytest.param("!colour red", id="a tag of somebody's own"),
        pytest.param("!!set [1]", id="a tag on another kind of node"),
    ],
)
def test_a_value_that_yaml_cannot_build_is_told_by_its_line(problem_of, value):
    """A value that is well-formed text and still no value is the author's mistake, named by its line."""
    assert problem_of(f"pens: []\nowner: {value}\n").line == 2


@pytest.mark.parametrize("key", ["[a, b]", "{a: b}"])
def test_a_key_that_is_no_word_is_told_by_its_line(problem_of, key):
    """A list or a mapping in the place of a key is no key that anybody knows."""
    assert problem_of(f"owner: ada\n? {key}\n: 1\n").line == 2


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
def test_nesting_without_end_is_refused(problem_of, opening, closing):
    """Nesting far beyond any content is told as the file's problem, not as the parser's exhaustion."""
    assert problem_of(opening * 5000 + "1" + closing * 5000).problem


def test_a_control_character_is_told_in_one_line(problem_of):
    """A character that YAML forbids is named with its line, in one sentence."""
    found = problem_of("pens: []\nowner: 'a\x07da'\n")
    assert "\n" not in found.problem
    assert found.line == 2
