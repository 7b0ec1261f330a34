# make test   sets up .venv and runs ruff, mypy and the tests
# make check  sets up .venv and shows narrcheck at work on the made documents of corpus/
# make bench  sets up .venv and measures speed and memory, against their targets
# make docs   writes docs/rules.md and the pictures of the READMEs anew

PYTHON ?= $(shell for each in python3.11 python3; do \
    "$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
    && { echo "$$each"; break; }; done)
VENV ?= .venv
# Tools are run as modules: the first line of a script cannot hold a path with spaces.
RUN := "$(VENV)/bin/python" -m
FAULTLESS := corpus/hunan-2023/决算.txt
FAULTY := corpus/hunan-2023/决算-有误.txt

.DELETE_ON_ERROR:
.PHONY: test check bench docs clean

test: $(VENV)/.installed-test
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy
	$(RUN) pytest --numprocesses=auto --maxprocesses=4 --dist=loadfile

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
