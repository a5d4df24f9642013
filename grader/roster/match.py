"""Which submission is whose.

Owns the rule that nobody loses a mark by the way a name is written: a submission is matched where one student alone can
be meant, and asked about where several can, or where a student may have two. Nothing is guessed, nothing dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial

from grader.roster.forms import folded_heading
from grader.roster.keys import STAGES, Keys, folded, unaccented, words
from grader.roster.member import Member, Roster

BY_ID = "id"
ALIKE = 0.8
"""From this similarity on, two names may be one with a slip; it leads to a question, never to a match."""
MOST_CANDIDATES = 3
MOODLE = "moodle"
IDENTIFIER = "identifier"
"""The column of Moodle's grading worksheet with the number that its folders carry."""


@dataclass(frozen=True)
class Clue:
    """What a submission tells about its student."""

    name: str
    """As the file or folder is called, or as the course system says."""
    ids: tuple[str, ...] = ()
    """Ids that the course system gave it."""
    email: str = ""
    system: str = ""
    """The course system, by the name of its roster's form; another roster may give the same number to somebody else."""


@dataclass(frozen=True)
class Match:
    """Whose a submission is, and how the name differs: `id` for not at all, else a stage of `keys`."""

    member: Member
    how: str


@dataclass(frozen=True)
class Matching:
    """A class's submissions beside its roster; every submission is in one of the first three."""

    matched: Mapping[str, Match]
    asked: Mapping[str, tuple[Member, ...]]
    """Submissions that several students may have made, or one beside another submission."""
    unknown: Mapping[str, tuple[Member, ...]]
    """Submissions of nobody on the roster, with the students whose names are most like theirs."""
    missing: tuple[Member, ...]
    """Students of whom no submission is known."""

    @property
    def doubtful(self) -> frozenset[str]:
        """Return the ids of missing students whose work may be among the submissions that nobody was matched with."""
        unsettled = (member for found in (self.asked, self.unknown) for each in found.values() for member in each)
        return frozenset(member.id for member in unsettled) & {member.id for member in self.missing}


Index = Mapping[str, Sequence[Member]]


def match(roster: Roster, clues: Mapping[str, Clue]) -> Matching:
    """Return whose each submission is; `clues` are by the submission's name."""
    book = Book(roster)
    found = {submission: book.candidates(clue) for submission, clue in clues.items()}
    claims: dict[str, list[str]] = defaultdict(list)
    for submission, (_, members) in found.items():
        if len(members) == 1:
            claims[members[0].id].append(submission)
    twice = {submission for each in claims.values() if len(each) > 1 for submission in each}
    matched = {
        submission: Match(members[0], how)
        for submission, (how, members) in found.items()
        if len(members) == 1 and submission not in twice
    }
    taken = {each.member.id for each in matched.values()}
    missing = tuple(member for member in roster.members if member.id not in taken)
    return Matching(
        matched=matched,
        asked={
            submission: members for submission, (_, members) in found.items() if members and submission not in matched
        },
        unknown={
            submission: unique([*book.of_ids(clues[submission].ids), *alike(clues[submission].name, missing)])
            for submission, (_, members) in found.items()
            if not members
        },
        missing=missing,
    )


class Book:
    """The students of a roster, to be found by ids and by each way of writing a name."""

    def __init__(self, roster: Roster) -> None:
        self.form = roster.form
        self.has_identifiers = any(folded_heading(each) == IDENTIFIER for each in roster.header)
        self.ids = indexed(roster.members, ids_of)
        self.stages = {how: indexed(roster.members, partial(named, keys=keys)) for how, keys in STAGES.items()}

    def candidates(self, clue: Clue) -> tuple[str, tuple[Member, ...]]:
        """Return who can have made a submission, by the surest way that finds anybody, and that way's name."""
        given = self.of_ids(clue.ids)
        if len(given) == 1 and self.trusts(clue):
            return BY_ID, given
        how, members = self.of_name(clue)
        both = tuple(member for member in members if member in given)
        return (BY_ID, both) if both else (how, members)

    def trusts(self, clue: Clue) -> bool:
        """Whether an id of a submission is the one that this roster has; Moodle numbers students anew in each place."""
        return clue.system == self.form and (self.form != MOODLE or self.has_identifiers)

    def of_ids(self, ids: Iterable[str]) -> tuple[Member, ...]:
        """Return who has one of some ids."""
        return unique(member for value in ids for member in self.ids.get(folded(value), ()))

    def of_name(self, clue: Clue) -> tuple[str, tuple[Member, ...]]:
        """Return who is meant by an e-mail, a name that is an id, or else a name."""
        for value in (clue.email, clue.name):
            if members := self.of_ids([value]):
                return BY_ID, members
        for how, keys in STAGES.items():
            members = unique(each for key in sorted(keys(clue.name)) if key for each in self.stages[how].get(key, ()))
            if members:
                return how, members
        return "", ()


def indexed(members: Iterable[Member], keys: Callable[[Member], frozenset[str]]) -> Index:
    """Return students by the keys that each has."""
    index: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        for key in keys(member):
            index[key].append(member)
    return index


def ids_of(member: Member) -> frozenset[str]:
    """Return what names a student without a doubt: ids, logins, the e-mail and its part before the @."""
    values = [member.id, *member.others, member.email, member.email.partition("@")[0]]
    return frozenset(folded(value) for value in values if value.strip())


def named(member: Member, *, keys: Keys) -> frozenset[str]:
    """Return the keys of a student's name."""
    return keys(member.name) - {""}


def unique(members: Iterable[Member]) -> tuple[Member, ...]:
    """Return students without repetition, in their order."""
    return tuple({member.id: member for member in members}.values())


def alike(name: str, members: Iterable[Member]) -> tuple[Member, ...]:
    """Return the students whose names are most like a name: a slip, a part, or a word more."""
    parts = set(map(unaccented, words(name)))
    scored = []
    for member in members:
        others = set(map(unaccented, words(member.name)))
        if parts and others and (parts <= others or others <= parts):
            scored.append((1.0, member))
            continue
        matcher = SequenceMatcher(None, " ".join(sorted(parts)), " ".join(sorted(others)))
        if matcher.real_quick_ratio() >= ALIKE and (score := matcher.ratio()) >= ALIKE:
            scored.append((score, member))
    best = sorted(scored, key=lambda each: (-each[0], each[1].line))
    return tuple(member for _, member in best[:MOST_CANDIDATES])
