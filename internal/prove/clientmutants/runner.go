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
	"strings"
	"time"
)

// Result is what became of a mutant.
type Result struct {
	Mutant
	Killed bool
	By     string // the part of the suite that noticed: "requests", "refusals"
	Output string // of the suite, for people
}

// patience is how many times as long as the client itself a mutant may take, and least how long at least; a mutant that
// does not come to an end is caught by that.
const (
	patience = 20
	least    = 20 * time.Second
)

// Run runs the suite against mutant i of a built batch.
func (b *Batch) Run(ctx context.Context, i int) (Result, error) {
	m := b.mutants[i]
	passed, output, err := b.suite(ctx, name(i), number(i))
	if errors.Is(err, errEndless) {
		return Result{Mutant: m, Killed: true, By: "time limit", Output: output}, nil
	}
	if err != nil {
		return Result{Mutant: m}, fmt.Errorf("mutant %s, %s:%d: %w", m.Name, m.File, m.Line, err)
	}
	result := Result{Mutant: m, Killed: !passed, Output: output}
	if !passed {
		result.By = noticed(output)
	}
	return result, nil
}

// Unchanged runs the suite against the copy without choosing a mutant, and comes before [Batch.Run]. It must pass: else what
// notices a mutant may be something else. And it shows how long a run takes.
func (b *Batch) Unchanged(ctx context.Context) error {
	b.limit = time.Hour // the test's own limit ends it
	begin := time.Now()
	passed, output, err := b.suite(ctx, all, 0)
	b.limit = max(least, patience*time.Since(begin))
	if err == nil && !passed {
		err = fmt.Errorf("the suite fails on the client as it is:\n%s", output)
	}
	return err
}

var errEndless = errors.New("does not come to an end")

// suite runs one test of the binary.
func (b *Batch) suite(ctx context.Context, test string, mutant int) (passed bool, output string, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, b.limit, errEndless)
	defer cancel()
	// Always the same random messages, few of them, and no time for shrinking: a mutant is caught or it is not.
	suite := exec.CommandContext(ctx, filepath.Join(b.dir, "mutants.test"), "-test.v", "-test.failfast",
		"-test.run", "^TestMutants$/^"+test+"$",
		"-rapid.seed=1", "-rapid.checks=20", "-rapid.shrinktime=0s", "-rapid.nofailfile")
	suite.Dir, suite.Env = b.dir, append(os.Environ(), fmt.Sprintf("MUTANT=%d", mutant))
	var out bytes.Buffer
	suite.Stdout, suite.Stderr = &out, &out
	failed := suite.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return false, out.String(), context.Cause(ctx)
	case failed == nil && !strings.Contains(out.String(), "--- PASS: TestMutants/"+test):
		return false, "", fmt.Errorf("its test did not run:\n%s", out.String())
	case failed != nil && !errors.As(failed, &exit):
		return false, "", failed
	}
	return failed == nil, out.String(), nil
}

var failure = regexp.MustCompile(`(?m)^\s*--- FAIL: (\S+)`)

// noticed names the part of the suite that failed: of TestMutants/m001/operation/requests it is "requests".
func noticed(output string) string {
	if strings.Contains(output, "\npanic: ") {
		return "panic"
	}
	deepest := ""
	for _, m := range failure.FindAllStringSubmatch(output, -1) {
		if strings.Count(m[1], "/") > strings.Count(deepest, "/") || deepest == "" {
			deepest = m[1]
		}
	}
	steps := strings.Split(deepest, "/")
	if len(steps) < 4 {
		return "binding"
	}
	return strings.ReplaceAll(steps[3], "_", " ")
}
