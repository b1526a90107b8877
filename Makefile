# `make run` and `make test` set up what they need by themselves: a virtual environment in .venv.

PYTHON ?= python3
VENV := .venv
INSTALL := $(VENV)/bin/python -m pip install --quiet --disable-pip-version-check

.PHONY: run test lint clean

run: $(VENV)/run.stamp
	@$(VENV)/bin/python -m bot --or-terminal

test: $(VENV)/dev.stamp
	@$(VENV)/bin/python -m pytest --numprocesses auto --dist worksteal

lint: $(VENV)/dev.stamp
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/run.stamp: requirements.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("chuchu needs Python 3.11 or newer, this is " + sys.version.split()[0] + ": try make PYTHON=python3.12")'
	@echo "Setting up $(VENV) (once, about a minute) ..." >&2
	@$(PYTHON) -m venv $(VENV) </dev/null
	@$(INSTALL) -r requirements.txt </dev/null
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements-dev.txt
	@$(INSTALL) -r requirements-dev.txt </dev/null
	@touch $@
