# The doors of Juzhu. `make` alone lists them.
.PHONY: help run build test update bench format install clean
.DEFAULT_GOAL := help

# The example that `make run` answers; any other: make run ARGS="check stdlib"
ARGS ?= run examples/factory_town --on 2024-09-01
PREFIX ?= /usr/local
JOBS ?= $(shell nproc 2>/dev/null || echo 2)

help: ## List these doors
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## Install what is missing, build, and answer the question on the example households
	@build/bin/juzhu $(ARGS)

build: ## Install what is missing and build the command, build/bin/juzhu
	@tools/bootstrap build
	@cmake --preset use >build.log 2>&1 || { cat build.log; exit 1; }
	@cmake --build --preset use -j $(JOBS)
	@echo "built build/bin/juzhu; next: make run, or build/bin/juzhu --help"
