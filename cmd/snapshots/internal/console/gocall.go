package console

import (
	"encoding"
	"encoding/json"
	"fmt"
	"go/format"
	"reflect"
	"strings"
	"time"
)

// goCall writes a call as Go. The names come from the client itself, so that they are those of its methods and fields.
func (o *Operation) goCall(call Call) string {
	if o.document.Client == nil {
		return ""
	}
	method, ok := o.document.Client.MethodByName(o.goName)
	if !ok || method.Type.NumIn() < 3 {
		return ""
	}
	var b strings.Builder
	b.WriteString("client, err := api.New(\n\tapi.WithToken(os.Getenv(\"HIGHLEVEL_TOKEN\")),\n)\nif err != nil {\n\treturn err\n}\n")
	request := method.Type.In(2)
	begin, end := "result, err := ", "\nif err != nil {\n\treturn err\n}\nfmt.Println(result)"
	switch {
	case method.Type.NumOut() == 1 && method.Type.Out(0).Kind() == reflect.Func: // all items of all pages
		begin, end = "for item, err := range ", " {\n\tif err != nil {\n\t\treturn err\n\t}\n\tfmt.Println(item)\n}"
	case method.Type.NumOut() == 1:
		begin, end = "err = ", "\nif err != nil {\n\treturn err\n}"
	}
	fmt.Fprintf(&b, "%s%s.%s(ctx, %s{\n", begin, o.document.Receiver, o.goName, request)
	for i := range request.NumField() {
		field := request.Field(i)
		for _, in := range o.Inputs {
			value := call.Values[in.In+" "+in.Name]
			if value == "" || !names(field, in.Name) {
				continue
			}
			if text := goValue(field.Type, value); text != "" {
				fmt.Fprintf(&b, "\t%s: %s,\n", field.Name, text)
			}
		}
	}
	b.WriteString("})" + end)
	text, err := format.Source([]byte(b.String()))
	if err != nil {
		return b.String()
	}
	return string(text)
}

// names reports whether a field is the one that has a name on the wire. The fields of parameters have no tag; their names have the same
// letters.
func names(field reflect.StructField, wire string) bool {
	tag, _, _ := strings.Cut(field.Tag.Get("json"), ",")
	if tag != "" && tag != "-" {
		return tag == wire
	}
	return strings.EqualFold(field.Name, strings.NewReplacer("_", "", "-", "").Replace(wire))
}

// goValue writes a text as a value of a type; "" when it is not one.
func goValue(t reflect.Type, text string) string {
	switch {
	case t == reflect.TypeFor[time.Time]():
		for _, layout := range []string{time.RFC3339, time.DateOnly} {
			if at, err := time.Parse(layout, text); err == nil {
				at = at.UTC()
				return fmt.Sprintf("time.Date(%d, %d, %d, %d, %d, %d, 0, time.UTC)", at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second())
			}
		}
		return ""
	case t.Kind() == reflect.String:
		return quote(text)
	case t.Kind() == reflect.Pointer:
		inner := goValue(t.Elem(), text)
		if inner == "" {
			return ""
		}
		return "new(" + t.Elem().String() + "(" + inner + "))"
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.String:
		var items []string
		if json.Unmarshal([]byte(text), &items) != nil {
			items = strings.Split(text, ",")
		}
		for i := range items {
			items[i] = quote(strings.TrimSpace(items[i]))
		}
		return t.String() + "{" + strings.Join(items, ", ") + "}"
	case t.Implements(reflect.TypeFor[encoding.TextMarshaler]()):
		return ""
	}
	switch t.Kind() {
	case reflect.Bool, reflect.Int, reflect.Int32, reflect.Int64, reflect.Float32, reflect.Float64:
		if text != "null" && json.Unmarshal([]byte(text), reflect.New(t).Interface()) == nil {
			return text
		}
	}
	return ""
}
