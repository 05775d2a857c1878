# make check is everything that CI runs; make fix repairs what machines can.
PYTHON ?= .venv/bin/python

.PHONY: check lint test wheel engines standard fix docs golden picture

check: lint test wheel engines standard

lint:
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	$(dir $(PYTHON))lint-imports --no-cache
	$(PYTHON) -m compgraph tidy --check
	$(PYTHON) -m compgraph validate --level warning

test:
	$(PYTHON) -m pytest --junitxml=.pytest_cache/report.xml
	$(PYTHON) .ci/no_skips.py .pytest_cache/report.xml

# The wheel, tried in empty environments outside the checkout.
wheel:
	$(PYTHON) .ci/wheel.py

# Both SHACL engines on every damaged framework and on the whole graph, which takes pyshacl some ten minutes.
engines:
	$(PYTHON) -m pytest -m engines tests/test_mutations.py

# A second reader of SSSOM, in an environment of its own: it brings old plugins of rdflib with it.
standard:
	python3 -m venv .venv/sssom && .venv/sssom/bin/pip install --quiet sssom
	.venv/sssom/bin/python .ci/sssom_rows.py data/mappings/*.sssom.tsv

fix:
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m compgraph tidy

# Pages, README outputs and goldens that are derived: read the diff.
docs golden:
	$(PYTHON) -m pytest --regold

# The picture in the README; needs Chromium.
picture:
	$(PYTHON) -m compgraph publish .venv/site
	chromium --headless --no-sandbox --hide-scrollbars --window-size=1180,1250 \
		--screenshot=docs/pictures/thoroughness.png file://$(CURDIR)/.venv/site/doc/california/thoroughness.html
