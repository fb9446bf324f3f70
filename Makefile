# One command runner. `make` alone says what there is.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
RUN    := runs/ussr-1928

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check format lint types imports docs manual pages pages-tools bench lock clean

help:
	@echo 'make run      ussr-1928 under two regimes, 1929 to 1938; the last line is the path of its report'
	@echo 'make test     all tests, with the examples in code and manual'
	@echo 'make check    format, lint, types, imports, manual'
	@echo 'make pages    tests of pages in Chromium'
	@echo 'make bench    measurements (minutes)'
	@echo 'make docs     the manual, in site/'
	@echo 'make manual   all generated pages of the manual written anew (minutes); says which changed'
	@echo 'make lock     renew requirements/*.lock (asks the package registry)'
	@echo 'make clean    remove what was built; .venv and runs/ stay'

# ---- the environment: a stamp in .venv for each set of packages ---------------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'sovplan needs Python 3.11 or newer; name it: make PYTHON=/path/to/python3'; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.lock pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements/run.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.run
	$(PIP) install --require-hashes -r requirements/dev.lock
	@touch $@

$(VENV)/.pages: requirements/pages.lock $(VENV)/.dev
	$(PIP) install --require-hashes -r requirements/pages.lock
	@touch $@

# ---- use ----------------------------------------------------------------------------------------

run: $(VENV)/.run
	@$(BIN)/sovplan run ussr-1928 --seed 1 --out $(RUN)

test: $(VENV)/.dev
	$(BIN)/pytest -n auto --dist worksteal

check: format lint types imports docs

format: $(VENV)/.dev
	$(BIN)/ruff format --check .

lint: $(VENV)/.dev
	$(BIN)/ruff check .

types: $(VENV)/.dev
	$(BIN)/mypy

imports: $(VENV)/.dev
	$(BIN)/lint-imports

# Broken links and anchors stop it.
docs: $(VENV)/.dev
	$(BIN)/zensical build --clean --strict

# With CHECK=--check it writes nothing and stops where a page is stale.
CHECK ?=

manual: $(VENV)/.dev
	$(BIN)/python -m tools.manual $(CHECK)

pages-tools: $(VENV)/.pages

pages: pages-tools
	$(BIN)/pytest tests/pages

bench: $(VENV)/.dev
	@for program in benchmarks/bench_*.py; do echo "== $$program"; $(BIN)/python $$program || exit 1; done

# ---- upkeep -------------------------------------------------------------------------------------

# Without `--upgrade` a lock keeps what it has: `make lock UPGRADE=--upgrade` renews all.
UPGRADE ?=
COMPILE := CUSTOM_COMPILE_COMMAND='make lock' .venv-lock/bin/pip-compile --quiet --generate-hashes \
  --strip-extras --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links $(UPGRADE)
SOURCES := pyproject.toml requirements/build.in

lock:
	test -d .venv-lock || $(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip --disable-pip-version-check --quiet install pip-tools==7.6.2
	$(COMPILE) --output-file requirements/run.lock $(SOURCES)
	$(COMPILE) --extra mrio --extra notebook --constraint requirements/run.lock \
	  --output-file requirements/dev.lock $(SOURCES) requirements/dev.in
	$(COMPILE) --constraint requirements/dev.lock --output-file requirements/pages.lock requirements/pages.in

clean:
	rm -rf site build dist .cache .coverage htmlcov .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
