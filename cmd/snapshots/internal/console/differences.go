package console

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// differences tells in what a call sends something else than the form, a text each.
func differences(form, call request) []string {
	var d differ
	d.compare("", form.parts(), call.parts())
	return d
}

// parts takes a request apart, so that two ways to write the same are equal.
func (r request) parts() map[string]any {
	segments := strings.Split(r.path, "/")
	for i, segment := range segments {
		if plain, err := url.PathUnescape(segment); err == nil {
			segments[i] = plain
		}
	}
	header := map[string]any{}
	for name, value := range r.header {
		header[name] = value
	}
	parts := map[string]any{"method": r.method, "path": segments, "query": byName(r.query), "header": header}
	switch r.header["Content-Type"] {
	case "":
	case mediaForm:
		form, err := url.ParseQuery(r.body)
		if err == nil {
			parts["body"] = byName(form)
		}
	default:
		var body any
		d := json.NewDecoder(strings.NewReader(r.body))
		d.UseNumber()
		if d.Decode(&body) != nil {
			body = r.body
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

type differ []string

func (d *differ) compare(at string, form, call any) {
	f, formIsObject := form.(map[string]any)
	c, callIsObject := call.(map[string]any)
	if !formIsObject || !callIsObject {
		if !reflect.DeepEqual(form, call) {
			*d = append(*d, fmt.Sprintf("%s: the form sends %s, this call %s", at, shown(form), shown(call)))
		}
		return
	}
	names := slices.Concat(slices.Collect(maps.Keys(f)), slices.Collect(maps.Keys(c)))
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		below := name
		if !plainName.MatchString(name) {
			below = strconv.Quote(name) // which leaves no line break
		}
		if at != "" {
			below = at + "." + below
		}
		inForm, formHas := f[name]
		inCall, callHas := c[name]
		if !formHas {
			inForm = nothing{}
		}
		if !callHas {
			inCall = nothing{}
		}
		d.compare(below, inForm, inCall)
	}
}

var plainName = regexp.MustCompile(`^[\w-]+$`)

// nothing is what is not there.
type nothing struct{}

// shown is a value on one line.
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
