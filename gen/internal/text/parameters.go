package text

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/highlevel-go/snapshots/gen/internal/lower"
	"github.com/highlevel-go/snapshots/gen/internal/model"
)

// parameters writes the statements for what is sent outside the body, and those that fill empty fields from the client.
func parameters(o *model.Operation) (send, fallbacks []string) {
	fields := map[*lower.Field]*model.Field{}
	for _, f := range o.Fields {
		fields[f.Field] = f
	}
	for _, p := range o.Parameters {
		if p.Extensions["x-from-client"] == "always" {
			send = append(send, fromClient(o, p))
		} else {
			send = append(send, sendParameter(fields[p]))
		}
	}
	for _, f := range o.Fields {
		if f.Extensions["x-from-client"] == "fallback" {
			fallbacks = append(fallbacks, fallback(f))
		}
	}
	return send, fallbacks
}

// setters are the methods of a request that set a parameter.
var setters = map[string]string{"path": "r.SetPath", "query": "r.AddQuery", "header": "r.SetHeader", "cookie": "r.AddCookie"}

// fromClient sends what only the client knows.
func fromClient(o *model.Operation, p *lower.Field) string {
	value := "c.restClient().Default(" + strconv.Quote(p.Wire) + ")"
	if slices.ContainsFunc(o.Defaults, func(d model.Default) bool { return d.Name == p.Wire }) {
		value = "c.restClient().DefaultFor(&Operation" + o.Descriptor() + ", " + strconv.Quote(p.Wire) + ")"
	}
	if p.ClientDefault() == "" && !p.Required {
		return fmt.Sprintf("if v := %s; v != \"\" {\n%s(%q, v)\n}", value, setters[p.In], p.Wire)
	}
	return fmt.Sprintf("%s(%q, %s)", setters[p.In], p.Wire, value)
}

func fallback(f *model.Field) string {
	value := "c.restClient().Default(" + strconv.Quote(f.Wire) + ")"
	if f.Base != "string" {
		value = f.Base + "(" + value + ")"
	}
	return "req." + f.Name + " = cmp.Or(req." + f.Name + ", " + value + ")"
}

// sendParameter returns the statement that puts a parameter into the request r.
func sendParameter(f *model.Field) string {
	v, style := "req."+f.Name, f.Style()
	reserved := f.In == "query" && f.Parameter.AllowReserved
	set := func(setter, value string) string {
		return ifPresent(f, v, fmt.Sprintf("%s(%q, %s)", setter, f.Wire, value))
	}
	switch item := itemText(f, "item"); {
	case f.InJSON:
		return set(setters[f.In], "jsonText(r, "+v+")")
	case fieldText(f, v) != "" && (style == "simple" || style == "form") && !reserved:
		return set(setters[f.In], fieldText(f, v))
	case f.In == "query" && item != "" && style == "form" && f.Explode() && !reserved:
		return fmt.Sprintf("for _, item := range %s {\nr.AddQuery(%q, %s)\n}", v, f.Wire, item)
	}
	in := f.In
	if reserved {
		in = "reserved"
	}
	if text := fieldText(f, v); text != "" {
		v = text
	}
	text := styled(f, in, v)
	switch f.In {
	case "path":
		text = fmt.Sprintf("r.SetRawPath(%q, %s)", f.Wire, text)
	case "header":
		text = fmt.Sprintf("r.SetHeader(%q, %s)", f.Wire, text)
	case "query":
		text = "r.AddRawQuery(" + text + ")"
	case "cookie":
		text = "r.AddRawCookies(" + text + ")"
	}
	return ifPresent(f, "req."+f.Name, text)
}

// styled returns the expression of a value in its style.
func styled(f *model.Field, in, v string) string {
	return fmt.Sprintf("styled(r, %q, %q, %t, %q, %s)", in, f.Style(), f.Explode(), f.Wire, v)
}

// ifPresent wraps a statement in the condition for an optional field.
func ifPresent(f *model.Field, v, statement string) string {
	if f.Required {
		return statement
	}
	return "if " + present(f, v) + " {\n" + statement + "\n}"
}
