"""Hosted continuous integration and the citation say the same as the project itself."""

from __future__ import annotations

import tomllib

import yaml

import grader


def test_hosted_ci_runs_what_the_project_runs(root):
    """One command, on the oldest supported Python and newer ones, without a right to write."""
    workflow = yaml.safe_load((root / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))
    (job,) = workflow["jobs"].values()
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f">={job['strategy']['matrix']['python'][0]}" == project["requires-python"]
    assert [step["run"] for step in job["steps"] if "run" in step] == [".ci/run"]
    assert (root / ".ci" / "run").is_file()
    assert workflow["permissions"] == {"contents": "read"}
    assert set(workflow[True]) == {"push", "pull_request"}  # YAML takes `on` for a truth value


def test_the_citation_names_this_version(root):
    """Whoever cites it cites the version and the license that are here."""
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["version"], citation["license"]) == (grader.__version__, "MIT")
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
