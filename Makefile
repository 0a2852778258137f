# Everything is set up inside this folder, by itself; a second call finds it done.
.DEFAULT_GOAL := help
SHELL := /bin/sh
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv

export UV_PYTHON_DOWNLOADS := never
export UV_CACHE_DIR ?= $(CURDIR)/.cache/uv
export PIP_CACHE_DIR ?= $(CURDIR)/.cache/pip
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help demo test system check bench docs format pins clean
help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: $(VENV)/.demo-ready ## the whole journey, offline: a pipeline is written and run against a small API
	$(BIN)/penstock demo

test: system check .cache/node/.ready ## set up, check, run all tests
	$(BIN)/python -m pytest -n 3 --dist loadscope

# What is missing is installed where that can be done; else the tests of that engine fail and say what they need.
system: ## install Java and Node for the tests of Spark and JSONata, where they are missing
	@missing=; \
	java -version > /dev/null 2>&1 || missing="openjdk-17-jre-headless"; \
	{ command -v node && command -v npm; } > /dev/null || missing="$$missing nodejs npm"; \
	test -n "$$missing" || exit 0; \
	root=; test "$$(id -u)" = 0 || root="sudo -n"; \
	{ $$root apt-get update -qq && $$root apt-get install -qq --no-install-recommends $$missing; } \
		|| echo "Install these for the tests of Spark and JSONata:$$missing (Debian: apt install $$missing)."

check: $(VENV)/.ready ## format, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.ready ## measure against hand-written code and dlt; ARGS="--megabytes 20" for a quick look
	$(BIN)/python -m benchmarks $(ARGS)
	$(BIN)/python -m benchmarks.mapping

docs: $(VENV)/.ready ## write the generated pages and the picture again
	$(BIN)/python -m penstock.pipeline.spec.publish docs
	$(BIN)/python docs/make_reference.py
	$(BIN)/python docs/make_operations.py
	$(BIN)/python docs/make_picture.py

format: $(VENV)/.ready ## format the code
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

# The reference engine of JSONata, for its conformance tests; these say what to install where it is missing.
.cache/node/.ready: tests/conformance/jsonata/package.json
	@mkdir -p $(@D) && cp $< $(@D)/
	@if command -v npm > /dev/null; then \
		npm install --prefix $(@D) --no-package-lock --no-audit --no-fund --silent && touch $@; \
	else \
		echo "npm was not found; the tests of JSONata need it (Debian: apt install nodejs npm)."; \
	fi

pins: $(VENV)/.ready ## resolve constraints.txt again
	$(UV) pip compile pyproject.toml --all-extras --group dev --universal --python-version 3.11 --upgrade \
		--no-annotate --no-header --no-emit-index-url --quiet -o $(VENV)/pins.txt
	{ head -n 1 constraints.txt; cat $(VENV)/pins.txt; } > $(VENV)/constraints.txt
	mv $(VENV)/constraints.txt constraints.txt

clean: ## remove what was set up and built (a penstock-demo folder stays)
	rm -rf $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis \
		benchmarks/.work build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- Set-up -----------------------------------------------------------------------------------

# uv where it can be had, because it is quick; else pip, which also knows a mirror that is only in pip's own settings.
$(VENV)/.demo-ready: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Setting up $(VENV) to run (once) …"
	@{ test -x $(UV) && $(UV) pip install -q --compile-bytecode -p $(BIN)/python -e '.[pipeline]' -c constraints.txt; } \
		|| $(BIN)/python -m pip install -q -e '.[pipeline]' -c constraints.txt
	@touch $@

$(VENV)/.ready: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Setting up $(VENV) to develop (once) …"
	@{ test -x $(UV) && $(UV) pip install -q --compile-bytecode -p $(BIN)/python -e '.[all]' --group dev -c constraints.txt; } \
		|| { $(BIN)/python -m pip install -q 'pip>=25.1' \
			&& $(BIN)/python -m pip install -q -e '.[all]' --group dev -c constraints.txt; }
	@touch $@ $(VENV)/.demo-ready

# A name on the PATH may be a shim that refuses, or a Python that cannot make environments: each is tried.
$(BIN)/python:
	@for name in $(PYTHON) python3 python3.13 python3.12 python3.11; do \
		if "$$name" -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then \
			echo "Making $(VENV) with $$name …"; \
			"$$name" -m venv $(VENV) || exit 1; \
			$(BIN)/python -m pip install -q uv || echo "uv could not be had; going on with pip, which is slower."; \
			exit 0; \
		fi; \
	done; \
	echo "Penstock needs Python 3.11, 3.12 or 3.13 with its venv module, and none was found." >&2; \
	echo "Hint: install one (Debian: apt install python3 python3-venv), or name it: make PYTHON=/path/to/python3.12 …" >&2; \
	exit 1
