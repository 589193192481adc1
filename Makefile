# The commands of the project; `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/sh
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
INSTALLED := node_modules/.package-lock.json
SOURCES := $(shell find server openapi clients/typescript/src clients/mcp/src clients/cli/src -name '*.ts' -not -name '*.test.ts' 2>/dev/null) package.json tsconfig.json clients/cli/package.json clients/cli/rolldown-config.ts scripts/make-package.ts scripts/package-contents.ts
DASHBOARD := $(shell find clients/dashboard -type f -not -path '*/dist/*' -not -path '*/node_modules/*' -not -name '*.test.ts' 2>/dev/null)

# All checks run in parallel; the slowest start first.
CHECKS := check-types check-tests check-browser-types check-dashboard-types check-worker-types check-generated check-lint check-unused
PARALLEL := --jobs=$(shell getconf _NPROCESSORS_ONLN) $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)
# Incremental, in .cache/tsc. The builds below are not: tsc would not write files again that somebody removed.
TSC = tsc --incremental --tsBuildInfoFile .cache/tsc/$@.tsbuildinfo --project

.PHONY: help run build package demo screenshots dev test fault cluster conformance contract agents foreign mutants upgrade-test mutants-behaviour check $(CHECKS) generate format version bench bench-quick profile clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## Install, build and start the server on the embedded database
	@exec node --enable-source-maps dist/server/main.js

build: dist/.built clients/dashboard/dist/index.html ## Install and build

package: build ## Pack server, dashboard, guide and command line as fleetbeat-<version>.tgz
	@tsx scripts/make-package.ts --whole

demo: build ## Start a server with a simulated fleet
	@exec tsx clients/demo/main.ts

screenshots: build ## Take the README's screenshots of the demo
	tsx clients/demo/screenshots.ts

dev: $(INSTALLED) ## Start the server from its sources, with response validation
	NODE_ENV=development FLEETBEAT_LOG_LEVEL=debug tsx watch server/main.ts

test: build ## Every test, on SQLite and on a real server of the MySQL family; FILE=test/... runs one file or folder
ifdef FILE
	vitest run $(FILE) $(VITEST_OPTIONS)
else
	rm -rf .cache/answers
	vitest run --project fast --project sqlite --project mysql --project browser $(VITEST_OPTIONS)
	tsx test/contract/untested-responses.ts
endif

cluster: build ## Kill members of a real MySQL group, and servers, under load
	vitest run --project cluster $(VITEST_OPTIONS)

fault: build ## Fault injection on both kinds of database; about an hour
	FLEETBEAT_TEST_FULL=1 vitest run --project faults-sqlite --project faults-mysql $(VITEST_OPTIONS)

upgrade-test: build ## The server of an earlier commit beside this one, under load, and back: FROM=v0.1.0
	tsx test/upgrade/run.ts $(FROM)

mutants: $(INSTALLED) ## Change the pure files one place at a time with StrykerJS; MUTANTS='--since main' takes what was changed
	tsx test/stryker/run.ts $(MUTANTS)

mutants-behaviour: build ## Break promises one by one and see that a test notices; MUTANTS='webhook' takes some
	tsx test/mutants/run.ts $(MUTANTS)

conformance: build ## The official MCP suite, both generations; installs its own Node 22
	tsx test/conformance/run.ts

contract: $(INSTALLED) ## Lint the contract with Redocly and Spectral, which it installs in test/linters
	tsx test/linters/run.ts

agents: build ## Real coding agents, with a scripted model and no network; AGENTS_OPTIONS='codex --only killed'
	tsx test/agents/run.ts $(AGENTS_OPTIONS)
	tsx test/agents/login.ts

foreign: build ## Tools, MCP clients, runtimes and compilers of others against what is built; installs them
	tsx test/foreign/run.ts

check: $(INSTALLED) ## Generated files fresh, linters, types, fast tests: under a minute
	@$(MAKE) --no-print-directory --keep-going $(PARALLEL) $(CHECKS)

check-types:
	$(TSC) tsconfig.json

check-dashboard-types:
	$(TSC) clients/dashboard

check-worker-types:
	$(TSC) clients/dashboard/src/service-worker

check-browser-types:
	$(TSC) test/browser

check-generated:
	tsx openapi/generate.ts --check

check-lint:
	biome check --error-on-warnings .

check-unused:
	knip

check-tests:
	vitest run --project fast $(VITEST_OPTIONS)

generate: $(INSTALLED) ## Write the generated files from openapi/*.yaml
	tsx openapi/generate.ts
	tsx clients/cli/write-reference.ts

version: $(INSTALLED) ## Set the version everywhere: make version VERSION=1.2.3
	tsx scripts/set-version.ts '$(VERSION)'
	@$(MAKE) --no-print-directory generate

format: $(INSTALLED) ## Format the sources
	biome check --write .

bench: build ## Measure against baselines, up to an hour, and write bench/README.md; needs a quiet machine
	tsx bench/all.ts
	tsx bench/report.ts

bench-quick: build ## The same, rougher, in less than three minutes; prints only
	tsx bench/all.ts --quick

profile: build ## Show where the server's time goes under heartbeats
	tsx bench/profile.ts $(BENCH_OPTIONS)

clean: ## Remove build output and dependencies; data/ stays
	rm -rf dist clients/*/dist .cache node_modules

$(INSTALLED): package.json package-lock.json
	npm ci --no-audit --no-fund
	@touch $@

dist/.built: $(INSTALLED) $(SOURCES) openapi/generated/openapi.json
	@echo 'Building the server and its clients'
	@rm -rf dist clients/typescript/dist clients/mcp/dist clients/cli/dist
	@tsc -p tsconfig.build.json
	@tsc -p clients/typescript
	@tsc -p clients/typescript/tsconfig.cjs.json
	@echo '{ "type": "commonjs" }' > clients/typescript/dist/cjs/package.json
	@tsc -p clients/mcp
	@# Prints its table of chunks only when it fails; warnings go to standard error.
	@mkdir -p .cache && rolldown -c clients/cli/rolldown-config.ts --log-level warn > .cache/rolldown.txt || { cat .cache/rolldown.txt; exit 1; }
	@tsx scripts/make-package.ts
	@touch $@

clients/dashboard/dist/index.html: $(INSTALLED) $(DASHBOARD) $(shell find clients/typescript/src -name '*.ts' -not -name '*.test.ts' 2>/dev/null)
	@echo 'Building the dashboard'
	@vite build clients/dashboard --config clients/dashboard/vite.config.ts --logLevel warn
	@touch $@
