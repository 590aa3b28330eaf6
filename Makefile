# `make demo` and `make test` do all the set-up a fresh machine needs; the rest is for daily work.

VENV := .venv
BIN := $(VENV)/bin
OUT := uit
EXAMPLE := examples/2025-03-19-lrt.yaml
MAILING := examples/taakstelling-2025-II.yaml
LETTERS := GM0518,GM1900,GM0373
WORKERS ?= auto
PYTHON ?= python3

.PHONY: demo test coverage check bench look pictures templates schemas meldingen messages wheel clean

demo: $(VENV)/demo
	@mkdir -p $(OUT)
	@pdf=$$( (command -v soffice || command -v libreoffice) >/dev/null 2>&1 && echo --pdf || true); \
	$(BIN)/lrtdocs agenda $(EXAMPLE) -o $(OUT)/ --html $$pdf && \
	$(BIN)/lrtdocs verslag $(EXAMPLE) -o $(OUT)/ --html $$pdf && \
	$(BIN)/lrtdocs brieven $(MAILING) -o $(OUT)/brieven --alleen $(LETTERS) --html $$pdf; \
	status=$$?; [ -n "$$pdf" ] || echo "No PDF: LibreOffice is not on this machine (apt-get install libreoffice-writer-nogui)." >&2; \
	exit $$status

test: $(VENV)/test
	@.ci/system-packages all
	@$(MAKE) --no-print-directory check
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

# The tests again, and which lines of lrtdocs they do not reach. A target of its own: up to Python
# 3.13 counting lines and branches makes every test half as slow again.
coverage: $(VENV)/test
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --cov --cov-report=term

check: $(VENV)/test
	$(BIN)/ruff check lrtdocs tests benchmarks
	$(BIN)/ruff format --check lrtdocs tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports

# Speed and memory against the peers, in one run; writes docs/snelheid.md.
bench: $(VENV)/test
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python benchmarks/bench.py

# Every example page as PNG in $(OUT)/look, to be looked at.
look: demo
	@rm -rf $(OUT)/look && mkdir -p $(OUT)/look
	@for pdf in $(OUT)/*.pdf $(OUT)/brieven/*.pdf; do \
		pdftoppm -r 100 -png "$$pdf" "$(OUT)/look/$$(basename "$$pdf" .pdf)"; done
	@ls $(OUT)/look/*.png

# The pictures of the README, and those of docs/sjablonen.md (for comments in the margin LibreOffice
# needs libreoffice-uiconfig-writer).
pictures: demo $(VENV)/test
	@mkdir -p docs/pictures
	pdftoppm -r 72 -png -f 1 -l 1 $(OUT)/2025-03-19-lrt-agenda.pdf docs/pictures/agenda
	pdftoppm -r 72 -png -f 1 -l 1 $(OUT)/2025-03-19-lrt-verslag.pdf docs/pictures/verslag
	pdftoppm -r 72 -png -f 1 -l 1 $(OUT)/brieven/GM0518-*.pdf docs/pictures/brief
	$(BIN)/python tests/guide_pictures.py $(OUT)/sjablonen docs/pictures
	$(BIN)/python tests/page_pictures.py $(OUT)/pagina docs/pictures

# Write templates/*.docx again from the numbers of the house style.
templates: $(VENV)/test
	$(BIN)/python -m lrtdocs.word.house.build templates

# Write examples/*.schema.json again from the models.
schemas: $(VENV)/test
	$(BIN)/lrtdocs schema vergadering -o examples/vergadering.schema.json
	$(BIN)/lrtdocs schema mailing -o examples/mailing.schema.json
	$(BIN)/lrtdocs schema huisstijl -o examples/huisstijl.schema.json

# Write docs/meldingen.md again from the catalogue of messages.
meldingen: $(VENV)/test
	$(BIN)/python -m lrtdocs.messages docs/meldingen.md

wheel: $(VENV)/test
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

$(VENV)/demo: setup.cfg pyproject.toml
	@.ci/system-packages venv
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/test: setup.cfg pyproject.toml
	@.ci/system-packages venv
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@ $(VENV)/demo

clean:
	rm -rf $(VENV) $(OUT) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage

# Compile the Dutch texts for click's own messages.
messages: $(VENV)/test
	$(BIN)/pybabel compile --domain lrtdocs --directory lrtdocs/locale
