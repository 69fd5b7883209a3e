package main

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// TestMCPOverStandardInputAndOutput runs the command as assistants do.
func TestMCPOverStandardInputAndOutput(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "snapshots", "mcp", "--sandbox", "--allow-writes")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	c, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(ctx, &mcp.CommandTransport{Command: cmd}, nil)
	if err != nil {
		t.Fatalf("%v: %s", err, stderr.String())
	}
	result, err := c.CallTool(ctx, &mcp.CallToolParams{Name: "create-snapshot-share-link",
		Arguments: map[string]any{"snapshot_id": "sandbox-snapshot-own", "share_type": "link"}})
	if err != nil || result.IsError {
		t.Fatalf("%v %+v", err, result)
	}
	if err := c.Close(); err != nil {
		t.Errorf("the server did not end with its input: %v: %s", err, stderr.String())
	}
}

// TestSettingsOfAssistantsAreJSON reads every block of JSON in the page, and checks that the command knows the arguments in it.
func TestSettingsOfAssistantsAreJSON(t *testing.T) {
	page, err := os.ReadFile("../../docs/assistants.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```json\n(.*?)```").FindAllSubmatch(page, -1)
	if len(blocks) < 4 {
		t.Fatalf("%d blocks of JSON, want one for each assistant", len(blocks))
	}
	command, _, err := newRoot(&app{}, io.Discard).Find([]string{"mcp"})
	if err != nil {
		t.Fatal(err)
	}
	type entry struct {
		Command string
		Args    []string
		URL     string
	}
	for _, block := range blocks {
		var file struct{ MCPServers, Servers map[string]entry }
		if err := json.Unmarshal(block[1], &file); err != nil {
			t.Errorf("%v in\n%s", err, block[1])
			continue
		}
		for _, servers := range []map[string]entry{file.MCPServers, file.Servers} {
			for name, server := range servers {
				if server.URL == "" && (server.Command != "snapshots" || len(server.Args) == 0 || server.Args[0] != "mcp") {
					t.Errorf("%s does not run snapshots mcp: %+v", name, server)
				}
				for _, arg := range server.Args[min(1, len(server.Args)):] {
					if flag, ok := strings.CutPrefix(arg, "--"); ok && command.Flags().Lookup(flag) == nil && command.InheritedFlags().Lookup(flag) == nil {
						t.Errorf("%s: snapshots mcp has no flag %s", name, arg)
					}
				}
			}
		}
		if len(file.MCPServers)+len(file.Servers) == 0 {
			t.Errorf("no server is set up in\n%s", block[1])
		}
	}
}
