package docsite

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Twin returns the Markdown twin of a page, as the real site serves it at the page's URL with .md appended.
func (p Page) Twin() string {
	if p.Operation == "" {
		return "# " + p.Title + "\n\nSource: " + Canonical + p.Path + "\n\nWidgets come in colours.\n"
	}
	var operation map[string]any
	if err := json.Unmarshal([]byte(p.Operation), &operation); err != nil {
		panic(err) // a test's own operation
	}
	take := func(key string) any {
		value := operation[key]
		delete(operation, key)
		return value
	}
	method, path, servers, info := take("method").(string), take("path").(string), take("servers"), take("info")
	operation["summary"] = p.Title
	document, _ := json.MarshalIndent(map[string]any{
		"openapi": "3.0.0", "info": info, "servers": servers,
		"paths": map[string]any{path: map[string]any{method: operation}},
	}, "", "  ")
	var tables strings.Builder
	for _, in := range []string{"Header", "Path", "Query"} {
		rows := ""
		for _, item := range list(operation["parameters"]) {
			parameter := item.(map[string]any)
			if parameter["in"] != strings.ToLower(in) {
				continue
			}
			required := "No"
			if parameter["required"] == true {
				required = "Yes"
			}
			rows += fmt.Sprintf("| `%s` | %s | %s |  |\n", parameter["name"], parameter["schema"].(map[string]any)["type"], required)
		}
		if rows != "" {
			tables.WriteString("### " + in + " Parameters\n\n| Name | Type | Required | Description |\n|------|------|----------|-------------|\n" + rows + "\n")
		}
	}
	return fmt.Sprintf("# %s\n\n%s %s%s\n\n## Parameters\n\n%s## OpenAPI Specification\n\n```json\n%s\n```\n",
		p.Title, strings.ToUpper(method), servers.([]any)[0].(map[string]any)["url"], path, tables.String(), document)
}

func list(value any) []any {
	items, _ := value.([]any)
	return items
}
