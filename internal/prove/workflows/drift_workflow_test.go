package workflows

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func driftWorkflow(t *testing.T) workflow {
	t.Helper()
	return readWorkflow(t, "drift.yml")
}

// step runs a step of the workflow as the runner does, with other programs in the place of specdrift and gh.
func (w workflow) step(t *testing.T, job, dir string, env ...string) (output string, code int) {
	t.Helper()
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash is installed: the workflow's steps are not tried")
	}
	for _, s := range w.Jobs[job].Steps {
		if s.ID == job {
			cmd := exec.CommandContext(t.Context(), bash, "--noprofile", "--norc", "-eo", "pipefail", "-c", s.Run)
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "RUNNER_TEMP="+dir, "PATH="+dir+":"+os.Getenv("PATH"), "GITHUB_OUTPUT="+dir+"/output",
				"GITHUB_STEP_SUMMARY="+dir+"/summary", "SITEMAP=https://docs.example/sitemap.xml", "OLDER=2021-07-28", "RUN_URL=https://runs.example/1", "LABEL=docs-drift")
			cmd.Env = append(cmd.Env, env...)
			out, err := cmd.CombinedOutput()
			var exit *exec.ExitError
			if err != nil && !errors.As(err, &exit) {
				t.Fatal(err)
			}
			return string(out), cmd.ProcessState.ExitCode()
		}
	}
	t.Fatalf("the job %s has no step of its name", job)
	return "", 0
}

func script(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+text), 0o755); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return string(data)
}

func TestDriftWorkflowJobsHaveTheLeastPermissions(t *testing.T) {
	w := driftWorkflow(t)
	if w.On["schedule"] == nil {
		t.Error("the workflow has no schedule")
	}
	if _, ok := w.On["workflow_dispatch"]; !ok {
		t.Error("the workflow cannot be started by hand")
	}
	if w.Permissions == nil || len(w.Permissions) != 0 {
		t.Errorf("jobs inherit %v", w.Permissions)
	}
	want := map[string]map[string]string{"check": {"contents": "read"}, "issue": {"issues": "write"}}
	if len(w.Jobs) != len(want) {
		t.Errorf("there are %d jobs", len(w.Jobs))
	}
	for name, job := range w.Jobs {
		if len(job.Permissions) != 1 {
			t.Errorf("%s may %v", name, job.Permissions)
		}
		for key, value := range want[name] {
			if job.Permissions[key] != value {
				t.Errorf("%s may %v, want %v", name, job.Permissions, want[name])
			}
		}
		for _, s := range job.Steps {
			if _, ok := s.Env["GH_TOKEN"]; ok && name != "issue" {
				t.Errorf("%s holds a token", name)
			}
		}
	}
}

// fakeCheck stands in for specdrift: it fetches and checks with these exit codes, and notes how it was called.
const fakeCheck = `echo "$@" >>calls
case $1 in
fetch) echo "::error::forged"; printf '# forged\n</pre>\033[31m'; exit $FETCHED ;;
check)
	for last; do :; done
	if [ "$CHECKED" -lt 3 ] && [ -z "$NO_REPORT" ]; then
		while [ "$1" != -o ]; do shift; done
		echo "the report" >"$2"
	fi
	exit $CHECKED ;;
esac
`

func TestDriftWorkflowTurnsEachExitCodeIntoTheRightOutcome(t *testing.T) {
	w := driftWorkflow(t)
	for name, c := range map[string]struct {
		fetched, checked, noReport string
		exit                       int
		code                       string
		complete                   bool
		says                       string
	}{
		"clean":                          {"0", "0", "", 0, "code=0\n", true, "the report"},
		"drift":                          {"0", "1", "", 0, "code=1\n", true, "the report"},
		"cannot judge":                   {"0", "2", "", 0, "code=2\n", true, "    # forged\n    </pre>[31m"},
		"cannot judge, without report":   {"0", "2", "yes", 0, "code=2\n", true, "did not come to a report"},
		"not fetched, and clean":         {"2", "0", "", 0, "code=2\n", false, "Not every page could be fetched"},
		"not fetched, and drift":         {"1", "1", "", 0, "code=2\n", false, "Not every page could be fetched"},
		"wrong usage of check":           {"0", "3", "", 1, "", true, ""},
		"wrong usage of fetch":           {"3", "0", "", 1, "", false, ""},
		"the command was not even there": {"127", "127", "yes", 1, "", false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			script(t, dir, "specdrift", fakeCheck)
			out, exit := w.step(t, "check", dir, "FETCHED="+c.fetched, "CHECKED="+c.checked, "NO_REPORT="+c.noReport)
			if exit != c.exit || read(t, dir, "output") != c.code {
				t.Fatalf("exit code %d and %q, want %d and %q:\n%s", exit, read(t, dir, "output"), c.exit, c.code, out)
			}
			if strings.Contains(out, "forged") {
				t.Errorf("foreign text is in the log, where a line can be a command: %s", out)
			}
			calls := read(t, dir, "calls")
			if !strings.Contains(calls, "fetch --sitemap https://docs.example/sitemap.xml -o pages/newest\n") ||
				!strings.Contains(calls, "fetch --sitemap https://docs.example/sitemap.xml --version 2021-07-28 -o pages/2021-07-28\n") || strings.Contains(calls, "--complete") != c.complete {
				t.Errorf("the calls are:\n%s", calls)
			}
			body := read(t, dir, "drift/issue.md")
			if !strings.Contains(body, c.says) {
				t.Errorf("the issue does not say %q:\n%s", c.says, body)
			}
			for line := range strings.Lines(body) {
				if strings.Contains(line, "forged") && !strings.HasPrefix(line, "    ") {
					t.Errorf("foreign text is not code: %q", line)
				}
			}
			if body != read(t, dir, "summary") && c.exit == 0 {
				t.Error("the summary of the run is not the issue")
			}
		})
	}
}

func TestDriftWorkflowKeepsOneIssueUntilTheCheckIsClean(t *testing.T) {
	w := driftWorkflow(t)
	const same, other = "`a|b|c`\n", "`d|e|f g`\n"
	for name, c := range map[string]struct {
		number, code, before string
		exit                 int
		want, not            string
		comment              string
	}{
		"opens one for drift":             {"", "1", "", 0, "issue create --title The documentation and the spec differ --label docs-drift --body-file issue.md", "edit", ""},
		"updates the one there is":        {"7", "1", "x\n\n" + same, 0, "issue edit 7 --body-file issue.md", "create", ""},
		"comments on what changed":        {"7", "1", "x\r\n\r\n" + strings.Replace(other, "\n", "\r\n", 1), 0, "issue comment 7 --body-file comment.md", "create", "- new: " + same + "- no longer found: " + other},
		"opens one and fails, unjudged":   {"", "2", "", 1, "issue create", "edit", ""},
		"updates one and fails, unjudged": {"7", "2", same, 1, "issue edit 7", "create", ""},
		"closes it when clean":            {"7", "0", same, 0, "issue close 7 --comment Documentation and spec agree: https://runs.example/1", "edit", ""},
		"does nothing when all is clean":  {"", "0", "", 0, "issue list", "issue c", ""},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for file, text := range map[string]string{"body": c.before, "issue.md": "the report\n\n" + same} {
				if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			script(t, dir, "gh", `echo "$@" >>calls
case "$1 $2" in
"issue list") echo "$NUMBER" ;;
"issue view") cat body ;;
esac
`)
			out, exit := w.step(t, "issue", dir, "NUMBER="+c.number, "CODE="+c.code)
			calls := read(t, dir, "calls")
			if exit != c.exit || !strings.Contains(calls, c.want) || strings.Contains(calls, c.not) {
				t.Errorf("exit code %d, want %d; calls:\n%s\n%s", exit, c.exit, calls, out)
			}
			if strings.Contains(calls, "issue comment") != (c.comment != "") || !strings.HasPrefix(read(t, dir, "comment.md"), c.comment) {
				t.Errorf("the comment is %q, want %q; calls:\n%s", read(t, dir, "comment.md"), c.comment, calls)
			}
			if closes := strings.Contains(calls, "close"); closes != (c.code == "0" && c.number != "") {
				t.Errorf("closes an issue: %v", closes)
			}
			if !strings.Contains(calls, "issue list --state open --label docs-drift") {
				t.Errorf("it does not look for the open one:\n%s", calls)
			}
		})
	}
	if cond := w.Jobs["issue"].If; !strings.Contains(cond, "'0'") || !strings.Contains(cond, "'1'") || !strings.Contains(cond, "'2'") {
		t.Errorf("an issue is kept if %s", cond)
	}
}

func TestDriftWorkflowFailsWhereTheIssueCannotBeWritten(t *testing.T) {
	dir := t.TempDir()
	script(t, dir, "gh", `[ "$1 $2" = "issue list" ]`+"\n")
	if _, exit := driftWorkflow(t).step(t, "issue", dir, "CODE=1"); exit == 0 {
		t.Error("a refused issue passes for one that was written")
	}
}

// The newest version is what the site shows where none is asked for; the workflow names the others.
func TestDriftWorkflowFetchesEachVersionThatHasARecord(t *testing.T) {
	files, err := filepath.Glob("../../../spec/docs/*.yaml")
	if err != nil || len(files) < 2 {
		t.Fatalf("records %q, %v", files, err)
	}
	var older []string
	for _, file := range files[:len(files)-1] {
		older = append(older, strings.TrimSuffix(filepath.Base(file), ".yaml"))
	}
	for _, s := range driftWorkflow(t).Jobs["check"].Steps {
		if s.ID == "check" && s.Env["OLDER"] != strings.Join(older, " ") {
			t.Errorf("OLDER is %q, the records are %q", s.Env["OLDER"], files)
		}
	}
}
