# make test   sets up .venv and runs ruff, mypy and the tests, then make eval
# make eval   measures how right narrcheck is on corpus/, which may not fall below its floor
# make check  sets up .venv and shows narrcheck at work on the made documents of corpus/
# make bench  sets up .venv and measures speed and memory, against their targets
# make fuzz   sets up .venv and fuzzes for SECONDS=60, of which all targets get a share
# make audit  sets up .venv and looks for unsafe code, and for known faults in what is installed
# make docs   writes docs/rules.md and the pictures of the READMEs anew

PYTHON ?= $(shell for each in python3.11 python3; do \
    "$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
    && { echo "$$each"; break; }; done)
VENV ?= .venv
# Tools are run as modules: the first line of a script cannot hold a path with spaces.
RUN := "$(VENV)/bin/python" -m
MEASURE := $(RUN) narrcheck eval corpus --floor corpus/floor.json
FAULTLESS := corpus/hunan-2023/决算.txt
FAULTY := corpus/hunan-2023/决算-有误.txt

.DELETE_ON_ERROR:
SECONDS ?= 60
SEED ?= 0

.PHONY: test eval check bench fuzz audit docs clean

test: $(VENV)/.installed-test
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy
	$(RUN) bandit --quiet --recursive --configfile pyproject.toml narrcheck
	$(RUN) pytest --numprocesses=auto --maxprocesses=4 --dist=loadfile
	$(MEASURE)

eval: $(VENV)/.installed
	$(MEASURE)

# Status 1 means findings: right for the faulty document, wrong for the faultless one.
check: $(VENV)/.installed
	$(RUN) narrcheck check $(FAULTLESS)
	@$(RUN) narrcheck check $(FAULTY); status=$$?; \
	if [ $$status -ne 1 ]; then \
	    echo "make check: $(FAULTY) has planted faults, so status 1 was expected, not $$status"; \
	    exit 1; \
	fi; \
	echo "make check: good. Nothing found in the faultless document (status 0); the faults"; \
	echo "planted in the other one were reported above (status 1, as it must be)."

bench: $(VENV)/.installed-test
	@$(RUN) benchmarks.bench_all

fuzz: $(VENV)/.installed
	$(RUN) pip install --quiet --editable '.[fuzz]'
	$(RUN) fuzz --seconds $(SECONDS) --seed $(SEED)

# Strict: a package that could not be looked up is a failure, not silence.
audit: $(VENV)/.installed
	$(RUN) pip install --quiet --editable '.[audit]'
	$(RUN) bandit --quiet --recursive --configfile pyproject.toml narrcheck
	@$(RUN) pip_audit --strict --skip-editable || { \
	    echo "make audit: faults were found, or packages could not be looked up; if it says"; \
	    echo "'could not be audited', the list of faults cannot be reached from here."; exit 1; }

docs: $(VENV)/.installed-test
	$(RUN) docs.make_rules
	$(RUN) docs.make_pictures

$(VENV)/.installed: pyproject.toml
	$(if $(PYTHON),,$(error Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11))
	"$(PYTHON)" -m venv "$(VENV)"
	$(RUN) pip install --quiet --editable .
	@touch "$@"

$(VENV)/.installed-test: $(VENV)/.installed
	$(RUN) pip install --quiet --editable '.[test]'
	@touch "$@"

clean:
	rm -rf "$(VENV)" build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
