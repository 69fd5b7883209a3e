package mcpserver_test

import (
	"encoding/json"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/mcpserver"
)

// sandboxOptions are those of a server that works with a sandbox.
func sandboxOptions(t *testing.T, box *sandbox.Sandbox) mcpserver.Options {
	return mcpserver.Options{
		Client:  []rest.Option{rest.WithHTTPClient(&http.Client{Transport: box}), rest.WithToken(sandbox.Token), api.WithCompany(sandbox.CompanyID), rest.WithBudget(nil)},
		Company: sandbox.CompanyID, Dir: t.TempDir(),
	}
}

// connect starts a server and returns a client that is connected to it in memory.
func connect(t *testing.T, o mcpserver.Options, client *mcp.ClientOptions) *mcp.ClientSession {
	t.Helper()
	return connectAs(t, o, "", client)
}

// connectAs is connect with a client of one version of the protocol.
func connectAs(t *testing.T, o mcpserver.Options, version string, client *mcp.ClientOptions) *mcp.ClientSession {
	t.Helper()
	server, err := mcpserver.New(o)
	if err != nil {
		t.Fatal(err)
	}
	near, far := mcp.NewInMemoryTransports()
	if _, err := server.Connect(t.Context(), far, nil); err != nil {
		t.Fatal(err)
	}
	session, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, client).Connect(t.Context(), near, &mcp.ClientSessionOptions{ProtocolVersion: version})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = session.Close() })
	return session
}

func call(t *testing.T, c *mcp.ClientSession, tool string, args any) *mcp.CallToolResult {
	t.Helper()
	result, err := c.CallTool(t.Context(), &mcp.CallToolParams{Name: tool, Arguments: args})
	if err != nil {
		t.Fatalf("%s: %v", tool, err)
	}
	return result
}

// textOf returns what an assistant reads.
func textOf(r *mcp.CallToolResult) string {
	var all []string
	for _, content := range r.Content {
		if text, ok := content.(*mcp.TextContent); ok {
			all = append(all, text.Text)
		}
	}
	return strings.Join(all, "\n")
}

// read calls a tool that is to succeed, and decodes its structured result.
func read[T any](t *testing.T, c *mcp.ClientSession, tool string, args any) T {
	t.Helper()
	result := call(t, c, tool, args)
	if result.IsError {
		t.Fatalf("%s: %s", tool, textOf(result))
	}
	text, err := json.Marshal(result.StructuredContent)
	if err != nil {
		t.Fatal(err)
	}
	var same any // for clients that know no other form
	if err := json.Unmarshal([]byte(result.Content[0].(*mcp.TextContent).Text), &same); err != nil || !reflect.DeepEqual(same, result.StructuredContent) {
		t.Errorf("%s: the text is %s, and not %s", tool, textOf(result), text)
	}
	wantSchema(t, c, tool, result.StructuredContent)
	var out T
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatalf("%s: %v in %s", tool, err, text)
	}
	return out
}

// outputSchemas are those of each session, which never change.
var outputSchemas sync.Map // by session: map[string]*jsonschema.Schema

// outputSchemasOf returns what each tool promises of its result.
func outputSchemasOf(t *testing.T, c *mcp.ClientSession) map[string]*jsonschema.Schema {
	t.Helper()
	if known, ok := outputSchemas.Load(c); ok {
		return known.(map[string]*jsonschema.Schema)
	}
	all := map[string]*jsonschema.Schema{}
	for tool, err := range c.Tools(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(tool.OutputSchema)
		if err != nil {
			t.Fatal(err)
		}
		all[tool.Name] = new(jsonschema.Schema)
		if err := json.Unmarshal(text, all[tool.Name]); err != nil {
			t.Fatalf("%s: %v in %s", tool.Name, err, text)
		}
	}
	outputSchemas.Store(c, all)
	return all
}

// wantSchema checks a result against the schema that its tool promises.
func wantSchema(t *testing.T, c *mcp.ClientSession, name string, result any) {
	t.Helper()
	schema := outputSchemasOf(t, c)[name]
	if schema == nil {
		t.Fatalf("there is no tool %s", name)
	}
	check, err := schema.Resolve(nil)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if err := check.Validate(result); err != nil || schema.Type != "object" {
		t.Errorf("%s: the result is not what its schema says: %v", name, err)
	}
}

func wantRefusal(t *testing.T, r *mcp.CallToolResult, words ...string) {
	t.Helper()
	if !r.IsError {
		t.Fatalf("it succeeded: %s", textOf(r))
	}
	for _, word := range words {
		if !strings.Contains(textOf(r), word) {
			t.Errorf("the refusal does not say %q: %s", word, textOf(r))
		}
	}
}

func sent(box *sandbox.Sandbox, method string) (n int) {
	for _, r := range box.Requests() {
		if r.Method == method {
			n++
		}
	}
	return n
}

type object = map[string]any

var linkArguments = object{"snapshot_id": sandbox.Snapshot1, "share_type": "permanent_link"}

func mustFault(t *testing.T, text string) sandbox.Fault {
	t.Helper()
	fault, err := sandbox.ParseFault(text)
	if err != nil {
		t.Fatal(err)
	}
	return fault
}

type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
