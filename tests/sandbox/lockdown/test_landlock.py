"""What a student process may read."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.errors import IsolationError
from grader.sandbox.lockdown import kernel, landlock, session
from grader.sandbox.lockdown.landlock import Rights, check_hides, create_ruleset, known_rights, parted


def create(rights):
    """Ask the kernel for a ruleset with these rights."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(landlock, "known_rights", lambda _version: rights)
        os.close(create_ruleset(()))


def test_the_kernel_knows_exactly_these_rights():
    """The running kernel takes every right of its version and refuses one more of each kind."""
    version = landlock.abi()
    rights = known_rights(version)
    create(rights)
    if version > 10:
        pytest.skip("the kernel is newer than the table")
    for more in (
        Rights(rights.files * 2 + 1, rights.network, rights.scopes),
        Rights(rights.files, rights.network * 2 + 1, rights.scopes),
        Rights(rights.files, rights.network, rights.scopes * 2 + 1),
    ):
        with pytest.raises(OSError, match="landlock_create_ruleset"):
            create(more)


@pytest.mark.parametrize(
    ("version", "files", "network", "scopes"),
    [(1, 13, 0, 0), (2, 14, 0, 0), (3, 15, 0, 0), (4, 15, 2, 0), (5, 16, 2, 0), (6, 16, 2, 2), (7, 16, 2, 2)],
)
def test_every_version_adds_its_rights(version, files, network, scopes):
    """Each version of Landlock handles all of its own rights, and none of a later one's."""
    assert known_rights(version) == Rights(2**files - 1, 2**network - 1, 2**scopes - 1)


def test_a_later_version_keeps_what_is_known():
    """A version that this list doesn't know is asked for the rights that it does."""
    assert known_rights(99) == Rights(2**17 - 1, 2**4 - 1, 2**2 - 1)


def test_only_the_readable_is_read(person, in_child, open_folder):
    """Below a readable folder files are read and folders listed; beside it nothing is, and nothing is written."""
    for name in ("open", "closed"):
        (open_folder / name).mkdir(mode=0o777)
        (open_folder / name / "file").write_text(name)
        (open_folder / name).chmod(0o777)
        (open_folder / name / "file").chmod(0o666)

    def restrict(_pipe):
        ruleset = create_ruleset([open_folder / "open", Path("/dev/zero")])
        person.become()
        session.renounce_privileges()
        landlock.restrict(ruleset)
        assert (open_folder / "open" / "file").read_text() == "open"
        assert list((open_folder / "open").iterdir()) == [open_folder / "open" / "file"]
        os.close(os.open("/dev/zero", os.O_RDONLY))
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.fstat(ruleset)
        for refused in (
            (open_folder / "closed" / "file").read_text,
            lambda: list((open_folder / "closed").iterdir()),
            lambda: (open_folder / "open" / "file").write_text("changed"),
            (open_folder / "open" / "new").touch,
            (open_folder / "open" / "new").mkdir,
            (open_folder / "open" / "file").unlink,
            lambda: (open_folder / "open" / "link").symlink_to("file"),
            lambda: (open_folder / "closed" / "file").rename(open_folder / "open" / "moved"),
            lambda: os.open("/dev/null", os.O_RDONLY),
            lambda: os.execv("/bin/sh", ["sh"]),
        ):
            with pytest.raises(OSError, match=r"Permission denied|cross-device"):
                refused()

    in_child(restrict)


def test_a_link_leads_no_further(in_child, tmp_path):
    """A symbolic link in a readable folder doesn't make its target readable."""
    (tmp_path / "open").mkdir()
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "open" / "link").symlink_to(tmp_path / "secret")

    def restrict(_pipe):
        ruleset = create_ruleset([tmp_path / "open"])
        session.renounce_privileges()
        landlock.restrict(ruleset)
        with pytest.raises(PermissionError):
            (tmp_path / "open" / "link").read_text()

    in_child(restrict)


def test_a_readable_path_must_exist(tmp_path):
    """A path that isn't there is named, and no ruleset is left open."""
    before = len(list(Path("/proc/self/fd").iterdir()))
    with pytest.raises(IsolationError, match=r"absent.*name only paths that exist and can be read"):
        create_ruleset([tmp_path / "absent"])
    assert len(list(Path("/proc/self/fd").iterdir())) == before


@pytest.mark.parametrize("name", ["course", "course/solutions", "course/solutions/weights", "alias", "."])
def test_what_holds_a_secret_is_never_readable(tmp_path, name):
    """A readable path that is a secret, lies above one, or is another name of such a folder is refused."""
    secret = tmp_path / "course" / "solutions" / "weights"
    secret.mkdir(parents=True)
    (tmp_path / "alias").symlink_to(tmp_path / "course")
    with pytest.raises(IsolationError, match=r"which holds .*weights, which they must not; move the course"):
        check_hides([tmp_path / name], [secret])


def test_what_lies_beside_a_secret_is_readable(tmp_path):
    """A library inside the course's folder is no way to its secrets; neither is one whose secret isn't there yet."""
    library = tmp_path / "course" / ".venv" / "lib"
    library.mkdir(parents=True)
    (tmp_path / "course" / "solutions").mkdir()
    check_hides([library], [tmp_path / "course" / "solutions", tmp_path / "course" / "tests" / "hidden"])
    check_hides([library], [tmp_path / "course"])
    check_hides([tmp_path / "absent"], [tmp_path / "course"])


def test_a_secret_linked_into_a_library_is_found(tmp_path):
    """A secret path that is a link is looked up where it leads."""
    (tmp_path / "lib" / "solutions").mkdir(parents=True)
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "solutions").symlink_to(tmp_path / "lib" / "solutions")
    with pytest.raises(IsolationError, match="must not"):
        check_hides([tmp_path / "lib"], [tmp_path / "course" / "solutions"])


def test_libraries_are_precise_folders():
    """The libraries hold the standard library and the packages, and neither a prefix nor the course's own tree."""
    folders = landlock.libraries()
    prefixes = {Path(prefix).resolve() for prefix in (sys.prefix, sys.base_prefix)}
    assert any(Path(os.__file__).resolve().is_relative_to(folder) for folder in folders)
    assert any(Path(pytest.__file__).resolve().is_relative_to(folder) for folder in folders)
    assert not prefixes & set(folders)
    assert not any(Path(__file__).resolve().is_relative_to(folder) for folder in folders)


def test_a_source_tree_on_the_path_is_no_library(monkeypatch, tmp_path):
    """An entry of sys.path that is no package folder, as an editable install makes, stays unreadable."""
    (tmp_path / "site-packages").mkdir()
    (tmp_path / "course").mkdir()
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path / "course"), str(tmp_path / "site-packages"), ""])
    folders = landlock.libraries()
    assert (tmp_path / "site-packages").resolve() in folders
    assert (tmp_path / "course").resolve() not in folders
    assert Path.cwd() not in folders


def test_a_venv_in_the_course_hides_the_course(tmp_path):
    """With a virtual environment inside the course, its library is readable and the course is not."""
    course = tmp_path / "course"
    (course / "solutions").mkdir(parents=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", course / ".venv"], check=True)
    source = (
        "import sys; sys.path.append(sys.argv[1])\n"
        "from pathlib import Path\nfrom grader.sandbox.lockdown import landlock\n"
        "folders = landlock.libraries()\n"
        "landlock.check_hides(folders, [Path(sys.argv[2])])\n"
        "print(*folders, sep='\\n')\n"
    )
    root = Path(landlock.__file__).parents[3]
    answer = subprocess.run(
        [course / ".venv" / "bin" / "python", "-I", "-c", source, root, course / "solutions"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    inside = [Path(line) for line in answer if Path(line).is_relative_to(course.resolve())]
    assert inside
    assert all(folder.is_relative_to(course.resolve() / ".venv" / "lib") for folder in inside)


def test_system_paths_exist_and_are_no_home():
    """What is readable of the system exists, and holds neither users, homes nor temporary files."""
    paths = landlock.system_paths()
    assert Path("/dev/null") in paths
    for closed in ("/", "/etc", "/home", "/root", "/tmp", "/proc", "/dev", "/usr", "/var"):
        assert Path(closed) not in paths


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.ENOSYS, "use Linux 5.13 or newer"),
        (errno.EOPNOTSUPP, "add landlock to its lsm= start option"),
        (errno.EPERM, "let the container's seccomp profile pass landlock_*"),
    ],
)
def test_a_machine_without_landlock_is_told_what_to_do(monkeypatch, number, advice):
    """Each way of lacking Landlock has its own advice."""

    def fail():
        raise OSError(number, "landlock_create_ruleset")

    monkeypatch.setattr(landlock, "abi", fail)
    reason = landlock.unavailable()
    assert reason is not None
    assert advice in reason


def test_another_system_has_no_landlock(monkeypatch):
    """Without Linux the reason is the kernel's."""
    monkeypatch.setattr(kernel, "missing", lambda: "no Linux")
    assert landlock.unavailable() == "no Linux"


def test_what_lies_among_the_libraries_is_left_out(person, in_child, open_folder):
    """The entries of the folder around it are read one by one; names may be listed, and a link opens nothing."""
    library = open_folder / "site-packages"
    for name in ("torch/nn/linear.py", "grader/__init__.py", "grader/course/solutions/one.py", "six.py"):
        (library / name).parent.mkdir(parents=True, exist_ok=True)
        (library / name).write_text(name)
    (library / "link").symlink_to(library / "grader")
    whole, listed = parted([open_folder, Path("/dev/zero")], library / "grader")
    assert set(whole) == {library / "torch", library / "six.py", Path("/dev/zero")}
    assert set(listed) == {open_folder, library}
    check_hides(whole, [library / "grader" / "course" / "solutions"])

    def restrict(_pipe):
        ruleset = create_ruleset(whole, listed)
        person.become()
        session.renounce_privileges()
        landlock.restrict(ruleset)
        assert (library / "six.py").read_text() == "six.py"
        assert (library / "torch" / "nn" / "linear.py").read_text() == "torch/nn/linear.py"
        assert {each.name for each in library.iterdir()} == {"torch", "grader", "six.py", "link"}
        for name in ("grader/__init__.py", "grader/course/solutions/one.py", "link/__init__.py"):
            with pytest.raises(PermissionError):
                (library / name).read_text()

    in_child(restrict)


def test_a_folder_without_the_grader_is_read_whole(tmp_path):
    """As a clone's libraries are; what is withheld itself is never opened."""
    assert parted([tmp_path / "lib"], tmp_path / "grader") == ((tmp_path / "lib",), ())
    assert parted([tmp_path / "grader"], tmp_path / "grader") == ((), ())
