package oauth_test

import (
	"fmt"
	"net/url"

	"github.com/highlevel-go/snapshots/api/oauth"
)

func ExampleConfig_AuthorizeURL() {
	app := oauth.Config{
		ClientID:     "id",
		ClientSecret: "secret",
		RedirectURL:  "https://app.example/callback",
		Scopes:       []string{"snapshots.readonly", "snapshots.write"},
	}
	state := oauth.NewState() // keep it in the person's session, and compare it with what comes back
	address, err := app.AuthorizeURL(state)
	if err != nil {
		fmt.Println(err)
		return
	}
	u, err := url.Parse(address)
	fmt.Println(u.Host, u.Query().Get("scope"), u.Query().Get("state") == state, err)
	// Output: marketplace.gohighlevel.com snapshots.readonly snapshots.write true <nil>
}
