package text

import (
	"strings"

	"github.com/highlevel-go/snapshots/gen/internal/lower"
	"github.com/highlevel-go/snapshots/gen/internal/model"
)

// validatePart calls a part of Validate.
const validatePart = "r.validate%d(p)"

// requestRules returns the statements of a request's Validate. The required fields of an optional body are required only if
// there is a body.
func (w *writer) requestRules(o *model.Operation, checks, has *parts) []string {
	b := o.Operation.Body
	if b == nil || b.Required || !b.Fields {
		return checks.fit(w.rules(o.Fields), validatePart)
	}
	var out, inBody []string
	for _, f := range o.Fields {
		if f.In == "body" {
			inBody = append(inBody, w.rules([]*model.Field{f})...)
		} else {
			out = append(out, w.rules([]*model.Field{f})...)
		}
	}
	if len(inBody) == 0 {
		return checks.fit(out, validatePart)
	}
	inBody = checks.fit(inBody, validatePart)
	body := "if " + bodyPresent(bodyFields(o), "r", has) + " { // the body is optional\n" + strings.Join(inBody, "\n") + "\n}"
	return checks.fit(append(out, body), validatePart)
}

// rules returns the statements of a Validate or check method: every problem at once, in the order of the fields.
func (w *writer) rules(fields []*model.Field) []string {
	var out []string
	for _, f := range fields {
		out = append(append(out, w.fieldRules(f)...), w.nestedRules(f)...)
	}
	return out
}

// nestedChecks finds those types and writes their checks.
func (w *writer) nestedChecks() {
	var nested []*model.Type
	for _, t := range w.client.Types {
		if (t.Shape == lower.ShapeObject || t.Union != nil) && t.Direction&lower.InRequest != 0 {
			nested = append(nested, t)
		}
	}
	for more := true; more; { // they call each other
		more = false
		for _, t := range nested {
			if !w.checked(t.Name) && len(w.typeRules(t)) > 0 {
				w.checks[t.Name], more = nil, true
			}
		}
	}
	for _, t := range nested {
		if w.checked(t.Name) {
			w.checks[t.Name] = w.typeRules(t)
		}
	}
}
