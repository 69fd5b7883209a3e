package docpage

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
)

// otherForm returns the name of a known form of API description that is not supported, and the line that identifies it; ""
// for any other text.
func otherForm(data []byte) (form string, line int) {
	at := func(loc []int) int { return 1 + bytes.Count(data[:loc[0]], []byte("\n")) }
	trimmed := bytes.TrimSpace(data)
	switch {
	case trimmed[0] == '{' || trimmed[0] == '[' && json.Valid(trimmed):
		return jsonForm(trimmed), 1
	case typeScript.Match(trimmed):
		return "TypeScript", 1
	case bytes.Contains(trimmed, []byte("swagger")) && yamlStart.Match(trimmed) && openAPI2.Match(trimmed):
		return "an OpenAPI 2.0 document", at(openAPI2.FindIndex(data))
	case bytes.Count(trimmed, []byte("\n")) < 3 && escapedPage.Match(trimmed):
		return "a page whose Markdown was escaped and put on one line", 1
	}
	if bytes.Contains(data, []byte("`t")) || bytes.Contains(data, []byte("~t")) { // which is quicker to find than a fence
		if loc := typeScriptFence.FindIndex(data); loc != nil && !anyCall.Match(data) {
			return "TypeScript", at(loc)
		}
	}
	if !bytes.Contains(data, []byte("|-")) && !bytes.Contains(data, []byte("| -")) && !bytes.Contains(data, []byte("|:")) && !bytes.Contains(data, []byte("| :")) {
		return "", 0 // there is no table
	}
	if loc := twinParameters.FindIndex(data); loc != nil && twinTables.Match(data) {
		if doc := twinDocument.FindSubmatchIndex(data); doc != nil && json.Valid(data[doc[2]:doc[3]]) {
			return "a Markdown twin with " + jsonForm(bytes.TrimSpace(data[doc[2]:doc[3]])) + " in it", at(doc[2:])
		}
		return "a Markdown twin that ends before its OpenAPI document", at(loc)
	}
	if loc := parameterTable.FindIndex(data); loc != nil && !requestHeading.Match(data) {
		return "a page whose parameters stand in a table", at(loc)
	}
	if heading := requestHeading.FindIndex(data); heading != nil && !renderedField.Match(data[heading[0]:]) {
		if loc := parameterTable.FindIndex(data[heading[0]:]); loc != nil {
			return "a page whose fields stand in a table", at([]int{heading[0] + loc[0]})
		}
	}
	return "", 0
}

var (
	typeScript      = regexp.MustCompile(`^(?:(?:/\*[\s\S]*?\*/|//.*|import .*|"use strict";)\s*)*(?:export |declare )?(?:default |abstract )?(?:interface|type|namespace|module|enum|class|const|function)\s+[\w$"]+\s*[=<{(]`)
	typeScriptFence = regexp.MustCompile("(?m)^(?:`{3,}|~{3,})(?:ts|tsx|typescript)\\s*$")
	anyCall         = regexp.MustCompile(`(?m)^\s*(?:GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE)\s+(?:https?://|/)`)
	openAPI2        = regexp.MustCompile(`(?m)^["']?swagger["']?\s*:\s*["']?2`)
	escapedPage     = regexp.MustCompile("(?:\\\\`){3}|\\\\n#+ |#+ Request #+ ")
	parameterTable  = regexp.MustCompile(`(?mi)^[ \t]*\|?[^|\n]*\b(?:name|param|parameter|field|property|key|attribute|argument)\b[^|\n]*\|[^\n]*\b(?:in|type|kind|location|required|optional|mandatory)\b[^\n]*\n[ \t]*\|?[ \t]*:?-+`)
	renderedField   = regexp.MustCompile(`(?m)^(?:- )?\*\*[^*\n]+\*\* ?(?:string|number|integer|boolean|object|array|any|undefined|[A-Z]\w*\[\])`)
	twinParameters  = regexp.MustCompile(`(?m)^## Parameters\s*$`)
	twinTables      = regexp.MustCompile(`(?m)^### (?:Header|Path|Query|Cookie) Parameters\s*$`)
	twinDocument    = regexp.MustCompile("(?m)^## OpenAPI Specification\\s+(?:`{3,}|~{3,})\\w*\n([\\s\\S]*?)\n(?:`{3,}|~{3,})\\s*$")
	requestHeading  = regexp.MustCompile(`(?mi)^#{1,6}\s+(?:request|responses)\b`)
)

// jsonForm returns the name of what JSON describes, by its keys.
func jsonForm(data []byte) string {
	var first json.RawMessage = data
	var list []json.RawMessage
	if json.Unmarshal(data, &list) == nil && len(list) > 0 {
		first = list[0]
	}
	var keys map[string]json.RawMessage
	if json.Unmarshal(first, &keys) != nil {
		return "JSON that is cut or is not an object"
	}
	has := func(name string) bool { _, ok := keys[name]; return ok }
	switch {
	case has("info") && has("item"), bytes.Contains(keys["info"], []byte("getpostman.com")):
		return "a Postman collection"
	case has("_type") && has("resources"):
		return "an Insomnia export"
	case has("log") && bytes.Contains(keys["log"], []byte(`"entries"`)):
		return "a HAR file"
	case has("tools"), has("inputSchema"), has("input_schema"), has("functions"), has("function"), has("name") && has("parameters"):
		return "the schema of tools for an AI assistant"
	case has("$schema") || has("properties") && has("type"):
		return "a JSON Schema"
	case strings.HasPrefix(string(bytes.TrimSpace(keys["swagger"])), `"2`):
		return "an OpenAPI 2.0 document"
	}
	return "JSON that is not an OpenAPI document"
}
