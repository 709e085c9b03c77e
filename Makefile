# `make run` and `make test` are all a newcomer needs. `make help` lists the rest.

PYTHON ?= $(shell command -v python3.12 || command -v python3 || echo python)
VENV := .venv
BIN := $(VENV)/bin
INSTALL := install --require-hashes --no-deps
COMPILE := $(BIN)/uv pip compile --universal --python-version 3.12 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet

.DEFAULT_GOAL := help
.PHONY: help run test test-slow check format docs bench serve lock clean

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

run: $(VENV)/run  ## install, take in the sample pages, say where the tables lie
	$(BIN)/copydesk ingest samples --orchestrated

test: $(VENV)/dev  ## all tests but the slow ones
	$(BIN)/python -m pytest -m "not slow" --numprocesses 2 --dist loadscope --no-loadscope-reorder

test-slow: $(VENV)/dev  ## the longer proofs
	$(BIN)/python -m pytest -m slow

check: $(VENV)/dev  ## format, lint, strict types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(VENV)/dev  ## put the code in order
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .

docs: $(VENV)/run  ## write data/TABLES.md anew
	$(BIN)/python -m flows.dictionary

bench: $(VENV)/dev  ## speed side by side with a hand-written script
	$(BIN)/python benchmarks/speed.py

serve: $(VENV)/run  ## server, schedules and the page to look at
	$(BIN)/copydesk serve

lock: $(VENV)/dev  ## write the lock files anew from pyproject.toml
	$(COMPILE) --extra installer pyproject.toml --upgrade -o requirements/dev.lock --extra dev
	$(COMPILE) -c requirements/dev.lock pyproject.toml -o requirements/run.lock
	echo uv | $(COMPILE) -c requirements/dev.lock - -o requirements/installer.lock

clean:  ## remove what was installed and built; the archive and the tables stay
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

# uv takes seconds where pip takes minutes, with the same lock and the same hashes; pip does it where uv cannot.
$(VENV)/bin/uv: requirements/installer.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 12) and f"copydesk needs Python 3.12; $(PYTHON) is {sys.version.split()[0]}. Install it, or: make run PYTHON=/path/to/python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip $(INSTALL) --quiet --disable-pip-version-check -r requirements/installer.lock
	@touch $@

$(VENV)/run: $(VENV)/bin/uv requirements/run.lock pyproject.toml
	$(BIN)/uv pip $(INSTALL) --quiet --python $(BIN)/python -r requirements/run.lock || $(BIN)/pip $(INSTALL) --quiet -r requirements/run.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/pip check
	@touch $@

$(VENV)/dev: $(VENV)/run requirements/dev.lock
	$(BIN)/uv pip $(INSTALL) --quiet --python $(BIN)/python -r requirements/dev.lock || $(BIN)/pip $(INSTALL) --quiet -r requirements/dev.lock
	$(BIN)/pip check
	@touch $@
