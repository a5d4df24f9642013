"""Which submission is whose, however the name is written."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

import pytest

from grader.roster.match import Clue, Matching, match
from grader.roster.member import Member, Roster


def roster(*names: str, form: str = "own", header: tuple[str, ...] = ()) -> Roster:
    members = tuple(Member(str(number), name, line=number + 1) for number, name in enumerate(names, 1))
    return Roster(Path("roster.csv"), form, header, members)


def matching(students: Roster, *names: str) -> Matching:
    return match(students, {name: Clue(name) for name in names})


def whose(found: Matching) -> dict[str, str]:
    return {submission: each.member.name for submission, each in found.matched.items()}


@pytest.mark.parametrize(
    ("name", "handed_in", "how"),
    [
        ("Mei Chen", "mei chen", "case"),
        ("José García", normalize("NFD", "José García"), "case"),
        ("Straße Jo", "STRASSE JO", "case"),
        ("Ｍei Chen", "Mei Chen", "case"),
        ("Mei Chen", "Chen, Mei", "order"),
        ("Mei Chen", "chen_mei", "order"),
        ("Seán O'Brien", "O’Brien Seán", "order"),
        ("José García", "Garcia Jose", "accents"),
        ("Łukasz Żak", "lukasz zak", "accents"),
        ("Jürgen Müller", "juergen mueller", "accents"),
        ("Nguyễn Văn An", "van an nguyen", "accents"),
        ("Mei Chen", "chenmei", "blanks"),
        ("Jean-Luc Picard", "JeanLuc Picard", "blanks"),
    ],
)
def test_a_name_is_found_however_it_is_written(name, handed_in, how):
    """Case, Unicode form, order, accents and blanks make no stranger."""
    found = matching(roster(name, "Somebody Else"), handed_in)
    assert whose(found) == {handed_in: name}
    assert found.matched[handed_in].how == how


def test_a_name_that_two_students_could_have_is_asked_about():
    """Where the names of two students differ by order alone, neither is taken."""
    found = matching(roster("Mei Chen", "Chen Mei"), "chenmei")
    assert not found.matched
    assert [member.name for member in found.asked["chenmei"]] == ["Mei Chen", "Chen Mei"]
    assert found.doubtful == {"1", "2"}


def test_the_nearer_way_of_writing_wins():
    """An exact name is no question because another differs by an accent."""
    found = matching(roster("Anna Müller", "Anna Muller"), "anna müller", "Muller, Anna")
    assert whose(found) == {"anna müller": "Anna Müller", "Muller, Anna": "Anna Muller"}


def test_two_submissions_of_one_student_are_asked_about():
    """Neither of two submissions counts by itself."""
    found = matching(roster("Mei Chen"), "Mei Chen", "chen mei")
    assert set(found.asked) == {"Mei Chen", "chen mei"}
    assert found.doubtful == {"1"}


def test_a_stranger_is_unknown_and_the_nearest_names_are_told():
    """A slip in a name leads to a question, never to a match."""
    found = matching(roster("Mei Chen", "Bo Li"), "Mei Chenn", "Zoe Quist")
    assert not found.matched
    assert [member.name for member in found.unknown["Mei Chenn"]] == ["Mei Chen"]
    assert found.unknown["Zoe Quist"] == ()
    assert [member.name for member in found.missing] == ["Mei Chen", "Bo Li"]


def test_an_id_of_the_same_system_settles_it():
    """Canvas' own id needs no name."""
    students = roster("Mei Chen", "Chen Mei", form="canvas")
    found = match(students, {"chenmei": Clue("chenmei", ("2",), system="canvas")})
    assert found.matched["chenmei"].member.id == "2"


def test_a_number_of_another_system_never_matches_by_itself():
    """Moodle's number of a participant may be somebody else's matriculation number."""
    students = roster("Mei Chen", "Bo Li", form="moodle", header=("ID number", "Full name"))
    found = match(students, {"Zoe Quist": Clue("Zoe Quist", ("2",), system="moodle")})
    assert not found.matched
    assert [member.name for member in found.unknown["Zoe Quist"]] == ["Bo Li"]


def test_an_id_settles_between_names_that_fit():
    """A number that is not trusted alone still tells two namesakes apart."""
    students = roster("Mei Chen", "Mei Chen", form="own")
    found = match(students, {"mei": Clue("Mei Chen", ("2",), system="canvas")})
    assert found.matched["mei"].member.id == "2"


def test_a_folder_named_as_an_id_or_an_email_is_found():
    """Logins and e-mails are names, too."""
    member = Member("m1", "Mei Chen", email="mei.chen@uni.example", others=("mchen",))
    students = Roster(Path("roster.csv"), "own", (), (member,))
    for name in ("M1", "mchen", "mei.chen", "Mei.Chen@uni.example"):
        assert whose(matching(students, name)) == {name: "Mei Chen"}


def test_a_class_of_300_loses_nobody():
    """Twelve names are written differently, five are missing, four are unknown: all are told."""
    names = [f"Given{number:03} Fämily{number:03}" for number in range(300)]
    handed_in = names[:295]
    ways = [str.upper, str.lower, lambda name: normalize("NFD", name), lambda name: ", ".join(reversed(name.split()))]
    ways += [lambda name: name.replace("ä", "a"), lambda name: name.replace("ä", "ae").replace(" ", "_")]
    for number in range(12):
        handed_in[number] = ways[number % len(ways)](names[number])
    strangers = [f"Stranger Nobody{number}x" for number in range(4)]
    found = matching(roster(*names), *handed_in, *strangers)
    assert len(found.matched) == 295
    assert sum(submission != each.member.name for submission, each in found.matched.items()) == 12
    assert [member.name for member in found.missing] == names[295:]
    assert set(found.unknown) == set(strangers)
    assert not found.asked
