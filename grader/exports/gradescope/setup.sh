#!/usr/bin/env bash
# Gradescope runs this once, when it builds the image: everything is installed here, and nothing while a student waits.
set -euo pipefail
root="${AUTOGRADER_ROOT:-/autograder}"

apt-get update
DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends python3 python3-venv
if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "This autograder needs Python 3.11 or newer: choose the base image Ubuntu 24.04 in the autograder's settings." >&2
    exit 1
fi
python3 -m venv "$root/venv"
"$root/venv/bin/pip" install --no-cache-dir --requirement "$root/source/requirements.txt" "setuptools>=77"
"$root/venv/bin/pip" install --no-cache-dir --no-deps --no-build-isolation "$root/source/package"
chmod -R go-rwx "$root/source"
