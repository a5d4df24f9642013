"""The sample class as the learning platforms would give it to its teacher, by their documented naming rules.

Canvas      a flat folder: `<name>[_LATE]_<user>_<attachment>_<file>`, names in small letters without blanks; `-1`
            stands behind the name of a file that was handed in before
Moodle      `<Full Name>_<participant>_assignsubmission_file_/`, and online text in a folder beside it
Gradescope  `submission_<number>/`, and `submission_metadata.yml` with submitters and times
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
SUBMISSIONS = HERE / "submissions"
SUFFIXES = (".py", ".ipynb", ".zip", ".tar.gz", ".tgz", ".docx")

Files = dict[str, bytes]
"""The content of each file of a download, by its path in it."""


def handed_in() -> dict[str, Files]:
    """Return the files that each student handed in, by their paths; links are left out, as no platform takes any."""
    found: dict[str, Files] = {}
    for path in sorted(SUBMISSIONS.iterdir()):
        student = next((path.name.removesuffix(each) for each in SUFFIXES if path.name.endswith(each)), path.name)
        paths = [each for each in sorted(path.rglob("*")) if each.is_file()] if path.is_dir() else [path]
        home = path if path.is_dir() else path.parent
        files = {each.relative_to(home).as_posix(): each.read_bytes() for each in paths if not each.is_symlink()}
        found.setdefault(student, {}).update(files)
    return {student: files for student, files in found.items() if files}


def canvas(students: Mapping[str, Files]) -> Files:
    """Return the download of a Canvas assignment; who has folders hands in a zip, for Canvas takes files alone."""
    download: Files = {}
    for number, (student, files) in enumerate(students.items(), 1):
        late = "_LATE" if number % 5 == 0 else ""
        flat = {"work.zip": zipped(files)} if any("/" in name for name in files) else files
        for count, (name, content) in enumerate(flat.items(), 1):
            stem, dot, suffix = name.partition(".")
            again = f"{stem}-1{dot}{suffix}" if number % 3 == 0 and suffix in {"py", "ipynb"} else name
            download[f"{student.replace('_', '')}{late}_{1000 + number}_{50_000 + 100 * number + count}_{again}"] = (
                content
            )
    return download


def moodle(students: Mapping[str, Files]) -> Files:
    """Return the download of a Moodle assignment; every fourth student wrote something online, too."""
    download: Files = {}
    for number, (student, files) in enumerate(students.items(), 1):
        start = f"{student.replace('_', ' ').title()}_{700_000 + number}_assignsubmission"
        download |= {f"{start}_file_/{name}": content for name, content in files.items()}
        if number % 4 == 0:
            download[f"{start}_onlinetext_/onlinetext.html"] = b"<p>See my files.</p>"
    return download


def gradescope(students: Mapping[str, Files]) -> Files:
    """Return the export of a Gradescope assignment."""
    download: Files = {}
    metadata = {}
    for number, (student, files) in enumerate(students.items(), 1):
        folder = f"submission_{98_000_000 + number}"
        download |= {f"{folder}/{name}": content for name, content in files.items()}
        submitter = {":name": student.replace("_", " ").title(), ":sid": str(number), ":email": f"{number}@example.edu"}
        metadata[folder] = {
            ":submitters": [submitter],
            ":created_at": f"2026-03-01 10:{number:02}:00.123 Z",
            ":score": 0.0,
        }
    download["submission_metadata.yml"] = yaml.safe_dump(metadata, allow_unicode=True).encode()
    return download


PLATFORMS: Mapping[str, Callable[[Mapping[str, Files]], Files]] = {
    "canvas": canvas,
    "moodle": moodle,
    "gradescope": gradescope,
}


def zipped(files: Files) -> bytes:
    """Return a zip of files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def write(files: Files, folder: Path) -> Iterator[Path]:
    """Write files below a folder; yield each."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        yield path
