package console

import (
	"context"
	"net/http"
	"reflect"
	"strconv"

	"github.com/highlevel-go/snapshots/api/oauth"
	"github.com/highlevel-go/snapshots/api/rest"
)

// tokenCall returns the exchange of a code for a token, which is a method of [oauth.Config]. A refresh token alone has no
// such method, since token sources refresh automatically.
func tokenCall(base string, values []filledInput, sent *http.Request) (goCall, error) {
	text := map[string]string{}
	for _, v := range values {
		text[v.Name] = v.text
	}
	if text["grant_type"] != "authorization_code" {
		return goCall{}, nil
	}
	p := program{packages: literals{}, result: true, call: "config.Exchange(context.Background(), " + strconv.Quote(text["code"]) + ")"}
	config := oauth.Config{BaseURL: base, ClientID: text["client_id"], ClientSecret: text["client_secret"], RedirectURL: text["redirect_uri"], UserType: text["user_type"]}
	p.client = "config := " + p.packages.write(reflect.ValueOf(&config).Elem()) + "\n"
	wire := &recorder{}
	config.Options = []rest.Option{rest.WithHTTPClient(&http.Client{Transport: wire})}
	_, err := config.Exchange(context.Background(), text["code"])
	var refused string
	p.notes, refused = wire.compare(sent, err)
	program, err := p.write()
	return goCall{program, refused}, err
}
