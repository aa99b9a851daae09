# The doors of Juzhu. `make` alone lists them.
.PHONY: help run build test nightly update bench format install clean
.DEFAULT_GOAL := help

# What `make run` asks; anything else: make run ARGS="check stdlib"
ARGS ?= run examples/factory_town --on 2024-09-01
PREFIX ?= /usr/local
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
CONFIGURE = cmake --log-level=NOTICE --preset
BUILD = cmake --build -j $(JOBS) --preset
PAGES := $(wildcard tests/golden docs README.md)
BENCHES := $(patsubst bench/%.cpp,%,$(wildcard bench/*.cpp))

help: ## List these doors
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## Install what is missing, build, and answer the question on the example households
	@echo "\$$ build/bin/juzhu $(ARGS)"
	@build/bin/juzhu $(ARGS)

build: ## Install what is missing and build the command, build/bin/juzhu
	@tools/bootstrap
	@$(CONFIGURE) use
	@$(BUILD) use
	@echo "built: build/bin/juzhu"

test: ## Install what is missing, build with g++ and with clang and its sanitizers, and run every test
	@tools/bootstrap test
	@echo "1/3 the build for use (g++)"
	@$(CONFIGURE) test
	@$(BUILD) test
	@echo "2/3 the checked build (clang, address and undefined-behaviour sanitizers, fuzz targets)"
	@$(CONFIGURE) checked
	@$(BUILD) checked
	@echo "3/3 the tests"
	@ctest --test-dir build -j $(JOBS) --output-on-failure --no-tests=error || { \
	  echo "next: ctest --test-dir build --rerun-failed --output-on-failure; changed output on purpose: make update"; exit 1; }
	@echo "next: make run"

# Another seed each night unless one is given: make nightly SEED=7 PROGRAMS=100000
SEED ?= $(shell date +%Y%m%d)
PROGRAMS ?= 100000
nightly: ## Build, and check PROGRAMS random programs of SEED by every property
	@tools/bootstrap test
	@$(CONFIGURE) test
	@$(BUILD) test --target generated
	@echo "\$$ build/bin/generated --programs $(PROGRAMS) --seed $(SEED)"
	@build/bin/generated --programs $(PROGRAMS) --seed $(SEED) --failures 10 --progress --coverage --out build/generated-failures

update: build ## Rewrite the expected output of all pages with the actual; then read `git diff`
	@tools/bootstrap test
	@tests/pages/run_pages.py --update $(PAGES)
	@git diff --stat -- $(PAGES)
	@echo "next: git diff, and commit what is right"

bench: ## Build and run the benchmarks of bench/, if there are any
ifeq ($(BENCHES),)
	@echo "no benchmarks: bench/ holds no .cpp file"
else
	@tools/bootstrap
	@$(CONFIGURE) bench
	@$(BUILD) bench
	@for name in $(BENCHES); do echo "== bench/$$name.cpp"; build/bin/bench_$$name || exit 1; done
endif

format: ## Lay out the C++ of the tree
	@tools/bootstrap test
	@tools/format
	@git diff --stat -- '*.cpp' '*.h'

install: build ## Install the command and the standard library under PREFIX (/usr/local)
	@cmake --install build --prefix $(PREFIX)
	@echo "next: $(PREFIX)/bin/juzhu --help"

clean: ## Remove what was built
	rm -rf build build-checked build-debug
