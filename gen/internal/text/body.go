package text

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/highlevel-go/snapshots/gen/internal/lower"
	"github.com/highlevel-go/snapshots/gen/internal/model"
)

// body writes the statements for the body.
func body(o *model.Operation, has, forms *parts) []string {
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
			code = []string{"jsonBody(r, " + strconv.Quote(own) + ", " + value + ")"}
		}
	case b.Open && b.Kind == lower.BodyForm:
		code = []string{"r.SetForm(req.Form)"}
	case b.Open:
		code = []string{"form := newMultipart()", "form.all(req.Fields, req.Files)", sendMultipart(b)}
	case b.Kind == lower.BodyForm:
		var plain, styled []string
		for _, f := range fields {
			if f.IsStyled() {
				styled = append(styled, formField(f))
			} else {
				plain = append(plain, formField(f))
			}
		}
		code = append([]string{"form := url.Values{}"}, forms.fit(plain, "req.form%d(r, form)")...)
		if len(styled) == 0 {
			code = append(code, "r.SetForm(form)")
		} else {
			code = append(append(append(code, "var raw []string"), styled...), "r.SetForm(form, raw...)")
		}
	case b.Kind == lower.BodyMultipart:
		var parts []string
		for _, f := range fields {
			parts = append(parts, partField(f))
		}
		code = append([]string{"form := newMultipart()"}, forms.fit(parts, "req.form%d(r, form)")...)
		code = append(code, sendMultipart(b))
	case b.Kind == lower.BodyText:
		code = []string{"textBody(r, " + strconv.Quote(b.Media) + ", " + fieldText(fields[0], "req.Body") + ")"}
	default:
		media := strconv.Quote(b.Media)
		if b.Range {
			media = "req.ContentType"
		}
		if b.Range && !b.Required { // otherwise Validate has checked it
			code = []string{"if req.ContentType == \"\" {\nr.AddError(errors.New(\"the body has no ContentType\"))\n}"}
		}
		code = append(code, "bytesBody(r, "+media+", req.Body)")
	}
	if !b.Required && len(fields) > 0 {
		code = append([]string{"if " + bodyPresent(fields, "req", has) + " { // the body is optional"}, append(code, "}")...)
	}
	return code
}

// sendMultipart returns the statement that sends a multipart form as the body.
func sendMultipart(b *lower.Body) string { return "form.send(r, " + strconv.Quote(b.Media) + ")" }

func bodyFields(o *model.Operation) []*model.Field {
	var fields []*model.Field
	for _, f := range o.Fields {
		if f.In == "body" {
			fields = append(fields, f)
		}
	}
	return fields
}

// formField returns the statement that adds a body field to a form.
func formField(f *model.Field) string {
	v := "req." + f.Name
	switch item := itemText(f, "item"); {
	case f.IsStyled():
		return ifPresent(f, v, "raw = append(raw, "+styled(f, "query", v)+")")
	case fieldText(f, v) != "":
		return ifPresent(f, v, fmt.Sprintf("form.Add(%q, %s)", f.Wire, fieldText(f, v)))
	case item != "":
		return fmt.Sprintf("for _, item := range %s {\nform.Add(%q, %s)\n}", v, f.Wire, item)
	}
	return ifPresent(f, v, fmt.Sprintf("form.Add(%q, jsonText(r, %s))", f.Wire, v))
}

// partField returns the statement that adds a body field to a multipart form: a part for each item of a list.
func partField(f *model.Field) string {
	v, isFile := "req."+f.Name, strings.TrimPrefix(f.Base, "[]") == "File"
	media := f.PartMedia(isFile)
	list := strings.HasPrefix(f.Base, "[]") && f.Base != "[]byte" && f.Shape == lower.ShapeArray
	value, method, text := v, "text", fieldText(f, v)
	if list {
		value, text = "item", itemText(f, "item")
	}
	switch {
	case isFile:
		method, text = "file", value
	case text == "":
		text = "jsonText(r, " + value + ")"
		if media == "" {
			media = "application/json"
		}
	}
	statement := fmt.Sprintf("form.%s(%q, %q, %s)", method, f.Wire, media, text)
	if list {
		return fmt.Sprintf("for _, item := range %s {\n%s\n}", v, statement)
	}
	return ifPresent(f, v, statement)
}
