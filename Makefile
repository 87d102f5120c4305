# The workshop: each command does all of its own set-up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: setup run test coverage faults promises lint fmt bench lock clean

setup: $(READY) ## a virtual environment with exactly the locked versions

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Yorisoi needs Python 3.11 or newer; set PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the locked packages. The first time takes some minutes."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: setup ## the console: a small community in this terminal
	@$(BIN)/python -m bot console

test: setup ## everything that can run here
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile

coverage: setup ## the same, measured: half as long again, and a floor below which it fails
	@$(BIN)/python -m coverage erase
	@$(BIN)/python -m coverage run -m pytest --numprocesses auto --dist loadfile
	@$(BIN)/python -m coverage combine --quiet
	@$(BIN)/python -m coverage report

faults: setup ## the long experiments (half an hour and more); NAME=… for one of tests/faults/full
	@$(BIN)/python -m tests.faults $(NAME)

promises: setup ## docs/promises.md and .ja.md, from the words, the tests and the figures
	@$(BIN)/python -m tests.promises

lint: setup ## style, types, floors
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

fmt: setup
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: setup ## figures as ratios within one run
	@$(BIN)/python -m benchmarks

lock: ## the newest versions that pyproject.toml allows, written down exactly
	@rm -rf $(VENV).lock
	@$(PYTHON) -m venv $(VENV).lock
	@$(VENV).lock/bin/python -m pip install --quiet --disable-pip-version-check torch==2.13.0
	@$(VENV).lock/bin/python -m pip install --quiet --disable-pip-version-check -e '.[dev]' setuptools
	@$(VENV).lock/bin/python -m pip freeze --exclude-editable --all | grep -v '^pip==' | sed 's/^torch==.*/torch==2.13.0/' > requirements.lock
	@rm -rf $(VENV).lock

clean:
	rm -rf $(VENV) .coverage* .mypy_cache .pytest_cache .ruff_cache
