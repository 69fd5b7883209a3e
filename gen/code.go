package main

import (
	"fmt"
	"strconv"
	"strings"
)

// This file writes single expressions and statements of Go; the templates put them together.

// present is the condition under which an optional field is sent, "" when it always is.
func (f *field) present(v string) string {
	switch {
	case f.pointer, f.base == "any", f.base == "json.RawMessage":
		return v + " != nil"
	case f.base == "rest.CommaList", strings.HasPrefix(f.base, "[]"), strings.HasPrefix(f.base, "map["), f.base == "url.Values":
		return "len(" + v + ") > 0"
	case f.base == "time.Time", f.base == "rest.Time", f.base == "rest.Strings":
		return "!" + v + ".IsZero()"
	case f.base == "bool":
		return v
	case f.base == "File":
		return v + ".Data != nil"
	case f.shape == shapeUnion:
		return "!" + v + ".IsZero()"
	case f.shape == shapeObject:
		return "!isZero(" + v + ")"
	case f.isText():
		return v + ` != ""`
	}
	return v + " != 0"
}

// isText says that the Go type is a string or made of one.
func (f *field) isText() bool {
	if f.base == "string" {
		return true
	}
	t, _ := enumType(f.schema)
	return f.shape == shapeEnum && t == "string"
}

// isNumber says that the Go type is a number.
func (f *field) isNumber() bool {
	switch f.base {
	case "int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64", "float64", "float32":
		return true
	}
	return false
}

// text is the expression of a scalar as the wire has it, "" for what is no scalar. v is the plain value.
func text(base string, sh shape, intEnum bool, v string) string {
	switch {
	case base == "string":
		return v
	case base == "int":
		return "strconv.Itoa(" + v + ")"
	case base == "int64":
		return "strconv.FormatInt(" + v + ", 10)"
	case strings.HasPrefix(base, "int"):
		return "strconv.FormatInt(int64(" + v + "), 10)"
	case strings.HasPrefix(base, "uint"):
		return "strconv.FormatUint(uint64(" + v + "), 10)"
	case base == "float64":
		return "strconv.FormatFloat(" + v + ", 'f', -1, 64)"
	case base == "bool":
		return "strconv.FormatBool(" + v + ")"
	case base == "time.Time":
		return "rest.FormatTime(" + v + ")"
	case base == "rest.CommaList":
		return v + ".String()"
	case sh == shapeEnum && intEnum:
		return "strconv.Itoa(int(" + v + "))"
	case sh == shapeEnum:
		return "string(" + v + ")"
	case base == "any":
		return "fmt.Sprint(" + v + ")"
	case base == "[]byte":
		return "base64.StdEncoding.EncodeToString(" + v + ")"
	}
	return ""
}

func (f *field) text(v string) string {
	if f.pointer {
		v = "*" + v
	}
	t, _ := enumType(f.schema)
	return text(f.base, f.shape, t == "integer", v)
}

// item is the text of one item of a list.
func (f *field) item(v string) string {
	base, ok := strings.CutPrefix(f.base, "[]")
	if !ok {
		return ""
	}
	t, isEnum := enumType(f.items)
	sh := shapeAny
	if isEnum && base != "string" {
		sh = shapeEnum
	}
	return text(base, sh, t == "integer", v)
}

// send is the statement that puts a parameter into the request r.
func (g *generator) send(f *field) string {
	v := "req." + f.Name
	name := strconv.Quote(f.wire)
	var value string
	switch {
	case f.param != nil && f.param.Schema == nil && f.shape != shapeString:
		g.uses["jsonText"] = true
		value = "jsonText(r, " + v + ")"
	case f.text(v) != "":
		value = f.text(v)
	case f.in == "query":
		g.uses["addStyled"] = true
		return g.when(f, v, fmt.Sprintf("addStyled(r, %q, %t, %s, %s)", f.style(), f.explode(), name, v))
	default:
		g.uses["styled"] = true
		value = fmt.Sprintf("styled(r, %q, %t, %s, %s)", f.style(), f.explode(), name, v)
	}
	switch f.in {
	case "path":
		return fmt.Sprintf("r.SetPath(%s, %s)", name, value)
	case "query":
		return g.when(f, v, fmt.Sprintf("r.AddQuery(%s, %s)", name, value))
	case "cookie":
		return g.when(f, v, fmt.Sprintf("cookies = append(cookies, (&http.Cookie{Name: %s, Value: %s}).String())", name, value))
	}
	return g.when(f, v, fmt.Sprintf("r.SetHeader(%s, %s)", name, value))
}

// when wraps a statement in the condition of an optional field.
func (g *generator) when(f *field, v, statement string) string {
	if f.required {
		return statement
	}
	test := f.present(v)
	g.uses["isZero"] = g.uses["isZero"] || strings.Contains(test, "isZero(")
	return "if " + test + " {\n" + statement + "\n}"
}

func (f *field) style() string {
	switch {
	case f.param.Style != "":
		return f.param.Style
	case f.in == "query" || f.in == "cookie":
		return "form"
	}
	return "simple"
}

func (f *field) explode() bool {
	if f.param.Explode != nil {
		return *f.param.Explode || f.style() == "deepObject"
	}
	return f.style() == "form" || f.style() == "deepObject"
}

// formField is the statement that puts a body field into a form.
func (g *generator) formField(f *field) string {
	v := "req." + f.Name
	name := strconv.Quote(f.wire)
	if f.base == "File" {
		return g.when(f, v, fmt.Sprintf("form.file(%s, %s)", name, v))
	}
	set := "form.Add"
	if f.op.body.kind == bodyMultipart {
		set = "form.add"
	}
	switch item := f.item("item"); {
	case f.base == "[]File":
		return fmt.Sprintf("for _, item := range %s {\nform.file(%s, item)\n}", v, name)
	case f.text(v) != "":
		return g.when(f, v, fmt.Sprintf("%s(%s, %s)", set, name, f.text(v)))
	case item != "":
		return fmt.Sprintf("for _, item := range %s {\n%s(%s, %s)\n}", v, set, name, item)
	}
	g.uses["jsonText"] = true
	return g.when(f, v, fmt.Sprintf("%s(%s, jsonText(r, %s))", set, name, v))
}
