package console

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// differences returns one string for each difference between a call and the form. Headers that the form does not send are
// not compared.
func differences(form, call *http.Request) []string {
	return compare("", partsOf(form, form.Header), partsOf(call, form.Header))
}

// partsOf returns the decoded parts of a request, so that two encodings of the same request are equal.
func partsOf(r *http.Request, headers http.Header) map[string]any {
	segments := strings.Split(r.URL.EscapedPath(), "/")
	for i, segment := range segments {
		if plain, err := url.PathUnescape(segment); err == nil {
			segments[i] = plain
		}
	}
	header := map[string]any{}
	for name := range headers {
		if value := r.Header.Get(name); value != "" {
			header[name] = value
		}
	}
	parts := map[string]any{"method": r.Method, "path": segments, "query": byName(r.URL.Query()), "header": header}
	text := bodyOf(r)
	switch r.Header.Get("Content-Type") {
	case "":
	case mediaForm:
		form, err := url.ParseQuery(text)
		if err == nil {
			parts["body"] = byName(form)
		}
	default:
		var body any
		d := json.NewDecoder(strings.NewReader(text))
		d.UseNumber()
		if d.Decode(&body) != nil {
			body = text
		}
		parts["body"] = body
	}
	return parts
}

func byName(values url.Values) map[string]any {
	out := map[string]any{}
	for name, list := range values {
		out[name] = strings.Join(list, ",")
	}
	return out
}

func compare(at string, form, call any) (all []string) {
	f, formIsObject := form.(map[string]any)
	c, callIsObject := call.(map[string]any)
	if !formIsObject || !callIsObject {
		if reflect.DeepEqual(form, call) {
			return nil
		}
		return []string{fmt.Sprintf("%s: the form sends %s, this call %s", at, shown(form), shown(call))}
	}
	names := maps.Clone(f)
	maps.Copy(names, c)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		below := name
		if !plainName.MatchString(name) {
			below = strconv.Quote(name) // on one line
		}
		if at != "" {
			below = at + "." + below
		}
		all = append(all, compare(below, valueIn(f, name), valueIn(c, name))...)
	}
	return all
}

// valueIn returns the value of a field.
func valueIn(object map[string]any, name string) any {
	if value, ok := object[name]; ok {
		return value
	}
	return nothing{}
}

var plainName = regexp.MustCompile(`^[\w-]+$`)

// nothing is the value of a missing field.
type nothing struct{}

// shown returns a value as one short line.
func shown(v any) string {
	if v == (any)(nothing{}) {
		return "nothing"
	}
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprintf("%q", v)
	}
	if len(data) > 80 {
		return strconv.Quote(string(data[:80])) + "…"
	}
	return string(data)
}
