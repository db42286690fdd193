# Accord for Salesforce. `make help` lists what there is.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NPM := $(BIN)/npm
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: help run test check verify-org bench setup setup-test page lock format lint types contracts jest apex clean

help: ## this list
	@grep -hE '^[a-z-]+:.*?## ' $(MAKEFILE_LIST) | sort | awk -F':.*?## ' '{printf "  make %-12s %s\n", $$1, $$2}'

run: page ## the whole product on this machine: a local org, Accord, and the address to open
	@$(BIN)/accord demo

test: setup-test page ## all tests, on SQLite and PostgreSQL, with Jest and a real browser
	@$(BIN)/python scripts/test_all.py

check: setup-test ## the fast subset: format, lint, types, import contracts, unit tests
	@$(BIN)/python scripts/test_all.py --fast

verify-org: setup-test ## holds the local org to recorded answers of the real platform: make verify-org DATA=folder
	@test -d "$(DATA)" || { echo "Say where the recorded answers lie: make verify-org DATA=path/to/data"; exit 2; }
	@ACCORD_RECORDED_DATA="$(abspath $(DATA))" $(BIN)/python -m pytest -q -m recorded tests/contract

bench: setup-test ## measures this commit on this machine (about a quarter of an hour) and makes the table of docs/benchmarks.md again
	@$(BIN)/python benchmarks/run.py

setup: $(VENV)/.runtime ## the Python environment with what the program needs
setup-test: $(VENV)/.test node_modules/.test ## the environment with what the tests need
page: setup node_modules/.build ## the panel page, built from the components
	@$(NPM) run --silent build

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Accord needs Python 3.11 or newer. Name one: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 2; }
	@echo "Making the Python environment …"
	@$(PYTHON) -m venv $(VENV) || { echo "Python cannot make a virtual environment. On Debian: apt-get install python3-venv"; exit 2; }

$(VENV)/.runtime: $(VENV)/bin/python requirements/runtime.lock pyproject.toml scripts/link_node.py
	@echo "Installing the Python packages of the program …"
	@$(BIN)/pip install -qq --require-hashes -r requirements/runtime.lock
	@$(BIN)/pip install -qq --no-build-isolation --no-deps -e .
	@$(BIN)/python scripts/link_node.py
	@touch $@

$(VENV)/.test: $(VENV)/.runtime requirements/test.lock
	@echo "Installing the Python packages of the tests …"
	@$(BIN)/pip install -qq --require-hashes -r requirements/test.lock
	@touch $@

# two stages, so that `make run` does not wait for the tools of the tests
node_modules/.build: $(VENV)/.runtime package-lock.json
	@test -f node_modules/.test || { echo "Installing the packages that build the page …"; $(NPM) ci --silent --omit=dev; }
	@touch $@

node_modules/.test: $(VENV)/.runtime package-lock.json
	@echo "Installing the packages that test the components …"
	@$(NPM) ci --silent
	@touch $@ node_modules/.build

lock: $(VENV)/bin/python ## the lock files again, from requirements/*.in (needs uv)
	uv pip compile --universal --generate-hashes --python-version 3.11 -q --no-header --no-annotate requirements/runtime.in -o requirements/runtime.lock
	uv pip compile --universal --generate-hashes --python-version 3.11 -q --no-header --no-annotate -c requirements/runtime.lock requirements/test.in -o requirements/test.lock

format: setup-test ## formats Python, JavaScript, HTML, Apex and metadata
	@$(BIN)/ruff format -q . && $(BIN)/ruff check -q --fix . && $(NPM) run --silent format

clean: ## removes what was built and the demo's data, keeps the environments
	@$(PYTHON) scripts/clean.py
