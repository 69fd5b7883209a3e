package console

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/highlevel-go/snapshots/api/sandbox"
)

// Call is a filled-in form.
type Call struct {
	Operation string            `json:"operation"`
	Values    map[string]string `json:"values"` // by place and name: "query companyId"
}

// Value returns the value of a field, wherever it is sent.
func (c Call) Value(name string) string {
	for _, place := range []string{"path", "query", "body"} {
		if v := c.Values[place+" "+name]; v != "" {
			return v
		}
	}
	return ""
}

// written is the same call in every form that the page shows, and what it sends.
type written struct {
	Go      string            `json:"go"`
	Curl    string            `json:"curl"`
	Command string            `json:"command"`
	Method  string            `json:"method"`
	Path    string            `json:"path"` // with the query
	Headers map[string]string `json:"headers"`
	Body    string            `json:"body"`
}

func (c *Console) writeCall(w http.ResponseWriter, r *http.Request) error {
	var call Call
	if err := readJSON(r, &call); err != nil {
		return err
	}
	at := slices.IndexFunc(c.operations, func(o Operation) bool { return o.ID == call.Operation })
	if at < 0 {
		return problem{http.StatusNotFound, errors.New("there is no such operation")}
	}
	o := c.operations[at]
	out := o.request(call)
	out.Curl = curl("http://"+r.Host, out)
	out.Go = o.goCall(call)
	out.Command = commandLine(call)
	return sendJSON(w, out)
}

// request writes what is sent.
func (o *Operation) request(call Call) written {
	out := written{Method: o.Method, Path: o.Path, Headers: map[string]string{"Authorization": "Bearer " + sandbox.Token, "Accept": "application/json"}}
	maps.Copy(out.Headers, o.headers)
	query, body := url.Values{}, map[string]any{}
	for _, in := range o.Inputs {
		value := call.Values[in.In+" "+in.Name]
		switch in.In {
		case "path":
			out.Path = strings.ReplaceAll(out.Path, "{"+in.Name+"}", url.PathEscape(value))
		case "query":
			if value != "" {
				query.Set(in.Name, value)
			}
		case "body":
			if value != "" {
				body[in.Name] = in.read(value)
			}
		}
	}
	if len(query) > 0 {
		out.Path += "?" + query.Encode()
	}
	switch o.media {
	case "application/json":
		data, err := json.Marshal(body)
		if err == nil {
			out.Body = string(data)
		}
	case "application/x-www-form-urlencoded":
		form := url.Values{}
		for name, value := range body {
			form.Set(name, asText(value))
		}
		out.Body = form.Encode()
	}
	if o.media != "" {
		out.Headers["Content-Type"] = o.media
	}
	return out
}

// read reads the text of a field as its type. A text that is not of that type is sent as it is, for the service to refuse.
func (in Input) read(text string) any {
	if in.Type == "string" {
		return text
	}
	if !json.Valid([]byte(text)) {
		return text
	}
	return json.RawMessage(text) // as it is: a large number keeps its digits
}

// curl writes a request as a command of a shell. The token comes from the environment.
func curl(base string, w written) string {
	var b strings.Builder
	fmt.Fprintf(&b, "curl -X %s %s", w.Method, shellQuote(base+w.Path))
	for _, name := range slices.Sorted(maps.Keys(w.Headers)) {
		if name == "Authorization" {
			b.WriteString(" \\\n  -H \"Authorization: Bearer $HIGHLEVEL_TOKEN\"")
			continue
		}
		b.WriteString(" \\\n  -H " + shellQuote(name+": "+w.Headers[name]))
	}
	if w.Body != "" {
		b.WriteString(" \\\n  -d " + shellQuote(w.Body))
	}
	return b.String()
}

func shellQuote(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

func quote(text string) string { return strconv.Quote(text) }
