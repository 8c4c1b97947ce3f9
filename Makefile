.DEFAULT_GOAL := help
.PHONY: help reports test test-jobs test-real test-spark test-force test-ordinary test-browser proof bench bench-full lab check strip docs ci clean

PYTHON ?= python3
BIN := .venv/bin
NOTEBOOKS := $(wildcard notebooks/*.ipynb)
# Tests with a target of their own: they need more than Python, or more time.
JOBS := notebooks runs stewardship ingestion/test_batches.py ingestion/test_fuzz.py profiles/states/test_outages.py \
	profiles/states/test_build.py profiles/test_panel.py profiles/test_point_in_time.py \
	segmentation/test_build.py segmentation/leads/test_find.py churn/test_panel.py churn/test_trial.py \
	value/test_build.py value/test_customers.py
OWN_TARGETS := $(JOBS) real spark force ordinary browser proof benchmarks
TEST := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 WORKBENCH_THREADS=1 $(BIN)/python -m pytest --numprocesses 2 --dist loadfile
STRIP := --keep-count --extra-keys "metadata.papermill cell.metadata.papermill"

help: ## List what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

reports: .venv/installed ## Run the main job on the demo shop and print where its report is
	@test -d "$${WORKBENCH_HOME:-.}/data/demo/raw" || $(BIN)/workbench simulate demo
	@$(BIN)/workbench run demo

test: .venv/installed ## Run the tests that need nothing but Python
	$(TEST) $(foreach own,$(OWN_TARGETS),--ignore=tests/$(own))

test-jobs: .venv/installed ## Run whole jobs: the notebooks, the runner, loads, panels, states, groups and forecasts of whole shops, data sets that forget, fold and change their key
	$(TEST) $(addprefix tests/,$(JOBS))

test-real: .venv/installed ## Run the tests on real data (WORKBENCH_REAL_DATA, else ../shared/data)
	$(BIN)/python -m pytest tests/real

test-spark: .venv/spark ## Hold Spark's answers against DuckDB's, row by row; installs pyspark (500 MB), needs Java 17
	$(BIN)/python -m pytest tests/spark

test-force: .venv/installed ## Kill runs at random moments, let cells hang, end the memory: nothing half-made may be left
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile -rP tests/force

test-ordinary: .venv/installed ## Full disks and forbidden folders, as an ordinary user (WORKBENCH_SMALL_DISK names a small disk)
	$(BIN)/python -m pytest tests/ordinary

test-browser: .venv/installed ## Open the pages in headless Chromium (WORKBENCH_CHROMIUM, else /usr/bin/chromium)
	$(BIN)/python -m pytest tests/browser

proof: .venv/installed ## How we know: hold what the workbench says against made-up worlds, and write reports/proof/
	$(BIN)/python -m pytest tests/proof

bench: .venv/installed ## Measure ratios against named alternatives
	$(BIN)/python -m tests.benchmarks.bench_ingestion 2000000
	$(BIN)/python -m tests.benchmarks.bench_identity 1000000
	$(BIN)/python -m tests.benchmarks.bench_profiles 2000000
	$(BIN)/python -m tests.benchmarks.bench_overview 2000000
	$(BIN)/python -m tests.benchmarks.bench_churn
	$(BIN)/python -m tests.benchmarks.bench_value
	$(BIN)/python -m tests.benchmarks.bench_lift 10000000
	$(BIN)/python -m tests.benchmarks.bench_runs

bench-full: .venv/installed ## The same at full size: 20 million records, 60 million events (some 12 GB of disk), 5 million edges
	$(BIN)/python -m tests.benchmarks.bench_ingestion 2000000 20000000
	$(BIN)/python -m tests.benchmarks.bench_identity 1000000 5000000
	$(BIN)/python -m tests.benchmarks.bench_profiles 2000000 5000000 20000000 60000000
	$(BIN)/python -m tests.benchmarks.bench_overview 2000000 5000000

lab: .venv/installed ## Open JupyterLab on the notebooks
	$(BIN)/jupyter lab notebooks

check: .venv/installed ## Lint, format, the order of rooms, stripped notebooks; under a minute
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports
	$(BIN)/nbstripout --verify $(STRIP) $(NOTEBOOKS)

strip: .venv/installed ## Strip notebooks of what does not belong in git
	$(BIN)/nbstripout $(STRIP) $(NOTEBOOKS)

docs: .venv/installed ## Write what is made of the code: data/TRACKING_PLAN.md and data/METRICS.md
	$(BIN)/python -c 'from helpers.datasets import metrics_document, plan_document as plan; plan.write(); metrics_document.write()'

ci: ## Everything that CI runs, from scratch
	bash .ci/run

clean: ## Remove caches, runs and reports; never raw data
	rm -rf .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
	rm -rf data/*/runs data/*/scratch
	find reports -mindepth 1 -maxdepth 1 ! -name README.md ! -name example.png -exec rm -rf {} +

.venv/installed: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or later is needed; say which with: make PYTHON=python3.12"; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2> /dev/null \
		|| { echo "python3-venv is missing; install it with: sudo apt-get install python3-venv"; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

.venv/spark: requirements-spark.txt .venv/installed
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements-spark.txt
	@touch $@
