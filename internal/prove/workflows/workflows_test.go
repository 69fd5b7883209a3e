// Package workflows tests the workflows in .github: what they may do, and that what they call exists.
package workflows

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

const root = "../../.."

// workflow is the part of a workflow that these tests are about.
type workflow struct {
	On          map[string]any
	Permissions map[string]string
	Jobs        map[string]struct {
		If             string
		Permissions    map[string]string
		TimeoutMinutes int `yaml:"timeout-minutes"`
		Steps          []struct {
			ID, Run, Uses string
			Env           map[string]string
		}
	}
}

func readWorkflow(t *testing.T, name string) workflow {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, ".github", "workflows", name))
	if err != nil {
		t.Fatal(err)
	}
	var w workflow
	if err := yaml.Unmarshal(data, &w); err != nil {
		t.Fatal(err)
	}
	return w
}

var (
	makeCall   = regexp.MustCompile(`\bmake ([a-z-]+)`)
	makeTarget = regexp.MustCompile(`(?m)^([a-z-]+):`)
)

func TestEveryWorkflowIsBoundedAndCallsWhatExists(t *testing.T) {
	makefile, err := os.ReadFile(filepath.Join(root, "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	targets := map[string]bool{}
	for _, m := range makeTarget.FindAllStringSubmatch(string(makefile), -1) {
		targets[m[1]] = true
	}
	files, err := filepath.Glob(filepath.Join(root, ".github", "workflows", "*.yml"))
	if err != nil || len(files) < 3 {
		t.Fatalf("workflows %v, error %v", files, err)
	}
	for _, file := range files {
		name := filepath.Base(file)
		t.Run(name, func(t *testing.T) {
			w := readWorkflow(t, name)
			if w.Permissions == nil {
				t.Error("it names no permissions, so that its jobs may do what the repository's settings say")
			}
			for scope, may := range w.Permissions {
				if scope != "contents" || may != "read" {
					t.Errorf("all of its jobs may %s: %s", scope, may)
				}
			}
			for job, j := range w.Jobs {
				if j.TimeoutMinutes == 0 {
					t.Errorf("%s has no timeout", job)
				}
				for _, s := range j.Steps {
					if strings.Contains(s.Run, "${{") {
						t.Errorf("%s: an expression is pasted into a script, which foreign text could extend:\n%s", job, s.Run)
					}
					if strings.HasPrefix(s.Run, ".ci/") {
						if info, err := os.Stat(filepath.Join(root, s.Run)); err != nil || info.Mode()&0o111 == 0 {
							t.Errorf("%s runs %s, which cannot be run: %v", job, s.Run, err)
						}
					}
					for _, m := range makeCall.FindAllStringSubmatch(s.Run, -1) {
						if !targets[m[1]] {
							t.Errorf("%s runs make %s, which the Makefile does not have", job, m[1])
						}
					}
				}
			}
		})
	}
}

func TestTheLaboratoriesRunEveryNight(t *testing.T) {
	w := readWorkflow(t, "nightly.yml")
	if w.On["schedule"] == nil {
		t.Error("the workflow has no schedule")
	}
	if _, ok := w.On["workflow_dispatch"]; !ok {
		t.Error("the workflow cannot be started by hand")
	}
	proves := false
	for _, job := range w.Jobs {
		for _, s := range job.Steps {
			proves = proves || strings.Contains(s.Run, "make prove")
		}
	}
	if !proves {
		t.Error("no step runs make prove")
	}
}
