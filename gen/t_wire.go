package main

import (
	"fmt"
	"strconv"
)

// parameters writes the statements for what travels outside the body, and those that fill empty fields from the client.
func (w *writer) parameters(o *Operation) (send, fallbacks []string, cookies bool) {
	fields := map[*fieldInfo]*Field{}
	for _, f := range o.Fields {
		fields[f.fieldInfo] = f
	}
	for _, p := range o.params {
		f := fields[p]
		switch {
		case p.ext["x-from-client"] == "always":
			send = append(send, fromClient(p))
			continue
		case f == nil:
			continue
		case p.ext["x-from-client"] == "fallback":
			fallbacks = append(fallbacks, fallback(f))
		}
		cookies = cookies || f.in == "cookie"
		send = append(send, w.send(f))
	}
	return send, fallbacks, cookies
}

// setters are the methods of a request that take a parameter.
var setters = map[string]string{"path": "r.SetPath", "query": "r.AddQuery", "header": "r.SetHeader"}

// fromClient sends what only the client knows.
func fromClient(p *fieldInfo) string {
	value := "c.restClient().Default(" + strconv.Quote(p.wire) + ")"
	if p.clientDefault() == "" && !p.required {
		return fmt.Sprintf("if v := %s; v != \"\" {\n%s(%q, v)\n}", value, setters[p.in], p.wire)
	}
	return fmt.Sprintf("%s(%q, %s)", setters[p.in], p.wire, value)
}

func fallback(f *Field) string {
	value := "c.restClient().Default(" + strconv.Quote(f.wire) + ")"
	if f.Base != "string" {
		value = f.Base + "(" + value + ")"
	}
	return "req." + f.Name + " = cmp.Or(req." + f.Name + ", " + value + ")"
}

// send is the statement that puts a parameter into the request r.
func (w *writer) send(f *Field) string {
	v := "req." + f.Name
	var value string
	switch {
	case f.param.Schema == nil && f.shape != shapeString:
		w.uses["jsonText"] = true
		value = "jsonText(r, " + v + ")"
	case fieldText(f, v) != "":
		value = fieldText(f, v)
	case f.in == "query":
		w.uses["addStyled"] = true
		return w.ifPresent(f, v, fmt.Sprintf("addStyled(r, %q, %t, %q, %s)", style(f), explode(f), f.wire, v))
	default:
		w.uses["styled"] = true
		value = fmt.Sprintf("styled(r, %q, %t, %q, %s)", style(f), explode(f), f.wire, v)
	}
	if f.in == "cookie" {
		return w.ifPresent(f, v, fmt.Sprintf("cookies = append(cookies, (&http.Cookie{Name: %q, Value: %s}).String())", f.wire, value))
	}
	return w.ifPresent(f, v, fmt.Sprintf("%s(%q, %s)", setters[f.in], f.wire, value))
}

// ifPresent wraps a statement in the condition of an optional field.
func (w *writer) ifPresent(f *Field, v, statement string) string {
	if f.required {
		return statement
	}
	return "if " + w.present(f, v) + " {\n" + statement + "\n}"
}

func style(f *Field) string {
	switch {
	case f.param.Style != "":
		return f.param.Style
	case f.in == "query" || f.in == "cookie":
		return "form"
	}
	return "simple"
}

func explode(f *Field) bool {
	if f.param.Explode != nil {
		return *f.param.Explode || style(f) == "deepObject"
	}
	return style(f) == "form" || style(f) == "deepObject"
}
