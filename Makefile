# What people and machines do with this repository. `make` lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.8.0
ACTIONLINT := github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
FUZZTIME ?= 20s
BINDIR ?= $(HOME)/bin
# What the program knows of itself: the tag that it was built from, and where its
# sources are, so that `publish init` can name them. An address with a password
# in it is none; a port of SSH is none of the web's.
VERSION ?= $(shell git describe --tags --exact-match 2>/dev/null || echo development)
SOURCE ?= $(shell git config --get remote.origin.url | sed -nE \
	-e 's,^https://[^/@ ]+/[^@ ]+$$,&,p' \
	-e 's,^ssh://git@([^/:@ ]+)(:[0-9]+)?/([^@ ]+)$$,https://\1/\3,p' \
	-e 's,^git@([^/:@ ]+):([^@ ]+)$$,https://\1/\2,p')
LDFLAGS = -X main.version=$(VERSION) -X main.repository=$(SOURCE)
POSTS ?= 10000
# Folders of somebody's postmortems for make newcomer: the demonstration's, without its settings.
CORPORA ?= content
PEERS ?= hugo,eleventy,jekyll
ROUNDS ?= 200
# Where make bench puts it, too.
HUGO := $(CURDIR)/.cache/bench/bin/hugo
# Thousands of pages and processes, one after the other: no races to look for,
# and the race detector makes them eight times slower. It also drops what a pool
# holds, so that it cannot be counted what a build allocates.
ALONE := ^Test(Keys|Scripts|Hostile|SARIF|DataOfEverySite|Canary|OwnWords|CostOf|SameBytes|Storm)
# The demonstration site, built as it would be for a domain and for a project.
# At a fixed day: what is overdue tomorrow must not break the same commit.
DEMO := .cache/demo
DEMO_FLAGS := --strict --verify --now 2026-11-21
# Where Lighthouse looks; the report is the one with most in it.
AUDITED := "" 2020/01/21/dossiers-supprimes/ search/ countermeasures/ insights/

.PHONY: help build install release test lint supply systems unit demo audit newcomer golden zones fuzz site docs online serve check faults storms hostile bench latency clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## build ./publish, one static binary
	CGO_ENABLED=0 go build -trimpath -ldflags "$(LDFLAGS)" -o publish ./cmd/publish

install: ## build it and put it into BINDIR (~/bin)
	@command -v go >/dev/null || { echo 'Go is missing: get 1.26 or newer from https://go.dev/dl/, then try again' >&2; exit 1; }
	@go mod edit -json >/dev/null 2>&1 || { echo "this Go is too old ($$(go version)): get 1.26 or newer from https://go.dev/dl/, then try again" >&2; exit 1; }
	@mkdir -p "$(BINDIR)"
	CGO_ENABLED=0 go build -trimpath -ldflags "$(LDFLAGS)" -o "$(BINDIR)/" ./cmd/publish
	@dir=$$(cd "$(BINDIR)" && pwd); case ":$$PATH:" in *":$$dir:"* | *":$$dir/:"*) exit 0 ;; esac; \
		todo='add it, in the file that your shell reads when it starts too'; \
		[ "$$dir" != "$$HOME/bin" ] || todo='open a new terminal, or add it'; \
		printf 'publish is in %s, which is not in your PATH: %s: export PATH="%s:$$PATH"\n' "$$dir" "$$todo" "$$dir"

release: ## build dist/: binaries for six systems, completions, bill of materials, sums
	@rm -rf dist
	go run ./tools/release -version "$(VERSION)" -source "$(SOURCE)" -output dist

test: lint unit demo supply ## everything that CI runs; installs what is missing

lint: ## gofmt, go vet, staticcheck, actionlint
	@unformatted=$$(gofmt -l *.go bench cmd internal tools); if [ -n "$$unformatted" ]; then printf 'run gofmt -w on:\n%s\n' "$$unformatted"; exit 1; fi
	go vet ./...
	go run $(STATICCHECK) ./...
	@site=$$(mktemp -d); trap 'rm -rf "$$site"' EXIT; \
	go run ./cmd/publish init "$$site" --host github --action acme/publish@0123456789 --quiet; \
	go run $(ACTIONLINT) .github/workflows/*.yml "$$site"/.github/workflows/*.yml

supply: ## the licences of what is linked, versions and sums of what is fetched, known vulnerabilities
	go mod verify
	go run ./tools/supply
	tools/vulnerabilities.sh $(GOVULNCHECK)

systems: ## compile everything for Windows and macOS; where wine is, run the binary for Windows
	tools/systems.sh

unit: ## all Go tests, seeds of the fuzz targets and end-to-end tests included
	@tools/need.sh gcc='gcc libc6-dev' git=git chromium=chromium newsboat=newsboat zsh=zsh fish=fish
	@tools/npm.sh >/dev/null
	CGO_ENABLED=1 go test -race -shuffle=on -skip '$(ALONE)' ./...
	go test -run '$(ALONE)' ./cmd/publish ./bench/hostile ./internal/content

demo: build ## build the demonstration for two base paths, an English site and the documentation; validate their HTML, axe on every page
	@rm -rf $(DEMO)
	./publish build $(DEMO_FLAGS) --base-url https://example.org/ --output $(DEMO)/root
	./publish build $(DEMO_FLAGS) --base-url https://example.org/postmortems/ --output $(DEMO)/postmortems
	./publish build --site cmd/publish/testdata/golden --now 2026-11-21 --base-url https://example.org/postmortems/ --output $(DEMO)/english
	./publish build --site docs --strict --base-url https://example.org/docs/ --output $(DEMO)/docs
	tools/html.sh $(DEMO)/root $(DEMO)/postmortems $(DEMO)/english $(DEMO)/docs
	tools/pages.sh /postmortems/ $(DEMO)/postmortems $(DEMO)/english
	tools/pages.sh /docs/ $(DEMO)/docs
	tools/newcomer.sh --quick publish

audit: demo ## ask Lighthouse about the demonstration site, served below a path
	tools/audit.sh /postmortems/ $(DEMO)/postmortems $(AUDITED)

newcomer: ## play somebody who clones this, with nothing but README.md; and with the folders CORPORA
	tools/newcomer.sh $(CORPORA)

golden: ## rewrite the expected files of the tests; read the diff before you commit it
	go test $$(grep -rl --include='*_test.go' 'Bool("update"' cmd internal | xargs -n 1 dirname | sort -u | sed 's|^|./|') -update

zones: ## take the time zones of the Go that is installed
	cp "$$(go env GOROOT)/lib/time/zoneinfo.zip" internal/zoneinfo/zoneinfo.zip
	go test ./internal/zoneinfo

fuzz: ## run every fuzz target for FUZZTIME (20s), one after the other
	@tools/fuzz.sh $(FUZZTIME)

site: build ## build this repository's own site into public/
	./publish build

docs: build ## build the documentation into .cache/docs
	./publish build --site docs --strict --output .cache/docs

online: site ## build what GitHub Pages shows: that site, and the documentation below docs/
	./publish build --site docs --strict --output public/docs $${PUBLISH_BASE_URL:+--base-url "$${PUBLISH_BASE_URL%/}/docs/"}

serve: build ## preview this repository's own site
	./publish serve

check: build ## look for doubts in this repository's own site
	./publish check

faults: ## kill builds, fill disks, take files and memory away; say what readers found, beside Hugo; installs it
	@test -x $(HUGO) || CGO_ENABLED=0 GOBIN=$(dir $(HUGO)) go install github.com/gohugoio/hugo@v0.165.0
	go test -count 1 -timeout 3h -v -run '^TestFaults$$' ./bench/faults -whole -hugo $(HUGO)

storms: ## let storms of 10 000 files befall the preview
	go test -count 1 -timeout 1h -v -run '^TestStorm' ./cmd/publish -storms

hostile: ## build sites with every kind of bad file; print what came of each, its time and memory
	go test -count 1 -timeout 1h -v -run '^Test' ./bench/hostile -whole

bench: build ## build POSTS (10000) reports with publish and with other generators, in turn; installs them
	go run ./bench/peers -posts $(POSTS) -rounds 3 -peers $(PEERS)

latency: build ## measure the live preview in a browser: POSTS (10000) reports, ROUNDS (200) edits
	@tools/need.sh chromium=chromium
	go run ./bench/latency -posts $(POSTS) -rounds $(ROUNDS)

clean: ## remove what was built
	rm -rf publish public dist .cache
