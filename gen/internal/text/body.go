package text

import (
	"fmt"
	"strconv"

	"github.com/highlevel-go/snapshots/gen/internal/lower"
	"github.com/highlevel-go/snapshots/gen/internal/model"
)

// body writes the statements for the body.
func (w *writer) body(o *model.Operation) []string {
	b := o.Operation.Body
	if b == nil {
		return nil
	}
	fields := bodyFields(o)
	var code []string
	switch {
	case b.Kind == lower.BodyJSON:
		value := "req"
		if !b.Fields {
			value = "req.Body"
		}
		code = []string{"r.SetJSON(" + value + ")"}
		if own := lower.JSONMedia(b.Media); own != "" {
			w.uses["jsonBody"] = true
			code = []string{"jsonBody(r, " + strconv.Quote(own) + ", " + value + ")"}
		}
	case b.Open && b.Kind == lower.BodyForm:
		code = []string{"r.SetForm(req.Form)"}
	case b.Open:
		w.uses["multipart"], w.uses["open"] = true, true
		code = []string{"form := newMultipart()", "form.all(req.Fields, req.Files)", "form.send(r)"}
	case b.Kind == lower.BodyForm:
		code = append(code, "form := url.Values{}")
		for _, f := range fields {
			code = append(code, w.formField(f, "form.Add"))
		}
		code = append(code, "r.SetForm(form)")
	case b.Kind == lower.BodyMultipart:
		w.uses["multipart"] = true
		code = append(code, "form := newMultipart()")
		for _, f := range fields {
			code = append(code, w.formField(f, "form.add"))
		}
		code = append(code, "form.send(r)")
	case b.Kind == lower.BodyText:
		w.uses["textBody"] = true
		code = []string{"textBody(r, " + strconv.Quote(b.Media) + ", " + fieldText(fields[0], "req.Body") + ")"}
	default:
		w.uses["bytesBody"] = true
		code = []string{"bytesBody(r, " + strconv.Quote(b.Media) + ", req.Body)"}
	}
	if !b.Required && len(fields) > 0 {
		code = append([]string{"if " + w.anyPresent(fields, "req.") + " { // the body is optional"}, append(code, "}")...)
	}
	return code
}

func bodyFields(o *model.Operation) []*model.Field {
	var fields []*model.Field
	for _, f := range o.Fields {
		if f.In == "body" {
			fields = append(fields, f)
		}
	}
	return fields
}

// formField is the statement that adds a body field to a form.
func (w *writer) formField(f *model.Field, add string) string {
	v := "req." + f.Name
	if f.Base == "File" {
		return w.ifPresent(f, v, fmt.Sprintf("form.file(%q, %s)", f.Wire, v))
	}
	switch item := itemText(f, "item"); {
	case f.Base == "[]File":
		return fmt.Sprintf("for _, item := range %s {\nform.file(%q, item)\n}", v, f.Wire)
	case fieldText(f, v) != "":
		return w.ifPresent(f, v, fmt.Sprintf("%s(%q, %s)", add, f.Wire, fieldText(f, v)))
	case item != "":
		return fmt.Sprintf("for _, item := range %s {\n%s(%q, %s)\n}", v, add, f.Wire, item)
	}
	w.uses["jsonText"] = true
	return w.ifPresent(f, v, fmt.Sprintf("%s(%q, jsonText(r, %s))", add, f.Wire, v))
}
