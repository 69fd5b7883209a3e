package console

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/highlevel-go/snapshots/api/rest"
)

// call is a filled-in form.
type call struct {
	Operation string            `json:"operation"`
	Values    map[string]string `json:"values"` // by place and name: "query companyId"
}

// filled is a field of a form with its value.
type filled struct {
	input
	text string // as it is sent outside of JSON
	json json.RawMessage
}

// values reads what was filled in, each as its type. The request, the Go and the commands are all made from these.
func (o *operation) values(call call) []filled {
	var all []filled
	for _, in := range o.Inputs {
		text := call.Values[in.In+" "+in.Name]
		if text == "" {
			continue
		}
		value := in.read(text)
		data, err := json.Marshal(value)
		if err != nil || value == "" {
			continue
		}
		all = append(all, filled{in, asText(value), data})
	}
	return all
}

// read reads the text of a field as its type. A text that is not of that type stays as it is, for the service to refuse.
func (in input) read(text string) any {
	switch {
	case in.commaSeparated:
		var list rest.CommaList
		if strings.HasPrefix(strings.TrimSpace(text), "[") {
			if json.Unmarshal([]byte(text), &list) != nil || list.Validate() != nil {
				return text
			}
			return list.String()
		}
		if quoted, err := json.Marshal(text); err == nil && json.Unmarshal(quoted, &list) == nil {
			return list.String()
		}
		return text
	case in.Type == "string" && in.format == "date-time":
		for _, layout := range []string{time.RFC3339, time.DateOnly} {
			if at, err := time.Parse(layout, strings.TrimSpace(text)); err == nil {
				return rest.FormatTime(at)
			}
		}
		return text
	case in.Type == "string":
		return text
	case json.Valid([]byte(text)):
		return json.RawMessage(text) // as it is: a large number keeps its digits
	case in.listOfText && !strings.HasPrefix(strings.TrimSpace(text), "["):
		var items []string
		for item := range strings.SplitSeq(text, ",") {
			if item = strings.TrimSpace(item); item != "" {
				items = append(items, item)
			}
		}
		if items == nil {
			return ""
		}
		return items
	}
	return text
}

// request is what a form sends, without the token.
type request struct {
	method, path string // the path is escaped
	query        url.Values
	header       map[string]string
	body         string
}

// request makes what is sent of the values of a form.
func (o *operation) request(values []filled) (request, error) {
	r := request{method: o.Method, query: url.Values{}, header: map[string]string{"Accept": "application/json"}}
	maps.Copy(r.header, o.headers)
	path, form, body := map[string]string{}, url.Values{}, map[string]json.RawMessage{}
	for _, v := range values {
		switch v.In {
		case "path":
			if v.text == "." || v.text == ".." {
				return r, fmt.Errorf("%s: %q cannot be a segment of a path", v.Name, v.text)
			}
			path["{"+v.Name+"}"] = url.PathEscape(v.text)
		case "query":
			r.query.Set(v.Name, v.text)
		case "body":
			form.Set(v.Name, v.text)
			body[v.Name] = v.json
		}
	}
	segments := strings.Split(o.Path, "/")
	for i, segment := range segments {
		if strings.HasPrefix(segment, "{") {
			segments[i] = path[segment]
		}
	}
	r.path = strings.Join(segments, "/")
	switch o.media {
	case mediaJSON:
		data, err := json.Marshal(body)
		if err != nil {
			return r, err
		}
		r.body = string(data)
	case mediaForm:
		r.body = form.Encode()
	}
	if o.media != "" {
		r.header["Content-Type"] = o.media
	}
	return r, nil
}

// target returns path and query.
func (r request) target() string {
	if len(r.query) == 0 {
		return r.path
	}
	return r.path + "?" + r.query.Encode()
}

// http returns the request as it goes to the sandbox.
func (r request) http(base string) (*http.Request, error) {
	out, err := http.NewRequest(r.method, base+r.target(), strings.NewReader(r.body))
	if err != nil {
		return nil, err
	}
	for name, value := range r.header {
		out.Header.Set(name, value)
	}
	return out, nil
}
