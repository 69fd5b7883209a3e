// Package oauth obtains, stores and refreshes the tokens of a HighLevel marketplace app.
//
//	config := oauth.Config{ClientID: id, ClientSecret: secret, RedirectURL: "https://app.example/callback", Scopes: scopes}
//	address, err := config.AuthorizeURL(state)      // send the user there
//	token, err := config.Exchange(ctx, code)        // with the code that comes back
//	store := oauth.FileStore("token.json")
//	err = store.Swap(ctx, oauth.Token{}, *token)
//
//	source, err := config.Source(store)
//	client, err := api.New(api.WithTokenSource(source))
//
// A refresh token can be used once: the service returns the next one with the access token. A [Source] therefore makes one refresh
// at a time, in this process and, through the [Store], among all that share it; and it uses a new access token only when the new
// refresh token has been stored. Programs that make calls need not care.
//
// # When a person has to authorize again
//
// Only an error that the service reports as invalid_grant, or in one of the texts that are known for it, is an
// [ErrAuthorizeAgain]. Any other response of the token endpoint, such as a gateway's page, a paused location or an
// unknown error, is temporary: the next call tries again. Even a refused refresh token is sent again
// after a few minutes. According to RFC 6749 the service reports errors in JSON; the same words in a page or in plain text do not come from it.
//
// An error that may be temporary has a method Temporary() bool that returns true, so that a caller that waits for something, such
// as the client's WaitForPush, continues to wait. The refusal of an app's secret or of a request has none.
//
// # Tokens of sub-accounts
//
// A [Client] uses the token of an agency: it lists the sub-accounts that have installed the app, and obtains a token for one
// of them.
//
//	agency, err := oauth.NewClient(rest.WithTokenSource(source))
//	for location, err := range agency.InstalledLocations(ctx, oauth.InstalledLocationsRequest{CompanyID: c, AppID: a}) { … }
//	token, err := agency.LocationToken(ctx, oauth.LocationTokenRequest{CompanyID: c, LocationID: l})
//
// A [LocationSource] does so automatically, whenever a call needs a token of that sub-account:
//
//	location, err := agency.LocationSource(oauth.LocationTokenRequest{CompanyID: c, LocationID: l})
//	client, err := api.New(api.WithTokenSource(location))
//
// [Client.LocationTokens] does that for a client of the whole agency: an operation that does not accept the token of the agency is
// sent with the token of its sub-account.
//
//	client, err := api.New(api.WithTokenSource(source), api.WithCompany(c), api.WithLocationTokens(agency.LocationTokens()))
//	tags, err := client.Locations().Tags(ctx, locations.TagsRequest{LocationID: l})
//
// # Secrets
//
// No way of printing, logging or encoding a [Token], a [Config], a [Source] or a [MemoryStore] shows a secret. Code that has to write a
// token, such as a store of your own, calls [Token.Encode]. Package fmt prints unexported fields of a struct without calling their
// methods: use a pointer for a Token or Config in such a field.
package oauth
