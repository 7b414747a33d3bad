# 两条命令：make run 检查 reports_in/，make test 运行全部测试。只需要 Python 3.10 以上。
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: program pyz wheels page site test-page test-office pictures run test test-thorough bench bench-scale compare-releases chaos expected format docs lock sbom dist clean python test-hostile test-editor fuzz scaling

run: $(VENV)/.installed
	@$(BIN)/checker check reports_in --fail-on never

# Byte code is kept whatever the environment says: hundreds of tests start the program.
test: export PYTHONDONTWRITEBYTECODE =
test: $(VENV)/.developer
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

# All of the like cases of which `make test` takes some: each wording in each shape of a Word file, each rule alone,
# every sentence of the world.
test-thorough: export PYTHONDONTWRITEBYTECODE =
test-thorough: $(VENV)/.developer
	THOROUGH=1 $(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

# The same reports in every format; needs LibreOffice and Chromium. `python -m variants write` renews the kept ones.
test-formats: $(VENV)/.developer
	cd tests && ../$(BIN)/python -m variants
	cd tests && ../$(BIN)/python -m website

# The workbook of a season, calculated by LibreOffice: its formulas have the values that were written beside them.
test-office: $(VENV)/.developer
	$(BIN)/python -m pytest tests/office/workbook/check_recalculated.py

# Rule files in the language server of an editor: what it proposes, tells and marks; needs Node.js and npm.
EDITOR_SERVER := build/editor/node_modules/.bin/yaml-language-server
test-editor: $(VENV)/.developer
	@test -x $(EDITOR_SERVER) || npm install --silent --no-save --ignore-scripts --prefix build/editor yaml-language-server@1.25.0
	YAML_SERVER=$(abspath $(EDITOR_SERVER)) $(BIN)/python -m pytest tests/workbench/check_editor.py

# What is made to go wrong: every hostile file in a process of its own, mutants of whole reports, growth of each
# step. `make fuzz FUZZ="--mutants 3000"` runs fewer; with `--write` each renews its table in docs/reliability.md.
HOSTILE := cd tests && PYTHONPATH=.:readers ../$(BIN)/python -m
test-hostile: $(VENV)/.developer
	$(HOSTILE) hostile $(CASES)

fuzz: $(VENV)/.developer
	$(HOSTILE) fuzz $(FUZZ)

scaling: $(VENV)/.developer
	$(HOSTILE) scaling $(SHAPES)

# One HTML file that checks reports in a browser, without a network; needs pip and npm.
page: $(VENV)/.installed
	$(BIN)/python -m quality.page

# The page in a real browser (Chromium of the system), opened as a file; `make test-page QUICK=1` tries what matters most.
test-page: page
	cd web && QUICK=$(QUICK) node --test test/

# Pictures of real output for the documentation; needs Chromium and npm.
pictures: $(VENV)/.developer
	cd web && npm ci --ignore-scripts && node pictures.mjs

# The documentation as a site of plain files (dist/site), for a browser without a network; a broken link stops it.
site: $(VENV)/.installed
	@$(BIN)/python -m quality.site

bench: $(VENV)/.developer
	$(BIN)/python -m benchmarks

# A province's reports on this machine: make bench-scale N=1000 for fewer than 10,000.
bench-scale: $(VENV)/.developer
	$(BIN)/python -m benchmarks.scale $(N)

# Every outcome that another version gives otherwise; DOCS: more folders of documents. All of it: dist/compare-releases.json.
compare-releases: $(VENV)/.developer
	@test -n "$(REF)" || { echo "请写明与哪个版本比较：make compare-releases REF=v0.1.0 [DOCS=文件夹]" >&2; exit 2; }
	@$(BIN)/python -m quality.releases "$(REF)" --docs $(DOCS)

# 2,000 files, 1 % of them harmful; processes are killed and signals come while they are checked. Linux only.
chaos: $(VENV)/.developer
	$(BIN)/python -m quality.chaos

format: $(VENV)/.developer
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Files that are written from the rules: the reference, the schema for editors.
docs: $(VENV)/.developer
	$(BIN)/checker schema rules > rules/schema.json
	$(BIN)/checker rules docs

# What the rules find in reports_in/; the tests show how a change of rules changes it.
expected: $(VENV)/.developer
	$(BIN)/checker check reports_in --no-config --today 2025-03-01 --fail-on never \
	  --format json --output tests/expected/reports_in.json

# The lock files, for every machine and Python from 3.10; needs uv. `make lock UPGRADE=--upgrade` takes what is newest.
lock:
	uv pip compile pyproject.toml $(LOCKING) --extra dev --output-file requirements/dev.lock
	uv pip compile pyproject.toml $(LOCKING) --extra all --constraint requirements/dev.lock --output-file requirements/run.lock
	uv pip compile requirements/packaging.in $(LOCKING) --output-file requirements/packaging.lock
	uv pip compile requirements/site.in $(LOCKING) --output-file requirements/site.lock

LOCKING = --quiet $(UPGRADE) --universal --python-version 3.10 --generate-hashes --no-emit-index-url --custom-compile-command 'make lock'

# What the checker is made of (CycloneDX); the wheel has it inside.
sbom: $(VENV)/.developer
	@mkdir -p dist
	$(BIN)/python -m quality.sbom > dist/sbom.cdx.json

# To copy to machines where nothing can be installed: a folder with a program, for machines like this one, and a file
# for those that have Python.
program pyz: $(VENV)/.developer
	$(BIN)/python -m quality.packaging.build $@

# Wheels for a machine without a network: make wheels FOR="windows-x64 3.12".
wheels: $(VENV)/.developer
	$(BIN)/python -m quality.packaging.wheels $(FOR)

dist: sbom
	$(BIN)/python -m hatchling build --directory dist

python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' \
	  || { echo "需要 Python 3.10 或更新的版本；可用 make PYTHON=python3.11 run 指定。" >&2; exit 1; }

# An editable install, so that a change of rules or code counts at once.
$(VENV)/.installed: pyproject.toml | python
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

# Exactly the packages of the lock file; `make LOCK=strict …` takes no others.
$(VENV)/.developer: pyproject.toml requirements/dev.lock | python
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@LOCK=$(LOCK) sh requirements/install.sh $(BIN)/python
	@touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
