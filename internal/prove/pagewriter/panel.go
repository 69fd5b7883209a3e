package pagewriter

import (
	"net/url"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// panel writes what is next to the documentation: how to authorize, a sample call, and a form to try it.
func (w *writer) panel(roots map[string]*schema) {
	about, auth := roots["operation"], roots["auth"]
	if !w.NoPanelTitle {
		w.heading(2, "Share your feedback")
		w.block("★★★★★")
	}
	if auth != nil && auth.has(facts.Scheme) {
		w.authorization(auth)
	}
	w.list("curl", "nodejs", "python", "php", "java", "go", "ruby", "powershell")
	w.list("CURL")
	w.call(roots)
	if w.Theme >= Theme52 {
		w.block("RequestCollapse all")
	} else {
		w.block("Request Collapse all")
	}
	w.block("Base URL")
	w.block("Edit")
	w.block(about.value(facts.Server))
	w.block("Auth")
	w.block("Bearer Token")
	w.formParameters(roots)
	w.formBody(roots["body"])
	w.block("Send API Request")
	w.block("ResponseClear")
	w.block("Click the `Send API Request` button above and see the response here!")
}

func (w *writer) authorization(auth *schema) {
	w.heading(4, "Authorization: Authorization")
	words := append(strings.Fields(auth.value(facts.Scheme)), "", "", "")
	line := "name:  [Authorization](https://docs.example.com/docs/ghl/things-api#authentication)type: " + words[0]
	if auth.has(facts.Scopes) {
		line += "scopes: " + strings.Join(facts.Texts(auth.value(facts.Scopes)), ", ")
	}
	if words[1] != "" {
		line += "scheme: " + words[1]
	}
	if words[2] != "" {
		line += "bearerFormat: " + words[2]
	}
	at := w.code("", line+"in: headerdescription: A token that was made for this.")
	if w.Code != Indented {
		at++
	}
	w.show(auth.place, facts.Scheme, auth.value(facts.Scheme), at)
}

// call writes the sample call.
func (w *writer) call(roots map[string]*schema) {
	about, body := roots["operation"], roots["body"]
	verb := about.value(facts.Method)
	data, hasData := any(nil), false
	if body != nil && strings.Contains(mediaType(body), "json") {
		data, hasData = w.sample(body)
	}
	head := "curl -L "
	if verb != "GET" && !(verb == "POST" && hasData) {
		head += "-X " + verb + " "
	}
	lines := []string{head + "'" + about.value(facts.Server) + w.callPath(roots) + "'"}
	if body != nil {
		lines = append(lines, "-H 'Content-Type: "+mediaType(body)+"'")
	}
	if media := accepted(roots["response"]); media != "" {
		lines = append(lines, "-H 'Accept: "+media+"'")
	}
	if auth := roots["auth"]; auth != nil && strings.HasPrefix(auth.value(facts.Scheme), "http bearer") {
		lines = append(lines, "-H 'Authorization: Bearer <TOKEN>'")
	}
	for i := range lines {
		if i+1 < len(lines) || hasData {
			lines[i] += ` \`
		}
	}
	if hasData {
		quoted := strings.Split(strings.ReplaceAll(strings.Join(pretty(data), "\n"), "'", `'\''`), "\n")
		option := "-d "
		if strings.Contains(quoted[0]+strings.Join(quoted, ""), "@") {
			option = "--data-raw "
		}
		quoted[0] = option + "'" + quoted[0]
		quoted[len(quoted)-1] += "'"
		lines = append(lines, w.arrayBreaks(quoted)...)
	}
	w.code("openapi-explorer__code-block-lines openapi-explorer__code-block-lines-numbering", append(lines, "")...)
}

// accepted returns the media type that the sample call accepts: that of the first success that has one.
func accepted(responses *schema) string {
	if responses != nil {
		for _, status := range responses.properties {
			if strings.HasPrefix(status.name, "2") && status.has(facts.MediaType) {
				return status.value(facts.MediaType)
			}
		}
	}
	return ""
}

// callPath returns the path of the sample call. Newer themes fill in parameters that have an example.
func (w *writer) callPath(roots map[string]*schema) string {
	path := roots["operation"].value(facts.Path)
	if w.Theme >= Theme52 && roots["path"] != nil {
		for _, p := range roots["path"].properties {
			if p.has(facts.Example) {
				path = strings.ReplaceAll(path, "{"+p.name+"}", url.PathEscape(p.value(facts.Example)))
			}
		}
	}
	path = colons(path)
	if w.Theme >= Theme52 && roots["query"] != nil {
		mark := "?"
		for _, p := range roots["query"].properties {
			if p.has(facts.Example) {
				value := strings.ReplaceAll(url.QueryEscape(p.value(facts.Example)), "+", "%20")
				path, mark = path+mark+p.name+"="+value, "&"
			}
		}
	}
	return path
}

func (w *writer) formParameters(roots map[string]*schema) {
	var required, optional []*schema
	where := map[*schema]string{}
	for _, in := range []string{"path", "query", "header", "cookie"} {
		if roots[in] == nil {
			continue
		}
		for _, p := range roots[in].properties {
			where[p] = in
			if p.has(facts.Required) {
				required = append(required, p)
			} else {
				optional = append(optional, p)
			}
		}
	}
	if len(where) == 0 {
		return
	}
	w.block("Parameters")
	write := func(p *schema, flag string) {
		line := w.escape(p.name) + " — " + where[p] + flag
		options := w.options(p)
		if options != "" && w.Theme >= Theme52 {
			line, options = line+options, ""
		}
		w.block(line)
		if options != "" {
			w.block(options)
		}
	}
	for _, p := range required {
		write(p, "required")
	}
	if len(optional) > 0 {
		w.block("Show optional parameters")
	}
	for _, p := range optional {
		write(p, "")
	}
}

// options returns the values to choose from: one list for the values of an enum, none for anything else.
func (w *writer) options(p *schema) string {
	values := facts.Texts(p.value(facts.Enum))
	if values == nil && p.value(facts.Type) == "boolean" {
		values = []string{"true", "false"}
	}
	if values == nil {
		return ""
	}
	return `\-\-\-` + w.inline(strings.Join(values, ""))
}

func (w *writer) formBody(body *schema) {
	if body == nil {
		return
	}
	title := "Body"
	if body.has(facts.Required) {
		title += "\u00a0required"
	}
	w.block(title)
	if !strings.Contains(mediaType(body), "json") {
		for _, p := range body.properties {
			flag := ""
			if p.has(facts.Required) {
				flag = "required"
			}
			w.block(w.escape(p.name) + flag)
			if options := w.options(p); options != "" {
				w.block(options)
			}
		}
		return
	}
	value, ok := w.sample(body)
	if !ok {
		return
	}
	lines := w.arrayBreaks(pretty(value))
	at := w.code("", append(lines, "")...)
	if w.Theme < Theme52 {
		w.show(body.place, facts.Sample, canonicalJSON(value), at)
	}
}
