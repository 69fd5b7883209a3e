package main

import (
	"fmt"
	"strconv"
)

// body writes the statements for the body.
func (w *writer) body(o *Operation) []string {
	b := o.operation.body
	if b == nil {
		return nil
	}
	fields := bodyFields(o)
	var code []string
	switch {
	case b.kind == bodyJSON:
		value := "req"
		if !b.fields {
			value = "req.Body"
		}
		code = []string{"r.SetJSON(" + value + ")"}
		if own := jsonMedia(b.media); own != "" {
			w.uses["jsonBody"] = true
			code = []string{"jsonBody(r, " + strconv.Quote(own) + ", " + value + ")"}
		}
	case b.open && b.kind == bodyForm:
		code = []string{"r.SetForm(req.Form)"}
	case b.open:
		w.uses["multipart"], w.uses["open"] = true, true
		code = []string{"form := newMultipart()", "form.all(req.Fields, req.Files)", "form.send(r)"}
	case b.kind == bodyForm:
		code = append(code, "form := url.Values{}")
		for _, f := range fields {
			code = append(code, w.formField(f, "form.Add"))
		}
		code = append(code, "r.SetForm(form)")
	case b.kind == bodyMultipart:
		w.uses["multipart"] = true
		code = append(code, "form := newMultipart()")
		for _, f := range fields {
			code = append(code, w.formField(f, "form.add"))
		}
		code = append(code, "form.send(r)")
	case b.kind == bodyText:
		w.uses["textBody"] = true
		code = []string{"textBody(r, " + strconv.Quote(b.media) + ", req.Body)"}
	default:
		w.uses["bytesBody"] = true
		code = []string{"bytesBody(r, " + strconv.Quote(b.media) + ", req.Body)"}
	}
	if !b.required && len(fields) > 0 {
		code = append([]string{"if " + w.anyPresent(fields, "req.") + " { // the body is optional"}, append(code, "}")...)
	}
	return code
}

func bodyFields(o *Operation) []*Field {
	var fields []*Field
	for _, f := range o.Fields {
		if f.in == "body" {
			fields = append(fields, f)
		}
	}
	return fields
}

// formField is the statement that adds a body field to a form.
func (w *writer) formField(f *Field, add string) string {
	v := "req." + f.Name
	if f.Base == "File" {
		return w.ifPresent(f, v, fmt.Sprintf("form.file(%q, %s)", f.wire, v))
	}
	switch item := itemText(f, "item"); {
	case f.Base == "[]File":
		return fmt.Sprintf("for _, item := range %s {\nform.file(%q, item)\n}", v, f.wire)
	case fieldText(f, v) != "":
		return w.ifPresent(f, v, fmt.Sprintf("%s(%q, %s)", add, f.wire, fieldText(f, v)))
	case item != "":
		return fmt.Sprintf("for _, item := range %s {\n%s(%q, %s)\n}", v, add, f.wire, item)
	}
	w.uses["jsonText"] = true
	return w.ifPresent(f, v, fmt.Sprintf("%s(%q, jsonText(r, %s))", add, f.wire, v))
}
