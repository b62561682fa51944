# 心桥: `make demo` shows everything, `make test` proves it, `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 2
MAKEFLAGS += --no-print-directory
unexport DJANGO_SETTINGS_MODULE DATABASE_URL REDIS_URL XINQIAO_PURPOSE

.PHONY: help demo test check fmt reset setup setup-tests messages bench-browse bench-booking bench-pay bench-consent bench-availability bench-community show-doors show-safety show-money show-booking show-audit show-backup show-secrets show-anonymity

help:  ## list the commands
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: setup  ## run everything with demo data at http://127.0.0.1:8000/ (another port: make demo PORT=8010)
	@exec $(BIN)/python manage.py demo

test: check  ## run the checks and the whole test suite
	$(BIN)/pytest -n $(WORKERS) $(ARGS)

check: setup-tests  ## run the fast checks: style, types, imports, migrations, translations, sizes
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy
	$(BIN)/djlint --lint --quiet .
	$(BIN)/python manage.py makemigrations --check --dry-run --settings=marketplace.settings.test --verbosity=0
	$(BIN)/pytest -q tests/house/test_sizes.py tests/house/test_repository.py tests/house/test_translations.py

fmt: setup-tests  ## format the code
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .

messages: setup-tests  ## collect the texts of code and templates into locale/en
	$(BIN)/django-admin makemessages --locale=en --no-location --ignore=.venv --ignore=.data --ignore=tests
	$(BIN)/python -m marketplace.core.translations

reset:  ## stop this checkout's servers and delete their data
	@$(PYTHON) deploy/reset.py

bench-browse: setup-tests  ## measure browsing
	@exec $(BIN)/python -m tests.benchmarks.browse

bench-booking: setup-tests  ## measure booking
	@exec $(BIN)/python -m tests.benchmarks.booking

bench-pay: setup-tests  ## measure settling payments against the statements alone
	@exec $(BIN)/python -m tests.benchmarks.pay

bench-consent: setup-tests  ## measure asking who may see what, with 1, 100 and 10,000 grants
	@exec $(BIN)/python -m tests.benchmarks.consent

bench-availability: setup-tests  ## measure reading free times with 10,000 and 1,000,000 bookings (another world: SEED=1)
	@exec $(BIN)/python -m tests.benchmarks.availability

bench-community: setup-tests  ## measure the community's pages with 100 and 1,000,000 posts, and the gate
	@exec $(BIN)/python -m tests.benchmarks.community

show-anonymity: setup-tests  ## let 200 members write, and try to tell who wrote what; figures last (another town: SEED=1)
	@exec $(BIN)/python -m tests.support.show_anonymity

show-audit: setup-tests  ## tamper with the record of looks and see it found
	@exec $(BIN)/python -m tests.benchmarks.audit

show-secrets: setup-tests  ## plant words in every sealed field and search database, Redis and logs for them
	@exec $(BIN)/python -m tests.benchmarks.secret_canaries

show-backup: setup-tests  ## back up, tamper, erase, restore; figures last (other tampering: SEED=1)
	@exec $(BIN)/python -m tests.support.show_backup

show-money: setup-tests  ## try random programs of payments and every missing guard; figures last (PROGRAMS=5000 for the long form, SEED=1)
	@exec $(BIN)/python -m tests.support.show_money

show-booking: setup-tests  ## let 16 clients book, move and cancel at once and count what must not be; figures last (other choices: SEED=1)
	@exec $(BIN)/python -m tests.support.show_booking

show-safety: setup-tests  ## try the safety gate on the committed test set and time a post on its way to duty; figures last
	@exec $(BIN)/python -m tests.support.show_safety

show-doors: setup-tests  ## try every address as everyone; figures last (another order: SEED=1)
	@exec $(BIN)/python -m tests.support.show_doors

setup:
	@$(PYTHON) deploy/setup_environment.py

setup-tests:
	@$(PYTHON) deploy/setup_environment.py --tests
