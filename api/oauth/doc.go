// Package oauth gets, keeps and renews the tokens of a HighLevel marketplace app.
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
// A refresh token serves once: the service answers with the next one. A [Source] therefore refreshes once at a time, in
// this process and, through the [Store], among all that share it; and it hands a new access token out only when the new
// refresh token is stored. Calls of a program need to know nothing of it.
//
// # When a person has to authorize again
//
// Only a refusal that the service gives as invalid_grant, or in one of the texts that are known for it, is an
// [ErrAuthorizeAgain]. Whatever else the token endpoint answers, such as a gateway's page, a location that is paused or an
// answer that nobody has seen before, is temporary: the next call asks again. Even a refused refresh token is sent again
// after a few minutes. RFC 6749 has the service refuse in JSON; the same words in a page or a plain text are not its own.
//
// An error that may pass by itself has a method Temporary() bool that returns true, so that whoever waits for something, such
// as the client's WaitForPush, goes on waiting. The refusal of an app's secret or of a request has none.
//
// # Tokens of sub-accounts
//
// A [Client] works with an agency's token: it lists the sub-accounts that have installed the app, and gets a token for one
// of them.
//
//	agency, err := oauth.NewClient(rest.WithTokenSource(source))
//	for location, err := range agency.InstalledLocations(ctx, oauth.InstalledLocationsRequest{CompanyID: c, AppID: a}) { … }
//	token, err := agency.LocationToken(ctx, oauth.LocationTokenRequest{CompanyID: c, LocationID: l})
//
// A [LocationSource] does so by itself, whenever calls need a token of that sub-account:
//
//	location, err := agency.LocationSource(oauth.LocationTokenRequest{CompanyID: c, LocationID: l})
//	client, err := api.New(api.WithTokenSource(location))
//
// [Client.LocationTokens] does that for a client of the whole agency: each operation that accepts no agency's token is sent with
// that of the sub-account that it is about.
//
//	client, err := api.New(api.WithTokenSource(source), api.WithCompany(c), api.WithLocationTokens(agency.LocationTokens()))
//	tags, err := client.Locations().Tags(ctx, locations.TagsRequest{LocationID: l})
//
// # Secrets
//
// No way of printing, logging or encoding a [Token], a [Config], a [Source] or a [MemoryStore] shows a secret. What writes a
// token on purpose, such as a store of your own, calls [Token.Encode]. What package fmt finds in an unexported field of a
// struct, it prints without asking: keep a Token or Config there behind a pointer.
package oauth
