# Everything sets itself up: a machine with Python 3.11 or later and make is enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help explore test check format score learn bench bench-scale proof audit licences clean

help: ## what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("Zhili needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

explore: $(READY) ## build the graph of the five seed reports and open it at http://127.0.0.1:8000/
	$(BIN)/zhili build seeds -o build/graph
	$(BIN)/zhili serve -g build/graph

test: $(READY) ## run the tests
	$(BIN)/pytest -q

check: $(READY) ## format, lint, types, architecture, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q

format: $(READY) ## let ruff format and mend what it can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

score: $(READY) ## compare what is extracted with the annotations, field by field
	$(BIN)/python -m tools.score

learn: $(READY) ## learn from the annotated wordings which weakness a wording speaks for
	$(BIN)/python -m tools.learn

bench: $(READY) ## measure speed and memory on 1,000 generated reports, some twenty minutes
	$(BIN)/python -m benchmarks

proof: $(READY) ## plant known spread in reports, say how much is found again, and write docs/proof.md
	$(BIN)/python -m benchmarks.proving --page docs/proof.md

bench-scale: $(READY) ## the same on 20,000, two hours and 30 GB of disk; write docs/benchmarks.md
	$(BIN)/python -m benchmarks --scale 20000 --page docs/benchmarks.md

audit: $(READY) ## ask the advisory database whether a pinned version is known to be unsafe; needs the network
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[audit]'
	$(BIN)/python -m tools.audit

licences: $(READY) ## list the licence of every package that Zhili runs with
	$(BIN)/python -m tools.licences

clean: ## remove what was built and the virtual environment
	rm -rf build $(VENV)
