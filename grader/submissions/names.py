"""Names that strangers chose, made fit to be shown, compared and used as the name of a folder.

Owns what a file's name says: whether it counts, of which kind it is, whose it is. Opens nothing.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping

SOURCES = (".py", ".ipynb")
ARCHIVES = (".zip", ".tar.gz", ".tgz", ".tar")
FOREIGN_ARCHIVES = (".7z", ".rar", ".xz", ".txz", ".bz2", ".tbz2", ".gz", ".zst")
"""Archives that are not opened; `.tar.gz` is looked for first."""
DOCUMENTS = (".doc", ".docx", ".odt", ".pages", ".pdf", ".rtf", ".txt", ".htm", ".html", ".png", ".jpg", ".jpeg", ".r")
"""What may be somebody's work though nobody can run it."""
ABOUT_OTHERS = re.compile(r"(?i:readme|license|licence|requirements|changelog)\b.*")
"""What tells of other files, and is no work by itself."""
INSTRUCTORS = (
    ".csv",
    ".tsv",
    ".xls",
    ".xlsx",
    ".ods",
    ".yaml",
    ".yml",
    ".json",
    ".md",
    ".toml",
    ".ini",
    ".cfg",
    ".log",
)
"""What lies in a class's folder and is no student's work."""
ANSWER_SHEET = "answers.yaml"
"""The file with a student's answers to quizzes."""

LONGEST = 100
LONGEST_BYTES = 200  # a folder's name has 255 bytes on most disks; leave room for what is appended

ENVIRONMENTS = frozenset({"venv", "virtualenv", "site-packages", "dist-packages", "node_modules"})
ENVIRONMENT_MARKS = ("pyvenv.cfg", "conda-meta")
"""What lies at the top of a virtual environment, whatever it is called."""
KEPT_VERSIONS = re.compile(r"(?i:archived?|backup|copy|drafts?|final|old(er)?|previous|src|submission|tests?|tmp|v\d+)")
"""Folders in which one student keeps more of the same; no student is called so."""
COPY = re.compile(
    r"(?i:copy of |kopie von )?(?P<stem>\w+?)(?:"
    r"(?i:[ _]*\(\d+\)|[ _-]+copy(?:[ _]*\(?\d+\)?)?|-copy\d*|[-_]v?\d+|[-_]final)"
    r"|[ _-]*(?:副本|拷贝)(?:[ _]*\(?\d+\)?)?)?"
)
"""How browsers, systems and learning platforms rename a second file of the same name."""

LITTER = frozenset({"__macosx", "__pycache__", "thumbs.db", "desktop.ini"})
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})  # control, bidi and zero-width, surrogates, private
UNFIT = re.compile(r'[/\\:<>"|?*]')
RESERVED = re.compile(
    r"(?i:(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?|(?:grades|roster)\.csv|grades\.json|internal\.log)"
)


def suffix_of(name: str, suffixes: tuple[str, ...]) -> str:
    """Return the one of `suffixes` that `name` ends with, whatever its case, or an empty string."""
    return next((suffix for suffix in suffixes if name.lower().endswith(suffix)), "")


def stem_of(name: str) -> str:
    """Return `name` without the suffix of a source or an archive, opened here or not."""
    return name[: len(name) - len(suffix_of(name, SOURCES + ARCHIVES + FOREIGN_ARCHIVES))]


def original_stem(name: str) -> str:
    """Return the stem of the file that `name` seems to be a renamed copy of; its own where it seems to be none."""
    stem = stem_of(name)
    found = COPY.fullmatch(stem)
    return found["stem"] if found else stem


def is_environment(name: str) -> bool:
    """Say whether a folder of this name holds installed packages, which are nobody's answer."""
    return name.lower() in ENVIRONMENTS


def is_hidden(name: str) -> bool:
    """Say whether a file or folder of this name was never meant to be handed in."""
    return name.startswith((".", "~$")) or name.lower() in LITTER


def is_public_test(name: str) -> bool:
    """Say whether a file of this name is a public test, which the course itself gave out."""
    return name.startswith("test_")


def is_foreign_archive(name: str) -> bool:
    """Say whether a file of this name is an archive of a kind that is not opened."""
    return bool(suffix_of(name, FOREIGN_ARCHIVES)) and not suffix_of(name, ARCHIVES)


def is_notebook(name: str) -> bool:
    """Say whether a file of this name is a notebook."""
    return bool(suffix_of(name, (".ipynb",)))


def is_document(name: str) -> bool:
    """Say whether a file of this name may be work of a kind that nobody can run."""
    return bool(suffix_of(name, DOCUMENTS)) and not ABOUT_OTHERS.fullmatch(name)


def is_answer(name: str) -> bool:
    """Say whether a file of this name, among others, may answer an exercise or a quiz."""
    return is_answer_sheet(name) or (bool(suffix_of(name, SOURCES)) and not is_public_test(name))


def may_matter(name: str) -> bool:
    """Say whether a file of this name is an answer, or an archive that may hold one."""
    return is_answer(name) or bool(suffix_of(name, ARCHIVES)) or is_foreign_archive(name)


def is_answer_sheet(name: str) -> bool:
    """Say whether a file of this name holds a student's answers to quizzes."""
    return name.lower() == ANSWER_SHEET


def shown(name: str) -> str:
    """Return `name` as it is safe to print: nothing invisible, at most 100 characters."""
    visible = "".join(character for character in name if unicodedata.category(character) not in INVISIBLE)
    return visible if len(visible) <= LONGEST else visible[: LONGEST - 1] + "…"


def student_name(original: str, *, shorter_by: int = 0) -> str:
    """Return `original` as a name that is also fit for a folder on any system; never empty."""
    name = UNFIT.sub("_", shown(unicodedata.normalize("NFC", original)))
    name = name[: LONGEST - shorter_by].encode()[: LONGEST_BYTES - shorter_by].decode(errors="ignore")
    name = name.strip(". ")
    if not name:
        return "student"
    return f"_{name[: LONGEST - 1 - shorter_by]}" if RESERVED.fullmatch(name) else name


def unique_names(originals: Iterable[str]) -> Mapping[str, str]:
    """Return a student's name for each original; two that would meet on some disk are told apart by a hash.

    A name that needed no mending keeps its form; nobody can take it by a name that only looks the same.
    """
    taken: set[str] = set()
    names: dict[str, str] = {}
    for original in sorted(set(originals), key=lambda each: (student_name(each) != each, each)):
        name = student_name(original)
        salt = original.encode(errors="surrogatepass")
        while name.casefold() in taken:
            salt = hashlib.sha256(salt).hexdigest().encode()
            name = f"{student_name(original, shorter_by=10)}-{salt[:8].decode()}"
        taken.add(name.casefold())
        names[original] = name
    return names
