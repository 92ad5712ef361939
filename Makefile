# The commands of the project. `make` alone lists them.
SHELL := /bin/bash
.ONESHELL:
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON3 ?= python3
BIN := .venv/bin
PORT ?= 8000
VAR ?= var
TESTS ?=
export VAR

# What a production machine would be told; nothing of it is real.
PRODUCTION := DATABASE_URL=postgresql://portal_web@database/portal SECRET_KEY=$$(head -c 40 /dev/urandom | base64 -w0) \
	ALLOWED_HOSTS=portal.example.org SITE_ADDRESS=https://portal.example.org HTTPS=true

.PHONY: help
help:  ## list these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

.PHONY: setup setup-dev
setup:  ## prepare the checkout to run the portal
	@$(PYTHON3) ccm_portal/tooling/set_up.py run
setup-dev:  ## prepare the checkout to test and check it too
	@$(PYTHON3) ccm_portal/tooling/set_up.py dev

.PHONY: demo
demo: setup  ## run the portal with demonstration data (PORT=8000 VAR=var)
	@exec env PORT=$(PORT) $(BIN)/python -m ccm_portal.tooling.demo

.PHONY: codes
codes:  ## print the present sign-in code of each demo account
	@exec $(BIN)/python -m ccm_portal.tooling.codes

.PHONY: test
test: setup-dev  ## run the everyday tests (TESTS=tests/treaty for some)
	@exec $(BIN)/pytest -n 2 --dist loadfile $(if $(TESTS),$(TESTS),--ignore=tests/journeys)

.PHONY: journeys
journeys: setup-dev  ## run the journeys through the portal in a headless Chromium, and start `make demo` once
	@exec $(BIN)/pytest -n 2 --dist loadfile tests/journeys

.PHONY: check
check: setup-dev  ## run the linters and the checks of configuration
	@failed=()
	step() { local name="$$1"; shift; printf '\n== %s\n' "$$name"; "$$@" || failed+=("$$name"); }
	step 'ruff' $(BIN)/ruff check .
	step 'ruff format' $(BIN)/ruff format --check .
	step 'import-linter' $(BIN)/lint-imports
	step 'mypy' $(BIN)/mypy
	step 'djlint' $(BIN)/djlint templates --lint --quiet
	step 'translations' $(BIN)/python manage.py compile_translations --check
	step 'migrations' $(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	step 'check --deploy' env $(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING
	step 'compose file' $(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
	step 'Dockerfile' $(BIN)/hadolint --config .hadolint.yaml Dockerfile
	[ $${#failed[@]} -eq 0 ] || { printf '\nFailed: %s\n' "$${failed[*]}"; exit 1; }
	printf '\nAll checks passed.\n'

.PHONY: bench
bench: setup-dev  ## load 30 years of reports of 120 States and print how fast the portal is
	@exec $(BIN)/python -m ccm_portal.bench

.PHONY: messages
messages: setup-dev  ## collect the sentences to translate (needs GNU gettext)
	@$(BIN)/python manage.py makemessages --all --no-location --no-wrap --ignore var --ignore .venv --ignore tests
	$(BIN)/python manage.py compile_translations

.PHONY: check-image
check-image:  ## build the container image without Docker (root; needs buildah, crun and debootstrap)
	@exec bash ccm_portal/tooling/check_image.sh
