"""What a student is told when a call did not come back with a value, or could not be made at all.

Owns the choice of the sentence; the sentences stand in `wording/judge.yaml`.
"""

from __future__ import annotations

import difflib
import re
import sys
from typing import TYPE_CHECKING

from grader.catalogue.static_rules import BrokenRule
from grader.judge.call import MadeCall
from grader.protocol.messages import Loaded, Raised
from grader.sandbox.limits import Limits
from grader.wording.message import Message, message

if TYPE_CHECKING:  # a program words its own broken rules
    from grader.judge.program import Program

SYNTAX = frozenset({"SyntaxError", "IndentationError", "TabError"})
DISTRIBUTED = frozenset({"DistBackendError", "DistNetworkError", "DistStoreError"})
"""What torch.distributed raises where its processes can't meet."""
MISSING_MODULE = re.compile(r"No module named '([\w.]{1,80})'")


def is_out_of_memory(raised: Raised) -> bool:
    """Whether an exception says that memory ran out."""
    return "MemoryError" in raised.bases or (raised.type == "RuntimeError" and "DefaultCPUAllocator" in raised.message)


def asks_for_compiler(raised: Raised) -> bool:
    """Whether an exception says that torch's compiler could not make its cache: student code may write no file."""
    return raised.type == "PermissionError" and "torchinductor" in raised.message


def asks_for_process_group(raised: Raised) -> bool:
    """Whether an exception says that torch could make no process group: student code may open no connection."""
    is_no_address = raised.type == "RuntimeError" and "to a (local) address" in raised.message  # what gloo says
    return raised.type in DISTRIBUTED or is_no_address


def explained(finding: Message, raised: Raised) -> Message:
    """Return the words for an exception, with the reason where it is not the student's but the sandbox's."""
    if asks_for_compiler(raised):
        return message("judge.no_compiler", finding=finding)
    return message("judge.no_process_group", finding=finding) if asks_for_process_group(raised) else finding


def raised_finding(call: MadeCall, raised: Raised, loaded: Loaded, program: Program) -> Message:
    """Return the words for an exception of the student's function, and for the failed import that may be behind it."""
    words = explained(raised_words(call, raised, loaded), raised)
    if module := missing_module(raised):
        return message("judge.raised_import", raised=words, finding=import_finding(module, raised, program))
    if raised.type == "NameError" and (failed := failed_imports(loaded)):
        told = import_finding(missing_module(failed[0]), failed[0], program)
        return message("judge.raised_import", raised=words, finding=told)
    return words


def failed_imports(loaded: Loaded) -> tuple[Raised, ...]:
    """Return the imports that failed while a notebook was run; what stands below them in their cells is missing."""
    return tuple(filter(missing_module, loaded.raised))


def raised_words(call: MadeCall, raised: Raised, loaded: Loaded) -> Message:
    """Return what was raised, in words, and where."""
    said = {"type": raised.type, "line": raised.line, "text": raised.message}
    if raised.type == "NotImplementedError" and raised.line:  # torch raises it too, for a missing jvp
        return message("judge.not_implemented", entry=call.entry, line=raised.line)
    if raised.type == "TypeError" and raised.line == 0 and f"{call.entry}()" in raised.message:
        signature = loaded.signatures.get(call.entry, "")
        return message(
            "judge.wrong_arguments",
            call=call.told(),
            entry=call.entry,
            signature=signature,
            text=raised.message,
        )
    if raised.cell:
        return message("judge.raised_in_cell", call=call.told(), cell=raised.cell, **said)
    return message("judge.raised" if raised.line else "judge.raised_outside", call=call.told(), **said)


def load_finding(raised: Raised, program: Program, entry: str = "") -> Message:
    """Return the words for a source that could not be run."""
    said = {"type": raised.type, "line": raised.line, "text": raised.message}
    if (module := missing_module(raised)) and (program.notebook or program.mentions(module)):
        return import_finding(module, raised, program)
    if program.notebook:
        words = message("judge.load_raised_in_cell", entry=entry or program.entries[0], cell=raised.cell, **said)
    elif raised.type in SYNTAX:
        words = message("judge.load_syntax", python="{}.{}".format(*sys.version_info), **said)
    else:
        words = message("judge.load_raised", **said)
    return explained(words, raised)


def missing_module(raised: Raised) -> str:
    """Return the name of the module that an import did not find; empty for any other exception."""
    found = MISSING_MODULE.match(raised.message) if raised.type == "ModuleNotFoundError" else None
    return found[1] if found else ""


def import_finding(module: str, raised: Raised, program: Program) -> Message:
    """Return the words for an import of what is neither handed in nor allowed."""
    names = ", ".join(program.imports or ()) or message("judge.nothing")
    key = "judge.not_importable_in_cell" if raised.cell else "judge.not_importable"
    return message(key, module=module, names=names, line=raised.line, cell=raised.cell)


def missing_finding(entry: str, loaded: Loaded, program: Program) -> Message:
    """Return the words for a function that is not there, with the one that may have been meant."""
    if loaded.raised:
        return load_finding(loaded.raised[0], program, entry)
    if close := difflib.get_close_matches(entry, loaded.functions, n=1):
        return message("judge.missing_function_close", entry=entry, close=close[0])
    functions = ", ".join(loaded.functions) or message("judge.nothing")
    return message("judge.missing_function", entry=entry, functions=functions)


def rule_finding(broken: BrokenRule, *, notebook: bool) -> Message:
    """Return the words for a broken static rule."""
    if broken.kind == "required":
        return message("judge.required", name=broken.name)
    if broken.file:
        return message("judge.forbidden_in_file", name=broken.name, line=broken.line, file=broken.file)
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
