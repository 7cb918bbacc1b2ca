# Set up, start and test 县中帮扶监测. `make` alone lists the targets.
#
# Overridable: PORT, HOST, LAKE, DEMO_LAKE, PYTHON, WORKERS, PYTEST_ARGS.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

# Not from the environment: some shells keep the name of the machine there.
HOST := 127.0.0.1
PORT ?= 8501
LAKE ?= var/lake
DEMO_LAKE ?= var/demo
DEMO_SCHOOLS ?= 800
DEMO_ACTIVITIES ?= 60000
WORKERS ?= 2
PYTEST_ARGS ?=
PYTHON ?=

VENV := .venv
PY := $(VENV)/bin/python
XIANZHONG := $(VENV)/bin/xianzhong
INSTALLED := $(VENV)/installed
NEEDS := pyproject.toml constraints.txt
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
CODE := src tests tools $(wildcard app.py pages bench)

.PHONY: help run demo demo-lake test test-fast test-browser lint types audit format bench clean data-loaded setup

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: data-loaded ## 启动看板 · start the dashboard over the real data
	@$(PY) tools/open_when_ready.py http://$(HOST):$(PORT)/ &
	@exec $(XIANZHONG) serve --host $(HOST) --port $(PORT) --lake $(LAKE)

demo: $(INSTALLED)-run ## 示例数据 · start it over a generated lake
	@test -d $(DEMO_LAKE) || $(MAKE) demo-lake
	@$(PY) tools/open_when_ready.py http://$(HOST):$(PORT)/ &
	@exec $(XIANZHONG) serve --host $(HOST) --port $(PORT) --lake $(DEMO_LAKE)

# Made beside its place and moved there when it is whole.
demo-lake: $(INSTALLED)-run
	@rm -rf $(DEMO_LAKE).part
	@$(XIANZHONG) demo --lake $(DEMO_LAKE).part \
	  --schools $(DEMO_SCHOOLS) --activities $(DEMO_ACTIVITIES)
	@mv $(DEMO_LAKE).part $(DEMO_LAKE)

# Loading what is there already changes nothing, so this needs no memory of its own.
data-loaded: $(INSTALLED)-run ## load the real data into the lake
	@set -e; export XIANZHONG_LAKE=$(LAKE); \
	$(XIANZHONG) load universities data/programme/universities.csv; \
	$(XIANZHONG) load schools data/programme/schools.csv; \
	$(XIANZHONG) load pairings data/programme/pairings.csv; \
	$(XIANZHONG) load activities data/programme/activities.csv; \
	$(XIANZHONG) load weak_counties data/programme/former_poverty_counties.csv

test: test-fast test-browser ## run every test

test-fast: $(INSTALLED)-test ## run the tests that need no browser
	@$(PY) -m pytest -m "not browser" -n $(WORKERS) --dist loadfile $(PYTEST_ARGS)

test-browser: $(INSTALLED)-test ## run the tests in a browser
	@browser=$$($(PY) tools/find_browser.py --install); \
	CHROMIUM="$$browser" $(PY) -m pytest -m browser -n $(WORKERS) --dist worksteal --reruns 1 -rR \
	  $(PYTEST_ARGS)

lint: $(INSTALLED)-lint ## check style, spelling and who imports whom
	@$(PY) -m ruff check $(CODE)
	@$(PY) -m ruff format --check $(CODE)
	@$(VENV)/bin/codespell
	@$(VENV)/bin/lint-imports

audit: $(INSTALLED)-lint ## look for known faults of packages and for secrets
	@$(PY) tools/audit.py

types: $(INSTALLED)-lint ## check the types
	@$(PY) -m mypy

format: $(INSTALLED)-lint ## put the code in order
	@$(PY) -m ruff check --fix $(CODE)
	@$(PY) -m ruff format $(CODE)

bench: $(INSTALLED)-bench ## measure speed and memory over a million activities
	@browser=$$($(PY) tools/find_browser.py --install); \
	CHROMIUM="$$browser" $(PY) -m bench

clean: ## remove what tools leave behind (not the environment, not the lakes)
	@rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis \
	  test-results .coverage
	@find src tests tools pages bench -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

setup: $(INSTALLED)-run $(INSTALLED)-test $(INSTALLED)-lint ## install everything and start nothing

# One stamp for each set of packages, older than what it was made from when that changes.
$(INSTALLED)-run: $(NEEDS) | $(PY)
	@echo "正在安装运行所需的软件包… · Installing the packages to run (a minute or two)"
	@$(PIP) --editable .
	@touch $@

$(INSTALLED)-test $(INSTALLED)-lint $(INSTALLED)-bench: $(INSTALLED)-%: $(NEEDS) | $(PY)
	@echo "正在安装软件包… · Installing the packages for: $*"
	@$(PIP) --editable '.[$*]'
	@touch $@

$(PY):
	@python=$$(sh tools/find_python.sh $(PYTHON)); \
	echo "正在建立 $(VENV)… · Making $(VENV) with $$python"; \
	"$$python" -m venv $(VENV)
