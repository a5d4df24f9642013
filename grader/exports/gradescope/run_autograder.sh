#!/usr/bin/env bash
# Gradescope runs this for each submission; what students see stands in results/results.json alone.
set -u
root="${AUTOGRADER_ROOT:-/autograder}"
python="${AUTOGRADER_PYTHON:-$root/venv/bin/python}"
cd "$root/source" || exit 1
exec env -u PYTHONPATH -u PYTHONSTARTUP -u GRADER_SECRET "$python" -P -s -m grader.exports.gradescope.run "$root"
