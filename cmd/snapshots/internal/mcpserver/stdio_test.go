package mcpserver_test

import (
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/mcpserver"
)

// TestRequestsAreAnsweredAfterTheEndOfTheInput writes several requests and closes the pipe, as a script does.
func TestRequestsAreAnsweredAfterTheEndOfTheInput(t *testing.T) {
	server, err := mcpserver.New(sandboxOptions(t, sandbox.New()))
	if err != nil {
		t.Fatal(err)
	}
	in := strings.NewReader(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}
{"jsonrpc":"2.0","method":"notifications/initialized"}
{"jsonrpc":"2.0","id":"two","method":"tools/list"}
{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"get-custom-snapshots"}}
`)
	var out strings.Builder
	if err := server.Run(t.Context(), mcpserver.Stdio(in, &out)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"id":1,`, `"id":"two"`, `"id":3,`, sandbox.Snapshot1} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s is not in the output:\n%s", want, out.String())
		}
	}
}
