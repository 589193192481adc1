# The front door. `make` alone tells what there is.
.DEFAULT_GOAL := help
SHELL := /bin/sh
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
INSTALLED := node_modules/.package-lock.json
SOURCES := $(shell find server openapi clients/typescript/src -name '*.ts' -not -name '*.test.ts' 2>/dev/null) package.json tsconfig.json
DASHBOARD := $(shell find clients/dashboard -type f -not -path '*/dist/*' -not -path '*/node_modules/*' -not -name '*.test.ts' 2>/dev/null)

.PHONY: help run build dev test check generate format clean

help: ## Tell what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## Install, build and start the server on the embedded database
	@exec node --enable-source-maps dist/server/main.js

build: dist/.built clients/dashboard/dist/index.html ## Install and build

dev: $(INSTALLED) ## Start the server from its sources; it also checks its own answers
	NODE_ENV=development FLEETBEAT_LOG_LEVEL=debug tsx watch server/main.ts

test: build ## Every test, on SQLite and on a real server of the MySQL family
	rm -rf .cache/answers
	vitest run $(VITEST_OPTIONS)
	tsx test/contract/unseen.ts

check: $(INSTALLED) ## Generated files fresh, linters, types, fast tests: under a minute
	tsx openapi/generate.ts --check
	biome check --error-on-warnings .
	tsc -p tsconfig.json
	tsc -p clients/dashboard
	tsc -p clients/dashboard/src/service-worker
	tsc -p test/browser
	knip
	vitest run --project fast $(VITEST_OPTIONS)

generate: $(INSTALLED) ## Write the generated files from openapi/*.yaml
	tsx openapi/generate.ts

format: $(INSTALLED) ## Format the sources
	biome check --write .

clean: ## Remove what was built; data/ stays
	rm -rf dist clients/*/dist .cache node_modules

$(INSTALLED): package.json package-lock.json
	npm ci --no-audit --no-fund
	@touch $@

dist/.built: $(INSTALLED) $(SOURCES) openapi/generated/openapi.json
	rm -rf dist clients/typescript/dist
	tsc -p tsconfig.build.json
	tsc -p clients/typescript
	@touch $@

clients/dashboard/dist/index.html: $(INSTALLED) $(DASHBOARD) $(wildcard clients/typescript/src/*.ts clients/typescript/src/generated/*.ts)
	vite build clients/dashboard --config clients/dashboard/vite.config.ts --logLevel warn
	@touch $@
