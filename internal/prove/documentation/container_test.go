package docblocks

import (
	"encoding/json"
	"net/http"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/internal/prove"
)

// instruction is one of a container file.
type instruction struct{ name, args string }

// instructions reads a container file: remarks left out, and lines that a backslash continues as one.
func instructions(t *testing.T, text string) (all []instruction) {
	t.Helper()
	known := regexp.MustCompile(`^(FROM|WORKDIR|COPY|RUN|USER|EXPOSE|ENTRYPOINT|CMD|ENV|LABEL|ARG)$`)
	for line := range strings.Lines(strings.ReplaceAll(text, "\\\n", " ")) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, args, _ := strings.Cut(line, " ")
		if !known.MatchString(name) || strings.TrimSpace(args) == "" {
			t.Errorf("Containerfile: %q is not an instruction with arguments", line)
		}
		all = append(all, instruction{name, strings.TrimSpace(args)})
	}
	return all
}

// TestContainerRunsTheSandbox does what the container file says, but for what needs a container engine: it builds with the command of the
// file, and starts what comes of it as the container does.
func TestContainerRunsTheSandbox(t *testing.T) {
	if testing.Short() {
		t.Skip("with -short no command is built")
	}
	stages, last := 0, map[string]string{} // last are the instructions of the last stage
	build := ""
	for _, i := range instructions(t, readProse(t, "Containerfile")) {
		if i.name == "FROM" {
			stages++
			clear(last)
		}
		if i.name == "RUN" {
			build = i.args
		}
		last[i.name] = i.args
	}
	if stages != 2 || last["RUN"] != "" || !strings.HasSuffix(last["FROM"], ":nonroot") || !regexp.MustCompile(`^[1-9]\d*:[1-9]\d*$`).MatchString(last["USER"]) {
		t.Errorf("the image is not of two stages, or not for a user without rights: %v", last)
	}
	words := func(name string) (words []string) {
		if err := json.Unmarshal([]byte(last[name]), &words); err != nil || len(words) == 0 {
			t.Fatalf("%s is %q, want a list in JSON: %v", name, last[name], err)
		}
		return words
	}
	entry, command := words("ENTRYPOINT"), words("CMD")

	// The file is built into, is copied from, and is started at paths that have to agree.
	from, to, _ := strings.Cut(strings.TrimPrefix(last["COPY"], "--from=build "), " ")
	if !strings.Contains(build, " -o "+from+" ") || to != entry[0] {
		t.Fatalf("RUN %s; COPY %s; ENTRYPOINT %s", build, last["COPY"], entry)
	}
	binary := filepath.Join(bin, "snapshots")
	if prove.InFull() { // with the flags of the file, which has everything compiled anew
		compile := exec.CommandContext(t.Context(), "sh", "-c", strings.Replace(build, " -o "+from+" ", " -o "+binary+" ", 1))
		compile.Dir = root
		if out, err := compile.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", build, err, out)
		}
	} else if !strings.HasSuffix(build, " ./cmd/snapshots") {
		t.Fatalf("RUN %s does not build ./cmd/snapshots", build)
	} else {
		buildCommands(t)
	}

	all := strings.Join(append([]string{"snapshots"}, command...), " ")
	if _, port, ok := strings.Cut(all, "0.0.0.0:"); !ok || port != last["EXPOSE"] {
		t.Fatalf("%q does not listen on the port that the image exposes, %s", all, last["EXPOSE"])
	}
	s := newShell(t, false)
	_, port, _ := strings.Cut(s.addr, ":")
	s.serve(t, block{file: "Containerfile"}, strings.Replace(all, "0.0.0.0:"+last["EXPOSE"], "0.0.0.0:"+port, 1))
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+s.addr+"/snapshots/?companyId=sandbox-company", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header = http.Header{"Authorization": {"Bearer sandbox-token"}, "Version": {"2021-07-28"}}
	answer, err := (&http.Client{Timeout: 10 * time.Second}).Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Errorf("the sandbox of the container answers %s", answer.Status)
	}
}
