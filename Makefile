# Two commands for a bare machine (python3 and make): `make demo` and `make test`.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
SBOM ?= sbom.json
RUN := $(VENV)/bin/python

.PHONY: demo load test test-all bench torture check lock messages pictures sbom audit clean help

help:
	@echo "make demo      serve the sample sessions at http://127.0.0.1:$(PORT)/ (PORT=8001 for another port)"
	@echo "make load      load a fixture or a transcript: make load FILE=session.json"
	@echo "make test      run the test suite"
	@echo "make test-all  run the test suite and the slow tests: every page in every theme and language, long random runs"
	@echo "make check     lint, types, layers, templates, migrations, deployment settings"
	@echo "make bench     measure speed and size, side by side with other ways: half an hour"
	@echo "make torture   break 20,000 files and read them in every format: half an hour"
	@echo "make messages  collect the interface's texts for translation, and compile the translations"
	@echo "make pictures  take the pictures in docs/pictures/ anew from a demo"
	@echo "make sbom      write sbom.json: what serving Panels needs, with versions and licences (CycloneDX)"
	@echo "make audit     look for known vulnerabilities in what serving Panels needs"
	@echo "make lock      lock the requirements anew after a change in pyproject.toml"
	@echo "make clean     remove the environment and the demo, its database included"

demo: $(VENV)/run.stamp
	@$(RUN) -m panels.demo --port $(PORT)

load: $(VENV)/run.stamp
	@test -n "$(FILE)" || { echo "Say which file: make load FILE=session.json"; exit 2; }
	@test -n "$$SECRET_KEY$$DEBUG" || test -e .env || test -e "$${DEMO_HOME:-.demo}" || { echo "Run make demo once first: it creates the database."; exit 2; }
	@$(RUN) manage.py load "$(FILE)" --site http://127.0.0.1:$(PORT)

test: $(VENV)/dev.stamp
	$(RUN) -m pytest

test-all: test
	$(RUN) -m pytest -m slow

bench: $(VENV)/dev.stamp
	$(RUN) -m tests.benchmarks

torture: $(VENV)/dev.stamp
	$(RUN) -m tests.torture

check: $(VENV)/dev.stamp
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy panels tests
	$(VENV)/bin/lint-imports --no-cache
	$(VENV)/bin/djlint --lint --quiet templates
	SECRET_KEY=only-for-checks $(RUN) manage.py makemigrations --check --dry-run
	backups=$$(mktemp -d) && touch "$$backups/$$(date -u +%Y-%m-%dT%H%M%SZ).panels-backup.zip" && \
		SITE_URL=https://127.0.0.1 EMAIL_URL=smtp://127.0.0.1 TWO_FACTOR_REQUIRED_FOR=Publisher BACKUP_DIR=$$backups \
		SECRET_KEY="$$($(RUN) -c 'import secrets; print(secrets.token_urlsafe(64))')" \
		$(RUN) manage.py check --deploy --fail-level WARNING; status=$$?; rm -r "$$backups"; exit $$status

messages: $(VENV)/dev.stamp
	$(RUN) manage.py makemessages --locale zh_Hans --no-obsolete --add-location file --ignore 'tests/*' --ignore '.venv*'
	$(RUN) manage.py compilemessages --ignore '.venv*'

pictures: $(VENV)/dev.stamp
	$(RUN) -m tests.pictures

lock: $(VENV)/lock.stamp
	$(VENV)/lock/bin/uv pip compile pyproject.toml --extra postgres $(LOCK_OPTIONS) -o requirements/run.txt
	$(VENV)/lock/bin/uv pip compile pyproject.toml --extra postgres --group dev $(LOCK_OPTIONS) -o requirements/dev.txt
	$(VENV)/lock/bin/uv pip compile --group audit $(LOCK_OPTIONS) -o requirements/audit.txt

LOCK_OPTIONS := --universal --fork-strategy requires-python --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --quiet

sbom: $(VENV)/audit.stamp
	@$(VENV)/audit/bin/cyclonedx-py environment --pyproject pyproject.toml --mc-type application --output-reproducible \
		--output-format JSON --output-file $(SBOM) $(VENV)/serving/bin/python
	@echo "Written: $(SBOM)"

audit: $(VENV)/audit.stamp
	$(VENV)/audit/bin/pip-audit --require-hashes --disable-pip -r requirements/run.txt

clean:
	rm -rf $(VENV) .demo staticfiles

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Panels needs Python 3.11 or newer: make PYTHON=python3.12 ...")'
	@echo "Making the environment in $(VENV)/ ..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements/run.txt | $(VENV)/bin/python
	@echo "Installing what Panels runs on ..."
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt | $(VENV)/bin/python
	@echo "Installing what working on Panels needs ..."
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@ $(VENV)/run.stamp

$(VENV)/audit.stamp: requirements/audit.txt requirements/run.txt | $(VENV)/bin/python
	@echo "Installing the tools, and apart from them what Panels runs on ..."
	@$(PYTHON) -m venv --clear $(VENV)/audit
	@$(VENV)/audit/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/audit.txt
	@$(PYTHON) -m venv --clear --without-pip $(VENV)/serving
	@$(VENV)/audit/bin/python -m pip --python $(VENV)/serving/bin/python install --quiet --disable-pip-version-check \
		--require-hashes -r requirements/run.txt
	@touch $@

$(VENV)/lock.stamp: | $(VENV)/bin/python
	@$(PYTHON) -m venv $(VENV)/lock
	@$(VENV)/lock/bin/pip install --quiet --disable-pip-version-check uv
	@touch $@
