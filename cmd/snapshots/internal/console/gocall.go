package console

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"go/format"
	"io"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/highlevel-go/snapshots/api/rest"
)

// goCall is a call as Go.
type goCall struct {
	program string // "" when the client has no method for it
	refused string // why the client does not send it
}

// goCall writes a call as a Go program. The client itself is called with the request that the program shows, and what it would send is
// compared with what the form sends: where that differs, the program says so.
func (o *operation) goCall(base string, values []filled, sent request) (goCall, error) {
	c := &o.document.client
	at := slices.IndexFunc(c.operations, func(known *rest.Operation) bool { return known.ID == o.ID })
	if at < 0 {
		return goCall{}, nil
	}
	wire := &recorder{}
	client, err := c.open(rest.WithBaseURL(base), rest.WithToken("token"), rest.WithHTTPClient(&http.Client{Transport: wire}))
	if err != nil {
		return goCall{}, err
	}
	name := c.operations[at].Name
	method := reflect.ValueOf(client).MethodByName(name + "Page") // the form asks for one page, too
	pages := method.IsValid()
	if !pages {
		method = reflect.ValueOf(client).MethodByName(name)
	}
	if !method.IsValid() || method.Type().NumIn() < 2 || method.Type().NumOut() == 0 {
		return goCall{}, fmt.Errorf("%s: the client has no method %s", o.ID, name)
	}
	in := reflect.New(method.Type().In(1)).Elem()
	for _, v := range values {
		if field := c.field(in, v.input); field.IsValid() {
			v.set(field)
		}
	}
	l := literals{packages: map[string]bool{}}
	literal := l.write(in)
	out := method.Call([]reflect.Value{reflect.ValueOf(context.Background()), in})
	var notes []string
	var refused string
	if wire.seen == nil {
		refused = fmt.Sprint(out[len(out)-1].Interface())
		notes = []string{"The client refuses this call, and sends nothing: " + strconv.Quote(refused)}
	} else {
		notes = differences(sent, wire.request(sent))
	}
	if pages {
		notes = append(notes, c.receiver+"."+name+" reads all pages.")
	}
	if pages {
		name += "Page"
	}
	text, err := c.program(base, name, literal, notes, l.packages, len(out) > 1)
	return goCall{text, refused}, err
}

// field finds the field that has a name on the wire.
func (c *goClient) field(request reflect.Value, in input) reflect.Value {
	for i := range request.NumField() {
		field := request.Type().Field(i)
		tag, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		var found bool
		switch tag {
		case "-", "": // a parameter, or a client by hand, whose fields have no tags
			same := strings.EqualFold(field.Name, strings.NewReplacer("_", "", "-", "").Replace(in.Name))
			found = (tag == "" || in.In != "body") && (field.Name == in.goName || field.Name == c.fields[in.Name] || in.goName == "" && same)
		default:
			found = in.In == "body" && tag == in.Name
		}
		if found {
			return request.Field(i)
		}
	}
	return reflect.Value{}
}

// set sets a field to a value. What the field cannot hold is left out.
func (v filled) set(field reflect.Value) {
	forms := [][]byte{[]byte(v.text), v.json}
	if v.In == "body" || field.Kind() == reflect.String {
		forms = [][]byte{v.json}
	}
	if quoted, err := json.Marshal(v.text); err == nil && v.In != "body" {
		forms = append(forms, quoted)
	}
	for _, form := range forms {
		to := reflect.New(field.Type())
		if json.Unmarshal(form, to.Interface()) == nil {
			field.Set(to.Elem())
			return
		}
	}
}

// program writes the whole program, so that it can be run as it is.
func (c *goClient) program(base, method, literal string, notes []string, packages map[string]bool, hasResult bool) (string, error) {
	options, _, _ := strings.Cut(c.constructor, ".")
	const module = "github.com/highlevel-go/snapshots/api"
	for _, name := range []string{"context", "log", "os"} {
		packages[name] = true
	}
	switch options {
	case "api":
		packages[module] = true
	default: // a package whose clients take the options of package rest
		packages[module+"/"+options], packages[module+"/rest"] = true, true
		options = "rest"
	}
	results := "err = "
	if hasResult {
		packages["fmt"] = true
		results = "result, err := "
	}
	var b bytes.Buffer
	b.WriteString("package main\n\nimport (\n")
	for _, isModule := range []bool{false, true} {
		for _, name := range slices.Sorted(maps.Keys(packages)) {
			if strings.HasPrefix(name, module) == isModule {
				fmt.Fprintf(&b, "%q\n", name)
			}
		}
		b.WriteString("\n")
	}
	b.WriteString(")\n\nfunc main() {\n")
	fmt.Fprintf(&b, "client, err := %s(\n%s.WithBaseURL(%q),\n%s.WithToken(os.Getenv(\"HIGHLEVEL_TOKEN\")),\n)\nif err != nil {\nlog.Fatal(err)\n}\n", c.constructor, options, base, options)
	for _, note := range notes {
		b.WriteString("// " + note + "\n")
	}
	fmt.Fprintf(&b, "%s%s.%s(context.Background(), %s)\nif err != nil {\nlog.Fatal(err)\n}\n", results, c.receiver, method, literal)
	if hasResult {
		b.WriteString("fmt.Printf(\"%+v\\n\", result)\n")
	}
	b.WriteString("}\n")
	text, err := format.Source(b.Bytes())
	return string(text), err
}

// recorder keeps the request that a client sends, and refuses it.
type recorder struct {
	seen *http.Request
	body string
}

func (w *recorder) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		data, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		_ = r.Body.Close()
		w.body = string(data)
	}
	w.seen = r
	return &http.Response{
		StatusCode: http.StatusBadRequest, Status: "400 Bad Request", Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {mediaJSON}}, Body: io.NopCloser(strings.NewReader("{}")), Request: r,
	}, nil
}

// request returns what was sent, with the headers that the form sends.
func (w *recorder) request(form request) request {
	out := request{method: w.seen.Method, path: w.seen.URL.EscapedPath(), query: w.seen.URL.Query(), header: map[string]string{}, body: w.body}
	for name := range form.header {
		if value := w.seen.Header.Get(name); value != "" {
			out.header[name] = value
		}
	}
	return out
}
