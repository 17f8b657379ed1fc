# Two commands matter: `make reports` and `make test`. Each sets up .venv by itself, once, and again when
# pyproject.toml or requirements.lock changed. `make` alone says what else there is.

VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
COUNTRIES ?=
GERMAN ?= BLR CHE RUS SRB UKR
PYTEST ?=

.DEFAULT_GOAL := help
.PHONY: help setup reports german test check schema lock clean

help:
	@echo 'make reports   render every country that has an assessment into reports/ (COUNTRIES="CHE KAZ" for others)'
	@echo 'make german    render the countries whose texts are translated into reports/de/, in German (GERMAN="KAZ" for others)'
	@echo 'make test      style, types and all tests (PYTEST="-k frame" for some)'
	@echo 'make check     is the data folder sound?'
	@echo 'make schema    write the JSON Schema of assessment files anew from the models'
	@echo 'make setup     only prepare .venv'
	@echo 'make lock      write requirements.lock anew from pyproject.toml'
	@echo 'make clean     remove .venv and what tools left behind; reports stay'

setup: $(READY)

reports: $(READY)
	@$(PY) -m atlas render $(COUNTRIES)
	@echo 'The reports are in reports/, one folder a country: country.html, country.pdf, claims.csv'

german: $(READY)
	@$(PY) -m atlas render $(GERMAN) -P language=de --out reports/de
	@echo 'The German reports are in reports/de/, one folder a country'

test: $(READY)
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy
	@$(PY) -m pytest -n auto --dist loadfile $(PYTEST)

check: $(READY)
	@$(PY) -m atlas check

schema: $(READY)
	@$(PY) -m atlas check --schema > data/assessments/assessment.schema.json.new
	@mv data/assessments/assessment.schema.json.new data/assessments/assessment.schema.json

lock: $(READY)
	@$(PY) -m venv $(VENV)/lock && $(VENV)/lock/bin/python -m pip install --quiet uv
	@$(VENV)/lock/bin/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes \
		--no-annotate --no-emit-index-url --no-emit-find-links --upgrade --quiet --output-file requirements.lock \
		--custom-compile-command 'make lock'

clean:
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
	@find notebooks tests data -name __pycache__ -prune -exec rm -rf {} +

# Every way in which this can fail on a bare machine ends in one line that says what to do about it.
# Compiling at the end makes each later start faster, also where Python is told not to write bytecode.
$(READY): pyproject.toml requirements.lock
	@fail() { echo "make: $$*" >&2; exit 1; }; \
	last() { grep -v '^ *$$' $(VENV)/setup.log | tail -n 1; }; \
	for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 none; do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
	done; \
	if [ $$python = none ]; then \
		found=$$(python3 --version 2>/dev/null || echo no Python at all); \
		fail "Python 3.11 or newer is needed, found $$found. On Debian: apt-get install python3 python3-venv"; \
	fi; \
	if ! $(PY) -m pip --version >/dev/null 2>&1; then \
		rm -rf $(VENV); mkdir -p $(VENV) || fail "cannot write to $$PWD"; \
		"$$python" -c 'import venv, ensurepip' 2>/dev/null && "$$python" -m venv $(VENV) >$(VENV)/setup.log 2>&1; \
		$(PY) -m pip --version >/dev/null 2>&1 || \
		if "$$python" -c 'import venv, ensurepip' 2>/dev/null; then fail "could not make $(VENV): $$(last)"; else \
		fail "$$python lacks its venv module. On Debian: apt-get install python3-venv"; fi; \
	fi; \
	echo "Setting up $(VENV) with $$($(PY) --version): a few minutes the first time, the log is $(VENV)/setup.log" >&2; \
	$(PY) -m pip install --require-hashes --no-compile --requirement requirements.lock >$(VENV)/setup.log 2>&1 && \
	$(PY) -m pip install --no-deps --no-build-isolation --no-compile --editable . >>$(VENV)/setup.log 2>&1 || \
	if grep -Eq 'NewConnectionError|NameResolutionError|ConnectTimeout|ProxyError|ReadTimeout' $(VENV)/setup.log; \
	then fail "no connection to the Python package index; setting up needs a network, once. Log: $(VENV)/setup.log"; \
	else fail "setting up failed: $$(grep -iE 'error' $(VENV)/setup.log | head -n 1). Log: $(VENV)/setup.log"; fi; \
	$(PY) -m compileall -q -j 0 $(VENV)/lib >/dev/null 2>&1; \
	touch $@
