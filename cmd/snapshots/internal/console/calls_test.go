package console

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/settings"
)

// Form, Go, curl and command send the same request, or have a comment on the difference.
func TestEveryFormOfACallSendsTheSame(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the command and many calls")
	}
	server := start(t, sandbox.WithSeed(sandbox.SeedDemo), sandbox.WithRateLimit(1e6, time.Second, true), sandbox.WithLogSize(1e5))
	calls := forms(t, server)
	dir := t.TempDir()
	texts := make([]callTexts, len(calls))
	table := "package main\n\nimport \"os\"\n\nvar calls = map[string]func(){\n"
	files := []string{filepath.Join(dir, "main.go")}
	for i, call := range calls {
		_, text := send(t, server, "POST", "/api/call", call.call, nil)
		if err := json.Unmarshal([]byte(text), &texts[i]); err != nil {
			t.Fatalf("%+v: %s", call, text)
		}
		if all := texts[i].Go + texts[i].Curl + texts[i].Command; strings.Contains(all, sandbox.Token) {
			t.Errorf("the calls show a token:\n%s", all)
		}
		if texts[i].Go == "" {
			continue
		}
		table += fmt.Sprintf("%q: call%d,\n", fmt.Sprint(i), i)
		file := filepath.Join(dir, fmt.Sprintf("call%d.go", i))
		if err := os.WriteFile(file, []byte(strings.Replace(texts[i].Go, "func main()", fmt.Sprintf("func call%d()", i), 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	if err := os.WriteFile(files[0], []byte(table+"}\n\nfunc main() { calls[os.Args[1]]() }\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	program, command := filepath.Join(dir, "calls"), filepath.Join(dir, "bin", "snapshots")
	for _, args := range [][]string{append([]string{"-o", program}, files...), {"-o", command, "github.com/highlevel-go/snapshots/cmd/snapshots"}} {
		if out, err := exec.Command("go", append([]string{"build", "-ldflags=-s -w"}, args...)...).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	// sent runs something, and returns what it has sent.
	sent := func(run func() string) (list []sandbox.Request, out string) {
		server.ForgetRequests()
		out = run()
		return server.Requests(), out
	}
	shell := func(line string) func() string {
		return func() string {
			c := exec.Command("sh", "-c", line)
			c.Env = append(os.Environ(), settings.EnvToken+"="+sandbox.Token, "PATH="+filepath.Dir(command)+":"+os.Getenv("PATH"), settings.EnvConfig+"="+dir)
			out, _ := c.CombinedOutput() // the sandbox refuses some
			return string(out)
		}
	}
	for i, call := range calls {
		name := fmt.Sprintf("%s %v", call.Operation, call.Values)
		form, _ := sent(func() string {
			_, text := send(t, server, "POST", "/api/send", call.call, nil)
			if strings.Contains(text, sandbox.Token) {
				t.Errorf("%s: the answer shows the token", name)
			}
			return text
		})
		if len(form) != 1 {
			t.Fatalf("%s: the form sends %d requests", name, len(form))
		}
		asGo, out := sent(shell(program + " " + fmt.Sprint(i)))
		says := strings.Contains(texts[i].Go, "// ") && strings.Contains(texts[i].Go, "the form sends")
		switch {
		case call.noGo && texts[i].Go == "":
		case call.noGo != (texts[i].Go == ""):
			t.Errorf("%s: the Go is %q", name, texts[i].Go)
		case call.refused && (len(asGo) != 0 || !strings.Contains(texts[i].Go, "// The client refuses this call")):
			t.Errorf("%s: the client refuses it; Go sends %d requests:\n%s", name, len(asGo), texts[i].Go)
		case !call.refused && len(asGo) == 0:
			t.Errorf("%s: Go sends nothing: %s\n%s", name, out, texts[i].Go)
		case call.differs != says:
			t.Errorf("%s: Go says that it differs: %t, want %t:\n%s", name, says, call.differs, texts[i].Go)
		case !call.refused && !call.differs:
			same(t, name+", Go", form[0], asGo[0])
		}
		byCurl, out := sent(shell(texts[i].Curl))
		if len(byCurl) != 1 {
			t.Errorf("%s: curl sends %d requests: %s\n%s", name, len(byCurl), out, texts[i].Curl)
		} else {
			same(t, name+", curl", form[0], byCurl[0])
		}
		line := texts[i].Command
		byCommand, out := sent(shell(line))
		switch {
		case call.command && len(byCommand) != 1:
			t.Errorf("%s: the command sends %d requests: %s\n%s", name, len(byCommand), out, line)
		case len(byCommand) == 1 && !strings.Contains(line, "# Left out") && !strings.Contains(line, "# The command reads all pages, of 100"), call.command:
			same(t, name+", command", form[0], byCommand[0])
		case len(byCommand) == 0 && line != "" && !strings.Contains(line, "# No command line can carry") && !strings.Contains(line, "# The command refuses"):
			t.Errorf("%s: the command sends nothing: %s\n%s", name, out, line)
		}
	}
}

// same compares two requests, which may be encoded differently.
func same(t *testing.T, name string, want, got sandbox.Request) {
	t.Helper()
	again := func(r sandbox.Request) *http.Request {
		out, err := http.NewRequest(r.Method, "http://localhost"+r.Path+"?"+r.Query, bytes.NewReader(r.RequestBody))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, name := range []string{"Content-Type", "Accept", "Version", "Authorization"} {
			if value := r.RequestHeader.Get(name); value != "" {
				out.Header.Set(name, value)
			}
		}
		return out
	}
	if d := differences(again(want), again(got)); d != nil {
		t.Errorf("%s: %s", name, strings.Join(d, "\n"))
	}
}

func TestPathValuesThatLeadElsewhereAreRefused(t *testing.T) {
	server := start(t)
	for _, value := range []string{".", ".."} {
		for _, path := range []string{"/api/call", "/api/send"} {
			if status, text := send(t, server, "POST", path, call{"get-location", map[string]string{"path locationId": value}}, nil); status != 400 || !strings.Contains(text, "locationId") {
				t.Errorf("%s of %q: status %d: %s", path, value, status, text)
			}
		}
	}
	if n := len(server.Requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

// Calls that are copied from the page send to its sandbox, not to the service.
func TestCallsNameTheSandboxOfThePage(t *testing.T) {
	server := start(t)
	_, port, err := net.SplitHostPort(strings.TrimPrefix(server.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	for host, base := range map[string]string{"127.0.0.1:": "http://127.0.0.1:", "LocalHost:": "http://localhost:", "[::1]:": "http://[::1]:"} {
		for _, d := range documents() {
			for _, method := range slices.Concat(d.clients[0].operations, d.clients[len(d.clients)-1].operations) {
				_, text := send(t, server, "POST", "/api/call", call{Operation: method.ID}, func(r *http.Request) { r.Host = host + port })
				var w callTexts
				if err := json.Unmarshal([]byte(text), &w); err != nil {
					t.Fatalf("%s of %s: %s", method.ID, host, text)
				}
				for name, call := range map[string]string{"Go": w.Go, "curl": w.Curl, "command": w.Command} {
					if call != "" && !strings.Contains(call, base+port) {
						t.Errorf("%s of %s: the %s does not name %s:\n%s", method.ID, host, name, base+port, call)
					}
				}
			}
		}
	}
}

func TestTokensOfSubAccountsAreNotShown(t *testing.T) {
	server := start(t, sandbox.WithSeed(sandbox.SeedDemo))
	call := call{"get-location-access-token", map[string]string{"body companyId": sandbox.CompanyID, "body locationId": "sandbox-location-1"}}
	status, text := send(t, server, "POST", "/api/send", call, nil)
	var answer judgedRequest
	if err := json.Unmarshal([]byte(text), &answer); err != nil || status != 200 || answer.Status != 200 {
		t.Fatalf("status %d, %v: %s", status, err, text)
	}
	if body := string(answer.ResponseBody); !strings.Contains(body, `"access_token":"[token]"`) {
		t.Errorf("the body is %s", body)
	}
	if answer.RequestHeader.Get("Content-Type") == "" || answer.RequestHeader.Get(callHeader) != "" {
		t.Errorf("the headers are %v", answer.RequestHeader)
	}
	if len(answer.Verdict) != 0 || answer.Unjudged != "" {
		t.Errorf("a call of a form is judged %+v %q", answer.Verdict, answer.Unjudged)
	}
}

// Faults apply to the calls of forms, too.
func TestFaultsApplyToCallsOfForms(t *testing.T) {
	server := start(t)
	for name, c := range map[string]struct {
		fault sandbox.Fault
		want  func(judgedRequest) bool
	}{
		"cut at once": {sandbox.Fault{Cut: sandbox.AtOnce}, func(s judgedRequest) bool { return s.Status == 0 && s.ConnectionIsCut && s.ResponseSize == 0 }},
		"cut":         {sandbox.Fault{Cut: 5}, func(s judgedRequest) bool { return s.Status == 200 && s.ConnectionIsCut && s.ResponseSize == 5 }},
		"redirect": {sandbox.Fault{Redirect: "https://example.com/"}, func(s judgedRequest) bool {
			return s.Status == 302 && s.ResponseHeader.Get("Location") == "https://example.com/"
		}},
		"429":   {sandbox.Fault{Status: 429, RetryAfter: time.Second}, func(s judgedRequest) bool { return s.Status == 429 && s.ResponseHeader.Get("Retry-After") == "1" }},
		"delay": {sandbox.Fault{Delay: 50 * time.Millisecond}, func(s judgedRequest) bool { return s.Status == 200 && s.Duration >= 50*time.Millisecond }},
		"body":  {sandbox.Fault{Body: "<html>"}, func(s judgedRequest) bool { return string(s.ResponseBody) == "<html>" }},
	} {
		if _, err := server.AddFault(c.fault); err != nil {
			t.Fatal(err)
		}
		status, text := send(t, server, "POST", "/api/send", call{"get-custom-snapshots", map[string]string{"query companyId": sandbox.CompanyID}}, nil)
		var answer judgedRequest
		if err := json.Unmarshal([]byte(text), &answer); err != nil || status != 200 || !c.want(answer) {
			t.Errorf("%s: status %d, %v: %s", name, status, err, text)
		}
	}
}
