# make setup   the environment in .venv/, with the package and its commands
# make demo    the main job: simulated scene → trained network → map → reasons, in out/demo/
# make operators  writes docs/operators.md from what the tests see
# make gallery draws the pictures of docs/films.md anew
# make test    linters, types and every test;  make test-fast  without the slow ones
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed

.PHONY: setup demo test test-fast operators gallery lint format clean
setup: $(STAMP)

# torch goes first and by version, so that no other requirement pulls a newer build of it.
$(STAMP): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt torch
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $(STAMP)

demo: setup
	$(BIN)/convista demo

test: lint
	$(BIN)/python -m pytest -n auto

test-fast: setup
	$(BIN)/python -m pytest -n auto -m 'not slow'

operators: setup
	$(BIN)/python -m pytest -n 0 tests/operators tests/layers --write-operators

gallery: setup
	$(BIN)/python scripts/gallery.py

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) out build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
