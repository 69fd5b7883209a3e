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
	"strings"
	"time"
)

// Result is what became of a mutant.
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
	passed, output, err := b.runSuite(ctx, client, number(i), limit)
	if errors.Is(err, errEndless) && m.Hangs {
		return Result{Mutant: m, Caught: true, By: "time limit", Output: output}, nil
	}
	if err != nil {
		return Result{Mutant: m}, fmt.Errorf("mutant %s, %s:%d: %w", m.Name, m.Abs, m.Line, err)
	}
	result := Result{Mutant: m, Caught: !passed, Output: output}
	if !passed {
		result.By = b.noticed(output)
	}
	return result, nil
}

// Unchanged runs the suite without choosing a mutant, and comes before [Batch.Run]. It must pass: otherwise what notices a
// mutant may be something else. It also shows how long a run takes.
func (b *Batch) Unchanged(ctx context.Context) error {
	begin := time.Now()
	passed, output, err := b.runSuite(ctx, asItIs, 0, time.Hour) // the test's own limit ends it
	b.limit = max(leastLimit, slowdown*time.Since(begin))
	if err == nil && !passed {
		err = fmt.Errorf("the suite fails on the client as it is:\n%s", output)
	}
	return err
}

var errEndless = errors.New("does not come to an end")

// runSuite runs the suite's tests of one client.
func (b *Batch) runSuite(ctx context.Context, client string, mutant int, limit time.Duration) (passed bool, output string, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, limit, errEndless)
	defer cancel()
	arguments := []string{"-test.v", "-test.failfast", "-test.short"}
	if b.suite == conformanceSuite {
		// Always the same random messages, few of them, and no time for shrinking: a mutant is caught or it is not.
		arguments = append(arguments, "-test.run", fmt.Sprintf(b.suite.run, client),
			"-rapid.seed=1", "-rapid.checks=20", "-rapid.shrinktime=0s", "-rapid.nofailfile")
	}
	tests := exec.CommandContext(ctx, b.binary(), arguments...)
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
