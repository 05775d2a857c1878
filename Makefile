# make check is everything that CI runs; make fix repairs what machines can.
PYTHON ?= .venv/bin/python

.PHONY: check lint test fix docs golden

check: lint test

lint:
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	$(dir $(PYTHON))lint-imports --no-cache
	$(PYTHON) -m compgraph tidy --check
	$(PYTHON) -m compgraph validate

test:
	$(PYTHON) -m pytest

fix:
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m compgraph tidy

# Pages, README outputs and goldens that are derived: read the diff.
docs golden:
	$(PYTHON) -m pytest --regold
