package clientmutants

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Result is the outcome of a mutant.
type Result struct {
	Mutant
	Caught bool
	By     string // the part of the suite that noticed: "requests", "refusals"; of the engine's tests, the test
	Output string // of the suite, for people
}

// A mutant may take slowdown times as long as the client itself, and leastLimit in any case. One that takes longer is caught by
// that if its operator may hang; of any other nothing is known then, since the machine may have been busy.
const (
	slowdown   = 4
	leastLimit = 20 * time.Second
)

// Run runs the suite against mutant i of a batch.
func (b *Batch) Run(ctx context.Context, i int) (Result, error) {
	m, client := b.mutants[i], asItIs
	if slices.Contains(b.separate, number(i)) {
		client = fmt.Sprintf("m%d", number(i))
	}
	limit := b.limit
	if !m.Hangs {
		limit *= 5
	}
	result := Result{Mutant: m}
	for _, part := range b.parts(client, m.onlyOperation()) {
		passed, output, err := b.runSuite(ctx, part, number(i), limit)
		switch {
		case errors.Is(err, errEndless) && m.Hangs:
			return Result{Mutant: m, Caught: true, By: "time limit", Output: output}, nil
		case err != nil:
			return result, fmt.Errorf("mutant %s, %s:%d: %w", m.Name, m.Abs, m.Line, err)
		case !passed:
			return Result{Mutant: m, Caught: true, By: b.noticed(output), Output: output}, nil
		}
		result.Output += output
	}
	return result, nil
}

// descriptor matches the id of an operation in a generated file.
var descriptor = regexp.MustCompile(`(?m)^\s+ID:\s+"(\S+)"`)

// onlyOperation is the part of the suite's pattern that runs the tests of the operation in whose code a mutant is; empty for all
// operations. The descriptor of an operation comes before its code.
func (m Mutant) onlyOperation() string {
	if filepath.Base(m.File) != operations {
		return ""
	}
	begin := bytes.LastIndex(m.source[:m.from], []byte("\nvar Operation"))
	if begin < 0 {
		return ""
	}
	id := descriptor.FindSubmatch(m.source[begin:])
	return "/^" + regexp.QuoteMeta(string(id[1])) + "$"
}

// parts are the arguments for one run after the other, until one notices a mutant: the quick tests of the engine come first.
func (b *Batch) parts(client, operation string) [][]string {
	switch {
	case b.suite == conformanceSuite:
		// Always the same random messages, few of them, and no time for shrinking: a mutant is caught or it is not.
		return [][]string{{"-test.run", fmt.Sprintf(b.suite.run, client) + operation,
			"-rapid.seed=1", "-rapid.checks=20", "-rapid.shrinktime=0s", "-rapid.nofailfile"}}
	case len(b.slow) == 0:
		return [][]string{nil}
	}
	slow := "^(" + strings.Join(b.slow, "|") + ")$"
	return [][]string{{"-test.skip", slow}, {"-test.run", slow}}
}

// Unchanged runs the suite without choosing a mutant, and comes before [Batch.Run]. It must pass: otherwise what notices a
// mutant may be something else. It also shows how long a run takes, and which tests take most of that.
func (b *Batch) Unchanged(ctx context.Context) error {
	begin := time.Now()
	passed, output, err := b.runSuite(ctx, b.parts(asItIs, "")[0], 0, time.Hour) // the test's own limit ends it
	took := time.Since(begin)
	b.limit = max(leastLimit, slowdown*took)
	if err == nil && !passed {
		return fmt.Errorf("the suite fails on the client as it is:\n%s", output)
	}
	if b.suite == engineSuite {
		for _, m := range elapsed.FindAllStringSubmatch(output, -1) {
			if seconds, err := strconv.ParseFloat(m[2], 64); err == nil && seconds > took.Seconds()/20 {
				b.slow = append(b.slow, m[1])
			}
		}
	}
	return err
}

var (
	errEndless = errors.New("does not come to an end")
	elapsed    = regexp.MustCompile(`(?m)^--- PASS: (\w+) \(([\d.]+)s\)`)
)

// runSuite runs a part of the suite's tests.
func (b *Batch) runSuite(ctx context.Context, part []string, mutant int, limit time.Duration) (passed bool, output string, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, limit, errEndless)
	defer cancel()
	tests := exec.CommandContext(ctx, b.binary(), append([]string{"-test.v", "-test.failfast", "-test.short"}, part...)...)
	tests.Dir, tests.Env = b.dir, append(os.Environ(), fmt.Sprintf("MUTANT=%d", mutant))
	if b.suite == engineSuite {
		tests.Dir = filepath.Join(b.root, engine) // its tests read their testdata
	}
	var out bytes.Buffer
	tests.Stdout, tests.Stderr = &out, &out
	failed := tests.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return false, out.String(), context.Cause(ctx)
	case failed == nil && !strings.Contains(out.String(), "--- PASS: "):
		return false, "", fmt.Errorf("no test did run:\n%s", out.String())
	case failed != nil && !errors.As(failed, &exit):
		return false, "", failed
	}
	return failed == nil, out.String(), nil
}

var failure = regexp.MustCompile(`(?m)^\s*--- FAIL: (\S+)`)

// noticed names what failed: of TestMutants/m1/operation/requests it is "requests", of the engine's tests the test.
func (b *Batch) noticed(output string) string {
	deepest := ""
	for _, m := range failure.FindAllStringSubmatch(output, -1) {
		if strings.Count(m[1], "/") > strings.Count(deepest, "/") || deepest == "" {
			deepest = m[1]
		}
	}
	steps := strings.Split(deepest, "/")
	switch {
	case strings.Contains(output, "\npanic: "):
		return "panic"
	case b.suite == engineSuite:
		return steps[0]
	case len(steps) < 4:
		return "binding"
	}
	return strings.ReplaceAll(steps[3], "_", " ")
}
