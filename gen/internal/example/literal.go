package example

import (
	"encoding/base64"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/highlevel-go/snapshots/gen/internal/lower"
	"github.com/highlevel-go/snapshots/gen/internal/model"
)

// maxCode is the maximum length of the literal of a field in bytes, so that the call is easy to read.
const maxCode = 1 << 10

// field writes a value as a literal of a field's type. It returns false if the field may not have the value.
func (m *Maker) field(f *model.Field, v any) (string, bool) {
	v = m.withoutSecrets(f.Wire, v)
	if f.In == "path" || f.In == "header" || f.In == "cookie" || f.Encoding != nil {
		if !sendable(v) {
			return "", false
		}
	}
	code, ok := m.literal(f.Base, f.Value, v)
	if text, isText := v.(string); f.WholeBody && f.Base == "[]byte" { // it is sent as it is
		code, ok = "[]byte("+strconv.Quote(text)+")", isText && text != ""
	}
	switch {
	case !ok, len(code) > maxCode:
		return "", false
	case !f.Required && !f.Nullable && !f.Pointer && (code == "0" || code == "false"): // as good as nothing
		return "", false
	case f.Nullable && model.IsNumber(f.Base):
		return "rest.Value[" + f.Base + "](" + code + ")", true
	case f.Nullable:
		return "rest.Value(" + code + ")", true
	case f.Pointer && m.structOf(f.Base) != nil:
		return "&" + code, true
	case f.Pointer && model.IsNumber(f.Base) && f.Base != "int" && (f.Base != "float64" || !strings.Contains(code, ".")):
		return "new(" + f.Base + "(" + code + "))", true
	case f.Pointer:
		return "new(" + code + ")", true
	}
	return code, true
}

// sendable reports whether all strings in a value can be sent in a part of the request that has no quotes around it.
func sendable(v any) bool {
	switch v := v.(type) {
	case string:
		return isSendable(v)
	case []any:
		return !slices.ContainsFunc(v, func(item any) bool { return !sendable(item) })
	case map[string]any:
		return false
	}
	return true
}

// literal writes a value as a literal of a type. It returns false if the type may not have the value.
func (m *Maker) literal(typ string, is lower.Value, v any) (string, bool) {
	if e := m.enumOf(typ); e != nil {
		return m.constant(e, v)
	}
	text, isText := v.(string)
	switch {
	case is.Schema == nil:
		return "", false
	case typ == "string":
		return strconv.Quote(text), isText && demandedText(is.Schema, text)
	case typ == "bool":
		b, ok := v.(bool)
		return strconv.FormatBool(b), ok
	case model.IsNumber(typ):
		n, ok := v.(float64)
		return strconv.FormatFloat(n, 'f', -1, 64), ok && demandedNumber(is.Schema, typ, n)
	case typ == "time.Time", typ == "rest.Time":
		return timeLiteral(typ, text)
	case typ == "[]byte":
		data, err := base64.StdEncoding.DecodeString(text)
		return "[]byte(" + strconv.Quote(string(data)) + ")", isText && text != "" && err == nil
	case typ == "rest.Strings", typ == "rest.CommaList":
		return texts(typ, is, v)
	case strings.HasPrefix(typ, "[]"):
		return m.list(typ, is, v)
	case strings.HasPrefix(typ, "map[string]"):
		return m.mapping(typ, is, v)
	case m.structOf(typ) != nil:
		object, ok := v.(map[string]any)
		if !ok {
			return "", false
		}
		fields, ok := m.fields(m.structOf(typ).Fields, is.Schema, func(f *model.Field) shown { return valueOf(object, f) })
		return m.pkg + "." + typ + fields, ok
	}
	return "", false // a union, or a value of any kind
}

func valueOf(object map[string]any, f *model.Field) shown {
	v, ok := object[f.Wire]
	if !ok || v == nil {
		return shown{}
	}
	return shown{v, 1, true}
}

// constant returns the constant of an enum's value.
func (m *Maker) constant(e *model.Enum, v any) (string, bool) {
	wire := lower.ValueText(v)
	for _, c := range e.Values {
		if c.Wire == wire && wire != "" && wire != "0" {
			return m.pkg + "." + c.Name, true
		}
	}
	return "", false
}

func timeLiteral(typ, text string) (string, bool) {
	t, ok := moment(text)
	code := fmt.Sprintf("time.Date(%d, %d, %d, %d, %d, %d, %d, time.UTC)", t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond()/int(time.Millisecond)*int(time.Millisecond))
	if typ == "rest.Time" {
		code = "rest.Time{Time: " + code + "}"
	}
	return code, ok
}

// texts returns a list of strings of a type of its own; a string with commas is such a list too.
func texts(typ string, is lower.Value, v any) (string, bool) {
	items, ok := v.([]any)
	if text, isText := v.(string); isText && typ == "rest.CommaList" {
		ok = true
		for part := range strings.SplitSeq(text, ",") {
			items = append(items, strings.TrimSpace(part))
		}
	}
	var quoted []string
	for _, item := range items {
		text, isText := item.(string)
		if !isText || strings.TrimSpace(text) == "" || strings.Contains(text, ",") || !isSendable(text) {
			return "", false
		}
		quoted = append(quoted, strconv.Quote(text))
	}
	list := "{" + strings.Join(quoted, ", ") + "}"
	if typ == "rest.Strings" {
		typ, list = "", "rest.Strings{Values: []string"+list+"}"
	}
	return typ + list, ok && len(quoted) > 0 && (typ == "rest.CommaList" || demandedList(is.Schema, quoted))
}

func (m *Maker) list(typ string, is lower.Value, v any) (string, bool) {
	items, ok := v.([]any)
	if !ok || len(items) == 0 || is.Item == nil {
		return "", false
	}
	inner := typ[len("[]"):]
	var out []string
	for _, item := range items {
		code, ok := m.literal(inner, *is.Item, item)
		if !ok {
			return "", false
		}
		if m.structOf(inner) != nil { // the list names the type already
			code = strings.TrimPrefix(code, m.qualified(inner))
		}
		out = append(out, code)
	}
	return m.qualified(typ) + "{" + strings.Join(out, ", ") + "}", demandedList(is.Schema, out)
}

func (m *Maker) mapping(typ string, is lower.Value, v any) (string, bool) {
	object, ok := v.(map[string]any)
	if !ok || len(object) == 0 || is.Entry == nil {
		return "", false
	}
	var out []string
	for _, key := range slices.Sorted(maps.Keys(object)) {
		code, ok := m.literal(strings.TrimPrefix(typ, "map[string]"), *is.Entry, object[key])
		if !ok {
			return "", false
		}
		out = append(out, strconv.Quote(key)+": "+code)
	}
	return m.qualified(typ) + "{" + strings.Join(out, ", ") + "}", demandedSize(is.Schema, len(out))
}
