# Everything here works from a clean clone, as root or not, and does again only what is out of date.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# Handed to the recipes through the environment, so that a path may hold spaces and quotes.
export SOURCE ?= seeds
export INDEX ?= .dateline
export PORT ?=
export PYTHON ?= python3
# Collections with gold answers, which lie beside the checkout where there are any.
export CORPORA ?= ../shared/corpora

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check --no-input
LOCKED := install --require-hashes -r
# Build tools come from the lock too; nothing is fetched that it does not name.
EDITABLE := install --no-deps --no-build-isolation --editable .

# One Debian package, as root or through sudo; else what to do. $(1) is its name, $(2) says what needs it.
debian = if ! command -v apt-get >/dev/null; then echo "$(2) $(1): please install it and try again" >&2; exit 1; \
	elif [ "$$(id -u)" = 0 ]; then as=; \
	elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then as=sudo; \
	else echo "$(2) $(1), which only root can install: apt-get install $(1)" >&2; exit 1; fi; \
	echo "$(2) $(1): installing it" >&2; \
	$$as apt-get update -qq </dev/null >/dev/null; \
	$$as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(1) </dev/null >/dev/null

.PHONY: help run test check lock clean chromium

help:
	@echo "make run     index SOURCE (now: $$SOURCE) into INDEX (now: $$INDEX) and serve it; PORT=8080 picks the port"
	@echo "make test    every test, the browser's included"
	@echo "make check   lint, format, types, the documents against the code, and how good tagging and ranking are"
	@echo "make lock    pin the newest versions that pyproject.toml allows"
	@echo "make clean   remove what these made, the index in .dateline included"

run: $(VENV)/runtime
	@$(BIN)/dateline rebuild "$$SOURCE" --index "$$INDEX"
	@exec $(BIN)/dateline serve --index "$$INDEX" $${PORT:+--port "$$PORT"}

test: $(VENV)/tests chromium
	@$(BIN)/python -m pytest -q </dev/null

check: $(VENV)/tests
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/python -m pytest -q tests/test_docs.py tests/test_house.py tests/test_lock.py </dev/null
	@$(BIN)/dateline evaluate all "$$CORPORA" tests/quality --floors tests/quality/floors.json </dev/null

$(BIN)/python:
	@"$$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Dateline needs Python 3.11 or later; name one with: make PYTHON=/path/to/python3" >&2; exit 1; }
	@"$$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || { $(call debian,python3-venv,the virtual environment needs); }
	@"$$PYTHON" -m venv $(VENV)

$(VENV)/runtime: requirements.lock pyproject.toml | $(BIN)/python
	@$(PIP) $(LOCKED) requirements.lock
	@$(PIP) $(EDITABLE)
	@touch $@

$(VENV)/tests: tests/requirements.lock $(VENV)/runtime
	@$(PIP) $(LOCKED) tests/requirements.lock
	@touch $@

# The browser tests drive Debian's Chromium; the test packages bring a driver and no browser.
chromium:
	@command -v chromium >/dev/null || { $(call debian,chromium,the browser tests need); }

# The versions of tests/requirements.lock are held to those of requirements.lock.
COMPILE := CUSTOM_COMPILE_COMMAND="make lock" $(VENV)-lock/bin/pip-compile --quiet --no-config --upgrade --generate-hashes \
	--allow-unsafe --strip-extras --no-emit-options --build-deps-for editable

lock: $(BIN)/python
	@"$$PYTHON" -m venv $(VENV)-lock
	@$(VENV)-lock/bin/python -m pip --quiet --quiet --disable-pip-version-check install pip-tools==7.6.2
	@$(COMPILE) --output-file requirements.lock pyproject.toml 2>$(VENV)-lock/log || { cat $(VENV)-lock/log >&2; exit 1; }
	@$(COMPILE) --extra test --constraint requirements.lock --output-file tests/requirements.lock pyproject.toml \
		2>$(VENV)-lock/log || { cat $(VENV)-lock/log >&2; exit 1; }
	@rm -rf $(VENV)-lock

clean:
	@rm -rf $(VENV) $(VENV)-lock .dateline build *.egg-info .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
