package console

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/highlevel-go/snapshots/api/rest"
)

// goCall is a call as Go.
type goCall struct {
	program string // "" when no client has a method for it
	refused string // why the client does not send it
}

// goCall writes a call as a Go program. It calls the client with the request of the program, and compares what the client sends with what
// the form sends: the program has a comment for each difference.
func (o *operation) goCall(base string, values []filledInput, sent *http.Request) (goCall, error) {
	c, name := o.document.clientOf(o.ID)
	if c == nil {
		return goCall{}, nil
	}
	wire := &recorder{}
	client, err := c.openFor(rest.WithBaseURL(base), rest.WithToken("token"), rest.WithHTTPClient(&http.Client{Transport: wire}))
	if err != nil {
		return goCall{}, err
	}
	p := program{client: c, base: base, packages: literals{}, method: name}
	method := reflect.ValueOf(client).MethodByName(name + "Page") // a form reads one page
	if pages := method.IsValid(); pages {
		p.method += "Page"
	} else {
		method = reflect.ValueOf(client).MethodByName(name)
	}
	if !method.IsValid() || method.Type().NumIn() < 2 || method.Type().NumOut() == 0 {
		return goCall{}, fmt.Errorf("%s: the client has no method %s", o.ID, name)
	}
	in := reflect.New(method.Type().In(1)).Elem()
	for _, v := range values {
		if field := c.field(in, v.input); field.IsValid() {
			v.set(field)
		}
	}
	p.request = p.packages.write(in)
	out := method.Call([]reflect.Value{reflect.ValueOf(context.Background()), in})
	p.hasResult = len(out) > 1
	var refused string
	if wire.seen == nil {
		refused = fmt.Sprint(out[len(out)-1].Interface())
		p.notes = []string{"The client refuses this call, and sends nothing: " + strconv.Quote(refused)}
	} else {
		p.notes = differences(sent, wire.seen)
	}
	if p.method != name {
		p.notes = append(p.notes, c.receiver+"."+name+" reads all pages.")
	}
	text, err := p.write()
	return goCall{text, refused}, err
}

// clientOf returns the client that has a method for an operation, and the method's name; nil when none has.
func (d *document) clientOf(id string) (c *goClient, method string) {
	for i := range d.clients {
		for _, op := range d.clients[i].operations {
			if op.ID == id {
				return &d.clients[i], strings.TrimSuffix(op.Name, "V3") // the version is the client's
			}
		}
	}
	return nil, ""
}

func (c *goClient) openFor(opts ...rest.Option) (any, error) {
	if c.version != "" {
		opts = append(opts, rest.WithDefault("Version", c.version))
	}
	return c.open(opts...)
}

// field returns the field of a request for an input; the zero value when there is none.
func (c *goClient) field(request reflect.Value, in input) reflect.Value {
	for i := range request.NumField() {
		field := request.Type().Field(i)
		tag, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		var found bool
		switch tag {
		case "-", "": // a parameter, or a client whose fields have no tags
			same := strings.EqualFold(field.Name, strings.NewReplacer("_", "", "-", "").Replace(in.Name))
			found = (tag == "" || in.In != "body") && (field.Name == in.goName || field.Name == c.fields[in.Name] || in.goName == "" && same)
		default:
			found = in.In == "body" && tag == in.Name
		}
		if found {
			return request.Field(i)
		}
	}
	return reflect.Value{}
}

// set sets a field to a value, unless the field cannot have it.
func (v filledInput) set(field reflect.Value) {
	forms := [][]byte{[]byte(v.text), v.json}
	if v.In == "body" || field.Kind() == reflect.String {
		forms = [][]byte{v.json}
	}
	if v.In != "body" {
		quoted, _ := json.Marshal(v.text)
		forms = append(forms, quoted)
	}
	for _, form := range forms {
		to := reflect.New(field.Type())
		if json.Unmarshal(form, to.Interface()) == nil {
			field.Set(to.Elem())
			return
		}
	}
}

// recorder keeps the request that a client sends, and refuses it.
type recorder struct{ seen *http.Request }

func (w *recorder) RoundTrip(r *http.Request) (*http.Response, error) {
	_ = bodyOf(r) // so that it can still be read after the client has closed it
	w.seen = r
	return &http.Response{StatusCode: http.StatusBadRequest, Body: http.NoBody, Request: r}, nil
}
