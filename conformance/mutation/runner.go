package mutation

import (
	"bytes"
	"context"
	"errors"
	"fmt"
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

// limit is for one run of the suite, which takes a second on an idle machine.
const limit = 5 * time.Minute

// Run runs the suite against mutant i of a built batch.
func (b *Batch) Run(ctx context.Context, i int) (Result, error) {
	m := b.mutants[i]
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	// Always the same random messages, few of them, and no time for shrinking: a mutant is caught or it is not.
	suite := exec.CommandContext(ctx, filepath.Join(b.dir, m.kind()+".test"), "-test.v", "-test.failfast",
		"-test.run", "^TestMutants$/^"+name(i)+"$",
		"-rapid.seed=1", "-rapid.checks=20", "-rapid.shrinktime=0s", "-rapid.nofailfile")
	suite.Dir = b.dir
	var out bytes.Buffer
	suite.Stdout, suite.Stderr = &out, &out
	failed := suite.Run()
	result := Result{Mutant: m, Killed: failed != nil, Output: out.String()}
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return result, fmt.Errorf("mutant %s, %s:%d: not decided after %v", m.Name, m.File, m.Line, limit)
	case failed == nil && !strings.Contains(out.String(), "--- PASS: TestMutants/"+name(i)):
		return result, fmt.Errorf("mutant %s: its test did not run:\n%s", m.Name, out.String())
	case failed != nil && !errors.As(failed, &exit):
		return result, failed
	case failed != nil:
		result.By = noticed(out.String())
	}
	return result, nil
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
