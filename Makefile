# Area Vasta. Each target makes or refreshes .venv first, from a hash-locked list of packages.
#   make PYTHON=python3.12 env       choose the interpreter (3.11 to 3.13; the newest found otherwise)
#   make compare ARGS="'reforms=[needs_based_fund]' run.years=10"

SHELL := /bin/bash
RUN := .venv/bin/python
ARGS ?=
PYTEST_WORKERS ?= auto
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help env env-dashboard env-research env-dev compare dashboard gallery validate calibrate sweep sensitivity search discover test test-long test-versions mutants lint bench odd lock clean

help: ## list the targets
	@grep -E '^[a-z -]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z -]+):.*## /  make \1  :  /'

env: ## make .venv with what `compare`, `run` and the tools about scenarios need
	@bash .ci/environment runtime

env-dashboard: ## make .venv with what the dashboard needs too
	@bash .ci/environment dashboard

env-research: ## make .venv with what every command needs
	@bash .ci/environment research

env-dev: ## make .venv with the tools for tests, checks and territory tables too
	@bash .ci/environment dev

compare: env ## compare reforms with the present law; ARGS="..." goes to the command
	@$(RUN) -m experiments compare $(ARGS)

dashboard: env-dashboard ## open the dashboard in the browser; ARGS="--lang en --port 8765" goes to the command
	@$(RUN) -m experiments dashboard $(ARGS)

gallery: env ## run the comparison of the gallery and put its charts into results/gallery
	@$(RUN) -m experiments compare 'reforms=[multilevel_governance]' ablate=true run.years=15 lang=en
	@$(RUN) -m experiments._gallery latest

validate calibrate sweep sensitivity search discover: env-research ## the commands of research; ARGS="..." goes to them
	@$(RUN) -m experiments $@ $(ARGS)

test: env-dev ## run the tests, but for the long ones
	@$(RUN) -m pytest -q -n $(PYTEST_WORKERS) -m "not long and not bench" $(ARGS)

test-long: env-dev ## run the long tests
	@$(RUN) -m pytest -q -n $(PYTEST_WORKERS) -m "long and not bench" $(ARGS)

test-versions: ## try every supported Python found, with the least and newest versions of the main dependencies
	@bash .ci/versions

mutants: env-dev ## change the model in small ways and see whether the tests notice; ARGS="--all" for all mutants
	@bash .ci/mutants $(ARGS)

lint: env-dev ## check style, format and types
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy

bench: env-dev ## measure speed, one test at a time
	@$(RUN) -m pytest -q -s -m bench $(ARGS) tests/benchmarks tests/dashboard/test_speed.py

odd: env-dev ## write the tables of model/ODD.md anew from the code
	@$(RUN) -m experiments._odd

lock: ## write the lock files anew from pyproject.toml (needs uv)
	@bash .ci/lock

clean: ## remove .venv and caches; results stay
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache
