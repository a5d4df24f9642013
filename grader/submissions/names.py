"""Names that strangers chose, made fit to be shown, compared and used as the name of a folder.

Owns what a file's name says: whether it counts, of which kind it is, whose it is. Opens nothing.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping

SOURCES = (".py", ".ipynb")
ARCHIVES = (".zip", ".tar.gz", ".tgz")
ANSWER_SHEET = "answers.yaml"
"""The file with a student's answers to quizzes."""

LONGEST = 100
LONGEST_BYTES = 200  # a folder's name has 255 bytes on most disks; leave room for what is appended

LITTER = frozenset({"__macosx", "__pycache__", "thumbs.db", "desktop.ini"})
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})  # control, bidi and zero-width, surrogates, private
UNFIT = re.compile(r'[/\\:<>"|?*]')
RESERVED = re.compile(r"(?i:(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?|grades\.(?:csv|json)|internal\.log)")


def suffix_of(name: str, suffixes: tuple[str, ...]) -> str:
    """Return the one of `suffixes` that `name` ends with, whatever its case, or an empty string."""
    return next((suffix for suffix in suffixes if name.lower().endswith(suffix)), "")


def stem_of(name: str) -> str:
    """Return `name` without the suffix of a source or an archive."""
    return name[: len(name) - len(suffix_of(name, SOURCES + ARCHIVES))]


def is_hidden(name: str) -> bool:
    """Say whether a file or folder of this name was never meant to be handed in."""
    return name.startswith((".", "~$")) or name.lower() in LITTER


def is_public_test(name: str) -> bool:
    """Say whether a file of this name is a public test, which the course itself gave out."""
    return name.startswith("test_")


def is_answer(name: str) -> bool:
    """Say whether a file of this name, among others, may answer an exercise or a quiz."""
    return is_answer_sheet(name) or (bool(suffix_of(name, SOURCES)) and not is_public_test(name))


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
