# `make learn` starts to learn, `make grade` grades the sample class, `make test` runs every test but those in a browser;
# each sets up .venv.

PYTHON ?= python3
PIP_ARGS ?=
# Another interpreter than the usual one gets an environment of its own, named by its version: .venv-3.13.
VENV := .venv$(if $(filter-out python3,$(PYTHON)),-$(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])'))
BIN := $(VENV)/bin
READY := $(VENV)/.ready
BROWSER := $(VENV)/.browser
SERVICES := $(VENV)/.services

export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help docs learn grade test test-browser test-services check format bench clean

help:  ## Say what can be made.
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(READY): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet $(PIP_ARGS) --editable '.[dev]'
	touch $@

learn: $(READY)  ## Make a folder of your own, my-autograd, and start to learn in it.
	test -e my-autograd/learn.yaml || $(BIN)/grader start my-autograd
	cd my-autograd && ../$(BIN)/grader learn

# The sample class has its secret in the open: its quiz answers are right under this one alone.
grade: $(READY)  ## Grade the sample class and say where the feedback lies.
	GRADER_SECRET=classroom $(BIN)/grader grade tests/classroom/submissions \
		--course tests/classroom/course.yaml --out feedback || test $$? -eq 1  # some work there waits for a person

# Tests of one file share its fixtures and so a process; `tests/conftest.py` says which files are taken apart.
PYTEST := -m pytest --numprocesses auto --dist loadgroup --no-loadscope-reorder

test: $(READY)  ## Run every test, on all cores; PYTHON=/path/to/python3.13 chooses another interpreter.
	@$(BIN)/python tests/shared/versions.py
	$(BIN)/python $(PYTEST)

$(BROWSER): $(READY) tests/browser/install tests/browser/package-lock.json
	tests/browser/install
	$(BIN)/python -m pip install --quiet $(PIP_ARGS) --editable '.[dev,browser]'
	touch $@

test-browser: $(BROWSER)  ## Run the tests that need a browser; installs Chromium and node where they are missing.
	$(BIN)/python $(PYTEST) tests/browser

$(SERVICES): $(READY) tests/services/install
	tests/services/install
	$(BIN)/python -m pip install --quiet $(PIP_ARGS) --editable '.[dev,postgres]'
	touch $@

test-services: $(SERVICES)  ## Run the tests that need a real PostgreSQL; installs it where it is missing.
	$(BIN)/python -m pytest tests/services

check: $(READY)  ## Check style, types, layers, spelling and the course's content.
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell
	$(BIN)/grader verify --draws 200

format: $(READY)  ## Put code into its usual form.
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

docs: $(READY)  ## Write the pages that are made from the course: docs/course.md and docs/documents.md.
	$(BIN)/python -m grader.catalogue.course_page
	$(BIN)/python -m grader.verify.documents_page

bench: $(READY)  ## Measure throughput, memory, and what hostile submissions cost good ones.
	$(BIN)/python tests/benchmarks/performance.py
	$(BIN)/python tests/benchmarks/hostile_neighbours.py
	$(BIN)/python tests/benchmarks/crowd.py
	$(BIN)/python tests/benchmarks/learning.py

clean:  ## Remove what the other targets made.
	rm -rf .venv .venv-* tests/browser/node_modules feedback .mypy_cache .ruff_cache .import_linter_cache build dist *.egg-info
