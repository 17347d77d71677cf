# `make run` and `make test` are the whole set-up: each brings what it needs.
SHELL := /bin/sh
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.installed
# Compiled modules are kept: without them every command and every worker would compile Django and botocore again.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help run manage test check generated format fuzz bench reset lock

help:
	@echo "make run            serve the portal with its local cloud, http://127.0.0.1:8000 (PORT, LOCAL_CLOUD_PORT, LOCAL_DIR)"
	@echo "make manage DO=…    a management command in the running portal's environment, for example DO='import_content DIR'"
	@echo "make test           all tests"
	@echo "make check          lint, format, types, import rules, deploy checks"
	@echo "make format         put the code in the agreed format"
	@echo "make fuzz           asks every operation of the API what nobody thought of (TIMES=40, of each role)"
	@echo "make bench          the benchmarks"
	@echo "make reset          delete the local data"
	@echo "make lock           renew the lock files"

run: $(READY)
	@exec $(PY) -m core.aws.local run

manage: $(READY)
	@exec $(PY) -m core.aws.local manage $(DO)

reset: $(READY)
	@$(PY) -m core.aws.local reset

test: $(READY)
	$(PY) -m pytest -n auto -q $(ARGS)

check: $(READY)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	PORTAL_LOCAL=1 $(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/djlint --lint --quiet templates
	@$(MAKE) --no-print-directory generated
	SECRET_KEY=for-the-deploy-check-only-0123456789-0123456789-0123456789 ALLOWED_HOSTS=portal.example \
		$(PY) manage.py check --deploy --fail-level WARNING

generated: $(READY)
	PORTAL_LOCAL=1 $(PY) manage.py build_tokens --check
	PORTAL_LOCAL=1 $(PY) manage.py lifecycle_diagram --check

format: $(READY)
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

fuzz: $(READY)
	FUZZ=$(or $(TIMES),40) $(PY) -m pytest -n auto -q tests/api/test_schema.py $(ARGS)

bench: $(READY)
	$(PY) -m bench $(ARGS)

lock: $(READY)
	$(PY) deploy/lock.py

# uv installs four times as fast as pip; pip, which comes with Python, brings it, and steps in where only pip is configured.
$(READY): $(wildcard requirements-dev.txt)
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed. If it is not on the PATH: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "$(PYTHON) has no venv module. On Debian: apt-get install python3-venv" >&2; exit 1; }
	@echo "  Installing the dependencies into $(VENV). This happens once and takes a minute…"
	@$(PYTHON) -m venv $(VENV)
	@awk '/^uv==/ { found = 1 } found { print; if (!/\\$$/) exit }' requirements-dev.txt > $(VENV)/uv.txt
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r $(VENV)/uv.txt
	@$(VENV)/bin/uv pip install --quiet --python $(PY) --require-hashes -r requirements-dev.txt \
		|| $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
