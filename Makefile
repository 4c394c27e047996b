# make demo   installs, traces the example story and says where the report is
# make test   installs, then runs all tests
# make check  installs, then lint, types, import contracts and the tests of the docs

PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
READY := .venv/.ready

.PHONY: demo test check gate lock clean install

install: $(READY)

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Retold needs Python 3.11 or newer; none was found. Install it, or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python3" >&2; exit 2; }
	@echo "Installing Retold into .venv (once, about a minute) ..."
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

demo: $(READY)
	@tables=$$(mktemp -d) && trap 'rm -rf "$$tables"' EXIT && \
	$(BIN)/retold trace examples/varnholm/articles --tables "$$tables" -o demo-report.html --quiet && \
	$(BIN)/retold trace examples/varnholm/articles --tables "$$tables" --quiet
	@echo
	@echo "The report: $(CURDIR)/demo-report.html (open it in a browser; it needs no network)"

check: $(READY)
	@$(BIN)/ruff check src tests eval
	@$(BIN)/mypy
	@PYTHONPATH=src $(BIN)/lint-imports --no-cache
	@$(BIN)/python -m pytest tests/docs

test: $(READY)
	@$(BIN)/ruff check src tests eval
	@$(BIN)/mypy
	@PYTHONPATH=src $(BIN)/lint-imports --no-cache
	@$(BIN)/python -m pytest -n auto --dist loadfile
	@$(BIN)/python eval/gate.py

gate: $(READY)
	@$(BIN)/python eval/gate.py --whole

lock:
	uv pip compile pyproject.toml --group dev --universal --generate-hashes --python-version 3.11 -o requirements.lock --quiet --upgrade

clean:
	rm -rf .venv demo-report.html
