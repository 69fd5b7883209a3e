package pagewriter

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// Page is a written page.
type Page struct {
	Text []byte
	// Facts are what the page shows, with the lines.
	Facts []facts.Fact
}

// Write writes the page of an operation. Prose comes from the facts; if only its hash is known, and around the
// documentation, Write uses text of its own.
func Write(op *facts.Operation, dialect Dialect) (*Page, error) {
	roots, err := arrange(op)
	if err != nil {
		return nil, err
	}
	about := roots["operation"]
	if about == nil || !about.has(facts.Method) || !about.has(facts.Path) {
		return nil, fmt.Errorf("operation %s has no method and path", op.ID)
	}
	w := &writer{Dialect: dialect}
	url := op.Page
	if url == "" {
		url = "https://docs.example.com/docs/ghl/things/" + op.ID
	}
	w.front(op, url)
	w.head(about)
	w.requirements(roots["auth"])
	w.heading(2, w.linked("Request", url))
	w.parameters(roots)
	w.body(roots["body"])
	w.heading(2, w.linked("Responses", url))
	w.responses(roots["response"])
	w.panel(roots)
	text := strings.Join(w.lines, "\n") + "\n"
	if w.CRLF {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	return &Page{Text: []byte(text), Facts: w.shown}, nil
}

// front writes what is above the title.
func (w *writer) front(op *facts.Operation, url string) {
	switch {
	case w.NoMeta:
	case w.OtherMeta:
		w.lines = append(w.lines, "---", "title: "+fmt.Sprintf("%q", op.ID), "source_url: "+url, "fetched_at: 2026-01-02", "---")
	default:
		w.lines = append(w.lines, "---", "source: https://docs.example.com/docs/ghl/other/page", "category: other", "scraped: 2026-01-02T03:04:05.678Z",
			"title: Something else", "---")
	}
	if !w.NoSkipLink {
		w.block("[Skip to main content](" + url + "/index.html#__docusaurus_skipToContent_fallback)")
	}
}

func (w *writer) linked(title, url string) string {
	if w.NoLinks {
		return title
	}
	return title + " [\u200b](" + url + `/index.html\#` + strings.ToLower(title) + ` "Direct link to ` + title + `")`
}

// head writes title, method and description.
func (w *writer) head(about *schema) {
	title := about.prose(facts.Summary)
	if title == "" {
		title = "An operation of the service"
	}
	line := w.heading(1, w.escape(title))
	w.show(about.place, facts.Summary, facts.TextHash(title), line)
	address := about.value(facts.Server) + colons(about.value(facts.Path))
	if w.LooseMethod {
		line = w.block(about.value(facts.Method))
		w.block(address)
	} else {
		line = w.code("", about.value(facts.Method)+" "+address)
		if w.Code != Indented {
			line++
		}
	}
	for _, a := range []facts.Aspect{facts.Method, facts.Path, facts.Server} {
		if about.has(a) {
			w.show(about.place, a, about.value(a), line)
		}
	}
	if about.has(facts.Deprecated) {
		w.show(about.place, facts.Deprecated, "true", w.block("deprecated"))
		w.block("This endpoint has been deprecated and may be replaced or removed in future versions of the API.")
	}
	if line := w.description(about); line > 0 {
		w.showText(about, facts.Text, line)
	}
}

// colons writes a path as the renderer does: /a/:b.
func colons(path string) string {
	return strings.NewReplacer("{", ":", "}", "").Replace(path)
}

func (w *writer) requirements(auth *schema) {
	if auth == nil {
		return
	}
	titled := false
	for _, list := range []struct {
		title  string
		aspect facts.Aspect
	}{{"Scope(s)", facts.Scopes}, {"Auth Method(s)", facts.AuthMethods}, {"Token Type(s)", facts.TokenTypes}} {
		if !auth.has(list.aspect) {
			continue
		}
		if !titled {
			w.heading(3, "Requirements")
			titled = true
		}
		w.heading(4, list.title)
		line := w.block(strings.Join(ticks(facts.Texts(auth.value(list.aspect))), " "))
		w.show(auth.place, list.aspect, auth.value(list.aspect), line)
	}
}

// body writes the request body, in each of its media types.
func (w *writer) body(body *schema) {
	if body == nil {
		return
	}
	all := append([]*schema{body}, body.media...)
	var kinds []string
	for _, media := range all {
		kinds = append(kinds, w.escape(mediaType(media)))
	}
	line := w.list(kinds...)
	for i, media := range all {
		w.show(media.place, facts.MediaType, mediaType(media), line+i)
	}
	for i, media := range all {
		if w.Theme >= Theme52 {
			w.list("Body", "Example (auto)")
		}
		title := "Body"
		if media.kind() == "array" && len(all) == 1 {
			title += " array"
		}
		if body.has(facts.Required) {
			title += " **required**"
		}
		heading := w.heading(3, title)
		if i == 0 {
			w.show(body.place, facts.Present, "true", heading)
			w.showFlags(body, heading, facts.Required)
			w.showText(body, facts.Text, heading)
		}
		w.description(body)
		w.root(media, line+i)
		if value, ok := w.sample(media); ok && w.Theme >= Theme52 {
			w.show(media.place, facts.Sample, canonicalJSON(value), w.json(value))
		}
	}
}

func mediaType(s *schema) string {
	if s.has(facts.MediaType) {
		return s.value(facts.MediaType)
	}
	return "application/json"
}

// responses writes the list of statuses and the section of each.
func (w *writer) responses(group *schema) {
	if group == nil || len(group.properties) == 0 {
		return
	}
	all := slices.Clone(group.properties)
	slices.SortStableFunc(all, func(a, b *schema) int { return strings.Compare(a.name, b.name) })
	names := make([]string, len(all))
	for i, r := range all {
		names[i] = r.name
	}
	line := w.list(names...)
	for i, r := range all {
		w.show(r.place, facts.Present, "true", line+i)
		w.response(r)
	}
}

func (w *writer) response(r *schema) {
	if line := w.description(r); line > 0 {
		w.showText(r, facts.Text, line)
	}
	if len(r.headers) > 0 {
		w.block("**Response Headers**")
		for _, h := range r.headers {
			w.header(h)
		}
	}
	if !r.has(facts.MediaType) {
		return
	}
	all := append([]*schema{r}, r.media...)
	kinds := make([]string, len(all))
	for i, media := range all {
		kinds[i] = w.escape(mediaType(media))
	}
	line := w.list(kinds...)
	for i, media := range all {
		w.show(media.place, facts.MediaType, mediaType(media), line+i)
	}
	for i, media := range all {
		w.content(media, line+i)
	}
}

// header writes a response header. Before theme 5 it had its type, and later none.
func (w *writer) header(h *schema) {
	label := h.kind()
	if label == "" {
		label = "any"
	}
	line := 0
	if w.Theme >= Theme52 {
		line = w.block("**" + w.inline(h.name) + "**")
	} else {
		line = w.list("**" + w.escape(h.name) + "** " + label)
		if h.kind() != "" {
			w.show(h.place, facts.Type, h.kind(), line)
		}
	}
	w.show(h.place, facts.Present, "true", line)
	w.showText(h, facts.Text, line)
	if h.prose(facts.Text) != "" { // the scraper indents what belongs to a list item
		w.block("  " + strings.ReplaceAll(h.prose(facts.Text), "\n", "\n  "))
	}
}

// content writes one media type of a response: its schema, the sample made from it, and named examples.
func (w *writer) content(s *schema, line int) {
	var named [][2]string
	_ = json.Unmarshal([]byte(s.value(facts.Examples)), &named)
	value, ok := w.sample(s)
	switch value.(type) {
	case nil, bool, json.Number:
		ok = false // the renderer prints no sample for a number or a boolean
	}
	tabs := []string{"Schema"}
	if ok {
		tabs = append(tabs, "Example (auto)")
	}
	for _, example := range named {
		tabs = append(tabs, w.escape(example[0]))
	}
	w.list(tabs...)
	w.block("**Schema**")
	w.root(s, line)
	if ok {
		w.show(s.place, facts.Sample, canonicalJSON(value), w.json(value))
	}
	for _, example := range named {
		w.block("What " + w.inline(example[0]) + " looks like")
		w.json(literal(example[1], ""))
	}
	if len(named) > 0 {
		w.show(s.place, facts.Examples, s.value(facts.Examples), line)
	}
}
