package docpage

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// The script of a page contains the complete operation: base64 of zlib of JSON, with references resolved. The rendered page
// shows less.
var (
	payloadMark  = regexp.MustCompile(`["']?\bapi["']?\s*:\s*["'](eJ[A-Za-z0-9+/_-]{20,}={0,2})["']`)
	payloadTitle = regexp.MustCompile(`"title":("(?:[^"\\]|\\.)*")`)
	payloadLink  = regexp.MustCompile(`"permalink":("(?:[^"\\]|\\.)*")`)
)

// maxPayload is the maximum size of an unpacked operation.
const maxPayload = 16 << 20

func hasPayload(data []byte) bool {
	return !bytes.HasPrefix(bytes.TrimSpace(data), []byte("<")) && bytes.Contains(data, []byte("eJ")) && payloadMark.Match(data) && bytes.Contains(data, []byte("webpackChunk"))
}

// parsePayload reads the script of a page.
func parsePayload(file string, data []byte) (*page.Page, error) {
	m := payloadMark.FindSubmatchIndex(data)
	if m == nil {
		return nil, fmt.Errorf("%s: the script contains no operation", file)
	}
	line := 1 + bytes.Count(data[:m[0]], []byte("\n"))
	operation, err := inflate(data[m[2]:m[3]])
	if err != nil {
		return nil, fmt.Errorf("%s:%d: the operation in the script cannot be unpacked: %w", file, line, err)
	}
	op, err := facts.ReadOperation(file, operation)
	if err != nil {
		return nil, fmt.Errorf("%s:%d: the operation in the script: %w", file, line, err)
	}
	page := &page.Page{Operation: op, File: file, Source: "payload",
		Hidden: []facts.Aspect{facts.Sample, facts.AuthMethods, facts.TokenTypes, facts.Scopes}}
	nameOwnExamples(op)
	for i := range op.Facts { // an unpacked operation has no lines
		op.Facts[i].Pos = page.At(line)
	}
	op.Pos = page.At(line)
	if title := quotedMatch(payloadTitle, data); title != "" && op.Value(facts.OperationPlace, facts.Summary) == "" {
		op.AddText(facts.OperationPlace, facts.Summary, title, page.At(line))
	}
	page.NameFromLink(quotedMatch(payloadLink, data))
	return page, nil
}

func quotedMatch(pattern *regexp.Regexp, data []byte) string {
	m := pattern.FindSubmatch(data)
	if m == nil {
		return ""
	}
	var text string
	_ = json.Unmarshal(m[1], &text) // "" if it is not a string
	return text
}

// inflate unpacks base64 of zlib, up to a limit.
func inflate(packed []byte) ([]byte, error) {
	text := strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(string(packed), "="))
	compressed, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return nil, err
	}
	reader, err := zlib.NewReader(bytes.NewReader(compressed))
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	data, err := io.ReadAll(io.LimitReader(reader, maxPayload+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxPayload {
		return nil, fmt.Errorf("it is larger than %d bytes", maxPayload)
	}
	return data, nil
}

// supplement adds what this page's source never shows, from another source of the same page.
func supplement(p, rendered *page.Page) {
	for _, f := range rendered.Facts {
		if !slices.Contains(p.Hidden, f.Aspect) || slices.Contains(rendered.Hidden, f.Aspect) {
			continue
		}
		if _, ok := p.Get(f.Place, f.Aspect); !ok {
			p.Facts = append(p.Facts, f)
		}
	}
	if len(rendered.Issues) > 0 && !rendered.Judgeable() { // a page that was not rendered shows nothing
		return
	}
	p.Hidden = slices.DeleteFunc(p.Hidden, func(aspect facts.Aspect) bool { return !slices.Contains(rendered.Hidden, aspect) })
}
