package mcpserver_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/highlevel-go/snapshots/api/sandbox"
)

func TestPromptsAndResources(t *testing.T) {
	c := connect(t, sandboxOptions(t, sandbox.New()), nil)
	tools := map[string]bool{}
	for tool, err := range c.Tools(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		tools[tool.Name] = true
	}
	count := 0
	for p, err := range c.Prompts(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		count++
		args := map[string]string{}
		for _, a := range p.Arguments {
			args[a.Name] = "{value of " + a.Name + "}"
		}
		got, err := c.GetPrompt(t.Context(), &mcp.GetPromptParams{Name: p.Name, Arguments: args})
		if err != nil {
			t.Fatal(err)
		}
		text := got.Messages[0].Content.(*mcp.TextContent).Text
		for _, value := range args {
			if !strings.Contains(text, value) {
				t.Errorf("%s does not hold %q:\n%s", p.Name, value, text)
			}
		}
		if !slices.ContainsFunc(slices.Collect(maps.Keys(tools)), func(tool string) bool { return strings.Contains(text, tool) }) {
			t.Errorf("%s names no tool:\n%s", p.Name, text)
		}
		if _, err := c.GetPrompt(t.Context(), &mcp.GetPromptParams{Name: p.Name}); err == nil {
			t.Errorf("%s went without its arguments", p.Name)
		}
	}
	if count != 3 {
		t.Errorf("%d prompts, want 3", count)
	}
	resources := map[string]string{}
	for r, err := range c.Resources(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		got, err := c.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: r.URI})
		if err != nil {
			t.Fatal(err)
		}
		resources[r.URI] = got.Contents[0].Text
	}
	if !strings.Contains(resources["highlevel://spec/snapshots"], "openapi: 3") || !strings.Contains(resources["highlevel://deviations/snapshots"], "why:") {
		t.Errorf("the resources are not the documents")
	}
}
