# make run: the program on sample data.  make test: every check and test.  Both set everything up first.
.DEFAULT_GOAL := help
.PHONY: help setup run test lint types catalogues pytest soak bench screens bundle translations lock audit clean

PYTHON := .venv/bin/python
# Of the laws in make soak; make soak SEED=1234 tries the same examples again.
SEED ?= $(shell od -An -N4 -tu4 /dev/urandom | tr -d ' ')
CATALOGUES := $(wildcard translations/*/LC_MESSAGES/*.po)

help:
	@sed -n 's/^#: //p' Makefile

#: make setup         .venv with the program in .venv/bin/dcs-desktop
setup: .venv/installed .venv/translated
	@:

.venv/installed: pyproject.toml requirements.lock tools/setup tools/apt.sh
	@tools/setup

.venv/translated: .venv/installed $(CATALOGUES) tools/translations.py tools/qt_words.py
	@$(PYTHON) -m tools.translations compile
	@touch $@

#: make run           the window on sample data; without a screen, the sample data and where it lies
run: setup
	@tools/run

#: make test          lint, format, types, catalogues, tests: under 6 minutes on two cores
test: setup
	@$(MAKE) --no-print-directory -k lint types catalogues pytest

lint:
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .

types:
	@.venv/bin/mypy

catalogues:
	@$(PYTHON) -m tools.translations check

pytest:
	@.venv/bin/pytest -q -n 2

#: make soak          the long runs, and every law on new examples
soak: setup
	@echo "laws: seed $(SEED)"
	@HYPOTHESIS_PROFILE=search .venv/bin/pytest -q -m "" -o faulthandler_timeout=0 --hypothesis-seed=$(SEED)

#: make bench         times and sizes, into docs/benchmarks.md
bench: setup
	@set -e; for script in benchmarks/[a-z]*.py; do $(PYTHON) "$$script"; done

#: make screens       pictures of the window, into docs/screens
screens: setup
	@tools/screens

#: make bundle        the program as a folder that needs no Python, into dist/dcs-desktop
bundle: setup
	@tools/bundle

#: make translations  take new sentences into the catalogues, then compile them
translations: setup
	@$(PYTHON) -m tools.translations extract
	@$(PYTHON) -m tools.translations compile

#: make lock          renew requirements.lock, each file by its digest
lock:
	@tools/lock $(ARGS)

#: make audit         the locked packages against advisories: make audit ADVISORIES=all.zip, a file fetched elsewhere
audit: setup
	@$(PYTHON) -m tools.audit $(ADVISORIES)

#: make clean         takes away what the others made
clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache
