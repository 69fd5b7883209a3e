package rest

import (
	"cmp"
	"encoding/json"
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// refusal is what could be read from the body of a response that is not a success.
type refusal struct {
	code     string
	messages []string
	traceID  string
}

// readRefusal accepts any body that the service, its validator, its gateway or its CDN sends: an object whose message is a
// string or a list, or whose error is a string or an object, a JSON string or list, plain text, HTML, or nothing. It never
// fails.
func readRefusal(body []byte) refusal {
	body = plain(body)
	if len(body) == 0 {
		return refusal{}
	}
	if body[0] == '{' || body[0] == '[' || body[0] == '"' {
		var v any
		r := jsonReader{data: body, maxDepth: defaultMaxDepth}
		if _, err := r.skip(); err == nil && json.Unmarshal(body, &v) == nil {
			return fromJSON(v)
		}
	}
	return refusal{messages: plainWords(body)}
}

func fromJSON(v any) refusal {
	var r refusal
	object, ok := v.(map[string]any)
	if !ok {
		r.messages = texts(v)
		return r
	}
	r.traceID = firstText(object, "traceId", "trace_id", "traceID", "requestId")
	r.code = firstText(object, "code", "errorCode")
	for _, name := range []string{"message", "messages", "msg", "error_description", "errorMessage", "error_message", "err", "errors", "detail"} {
		r.messages = append(r.messages, texts(object[name])...)
	}
	switch inner := object["error"].(type) {
	case map[string]any:
		deeper := fromJSON(inner)
		r.code = cmp.Or(r.code, deeper.code)
		r.traceID = cmp.Or(r.traceID, deeper.traceID)
		r.messages = append(r.messages, deeper.messages...)
		r.messages = append(r.messages, texts(inner["details"])...)
		r.messages = append(r.messages, texts(inner["resolution"])...)
	case nil:
	default:
		// Next to a message it is the status as text ("Unauthorized"), which is used as a code; alone it is the message.
		words := texts(inner)
		if len(r.messages) == 0 {
			r.messages = words
		}
		if len(words) == 1 {
			r.code = cmp.Or(r.code, words[0])
		}
	}
	r.messages = unique(r.messages)
	return r
}

// texts returns the messages in a value of any form; an object in a list contributes its message or, without one, its JSON.
func texts(v any) []string {
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		if v = strings.TrimSpace(v); v == "" {
			return nil
		}
		return []string{v}
	case bool:
		return []string{strconv.FormatBool(v)}
	case []any:
		var all []string
		for _, item := range v {
			all = append(all, texts(item)...)
		}
		return all
	case map[string]any:
		if len(v) == 0 {
			return nil
		}
		if inner := texts(v["message"]); inner != nil {
			return inner
		}
	}
	text, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	return []string{string(text)}
}

func firstText(object map[string]any, names ...string) string {
	for _, name := range names {
		switch v := object[name].(type) {
		case string:
			if v != "" {
				return v
			}
		case float64:
			return strconv.FormatFloat(v, 'f', -1, 64)
		}
	}
	return ""
}

// unique returns the list without duplicates, or nil if it is empty.
func unique(list []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range list {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

var (
	looksHTML = regexp.MustCompile(`(?is)^\s*(<!doctype|<html|<\?xml|<head|<body|<h1|<center|<title)`)
	title     = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)
	heading   = regexp.MustCompile(`(?is)<h1[^>]*>(.*?)</h1>`)
	preformat = regexp.MustCompile(`(?is)<pre[^>]*>(.*?)</pre>`)
	tag       = regexp.MustCompile(`(?s)<[^>]*>`)
)

// plainWords returns the body as one line of plain text; of an HTML page, only the part that describes the error.
func plainWords(body []byte) []string {
	text := strings.ToValidUTF8(string(body), "\ufffd")
	if looksHTML.MatchString(text) {
		found := ""
		for _, part := range []*regexp.Regexp{title, heading, preformat} {
			m := part.FindStringSubmatch(text)
			if m == nil {
				continue
			}
			words := oneLine(html.UnescapeString(tag.ReplaceAllString(m[1], " ")))
			if words != "" && words != "Error" { // Express uses this title for every error page, and puts the message into <pre>
				found = words
				break
			}
		}
		if found == "" {
			return nil
		}
		text = found
	}
	if text = oneLine(text); text == "" {
		return nil
	}
	return []string{text}
}

// oneLine joins words with single spaces and removes characters that could forge a log line or reverse its direction.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
	}), " ")
}
