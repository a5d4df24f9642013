"""The `student` of a hidden test: a submission for one exercise, called in its own process during one check.

Turns calls into requests, and what comes back into an `Answer` or a finding. Knows nothing of points.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from grader.comparison.evidence import Aspect, Seen
from grader.config.course_config import Tolerances
from grader.judge.answer import Answer
from grader.judge.call import CallLog, MadeCall
from grader.judge.findings import EnoughShrinking, RuleBroken, StudentRaised, StudentStopped, SubmissionUnusable
from grader.judge.memory import digest
from grader.judge.program import Program
from grader.judge.talk import Talk
from grader.judge.words import is_out_of_memory, missing_finding, raised_finding
from grader.protocol.frames import Frame, pack_frame
from grader.protocol.messages import Call, Loaded, Observe, Observed, Raised, encode_request
from grader.protocol.values import Decoder, Encoder
from grader.sandbox.guard import ForbiddenCall
from grader.sandbox.pickling import pickle_callable
from grader.wording.message import Message, message

THE_SAME_FOR_EVERY_INPUT = (
    "judge.not_implemented",
    "judge.wrong_arguments",
    "judge.no_compiler",
    "judge.no_process_group",
    "judge.raised_import",
)
MAX_REQUEST = 64 * 1024 * 1024


@dataclass
class Student:
    """A submission for one exercise, as one hidden test calls it."""

    talk: Talk
    loaded: Loaded
    tolerances: Tolerances
    probe_seed: int = 0
    shrinking_attempts: int = 120
    answers: list[Answer] = field(default_factory=list)
    calls: CallLog = field(default_factory=CallLog)
    _attempts_left: int = 0

    @property
    def program(self) -> Program:
        """Return the source that is called."""
        return self.talk.run.program

    @property
    def remarks(self) -> tuple[Message, ...]:
        """Return what the answers remarked, each once."""
        remarks: list[Message] = []
        for each in (remark for answer in self.answers for remark in answer.remarks):
            if each not in remarks:
                remarks.append(each)
        return tuple(remarks)

    @property
    def looked_at(self) -> frozenset[Aspect]:
        """Return the aspects of the answers that the test looked at."""
        return frozenset(aspect for answer in self.answers for aspect in answer.looked_at)

    def call(self, *arguments: Any, entry: str | None = None) -> Answer:
        """Call the student's function (the first entry point unless `entry` names another)."""
        return self._call(arguments, entry or self.program.entries[0], times=1)[0]

    def call_twice(self, *arguments: Any, entry: str | None = None) -> tuple[Answer, Answer]:
        """Call twice on the very same argument objects; return both answers."""
        first, second = self._call(arguments, entry or self.program.entries[0], times=2)
        return first, second

    def observe(self, observer: Callable[..., Any], *arguments: Any, entry: str | None = None) -> Answer:
        """Run trusted `observer(namespace, *arguments)` beside the student's code; return what it reports.

        It is called once the entry point is defined. It travels to the student process, so it must hold no answer.
        """
        name = entry or self.program.entries[0]
        self._check_defined(name)
        parameters = tuple(inspect.signature(observer).parameters)[1:]
        return self._answers(name, Observe(observer, arguments), parameters=parameters)[0]

    def begin_example(self) -> None:
        """Forget the calls of the example before."""
        self.calls.begin_example()

    def keep_example(self) -> None:
        """Keep the calls of the example that failed, as evidence."""
        self.calls.keep_example()

    def begin_shrinking(self) -> None:
        """Open the budget of a search for a smaller counterexample."""
        self._attempts_left = self.shrinking_attempts

    def spend_attempt(self) -> None:
        """Take one attempt out of the budget; raise `EnoughShrinking` when it is spent."""
        if not self._attempts_left:
            raise EnoughShrinking
        self._attempts_left -= 1

    def _call(self, arguments: tuple[Any, ...], entry: str, *, times: int) -> tuple[Answer, ...]:
        self._check_defined(entry)
        return self._answers(
            entry, Call(entry, arguments, times), times=times, parameters=self.program.parameters.get(entry, ())
        )

    def _answers(
        self, entry: str, request: Call | Observe, *, parameters: tuple[str, ...], times: int = 1
    ) -> tuple[Answer, ...]:
        frame, before = as_sent(request)
        call = MadeCall(entry, parameters, before, times, observed=isinstance(request, Observe))
        observed = self.talk.ask(frame)
        if not isinstance(observed, Observed) or not is_complete(observed, times):
            raise self.talk.give_up("message", "an answer to another question")
        observer = request.observer if isinstance(request, Observe) else None
        compared = self.calls.add(
            Seen(entry, before, times, observed.observations, observer, request=digest((frame.body,)))
        )
        for observation in observed.observations:
            if observation.raised is not None:
                raise self._raised(call, observation.raised)
        answers = tuple(Answer(call, each, self.tolerances, compared) for each in observed.observations)
        self.answers.extend(answers)
        return answers

    def _check_defined(self, entry: str) -> None:
        if entry not in self.loaded.signatures:
            raise SubmissionUnusable(missing_finding(entry, self.loaded, self.program))

    def _raised(self, call: MadeCall, raised: Raised) -> StudentRaised | StudentStopped | RuleBroken:
        if refused := self._refused(raised):
            return RuleBroken(message("judge.forbidden_call", name=refused, line=raised.line))
        if is_out_of_memory(raised):
            self.talk.give_up("memory", "")  # what is held is not the next check's
            limit = self.talk.run.limits.memory_mib
            finding = message("judge.out_of_memory", call=call.told(), memory=limit, line=raised.line)
            return StudentStopped("memory", finding)
        finding = raised_finding(call, raised, self.loaded, self.program)
        return StudentRaised(raised, finding, shrinkable=finding.key not in THE_SAME_FOR_EVERY_INPUT)

    def _refused(self, raised: Raised) -> str | None:
        """Return the forbidden function whose guard raised, or None for any other exception."""
        if raised.type != ForbiddenCall.__name__:
            return None
        return next((name for name in self.program.forbidden if str(ForbiddenCall(name)) == raised.message), None)


def is_complete(observed: Observed, times: int) -> bool:
    """Whether a call was observed as often as it was made, or until it raised."""
    seen = observed.observations
    return len(seen) == times or (0 < len(seen) < times and seen[-1].raised is not None)


def as_sent(request: Call | Observe) -> tuple[Frame, tuple[Any, ...]]:
    """Return a request as it is sent, and its arguments as data: tensors as records, callables as they are."""
    callables: dict[bytes, Any] = {}

    def pickle(value: Any) -> bytes:
        packed = pickle_callable(value)
        callables[packed] = value
        return packed

    encoder = Encoder(room=MAX_REQUEST, pickle=pickle)
    tree = encode_request(request, encoder)
    decoder = Decoder(memoryview(encoder.blob), unpickle=callables.__getitem__)
    before: tuple[Any, ...] = decoder.decode(tree[2])
    return pack_frame(tree, encoder.blob, max_tree=MAX_REQUEST), before
