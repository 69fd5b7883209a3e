package example

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/lower"
	"github.com/highlevel-go/snapshots/gen/internal/model"
)

// maxAnswer is the maximum size of the JSON of a response in bytes.
const maxAnswer = 8 << 10

// answer adds the response to a call, and what a program prints of it. It returns false if the document shows nothing that
// can be printed.
func (m *Maker) answer(o *model.Operation, call *Call) bool {
	if o.Result == "" {
		call.Status, call.Output = emptyStatus(o), []string{"<nil>"}
		return true
	}
	status, media := o.Answer()
	call.Status = number(status)
	value := m.withoutSecrets("", m.ofMedia(media).value)
	if call.Status == http.StatusNoContent || call.Status == http.StatusResetContent { // it has no content, even if the document shows some
		return false
	}
	if !hasRequired(value, o.RequiredInSuccess) {
		return false
	}
	if o.Pages != nil {
		if !m.pages(o, value, call) {
			return false
		}
	} else if !m.prints(o.Result, value, call) {
		return false
	}
	for _, v := range append([]any{value}, m.lastPage(o, value)...) {
		text := encode(v)
		if len(text) > maxAnswer {
			return false
		}
		call.Answers = append(call.Answers, text)
	}
	return true
}

// emptyStatus returns the status of a successful response without content.
func emptyStatus(o *model.Operation) int {
	for _, status := range o.Statuses() {
		if status >= 200 && status < 300 {
			return status
		}
	}
	return http.StatusOK
}

// number returns a status as a number; for a range such as 2XX, the first one.
func number(status string) int {
	if n, err := strconv.Atoi(strings.NewReplacer("X", "0", "x", "0").Replace(status)); err == nil && n >= 200 && n < 300 {
		return n
	}
	return http.StatusOK
}

func encode(v any) string {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(v); err != nil {
		return ""
	}
	return escaped(strings.TrimSpace(out.String()))
}

// escaped escapes characters that cannot be written between backticks in Go, or would not be visible there.
func escaped(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\n', r != '`' && unicode.IsPrint(r) && r != unicode.ReplacementChar:
			b.WriteRune(r)
		default:
			for _, unit := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&b, `\u%04x`, unit)
			}
		}
	}
	return b.String()
}

// hasRequired reports whether a response has the fields that x-required-in-success names: paths of names, separated by
// slashes.
func hasRequired(v any, paths []string) bool {
	return !slices.ContainsFunc(paths, func(path string) bool {
		at := v
		for name := range strings.SplitSeq(path, "/") {
			at = objectOf(at)[name]
		}
		text, isText := at.(string)
		return at == nil || isText && (strings.TrimSpace(text) == "" || isWordForNothing(text))
	})
}

// pages ranges over the items of a page.
func (m *Maker) pages(o *model.Operation, value any, call *Call) bool {
	items, _ := objectOf(value)[m.wire(o.Result, o.Pages.Items)].([]any)
	cursor := m.wire(o.Pages.Item, o.Pages.ItemCursor)
	seen := map[string]bool{}
	for _, item := range items {
		object := objectOf(item)
		id, _ := object[cursor].(string)
		if id == "" || seen[id] {
			return false
		}
		seen[id] = true
	}
	return m.printsItems(o.Pages.Item, items, call)
}

// lastPage returns the page without items that ends a list, or nil if the operation has no pages.
func (m *Maker) lastPage(o *model.Operation, value any) []any {
	object, ok := value.(map[string]any)
	if o.Pages == nil || !ok {
		return nil
	}
	last := map[string]any{}
	if len(o.RequiredInSuccess) > 0 {
		last = maps.Clone(object)
	}
	last[m.wire(o.Result, o.Pages.Items)] = []any{}
	return []any{last}
}

// wire returns the name of a struct field on the wire.
func (m *Maker) wire(typ, name string) string {
	if t := m.structOf(typ); t != nil {
		for _, f := range t.Fields {
			if f.Name == name {
				return f.Wire
			}
		}
	}
	return ""
}

// holder is a struct in the response, and the Go expression for it.
type holder struct {
	code  string
	typ   string
	value any
	depth int
}

// prints chooses what a program prints of a response: some strings and numbers of the first struct that has any, or of the
// items of the first list.
func (m *Maker) prints(typ string, value any, call *Call) bool {
	const result = "result"
	if items, ok := value.([]any); ok && strings.HasPrefix(typ, "[]") {
		call.Range = "*" + result
		return m.printsItems(typ[len("[]"):], items, call)
	}
	if text := m.scalar(&model.Field{Field: &lower.Field{Value: lower.Value{Schema: &openapi3.Schema{}}}, Base: typ}, value); text != "" {
		call.Values, call.Output = []string{"*" + result}, []string{text}
		return true
	}
	for queue := []holder{{result, typ, value, 0}}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		t := m.structOf(at.typ)
		object, ok := at.value.(map[string]any)
		if t == nil || !ok || at.depth > 4 {
			continue
		}
		if names, line := m.scalars(t, object, false); len(names) > 0 {
			return call.print(at.code, names, line)
		}
		for _, f := range t.Fields {
			switch inner := object[f.Wire].(type) {
			case map[string]any:
				queue = append(queue, holder{at.code + "." + f.Name, f.Base, inner, at.depth + 1})
			case []any:
				if !f.Nullable && strings.HasPrefix(f.Base, "[]") && m.printsItems(f.Base[len("[]"):], inner, call) {
					call.Range = at.code + "." + f.Name
					return true
				}
			}
		}
	}
	if t, object := m.structOf(typ), objectOf(value); t != nil && holdsOnlySuccess(t, object) {
		names, line := m.scalars(t, object, true)
		return len(names) > 0 && call.print(result, names, line)
	}
	return false
}

// print selects fields of a struct to be printed.
func (c *Call) print(of string, names []string, line string) bool {
	for _, name := range names {
		c.Values = append(c.Values, of+"."+name)
	}
	c.Output = []string{line}
	return true
}

func objectOf(v any) map[string]any {
	object, _ := v.(map[string]any)
	return object
}

// holdsOnlySuccess reports whether all fields of a response are documented and only say that the call succeeded.
func holdsOnlySuccess(t *model.Type, object map[string]any) bool {
	for name, v := range object {
		documented := slices.ContainsFunc(t.Fields, func(f *model.Field) bool { return f.Wire == name })
		switch name {
		case "success", "succeeded", "succeded", "ok", "status":
			if v != true {
				return false
			}
		case "message", "messages", "msg", "traceId", "requestId":
		default:
			return false
		}
		if !documented {
			return false
		}
	}
	return true
}

// maxItems is the maximum number of items of a list that are printed.
const maxItems = 5

// printsItems prints each item of a list.
func (m *Maker) printsItems(typ string, items []any, call *Call) bool {
	t := m.structOf(strings.TrimPrefix(typ, "*"))
	if t == nil || len(items) == 0 || len(items) > maxItems {
		return false
	}
	var first, lines []string
	for i, item := range items {
		object := objectOf(item)
		names, line := m.scalars(t, object, false)
		if i == 0 {
			first = names
		}
		if len(names) == 0 || !slices.Equal(names, first) {
			return false
		}
		lines = append(lines, line)
	}
	for _, name := range first {
		call.Values = append(call.Values, "item."+name)
	}
	call.Output = lines
	return true
}

// aboutTheCall are the names of fields about the call itself. Package rest has the same list.
var aboutTheCall = strings.Fields("statusCode status code success succeeded succeded ok message messages msg error errors err errorMessage error_message traceId requestId")

// scalars returns the first fields of an object that a program can print on one line, and that line.
func (m *Maker) scalars(t *model.Type, object map[string]any, aboutCall bool) (names []string, line string) {
	const most = 3
	var values []string
	for _, f := range t.Fields {
		text := m.scalar(f, object[f.Wire])
		if text == "" || f.Pointer || m.isSecret(f.Wire, "") || f.Nullable || slices.Contains(aboutTheCall, f.Wire) != aboutCall || len(names) == most {
			continue
		}
		names, values = append(names, f.Name), append(values, text)
	}
	return names, strings.Join(values, " ")
}

// scalar returns a field's value as fmt prints it; "" if that is not certain, or is not one line.
func (m *Maker) scalar(f *model.Field, v any) string {
	e := m.enumOf(f.Base)
	switch v := v.(type) {
	case string:
		if f.Base == "string" || e != nil && e.Base == "string" {
			return printed(v)
		}
	case []any:
		switch f.Base {
		case "rest.Strings":
			return printedList(v, "", ", ", "")
		case "[]string":
			return printedList(v, "[", " ", "]")
		}
	case bool:
		if f.Base == "bool" && v {
			return "true"
		}
	case float64:
		isEnum := e != nil && e.Base != "string"
		if v == 0 || !isEnum && !demandedNumber(f.Schema, f.Base, v) {
			return ""
		}
		if f.Base == "float64" {
			return fmt.Sprint(v)
		}
		return lower.ValueText(v)
	}
	return ""
}

// printedList returns a list of strings as fmt prints it; "" if one of them is not a single line.
func printedList(items []any, begin, between, end string) string {
	var out []string
	for _, item := range items {
		text, _ := item.(string)
		if printed(text) == "" {
			return ""
		}
		out = append(out, text)
	}
	return printed(begin + strings.Join(out, between) + end)
}

// printed returns text if it is one short, visible line; otherwise "".
func printed(text string) string {
	const most = 90
	if len(text) > most || isWordForNothing(text) || text != strings.Join(strings.Fields(text), " ") || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) || r == unicode.ReplacementChar }) || strings.HasPrefix(text, "+") || strings.HasPrefix(text, "//") {
		return ""
	}
	return text
}

// isWordForNothing reports whether package rest reads text as no value.
func isWordForNothing(text string) bool {
	return slices.Contains([]string{"undefined", "null", "NaN", "None", "[object Object]"}, strings.TrimSpace(text))
}
