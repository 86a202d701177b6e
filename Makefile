# make setup, make serve, make test, make build: each sets up what is missing, and nothing a second time.
# `make test PYTHON=python3.11` chooses the Python; without it, the one in .python-version.

PYTHON =
PORT = 8000
PYTEST =

# Material for MkDocs would greet every call with twenty lines about MkDocs 2, which is not used.
# What was compiled is kept, because the tests start hundreds of Pythons. With -P, Python imports
# nothing from this folder: a yaml.py here would run before anything has looked at the tree.
RUN = NO_MKDOCS_2_WARNING=1 PYTHONDONTWRITEBYTECODE= .venv/bin/python -P -m

# A process a processor; more than eight have nothing to share. PYTEST="-n0" runs all in one.
TEST = $(RUN) pytest -n logical --maxprocesses 8

# Where nobody may write, the linters keep nothing.
KEPT = $(shell [ -w . ] || echo RUFF_NO_CACHE=true MYPY_CACHE_DIR=/dev/null)

# Coverage begins with the interpreter: pytest loads a part of the engine before other plugins.
COVERING = COVERAGE_PROCESS_START=$(CURDIR)/pyproject.toml
COVERED = .fieldguide/coverage

MOVE = Next: copy the project to a folder of yours, and run make there.

.PHONY: help setup serve test test-all test-postgres surroundings build lint clean FORCE

help:
	@echo 'make setup    what fieldguide needs, and no more: a minute, and nothing outside of .venv'
	@echo 'make serve    the site on http://127.0.0.1:8000, made again as you edit'
	@echo 'make test     the quick checks: lint, types, and the tests that need no browser'
	@echo 'make test-all every check of the project, as CI runs it'
	@echo 'make test-postgres'
	@echo '              the snippets that can use PostgreSQL, on a server that is thrown away'
	@echo 'make build    the site in site/'
	@echo 'make surroundings'
	@echo '              the project where others run it: other paths, users, times, Pythons; ONLY="tarball load"'
	@echo 'make lint     the tree and the account of all fences, ruff, mypy, which package imports which'
	@echo 'make clean    remove what these made'
	@echo 'Add PYTHON=python3.11 to choose the Python, PYTEST="-k routing" to pass options to pytest.'

setup: .venv/.project
	@echo 'Ready. Next: . .venv/bin/activate && fieldguide verify routing/flask'

serve: .venv/.project
	$(RUN) mkdocs serve --dev-addr 127.0.0.1:$(PORT)

build: .venv/.project
	$(RUN) fieldguide verify --server
	$(RUN) mkdocs build --strict

# What draws its examples draws fewer here than in the whole run: tests/conftest.py has the profile.
test: lint
	$(TEST) --hypothesis-profile quick --ignore tests/whole --ignore tests/browser -m "not whole" $(PYTEST)

# A choice of tests says nothing of what all of them cover.
test-all: lint
	@sh hooks/need-chromium.sh .venv/bin/python
ifdef PYTEST
	$(TEST) $(PYTEST)
else
	@rm -rf $(COVERED) && mkdir -p $(COVERED)
	$(COVERING) $(TEST)
	$(RUN) coverage combine --quiet
	$(RUN) coverage json --quiet
	.venv/bin/python tools/covered.py $(COVERED)/report.json
endif

test-postgres: .venv/.project
	@sh hooks/need-postgres.sh
	$(RUN) bench.postgres

# ONLY="tarball load" chooses; tools/surroundings.py has the names.
surroundings: .venv/.project
	.venv/bin/python tools/surroundings.py $(ONLY)

lint: .venv/.project
	$(RUN) fieldguide lint
	$(KEPT) $(RUN) ruff check
	$(KEPT) $(RUN) ruff format --check
	$(KEPT) $(RUN) mypy
	@echo lint-imports
	@imports=`.venv/bin/python .venv/bin/lint-imports --no-logo --no-cache` || { printf '%s\n' "$$imports"; exit 1; }

clean:
	rm -rf .venv .fieldguide site .mypy_cache .pytest_cache .ruff_cache

# First what a clone may not bring along, as it would be believed here. Then: which Python makes
# .venv, its version, and the folder, which scripts name: the file changes only
# if one of them does.
.venv/.python: FORCE
	@sh hooks/check-tree.sh
	@mkdir -p .venv || { echo '.venv cannot be made. $(MOVE)' >&2; exit 2; }
	@python=`sh hooks/choose-python.sh '$(PYTHON)'` && \
	  now=`printf '%s\n' "$$python" && "$$python" --version && pwd` && \
	  if [ "$$now" != "`cat $@ 2>/dev/null`" ]; then \
	    { printf '%s\n' "$$now" > $@.new && mv -f $@.new $@; } || \
	      { echo '.venv cannot be written, and is not made for this Python here. $(MOVE)' >&2; exit 2; }; \
	  fi

.venv/.packages: .venv/.python environments/site.txt
	@rm -rf .venv/.packages .venv/.project .venv/*
	@read -r python < .venv/.python && echo "Making .venv with $$python" && "$$python" -P -m venv .venv
	$(RUN) pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r environments/site.txt
	@touch $@

.venv/.project: .venv/.packages pyproject.toml
	$(RUN) pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

FORCE:
