"""Options that several subcommands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from grader.sandbox.isolation import Isolation


class Lang(StrEnum):
    """A language of the course."""

    EN = "en"
    ZH = "zh"


CourseOption = Annotated[
    Path | None,
    typer.Option("--course", help="The course's folder, or a course file in it; else found at or above this folder."),
]
LangOption = Annotated[Lang | None, typer.Option("--lang", help="Language of the feedback; else the course's own.")]
IsolationOption = Annotated[
    Isolation, typer.Option("--isolation", help="`process` is weaker, for machines without a layer of the sandbox.")
]
OwnIsolationOption = Annotated[
    Isolation | None,
    typer.Option("--isolation", help="`process` is weaker; a folder of your own takes it where a layer is missing."),
]
PollOption = Annotated[
    bool, typer.Option("--poll", help="Look for changes again and again, for drives that tell of none.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
SchedulerOption = Annotated[
    str | None,
    typer.Option("--scheduler", help="Grade on a dask cluster: tls://host:8786, or tcp:// on this machine."),
]
TrustNetworkOption = Annotated[
    bool, typer.Option("--trust-network", help="Take tcp:// to another machine: nobody else reaches that network.")
]
VerboseOption = Annotated[bool, typer.Option("--verbose", help="Tell on the way what is done and how long it takes.")]
LogOption = Annotated[
    Path | None, typer.Option("--log", help="Add what is done and how long it takes to this file, as lines of JSON.")
]
StoreOption = Annotated[
    str | None,
    typer.Option("--store", help="The store: a file, or postgresql://user@host/name; else the course's own."),
]
ClassOption = Annotated[
    str | None, typer.Option("--class", help="The class in the store; may be left out where there is only one.")
]
