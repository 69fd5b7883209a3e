# The ones that matter are `make quick`, `make run` and `make test`. All of it needs GNU make and Go, nothing else but the Go module proxy.

MODULES   := $(patsubst %/go.mod,%,$(shell find . -name go.mod -not -path './internal/tools/*' -not -path './internal/bench/*' -not -path '*/testdata/*' -not -path '*/node_modules/*' -not -path '*/.*/*' | sort))
# A module that go.work does not name is worked on by itself.
WORKSPACE  = $(shell go list -m -f '{{.Dir}}')
ALONE      = $(filter-out $(WORKSPACE),$(abspath $(MODULES)))

GOFILES    = $(shell find . -name '*.go' -not -path '*/testdata/*' -not -path '*/node_modules/*' -not -path '*/.*/*')
STATIC     = GOWORK=off go tool -modfile='$(CURDIR)/internal/tools/go.mod' staticcheck

# Pages of the documentation that `make run` compares as well: files or directories.
PAGES     ?=
# How long `make fuzz` spends on each target.
FUZZTIME  ?= 10s

# $(call each,WHAT,COMMAND) runs it in every module, in all of them even when one fails.
each = @failed=; for m in $(MODULES); do \
	echo "== $(1): $$m"; \
	(cd "$$m" && case " $(ALONE) " in *" $$PWD "*) export GOWORK=off;; esac; $(2)) || failed="$$failed $$m"; \
	done; if [ -n "$$failed" ]; then echo "$(1) failed in:$$failed" >&2; exit 1; fi

.DEFAULT_GOAL := help

# $(call tests,FLAGS) is one go command for all modules, more packages at a time than there are cores, because some of them mostly wait;
# the longest of these comes first.
define tests
	go test $(1) $(addsuffix /...,$(shell printf '%s\n' $(filter-out $(patsubst $(CURDIR)/%,./%,$(ALONE)),$(MODULES)) | sort -r))
	$(foreach m,$(ALONE),cd '$(m)' && GOWORK=off go test $(1) ./... &&) true
endef

.PHONY: quick
# A sixth of the time would go into collecting garbage.
quick: export GOGC := 400
quick: ## Run a part of every package's tests: under a minute, to use while you work
	$(call tests,-short -vet=off -p 4)

.PHONY: help
help: ## List what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@echo "  PAGES=FILES compares pages in run and drift, FUZZTIME=1m fuzzes longer, BENCH=Name picks benchmarks."

.PHONY: run
run: ## Show everything: generate the client, compare it with the docs, call a sandbox
	@echo "== 1 of 3: generate the client in api/ from spec/snapshots.yaml"
	go generate ./...
	@echo "== 2 of 3: compare spec/snapshots.yaml with spec/docs, the records of the documentation for each API version$(if $(PAGES),; and those with the pages)"
	go run ./cmd/specdrift check $(PAGES)
	go run ./cmd/specdrift versions $(PAGES)
	@echo "== 3 of 3: call the sandbox with the client"
	go run ./internal/demo
	@echo
	@echo "To try more:       go run ./cmd/snapshots list --sandbox"
	@echo "In a browser:      go run ./cmd/snapshots sandbox --seed demo, then http://127.0.0.1:8080/console"

.PHONY: test
test: ## Run every test of every module
	$(call tests,-p 3 -timeout 40m)

.PHONY: prove
prove: ## Run the laboratories of internal/prove in full, and compare their tables in docs/
	PROVE=full go test -count=1 -timeout 40m ./internal/prove/... ./conformance/...
	cd cmd/snapshots && PROVE=full go test -count=1 -run Killed .

.PHONY: nightly
nightly: ## Run the slow laboratories, such as compiling a client of every section
	PROVE=nightly go test -count=1 -timeout 60m ./internal/prove/...
	cd api/redisstore && PROVE=nightly go test -count=1 ./...

.PHONY: race
race: ## Run the client's tests with the race detector (needs a C compiler)
	cd api && go test -race ./...

.PHONY: generate
generate: ## Generate the generated files again
	go generate ./...

.PHONY: check
check: gofmt vet staticcheck generated drift tidy ## Run the checks of CI, without the tests

# The revision to compare api/ with: a branch, a commit, or the newest tag of a release.
BASE      ?= $(shell git describe --tags --match 'api/v*' --abbrev=0 2>/dev/null)

.PHONY: api-diff
api-diff: ## Check that CHANGELOG.md names what breaks programs since BASE=REVISION
	$(if $(BASE),go run ./gen diff -changelog CHANGELOG.md '$(BASE):api' api,@echo "no release to compare with; name a revision: make api-diff BASE=REVISION")

.PHONY: gofmt
gofmt:
	@echo "== gofmt"; files=$$(gofmt -l $(GOFILES)); if [ -n "$$files" ]; then echo "gofmt -w would change:" >&2; echo "$$files" >&2; exit 1; fi

.PHONY: vet
vet:
	$(call each,vet,go vet ./...)

.PHONY: staticcheck
staticcheck:
	$(call each,staticcheck,$(STATIC) ./...)

# Every line of generate.go takes -check: compare and write nothing.
.PHONY: generated
generated: ## Check that the generated files are current
	@sed -n 's|^//go:generate ||p' generate.go | while read -r line; do echo "== $$line -check"; $$line -check || exit 1; done

.PHONY: drift
drift: ## Compare each spec with its records of the documentation, and that of the snapshots with PAGES
	go run ./cmd/specdrift check $(PAGES)
	@for section in $(patsubst spec/%/docs,%,$(wildcard spec/*/docs)); do echo "== $$section"; go run ./cmd/specdrift check --section "$$section" || exit 1; done

.PHONY: tidy
tidy: # go mod tidy looks past the workspace, as everybody does who imports a module
	$(call each,go mod tidy,GOWORK=off go mod tidy -diff)

.PHONY: bench
bench: ## Run the benchmarks; BENCH=Name picks some
	$(call each,bench,go test -run '^$$' -bench '$(or $(BENCH),.)' -benchmem ./...)

.PHONY: bench-generators
bench-generators: ## Compare the generator with oapi-codegen and ogen, and write docs/generators.md
	cd internal/bench/generators && GOWORK=off go run .

.PHONY: fuzz
fuzz: ## Fuzz every target for FUZZTIME
	$(call each,fuzz,$(FUZZ))

FUZZ = for pkg in $$(go list ./...); do \
	  found=$$(go test -list '^Fuzz' $$pkg) || exit 1; \
	  for target in $$(echo "$$found" | grep '^Fuzz'); do \
	    echo "-- $$pkg $$target"; go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) $$pkg || exit 1; \
	  done; \
	done

.PHONY: probe
probe: ## Ask the real service, read only, whether it is as the spec says (token from HIGHLEVEL_TOKEN)
	go run ./conformance/probe

.PHONY: interop
interop: ## Test client and sandbox with other people's tools (needs npm)
	conformance/interop/run.sh

.PHONY: mutants
mutants: ## Break the client at every place that an operator applies to (make prove tries some of them)
	PROVE=nightly go test -count=1 -timeout 60m -v -run TestEveryMutantIsCaught ./internal/prove/clientmutants -places 0
