package text

import (
	"fmt"
	"strconv"

	"github.com/highlevel-go/snapshots/gen/internal/lower"
	"github.com/highlevel-go/snapshots/gen/internal/model"
)

// parameters writes the statements for what travels outside the body, and those that fill empty fields from the client.
func (w *writer) parameters(o *model.Operation) (send, fallbacks []string, cookies bool) {
	fields := map[*lower.Field]*model.Field{}
	for _, f := range o.Fields {
		fields[f.Field] = f
	}
	for _, p := range o.Parameters {
		f := fields[p]
		switch {
		case p.Extensions["x-from-client"] == "always":
			send = append(send, fromClient(p))
			continue
		case f == nil:
			continue
		case p.Extensions["x-from-client"] == "fallback":
			fallbacks = append(fallbacks, fallback(f))
		}
		cookies = cookies || f.In == "cookie"
		send = append(send, w.send(f))
	}
	return send, fallbacks, cookies
}

// setters are the methods of a request that take a parameter.
var setters = map[string]string{"path": "r.SetPath", "query": "r.AddQuery", "header": "r.SetHeader"}

// fromClient sends what only the client knows.
func fromClient(p *lower.Field) string {
	value := "c.restClient().Default(" + strconv.Quote(p.Wire) + ")"
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

// send is the statement that puts a parameter into the request r.
func (w *writer) send(f *model.Field) string {
	v := "req." + f.Name
	list := v
	if f.Base == "[]time.Time" {
		w.uses["timeTexts"] = true
		list = "timeTexts(" + v + ")"
	}
	var value string
	switch {
	case f.Parameter.Schema == nil && f.Shape != lower.ShapeString:
		w.uses["jsonText"] = true
		value = "jsonText(r, " + list + ")"
	case fieldText(f, v) != "":
		value = fieldText(f, v)
		if f.Parameter.Style == "label" {
			value = `"." + ` + value
		}
	case f.In == "query":
		w.uses["addStyled"] = true
		return w.ifPresent(f, v, fmt.Sprintf("addStyled(r, %q, %t, %q, %s)", f.Style(), f.Explode(), f.Wire, list))
	default:
		w.uses["styled"] = true
		value = fmt.Sprintf("styled(r, %q, %t, %q, %s)", f.Style(), f.Explode(), f.Wire, list)
	}
	if f.In == "cookie" {
		return w.ifPresent(f, v, fmt.Sprintf("cookies = append(cookies, (&http.Cookie{Name: %q, Value: %s}).String())", f.Wire, value))
	}
	return w.ifPresent(f, v, fmt.Sprintf("%s(%q, %s)", setters[f.In], f.Wire, value))
}

// ifPresent wraps a statement in the condition of an optional field.
func (w *writer) ifPresent(f *model.Field, v, statement string) string {
	if f.Required {
		return statement
	}
	return "if " + w.present(f, v) + " {\n" + statement + "\n}"
}
