# make setup   the environment in .venv/, with the package and its commands
# make demo    the main job: simulated scene → trained network → map → reasons, in out/demo/
# make operators  writes docs/operators.md from what the tests see
# make gallery draws the pictures of docs/films.md anew
# make words   compiles the Spanish of click's own words
# make test    linters, types and every test;  make test-fast  without the slow ones
# make test-oldest  what leans on torch most, with the oldest versions that pyproject.toml allows
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed
OLDEST := .venv-oldest

# Test workers, and the commands that tests start, find compiled what the first of them has compiled.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup demo test test-fast test-oldest operators gallery words lint format clean
setup: $(STAMP)

# torch goes first and by version, so that no other requirement pulls a newer build of it.
$(STAMP): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt torch
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $(STAMP)

demo: setup
	$(BIN)/convista demo

# The oldest versions come last: a machine that cannot have them (3 GB to fetch, 6 GB of disk) has tested all else and says so.
test: lint
	$(BIN)/python -m pytest -n auto --dist worksteal
	if timeout 1500 $(MAKE) $(OLDEST)/installed; then $(MAKE) test-oldest; \
	else rm -rf $(OLDEST); echo 'NOT TESTED with the oldest versions: they could not be installed here.'; fi

# Fewer examples of what is tested over drawn ones; `make test` draws 50.
test-fast: setup
	$(BIN)/python -m pytest -n auto --dist worksteal -m 'not slow' --hypothesis-profile fast

# The wheel of torch 2.6 for Linux on x86-64 brings CUDA along, 3 GB, which takes some minutes once.
$(OLDEST)/installed: $(STAMP) scripts/lowest_versions.py
	test -x $(OLDEST)/bin/python || $(PYTHON) -m venv $(OLDEST)
	$(BIN)/python scripts/lowest_versions.py > $(OLDEST)/lowest.txt
	$(OLDEST)/bin/python -m pip install --quiet --no-compile --constraint $(OLDEST)/lowest.txt --editable '.[parquet,tensorboard,vector]'
	$(OLDEST)/bin/python -m pip install --quiet --constraint constraints.txt hypothesis pytest pytest-xdist
	touch $(OLDEST)/installed

test-oldest: $(OLDEST)/installed
	$(OLDEST)/bin/python -m pytest -n auto -m 'not slow' tests/test_torch_private.py tests/test_failures.py tests/layers tests/tracing \
		tests/mapping/dense tests/mapping/engine/test_winograd.py tests/mapping/embedding/test_embed.py \
		tests/learning/fitting tests/scenes/shapes

operators: setup
	$(BIN)/python -m pytest -n 0 tests/operators tests/layers --write-operators

gallery: setup
	$(BIN)/python scripts/gallery.py

words: setup
	$(BIN)/pybabel compile --domain click --directory src/convista/language/click

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) $(OLDEST) out build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
