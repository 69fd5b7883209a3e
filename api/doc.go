// Package api is a client for the HighLevel Snapshots API: it lists the snapshots of an agency, creates share links,
// and follows pushes of snapshots into sub-accounts.
//
//	client, err := api.New(api.WithEnvironment()) // HIGHLEVEL_TOKEN and HIGHLEVEL_COMPANY
//	if err != nil {
//		return err
//	}
//	link, err := client.CreateShareLink(ctx, api.CreateShareLinkRequest{
//		SnapshotID: "1eM2UgkfaECOYyUdCo9Pa",
//		ShareType:  api.ShareTypePermanentLink,
//	})
//	if err != nil {
//		return err
//	}
//	fmt.Println(link.URL)
//
// [WithToken] and [WithCompany] set the token and the agency explicitly. To try the client without an account, use package sandbox.
//
// # Calls
//
// Every operation is a method of [Client] with one request struct for path, query and body. A request is validated before
// anything is sent, and a [RequestError] lists everything that is invalid. A call returns a non-nil value or an error.
//
// # Errors
//
// An error response of the service is an *[Error] with its status, messages and trace id. Use errors.Is to find out what it means:
//
//	errors.Is(err, api.ErrMissingScope)  // the token lacks a scope
//	errors.Is(err, api.ErrInvalidToken)  // the token has expired
//	errors.Is(err, api.ErrDailyLimit)    // no more requests today
//
// A program that repeats work needs to know whether a failed call may have been executed. [EffectOf] distinguishes three
// outcomes:
//
//	api.EffectOf(err) == api.EffectNone     // not executed: not sent, not connected, or refused
//	api.EffectOf(err) == api.EffectUnknown  // may have been executed: no response, or an error of the service
//	api.EffectOf(err) == api.EffectDone     // executed, but the response cannot be read
//
// # Many calls
//
// A client can be used for as long as the program runs. It stays within the service's limit (100 requests in 10 seconds for each
// token and company), together with all clients of the process. If another program uses the same limit,
// rest.BudgetShare reserves a part for it. The client retries a failed request if that is safe: always for reading, and for
// creating a share link only if the service certainly did not process the first attempt.
//
//	for push, err := range client.Pushes(ctx, api.PushesRequest{SnapshotID: id, From: from, To: to}) { … }
//	status, err := client.WaitForPush(ctx, api.LatestPushRequest{SnapshotID: id, LocationID: locationID}, api.Wait{})
//	loaded, err := client.LoadSnapshot(ctx, api.LoadSnapshotRequest{SnapshotID: id, LocationID: locationID, Wait: &api.Wait{}})
//	entries, err := client.Audit(ctx, api.AuditRequest{}, api.Auditing[api.AuditEntry]{Journal: journal})
//	results, err := api.Bulk(ctx, snapshotIDs, createLink, api.Bulking[string, api.ShareLink]{Journal: journal})
//
// A new share link of a snapshot can invalidate an earlier one. To share with many partners, create one agency link that lists all of
// them; use [Bulk] for links of different snapshots. Its [Journal] is a file that lets an interrupted bulk continue without creating a
// link twice.
//
// # Other sections
//
// Snapshots are loaded through the Locations API. [Client.Locations] returns a client for it, and [Client.Share] an option for the
// client of any other section; all of them use the same token source and budget. For operations that accept only a sub-account's
// token, [WithLocationTokens] obtains and refreshes that token.
//
// # Related packages
//
// Package oauth obtains and refreshes the tokens of a marketplace app. Package sandbox is a fake of the service, for tests.
// Package rest is the engine of all clients. The module api/redisstore lets several machines share one budget and one token; it is
// separate so that this module needs only the standard library. The module api/examples/otel shows how to trace calls with OpenTelemetry.
//
// # What is not documented
//
// A response is decoded by exact names. A value of an undocumented type leaves only its own field empty;
// [Response] reports it as a [Mismatch]. A success without the requested result is an error.
//
// The documentation does not say in which format the service sends dates, or whether its lists of assets are lists. [Time]
// and [Strings] accept all formats that are known; a value in another format is preserved as text and does not affect other fields.
package api
