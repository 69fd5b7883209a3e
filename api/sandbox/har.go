package sandbox

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"time"
	"unicode/utf8"
)

// WriteHAR writes the log as a HAR 1.2 file, which browsers and HTTP tools can open. Secrets in it are redacted.
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
	address := "http://" + r.Host + r.Path
	if r.Query != "" {
		address += "?" + r.Query
	}
	query, _ := url.ParseQuery(r.Query) // parts that cannot be parsed are in the URL
	request := map[string]any{
		"method": r.Method, "url": address, "httpVersion": "HTTP/1.1", "cookies": []any{},
		"headers": harPairs(r.RequestHeader), "queryString": harPairs(query), "headersSize": -1, "bodySize": r.RequestSize,
	}
	const partly = "the log does not keep all of it"
	if len(r.RequestBody) > 0 {
		post := map[string]any{"mimeType": r.RequestHeader.Get("Content-Type"), "text": string(r.RequestBody)}
		if r.RequestSize > mostLogBody {
			post["comment"] = partly
		}
		request["postData"] = post
	}
	content := map[string]any{"size": r.ResponseSize, "mimeType": r.ResponseHeader.Get("Content-Type")}
	if text := r.ResponseBody; utf8.Valid(text) {
		content["text"] = string(text)
	} else {
		content["text"], content["encoding"] = base64.StdEncoding.EncodeToString(text), "base64"
	}
	if len(r.ResponseBody) == 0 && r.ResponseSize > 0 || r.ResponseSize > mostLogBody {
		content["comment"] = partly
	}
	response := map[string]any{
		"status": r.Status, "statusText": http.StatusText(r.Status), "httpVersion": "HTTP/1.1", "cookies": []any{},
		"headers": harPairs(r.ResponseHeader), "content": content, "redirectURL": r.ResponseHeader.Get("Location"),
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

// harPairs lists headers or the values of a query by name; values of the same name keep their order.
func harPairs(of map[string][]string) []harPair {
	pairs := []harPair{}
	for _, name := range slices.Sorted(maps.Keys(of)) {
		for _, value := range of[name] {
			pairs = append(pairs, harPair{name, value})
		}
	}
	return pairs
}
