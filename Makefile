# Needs Python 3.11 or newer, make and the package registry; everything else is installed into .venv from the lock files.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
export PYTHONDONTWRITEBYTECODE :=  # compiled modules are kept: without them every process compiles Prefect anew
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint types unit golden bench torture lock clean

help:  ## Say what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

setup: .venv/run  ## Make .venv with what the pipeline needs

demo: .venv/run  ## Run the whole story on a sandbox and show what happened
	@$(BIN)/colab demo

test: .venv/dev lint types  ## Lint, types and all tests
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

lint: .venv/dev  ## Ruff: rules and format
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: .venv/dev  ## mypy --strict
	$(BIN)/mypy

unit: .venv/dev  ## The quick tests only: what is decided, without Google, database or clock
	$(BIN)/python -m pytest -n auto --dist loadfile tests/domain

golden: .venv/dev  ## Write anew what every mail says and shows (tests/golden); read the diff
	$(BIN)/python -m tests.domain.golden_mails

bench: .venv/bench  ## How good and how fast: duplicates beside other programs, the sandbox (a quarter of an hour)
	TMPDIR=$${TMPDIR:-/tmp} $(BIN)/python -m pytest -rs -p no:cacheprovider tests/benchmarks/bench_*.py

torture: .venv/dev  ## Kill it at every step, lose every reply, 1,000 storms; in five settings, with progress (hours)
	$(BIN)/colab torture --whole --runs 1000

lock: .venv/dev  ## Renew the lock files (then run the tests: they start a Prefect server and wait for a scheduled run)
	$(BIN)/pip-compile --quiet --upgrade $(LOCK) --extra encoder --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --upgrade $(LOCK) --extra encoder --extra dev --output-file requirements-dev.lock pyproject.toml
	cp requirements-dev.lock requirements-bench.lock
	$(BIN)/pip-compile --quiet $(LOCK) --extra encoder --extra dev --extra bench --output-file requirements-bench.lock pyproject.toml
LOCK := --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate --no-emit-index-url \
	--no-emit-find-links --no-emit-trusted-host --build-deps-for editable

clean:  ## Remove what was made
	rm -rf .venv .demo .prefect .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info

.venv/run: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv .venv
	@echo "Installing into .venv ..."
	@$(INSTALL) --require-hashes --requirement requirements.lock
	@$(INSTALL) --no-build-isolation --editable .
	@touch $@

.venv/dev: requirements-dev.lock .venv/run
	@$(INSTALL) --require-hashes --requirement requirements-dev.lock
	@touch $@

.venv/bench: requirements-bench.lock .venv/dev
	@$(INSTALL) --require-hashes --requirement requirements-bench.lock
	@touch $@
