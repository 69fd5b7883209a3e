package docpage

import (
	"regexp"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
)

// twinHead is what a twin says above its OpenAPI document.
type twinHead struct {
	title         string
	titleAt       int // the line of the title, like the others; 0 if there is none
	verb, address string
	methodAt      int
	auth          []twinAuth
	authAt        int // of the heading
	params        []twinParam
	paramsAt      int // of the heading
	documentAt    int // of the heading above the document
}

// twinAuth is a kind of token.
type twinAuth struct {
	kind    string // Agency Token
	methods []string
	scopes  []string
	free    bool // it says that no scopes are required
	line    int
}

// twinParam is a row of a table of parameters.
type twinParam struct {
	in, name, kind, required, text string
	line                           int
}

var (
	twinHeading = regexp.MustCompile(`^(#{1,6})\s+(.*?)\s*#*$`)
	twinTable   = regexp.MustCompile(`(?i)^(header|path|query|cookie) parameters$`)
	authItem    = regexp.MustCompile(`^[-*+]\s+\*\*(.+?)\*\*\s*(.*)$`)
	tokenKind   = regexp.MustCompile(`(?i)^([\w-]+ token):\s*(.+?)\.?$`)
	noScopes    = regexp.MustCompile(`(?i)\bno scopes?\b`)
	plainScope  = regexp.MustCompile(`\b[A-Za-z][\w/-]*(?:\.[A-Za-z][\w-]*)+\b`)
	methodSplit = regexp.MustCompile(`(?i)\s*(?:,|\bor\b)\s*`)
)

// readTwinHead reads the lines above the document. A description can have headings, tables and code of its own, so that the
// last section with each name counts.
func readTwinHead(lines []string) twinHead {
	var h twinHead
	fence, section, in := "", "", ""
	for i, raw := range lines {
		text, number := strings.TrimSpace(raw), i+1
		if m := fenceLine.FindStringSubmatch(raw); m != nil {
			if fence == "" {
				fence = m[1]
			} else if strings.HasPrefix(m[1], fence) && m[2] == "" {
				fence = ""
			}
			continue
		}
		if fence != "" {
			continue
		}
		if m := twinHeading.FindStringSubmatch(text); m != nil {
			switch {
			case h.titleAt == 0:
				h.title, h.titleAt = m[2], number
			case m[1] == "##" && m[2] == "Authentication":
				section, h.auth, h.authAt = "auth", nil, number
			case m[1] == "##" && m[2] == "Parameters":
				section, in, h.params, h.paramsAt = "params", "", nil, number
			case m[1] == "##":
				if section = ""; m[2] == "OpenAPI Specification" {
					h.documentAt = number
				}
			case section == "params":
				if in = ""; twinTable.MatchString(m[2]) {
					in, _, _ = strings.Cut(strings.ToLower(m[2]), " ")
				}
			}
			continue
		}
		if m := methodLine.FindStringSubmatch(text); m != nil && h.methodAt == 0 && h.titleAt > 0 {
			h.verb, h.address, h.methodAt = m[1], m[2], number
			continue
		}
		switch section {
		case "auth":
			if m := authItem.FindStringSubmatch(text); m != nil {
				h.auth = append(h.auth, readTwinAuth(m[1], m[2], number))
			} else if last := len(h.auth) - 1; last >= 0 { // the scopes of the kind above
				h.auth[last].scopes = append(h.auth[last].scopes, scopesIn(text)...)
			}
		case "params":
			if row := cells(text); in != "" && len(row) >= 3 && strings.HasPrefix(row[0], "`") {
				row = append(row, "")
				name, _, _ := token.CodeSpan(row[0])
				h.params = append(h.params, twinParam{in: in, name: name, kind: row[1], required: strings.ToLower(row[2]), text: row[3], line: number})
			}
		}
	}
	return h
}

// isTwin reports whether the page is about one operation, and does not merely contain a document.
func (h twinHead) isTwin() bool {
	return h.methodAt > 0 || h.titleAt > 0 && h.documentAt > 0 && h.authAt+h.paramsAt > 0
}

// readTwinAuth reads "Agency token: OAuth access token or Private Integration Token." and what follows. Any other text names
// no token.
func readTwinAuth(kind, rest string, line int) twinAuth {
	auth := twinAuth{line: line}
	if m := tokenKind.FindStringSubmatch(strings.TrimSpace(kind)); m != nil {
		auth.kind = titled(m[1])
		for _, method := range methodSplit.Split(m[2], -1) {
			auth.methods = append(auth.methods, titled(method))
		}
	}
	auth.scopes, auth.free = scopesIn(rest), noScopes.MatchString(rest)
	return auth
}

// scopesIn returns the scopes in text: what is written as code or, if nothing is, words such as contacts.write.
func scopesIn(words string) []string {
	if spans, _ := token.Spans(words); len(spans) > 0 {
		return spans
	}
	return plainScope.FindAllString(words, -1)
}

// titled capitalizes words as the rendered pages do: OAuth Access Token.
func titled(text string) string {
	words := strings.Fields(text)
	for i, word := range words {
		words[i] = strings.ToUpper(word[:1]) + word[1:]
	}
	return strings.Join(words, " ")
}

// cells returns the cells of a table row; a bar in a cell has a backslash.
func cells(row string) []string {
	const barInCell = "\x00" // which no page has
	parts := strings.Split(strings.ReplaceAll(row, `\|`, barInCell), "|")
	if len(parts) < 3 || parts[0] != "" {
		return nil
	}
	parts = parts[1 : len(parts)-1]
	for i, part := range parts {
		parts[i] = strings.ReplaceAll(strings.TrimSpace(part), barInCell, "|")
	}
	return parts
}
