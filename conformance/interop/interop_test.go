// Package interop tests sandbox and client together with other people's tools: the publisher's own client, and Prism. run.sh
// installs those and runs it.
package interop_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/conformance/judge"
	"github.com/highlevel-go/snapshots/spec"
)

// modules returns the directory that npm has installed the tools in.
func modules(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("INTEROP_MODULES")
	if dir == "" {
		t.Skip("the tools are not installed; run conformance/interop/run.sh")
	}
	return dir
}

// judged puts a server before a sandbox that judges every request by the spec.
func judged(t *testing.T, box *sandbox.Sandbox, refuse func(judge.Verdict)) *httptest.Server {
	t.Helper()
	doc, err := judge.Load("spec/snapshots.yaml", spec.Snapshots)
	if err != nil {
		t.Fatal(err)
	}
	j, err := judge.New(doc)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if v := j.Request(r); !v.OK() {
			refuse(v)
		}
		box.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func TestThePublishersClientCompletesItsOperationsAgainstTheSandbox(t *testing.T) {
	dir := modules(t)
	box := sandbox.New()
	box.Push(sandbox.Snapshot1, "loc1")
	box.Push(sandbox.Snapshot1, "loc2")
	server := judged(t, box, func(v judge.Verdict) { t.Logf("the publisher's client departs from the spec: %v", v.Err()) })

	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "node", "official.cjs")
	cmd.Env = append(os.Environ(), "INTEROP_CLIENT="+filepath.Join(dir, "@gohighlevel", "api-client"), "INTEROP_URL="+server.URL,
		"INTEROP_TOKEN="+sandbox.Token, "INTEROP_COMPANY="+sandbox.CompanyID, "INTEROP_SNAPSHOT="+sandbox.Snapshot1)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	_, line, ok := strings.Cut(string(out), "RESULT ")
	if !ok {
		t.Fatalf("no result:\n%s", out)
	}
	line, _, _ = strings.Cut(line, "\n")
	var got struct {
		List         api.SnapshotList
		Links        []api.ShareLink
		Pushes, Next api.PushPage
		Latest       api.LatestPush
	}
	if err := json.Unmarshal([]byte(line), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.List.Snapshots) != 2 || len(got.Links) != 4 || got.Links[3].URL == "" {
		t.Errorf("snapshots %v, links %v", got.List, got.Links)
	}
	if len(got.Pushes.Data) != 1 || len(got.Next.Data) != 1 || got.Next.Data[0].LocationID != "loc2" || got.Latest.Data.Status != sandbox.Processing {
		t.Errorf("pushes %v, then %v; latest %v", got.Pushes, got.Next, got.Latest)
	}
	if links := box.Links(); len(links) != 4 || len(links[2].RelationshipNumbers) != 2 || len(links[3].ShareLocationIDs) != 2 {
		t.Errorf("the sandbox keeps %+v", links)
	}
}

// startPrism puts Prism in front of a server, as a proxy that refuses what the spec does not allow.
func startPrism(t *testing.T, dir, upstream string) string {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := free.Addr().(*net.TCPAddr).Port
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	document := filepath.Join(t.TempDir(), "snapshots.yaml")
	if err := os.WriteFile(document, spec.Snapshots, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	var log bytes.Buffer
	cmd := exec.CommandContext(ctx, "node", filepath.Join(dir, "@stoplight", "prism-cli", "dist", "index.js"),
		"proxy", document, upstream, "--errors", "--host", "127.0.0.1", "--port", fmt.Sprint(port))
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Start(); err != nil {
		cancel()
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		_ = cmd.Wait()
		if t.Failed() {
			t.Logf("Prism said:\n%s", log.String())
		}
	})
	address := fmt.Sprintf("127.0.0.1:%d", port)
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(200 * time.Millisecond) {
		if conn, err := net.DialTimeout("tcp", address, time.Second); err == nil {
			_ = conn.Close()
			return "http://" + address
		}
		if time.Now().After(deadline) {
			t.Fatal("Prism does not listen after a minute")
		}
	}
}

func TestPrismPassesOurClientsTraffic(t *testing.T) {
	dir := modules(t)
	box := sandbox.New()
	box.Push(sandbox.Snapshot1, "loc/1")
	server := judged(t, box, func(v judge.Verdict) { t.Error(v.Err()) })
	proxy := startPrism(t, dir, server.URL)
	client, err := api.New(api.WithBaseURL(proxy), api.WithToken(sandbox.Token), api.WithCompany(sandbox.CompanyID),
		rest.WithBudget(nil), rest.WithRetry(rest.Retry{Attempts: 1}))
	if err != nil {
		t.Fatal(err)
	}
	ctx := t.Context()
	if list, err := client.Snapshots(ctx, api.SnapshotsRequest{}); err != nil || len(list.Snapshots) != 2 {
		t.Errorf("snapshots: %v, %v", list, err)
	}
	for _, kind := range api.ShareTypes() {
		req := api.CreateShareLinkRequest{SnapshotID: sandbox.Snapshot1, ShareType: kind}
		switch kind {
		case api.ShareTypeAgencyLink:
			req.RelationshipNumbers = []string{"0-1"}
		case api.ShareTypeLocationLink:
			req.ShareLocationIDs = []string{"a", "b"}
		}
		link, err := client.CreateShareLink(ctx, req)
		if err != nil || link.URL == "" {
			t.Errorf("%s: %v, %v", kind, link, err)
		}
	}
	n := 0
	for _, err := range client.Pushes(ctx, api.PushesRequest{SnapshotID: sandbox.Snapshot1, From: time.Now().Add(-time.Hour), To: time.Now().Add(time.Hour), Limit: 1}) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != 1 {
		t.Errorf("%d pushes", n)
	}
	if _, err := client.LatestPush(ctx, api.LatestPushRequest{SnapshotID: sandbox.Snapshot1, LocationID: "nowhere"}); !errors.Is(err, api.ErrNotFound) {
		t.Errorf("no push: %v", err)
	}

	// Prism must look: what the spec does not allow, it refuses.
	r, err := http.NewRequestWithContext(ctx, "GET", proxy+"/snapshots/", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer x")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	text, _ := io.ReadAll(resp.Body)
	if resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(strings.ToLower(string(text)), "companyid") {
		t.Errorf("Prism let a wrong request pass: %d %s", resp.StatusCode, text)
	}
}
