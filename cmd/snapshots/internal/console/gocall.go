package console

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/highlevel-go/snapshots/api/oauth"
	"github.com/highlevel-go/snapshots/api/rest"
)

// goCall is a call as Go.
type goCall struct {
	program string // "" if no client has a method for it
	refused string // why the client does not send it
}

// goCall returns a call as a Go program. It calls the client with the request of the program, and compares what the client
// sends with what the form sends: the program has a comment for each difference.
func (o *operation) goCall(base string, values []filledInput, sent *http.Request) (goCall, error) {
	if o.ID == oauth.OperationToken.ID {
		return tokenCall(base, values, sent)
	}
	c, name := o.document.clientOf(o.ID)
	if c == nil {
		return goCall{}, nil
	}
	wire := &recorder{}
	client, err := c.openFor(rest.WithBaseURL(base), rest.WithToken("token"), rest.WithHTTPClient(&http.Client{Transport: wire}))
	if err != nil {
		return goCall{}, err
	}
	p := program{packages: literals{"os": true}}
	p.client = c.writeOpen(base, p.packages)
	methodName := name + "Page" // a form reads one page
	method := reflect.ValueOf(client).MethodByName(methodName)
	if !method.IsValid() {
		methodName, method = name, reflect.ValueOf(client).MethodByName(name)
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
	p.call = fmt.Sprintf("%s.%s(context.Background(), %s)", c.receiver, methodName, p.packages.write(in))
	out := method.Call([]reflect.Value{reflect.ValueOf(context.Background()), in})
	p.result = len(out) > 1
	var refused string
	p.notes, refused = wire.compare(sent, out[len(out)-1].Interface())
	if methodName != name {
		p.notes = append(p.notes, c.receiver+"."+name+" reads all pages.")
	}
	text, err := p.write()
	return goCall{text, refused}, err
}

// clientOf returns the client with a method for an operation, and the method's name; nil if there is none.
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

// writeOpen returns the lines that create the client.
func (c *goClient) writeOpen(base string, packages literals) string {
	options, _, _ := strings.Cut(c.constructor, ".")
	if options == "api" {
		packages[module] = true
	} else { // a package whose clients take the options of package rest
		packages[module+"/"+options], packages[module+"/rest"] = true, true
		options = "rest"
	}
	text := fmt.Sprintf("client, err := %s(\n%s.WithBaseURL(%q),\n%s.WithToken(os.Getenv(\"HIGHLEVEL_TOKEN\")),\n", c.constructor, options, base, options)
	if c.version != "" {
		text += fmt.Sprintf("%s.WithDefault(\"Version\", %q),\n", options, c.version)
	}
	return text + ")\n" + stopOnError
}

// field returns the field of a request for an input, or the zero Value.
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

// set sets a field to the value, unless the field cannot hold it.
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

// recorder records the request that a client sends, and refuses it.
type recorder struct{ seen *http.Request }

func (w *recorder) RoundTrip(r *http.Request) (*http.Response, error) {
	_ = bodyOf(r) // so that it can still be read after the client has closed it
	w.seen = r
	return &http.Response{StatusCode: http.StatusBadRequest, Body: http.NoBody, Request: r}, nil
}

// compare returns notes on what was sent differently from the form, or the reason why the client refused the call.
func (w *recorder) compare(form *http.Request, err any) (notes []string, refused string) {
	if w.seen == nil {
		refused = fmt.Sprint(err)
		return []string{"The client refuses this call, and sends nothing: " + strconv.Quote(refused)}, refused
	}
	return differences(form, w.seen), ""
}
