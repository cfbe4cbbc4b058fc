# make run [SHOOT=folder]   install what is missing and open the window, on the sample shoot if no folder is named
# make test                 install what is missing and run the whole suite
# make lint | bundle | clean

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
SHOOT ?=
SAMPLE := sample-shoot
SHEET := contact-sheet.jpg
export SHOOT
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

# What Qt needs on Debian: to run at all, and to open a window on X11. PySide6 brings no fonts.
PACKAGES := libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libfreetype6 libglib2.0-0 fonts-dejavu-core \
	libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0 libxcb-randr0 \
	libxcb-xfixes0 libxcb-sync1 libx11-xcb1 libxcb-render-util0 libxcb-image0
# A display for the tests that open a real window; programs of others that read the metadata we write.
TEST_PACKAGES := xvfb xauth libimage-exiftool-perl exiv2

.PHONY: help run test lint bundle clean

help:
	@sed -n 's/^# //p; /^$$/q' Makefile

run: $(VENV)/run.stamp
	@shoot="$${SHOOT/#\~/$$HOME}"
	if [[ -z "$$shoot" ]]; then shoot=$(SAMPLE); $(VENV)/bin/python -m engine.sample "$$shoot"; fi
	if [[ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" || "$$(uname)" == Darwin ]]; then
		exec $(VENV)/bin/chinagraph open "$$shoot"
	fi
	echo "No display: ranking $$shoot in the terminal."
	$(VENV)/bin/chinagraph rank "$$shoot" --sheet $(SHEET)

test: $(VENV)/test.stamp
	@# Two heaps of the C library: one for each of some hundred threads that come and go keeps gigabytes.
	@# Two processes, a file of tests in one of them: most tests keep one core busy. One that dies is not replaced: its
	@# test is named, and the run ends; xdist 3.8 would wait for the replacement for ever (its issue 1378).
	@# A wait that ran out, and nothing else, is tried once more, and listed: whoever shares the machine may take it all.
	MALLOC_ARENA_MAX=2 $(VENV)/bin/python -m pytest --numprocesses 2 --dist loadfile --max-worker-restart 0 \
		--reruns 1 --only-rerun 'TimeoutError|Timeout \(>' -raR

lint: $(VENV)/test.stamp
	@$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

bundle: $(VENV)/test.stamp
	@$(VENV)/bin/python -m pip install --quiet --editable '.[bundle]'
	$(VENV)/bin/pyinstaller --noconfirm build.spec

clean:
	@rm -rf $(VENV) build dist $(SAMPLE) $(SHEET) *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

.ONESHELL:

$(VENV)/run.stamp: pyproject.toml $(VENV)/venv.stamp
	@echo "Installing Chinagraph ..."
	$(VENV)/bin/python -m pip install --quiet --editable .
	touch $@

$(VENV)/test.stamp: pyproject.toml $(VENV)/venv.stamp $(VENV)/test-system.stamp
	@echo "Installing Chinagraph and what its tests need ..."
	$(VENV)/bin/python -m pip install --quiet --editable '.[dev]'
	touch $@ $(VENV)/run.stamp

$(VENV)/venv.stamp:
	@missing=()
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed."; exit 1; }
	if ! $(PYTHON) -c 'import ensurepip' 2> /dev/null; then missing+=(python3-venv); fi
	$(call apt_install,$(PACKAGES) $${missing[*]:-})
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/test-system.stamp: $(VENV)/venv.stamp
	@$(call apt_install,$(TEST_PACKAGES))
	touch $@

# Install the Debian packages that are not there yet, as root or through sudo; elsewhere say what to look for.
define apt_install
wanted=(); for package in $(1); do
	dpkg-query --show --showformat='$${Status}' "$$package" 2> /dev/null | grep -q 'ok installed' || wanted+=("$$package")
done
as_root=(); if [[ $$(id -u) != 0 ]]; then as_root=(sudo); fi
if [[ $${#wanted[@]} == 0 ]]; then
	:
elif ! command -v apt-get > /dev/null; then
	echo "apt-get is not here: no system packages are installed. If the window does not open, Qt's own are missing."
elif [[ $${#as_root[@]} != 0 ]] && ! command -v sudo > /dev/null; then
	echo "Neither root nor sudo: ask for these packages to be installed if the window does not open: $${wanted[*]}"
else
	echo "Installing system packages: $${wanted[*]}"
	"$${as_root[@]}" apt-get update -qq
	"$${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$${wanted[@]}" > /dev/null
fi
endef
