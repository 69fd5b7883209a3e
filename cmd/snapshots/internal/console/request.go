package console

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/highlevel-go/snapshots/api/rest"
)

// call is a submitted form.
type call struct {
	Operation string            `json:"operation"`
	Values    map[string]string `json:"values"` // by place and name: "query companyId"
}

// filledInput is a field of a form with its value.
type filledInput struct {
	input
	text string // as it is sent in a path, a query or a form
	json json.RawMessage
}

// values parses the values of a form, each as its type. The request, the Go program and the command are built from them.
func (o *operation) values(call call) []filledInput {
	var all []filledInput
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
		all = append(all, filledInput{in, asText(value), data})
	}
	return all
}

// read parses the text of a field as its type. Text that does not parse is unchanged, so that the service refuses it.
func (in input) read(text string) any {
	isList := strings.HasPrefix(strings.TrimSpace(text), "[")
	switch {
	case in.commaSeparated:
		data := []byte(text)
		if !isList {
			data, _ = json.Marshal(text)
		}
		var list rest.CommaList
		if json.Unmarshal(data, &list) != nil || list.Validate() != nil {
			return text
		}
		return list.String()
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
		return json.RawMessage(text) // preserves all digits of large numbers
	case in.listOfText && !isList:
		items := strings.FieldsFunc(text, func(r rune) bool { return r == ',' })
		for i := range items {
			items[i] = strings.TrimSpace(items[i])
		}
		if items = slices.DeleteFunc(items, func(item string) bool { return item == "" }); len(items) > 0 {
			return items
		}
		return ""
	}
	return text
}

// request builds the request of a form from its values, without the token.
func (o *operation) request(base string, values []filledInput) (*http.Request, error) {
	path, query, form, body := map[string]string{}, url.Values{}, url.Values{}, map[string]json.RawMessage{}
	for _, v := range values {
		switch v.In {
		case "path":
			if v.text == "." || v.text == ".." {
				return nil, fmt.Errorf("%s: %q cannot be a segment of a path", v.Name, v.text)
			}
			path["{"+v.Name+"}"] = url.PathEscape(v.text)
		case "query":
			query.Set(v.Name, v.text)
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
	target := base + strings.Join(segments, "/")
	if len(query) > 0 {
		target += "?" + query.Encode()
	}
	var text string
	switch o.media {
	case mediaJSON:
		data, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		text = string(data)
	case mediaForm:
		text = form.Encode()
	}
	r, err := http.NewRequest(o.Method, target, strings.NewReader(text))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Accept", mediaJSON)
	for name, value := range o.headers {
		r.Header.Set(name, value)
	}
	if o.media != "" {
		r.Header.Set("Content-Type", o.media)
	}
	return r, nil
}

// bodyOf reads the body of a request, which can be read again afterwards. The body is in memory, so there is no error.
func bodyOf(r *http.Request) string {
	if r.Body == nil {
		return ""
	}
	data, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(data))
	return string(data)
}
