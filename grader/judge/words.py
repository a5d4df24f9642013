"""What a student is told when a call did not come back with a value, or could not be made at all.

Owns the choice of the sentence; the sentences stand in `wording/judge.yaml`.
"""

from __future__ import annotations

import difflib

from grader.catalogue.static_rules import BrokenRule
from grader.judge.call import MadeCall
from grader.protocol.messages import Loaded, Raised
from grader.sandbox.limits import Limits
from grader.wording.message import Message, message


def is_out_of_memory(raised: Raised) -> bool:
    """Whether an exception says that memory ran out."""
    return "MemoryError" in raised.bases or (raised.type == "RuntimeError" and "DefaultCPUAllocator" in raised.message)


def asks_for_compiler(raised: Raised) -> bool:
    """Whether an exception says that torch's compiler could not make its cache: student code may write no file."""
    return raised.type == "PermissionError" and "torchinductor" in raised.message


def explained(finding: Message, raised: Raised) -> Message:
    """Return the words for an exception, with the reason where it is not the student's but the sandbox's."""
    return message("judge.no_compiler", finding=finding) if asks_for_compiler(raised) else finding


def raised_finding(call: MadeCall, raised: Raised, loaded: Loaded) -> Message:
    """Return the words for an exception of the student's function."""
    return explained(raised_words(call, raised, loaded), raised)


def raised_words(call: MadeCall, raised: Raised, loaded: Loaded) -> Message:
    """Return what was raised, in words, and where."""
    said = {"type": raised.type, "line": raised.line, "text": raised.message}
    if raised.type == "NotImplementedError":
        return message("judge.not_implemented", entry=call.entry, line=raised.line)
    if raised.type == "TypeError" and raised.line == 0 and f"{call.entry}()" in raised.message:
        signature = loaded.signatures.get(call.entry, "")
        return message(
            "judge.wrong_arguments",
            call=call.text(),
            entry=call.entry,
            signature=signature,
            text=raised.message,
        )
    if raised.cell:
        return message("judge.raised_in_cell", call=call.text(), cell=raised.cell, **said)
    return message("judge.raised" if raised.line else "judge.raised_outside", call=call.text(), **said)


def load_finding(raised: Raised, entry: str, *, notebook: bool) -> Message:
    """Return the words for a source that could not be run."""
    said = {"type": raised.type, "line": raised.line, "text": raised.message}
    if notebook:
        return explained(message("judge.load_raised_in_cell", entry=entry, cell=raised.cell, **said), raised)
    return explained(message("judge.load_raised", **said), raised)


def missing_finding(entry: str, loaded: Loaded, *, notebook: bool) -> Message:
    """Return the words for a function that is not there, with the one that may have been meant."""
    if loaded.raised:
        return load_finding(loaded.raised[0], entry, notebook=notebook)
    if close := difflib.get_close_matches(entry, loaded.functions, n=1):
        return message("judge.missing_function_close", entry=entry, close=close[0])
    functions = ", ".join(loaded.functions) or message("judge.nothing")
    return message("judge.missing_function", entry=entry, functions=functions)


def rule_finding(broken: BrokenRule, *, notebook: bool) -> Message:
    """Return the words for a broken static rule."""
    if broken.kind == "required":
        return message("judge.required", name=broken.name)
    if notebook:
        return message("judge.forbidden_in_cell", name=broken.name, line=broken.line, cell=broken.cell)
    return message("judge.forbidden", name=broken.name, line=broken.line)


def stop_finding(limit: str | None, detail: str, limits: Limits) -> Message:
    """Return the words for a process that had to be stopped or ended by itself."""
    amounts = {
        "cpu": limits.call_cpu_seconds,
        "wall": limits.call_wall_seconds,
        "output": limits.output_kib,
        "message": limits.message_mib,
        "processes": limits.threads,
    }
    if limit in amounts:
        return message(f"judge.stopped_{limit}", limit=f"{amounts[limit]:g}")
    return message("judge.crashed", detail=detail)
