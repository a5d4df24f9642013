"""Saying what counts of a student once all is graded that may count, and writing down why it changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from grader.grading.attempts import moment, parts_of
from grader.grading.grounds import Grounds
from grader.grading.keys import Keys
from grader.grading.options import Assignment
from grader.grading.roll import Counts, Roll
from grader.grading.standing import facts_of, ledger_details, points_of
from grader.results.parts import WHOLE
from grader.store.ledger import Entry, last_judged
from grader.store.rows import Current, FactsRow, HandIn, Known, LedgerRow, StudentRow

KnownFacts = Mapping[tuple[str, str], Known]
"""What facts there are of a student, by part and digest."""
SHORT = 8
"""So many digits of a digest tell in the ledger whether a ground changed."""


@dataclass
class Settler:
    """Settles students, for one run."""

    assignment: Assignment
    roll: Roll
    keys: Keys
    run: int
    kind: str = "graded"
    never_lower: bool = False
    lowered: int = 0
    """How many parts would have lost points, and did not."""
    entries: list[tuple[str, Entry, LedgerRow | None]] = field(default_factory=list)
    """What changed in this run: the student, the entry, and what stood in the ledger before."""

    def settle(self, row: StudentRow, known: KnownFacts, fresh: Sequence[FactsRow] = ()) -> Counts:
        """Say what counts of a student and return it; `fresh` are facts that need not be read out of the store."""
        book = self.roll.book
        hand_ins = self.roll.hand_ins.get(row.id, [])
        before = book.current(row.id)
        counting = self._counting(row, known)
        asked = self._asked(row, counting)
        there = {part: digest for part, digest in asked.items() if (part, digest) in known}
        wanted = {**before.facts, **there}
        found = {each.part: each for each in fresh if wanted.get(each.part) == each.digest}
        if rest := {part: digest for part, digest in wanted.items() if part not in found}:
            found |= book.facts(row.id, rest)
        entries: list[Entry] = []
        if self.never_lower:
            entries, found = self._without_losses(row, before, found, known)
            wanted |= {part: each.digest for part, each in found.items()}
        entries += self._entries(row, counting, found)
        current = Current(wanted, {unit: each.id for unit, each in counting.items()})
        is_complete = all((at := known.get(place)) is not None and at.is_final for place in asked.items())
        state = self.keys.state(row, hand_ins) if is_complete else ""
        book.settle(row.id, current, state, entries)
        self.roll.students[row.name] = replace(row, state=state)
        return current, found

    def _counting(self, row: StudentRow, known: KnownFacts) -> Mapping[str, HandIn]:
        """Return which submission counts for each unit."""
        keys = {each.id: self.keys.of(row, each) for each in self.roll.hand_ins.get(row.id, [])}

        def points(hand_in: HandIn, part: str) -> float:
            found = known.get((part, keys[hand_in.id].get(part, "")))
            return found.points if found else 0.0

        return self.roll.choice(row).counting(points)

    def _asked(self, row: StudentRow, counting: Mapping[str, HandIn]) -> dict[str, str]:
        """Return the digests of the facts that should count."""
        parts: dict[str, HandIn] = {}
        for unit in self.assignment.course.config.units:
            if unit.name in counting:
                parts |= dict.fromkeys(parts_of(unit), counting[unit.name])
        if counting:
            parts[WHOLE] = max(counting.values(), key=moment)
        keys = {each.id: self.keys.of(row, each) for each in counting.values()}
        return {part: keys[each.id][part] for part, each in parts.items() if part in keys[each.id]}

    def _without_losses(
        self, row: StudentRow, before: Current, found: Mapping[str, FactsRow], known: KnownFacts
    ) -> tuple[list[Entry], dict[str, FactsRow]]:
        """Return what the ledger says of lower points, and facts of which none has fewer than those that counted."""
        earlier = self.roll.book.facts(row.id, before.facts)
        lower = {
            part: new
            for part, new in found.items()
            if part != WHOLE and part in earlier and earlier[part].points > new.points
        }
        final = {part: each.digest for part, each in lower.items() if known[part, each.digest].is_final}
        self.roll.book.keep_instead(row.id, {part: (new, earlier[part].digest) for part, new in final.items()})
        self.lowered += len(lower)
        return list(map(self._kept, lower.values())), {**found, **{part: earlier[part] for part in lower}}

    def _kept(self, lower: FactsRow) -> Entry:
        """Return what the ledger says of facts that would have lowered the points."""
        facts = facts_of(lower.part, lower.content)
        return Entry(lower.part, self.run, "kept", lower.digest, *points_of(facts), ledger_details(facts))

    def _entries(
        self, row: StudentRow, counting: Mapping[str, HandIn], found: Mapping[str, FactsRow]
    ) -> Iterator[Entry]:
        """Yield what the ledger does not say yet."""
        told = last_judged(self.roll.book.store, row.id, row.name)
        for part, each in found.items():
            if part == WHOLE:
                continue
            facts = facts_of(part, each.content)
            points, most = points_of(facts)
            details = ledger_details(facts) | self._grounds(part, counting)
            before = told.get(part)
            if before and (before.digest, before.points, before.details.get("verdict")) == (
                each.digest,
                points,
                details.get("verdict"),
            ):
                continue
            entry = Entry(part, self.run, self.kind, each.digest, points, most, details)
            self.entries.append((row.name, entry, before))
            yield entry

    def _grounds(self, part: str, counting: Mapping[str, HandIn]) -> dict[str, Any]:
        """Return what a part's facts rest on, in short."""
        grounds: Grounds = self.keys.grounds
        unit = next((each.name for each in self.assignment.course.config.units if part in parts_of(each)), "")
        hand_in = counting.get(unit)
        return {
            "course": self.assignment.course.version,
            "submission": hand_in.digest[:SHORT] if hand_in else "",
            "source": hand_in.sources.get(part, "")[:SHORT] if hand_in else "",
            "grounds": {name: digest[:SHORT] for name, digest in grounds.parts.get(part, {}).items()},
        }
