package sandbox

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"time"
	"unicode/utf8"
)

// WriteHAR writes the log as a HAR 1.2 file, which browsers and tools for HTTP open. Secrets are redacted in it.
func (s *Sandbox) WriteHAR(w io.Writer) error {
	entries := []harEntry{}
	for _, r := range s.Requests() {
		entries = append(entries, harOf(r))
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(map[string]any{"log": map[string]any{
		"version": "1.2", "creator": map[string]string{"name": "snapshots sandbox", "version": "1"}, "entries": entries,
	}})
}

type harEntry struct {
	Started  string             `json:"startedDateTime"`
	Time     float64            `json:"time"`
	Request  map[string]any     `json:"request"`
	Response map[string]any     `json:"response"`
	Cache    struct{}           `json:"cache"`
	Timings  map[string]float64 `json:"timings"`
	Comment  string             `json:"comment,omitempty"`
}

type harPair struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

func harOf(r Request) harEntry {
	took := float64(r.Duration) / float64(time.Millisecond)
	address := url.URL{Scheme: "http", Host: r.Host, RawQuery: r.Query}
	request := map[string]any{
		"method": r.Method, "url": "http://" + address.Host + r.Path, "httpVersion": "HTTP/1.1", "cookies": []any{},
		"headers": harHeaders(r.RequestHeader), "queryString": harQuery(r.Query), "headersSize": -1, "bodySize": r.RequestSize,
	}
	if r.Query != "" {
		request["url"] = "http://" + address.Host + r.Path + "?" + r.Query
	}
	if len(r.RequestBody) > 0 {
		request["postData"] = map[string]any{"mimeType": r.RequestHeader.Get("Content-Type"), "text": string(r.RequestBody)}
	}
	content := map[string]any{"size": r.ResponseSize, "mimeType": r.ResponseHeader.Get("Content-Type")}
	if text := r.ResponseBody; utf8.Valid(text) {
		content["text"] = string(text)
	} else {
		content["text"], content["encoding"] = base64.StdEncoding.EncodeToString(text), "base64"
	}
	const partly = "the log does not keep all of it"
	if len(r.ResponseBody) == 0 && r.ResponseSize > 0 || r.ResponseSize > mostLogBody {
		content["comment"] = partly
	}
	if post, ok := request["postData"].(map[string]any); ok && r.RequestSize > mostLogBody {
		post["comment"] = partly
	}
	response := map[string]any{
		"status": r.Status, "statusText": http.StatusText(r.Status), "httpVersion": "HTTP/1.1", "cookies": []any{},
		"headers": harHeaders(r.ResponseHeader), "content": content, "redirectURL": r.ResponseHeader.Get("Location"),
		"headersSize": -1, "bodySize": r.ResponseSize,
	}
	comment := r.Operation
	if r.Fault != "" {
		comment += " (fault: " + r.Fault + ")"
	}
	return harEntry{
		Started: r.Time.Format("2006-01-02T15:04:05.000Z07:00"), Time: took, Request: request, Response: response,
		Timings: map[string]float64{"send": 0, "wait": took, "receive": 0}, Comment: comment,
	}
}

func harHeaders(h http.Header) []harPair {
	pairs := []harPair{}
	for name, values := range h {
		for _, value := range values {
			pairs = append(pairs, harPair{name, value})
		}
	}
	return sortedPairs(pairs)
}

func harQuery(query string) []harPair {
	pairs := []harPair{}
	values, _ := url.ParseQuery(query) // what cannot be read stands in the URL
	for name, list := range values {
		for _, value := range list {
			pairs = append(pairs, harPair{name, value})
		}
	}
	return sortedPairs(pairs)
}

// sortedPairs sorts by name; values of the same name stay in their order.
func sortedPairs(pairs []harPair) []harPair {
	slices.SortStableFunc(pairs, func(a, b harPair) int {
		switch {
		case a.Name < b.Name:
			return -1
		case a.Name > b.Name:
			return 1
		}
		return 0
	})
	return pairs
}
