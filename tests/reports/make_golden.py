"""Write the expected reports in `golden/facts_1` anew, after a sentence has been worded anew or a report got a field.

The facts and texts there are never written again: they stand for what was stored long ago.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

from grader.config.course_config import FeedbackPolicy
from grader.reports.jsonfile import report_json
from grader.reports.render import rendered
from grader.results.facts import decode_facts
from grader.results.texts import decode_texts

GOLDEN = Path(__file__).parent / "golden" / "facts_1"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def golden_reports(folder):
    """Yield the name and the report of each way to tell the facts in `folder`."""
    facts = decode_facts(json.loads((folder / "facts.json").read_text(encoding="utf-8")))
    texts = decode_texts(json.loads((folder / "texts.json").read_text(encoding="utf-8")))
    for language in ("en", "zh"):
        for level in ("visible", "hidden"):
            policy = FeedbackPolicy(level=level)
            report = rendered(facts, texts, language=language, policy=policy, now=NOW)
            yield f"report.{language}.{level}.json", report


if __name__ == "__main__":
    for place in sorted(GOLDEN.iterdir()):
        for name, made in golden_reports(place):
            (place / name).write_text(report_json(made, indent=1) + "\n", encoding="utf-8")
