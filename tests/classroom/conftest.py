"""Keeps pytest out of what students handed in."""

collect_ignore = ["sources", "submissions"]
