// Package api is a client for the HighLevel Snapshots API: it lists an agency's snapshots, hands them out by share link,
// and follows their pushes into sub-accounts.
//
//	client, err := api.New(api.WithToken(token), api.WithCompany(companyID))
//	if err != nil {
//		return err
//	}
//	link, err := client.CreateShareLink(ctx, api.CreateShareLinkRequest{
//		SnapshotID: "1eM2UgkfaECOYyUdCo9Pa",
//		ShareType:  api.ShareTypePermanentLink,
//	})
//
// # Calls
//
// Every operation is a method of [Client] with one request struct for path, query and body. A request is checked before
// anything is sent, and the [RequestError] lists every fault at once. A call returns a value or an error, never neither.
//
// # Errors
//
// A refusal of the service is an *[Error] with its status, messages and trace id. What it is, errors.Is tells:
//
//	errors.Is(err, api.ErrMissingScope)  // the token lacks a scope
//	errors.Is(err, api.ErrInvalidToken)  // the token has ended
//	errors.Is(err, api.ErrDailyLimit)    // no more requests today
//
// # What the service leaves open
//
// The documentation does not say in which format the service sends dates, or whether its lists of assets are lists. [Time]
// and [Strings] take all forms that are known; a value in another form is kept as text and spoils nothing beside it.
package api
