// Package api is a client for the HighLevel Snapshots API: it lists an agency's snapshots, hands them out by share link,
// and follows their pushes into sub-accounts.
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
// [WithToken] and [WithCompany] give token and agency otherwise. To try all of it without an account, take a client of package sandbox.
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
// Whoever repeats work needs to know whether a call that failed may have done what it was asked for. [EffectOf] tells three
// outcomes apart:
//
//	api.EffectOf(err) == api.EffectNone     // surely not done: not sent, not connected, or refused
//	api.EffectOf(err) == api.EffectUnknown  // perhaps done: no answer, or a fault of the service
//	api.EffectOf(err) == api.EffectDone     // done, but the answer cannot be read
//
// # Many calls
//
// A client can be left running. It keeps the service's limit (100 requests in 10 seconds for each token and company)
// before the service has to refuse, together with all clients of the process. Where another program spends the same limit,
// rest.BudgetShare leaves it a part. The client sends again what failed when that is safe: reading always, making a share link
// only when the service surely did not process the first attempt.
//
//	for push, err := range client.Pushes(ctx, api.PushesRequest{SnapshotID: id, From: from, To: to}) { … }
//	status, err := client.WaitForPush(ctx, api.LatestPushRequest{SnapshotID: id, LocationID: locationID}, api.Wait{})
//	loaded, err := client.LoadSnapshot(ctx, api.LoadSnapshotRequest{SnapshotID: id, LocationID: locationID, Wait: &api.Wait{}})
//	entries, err := client.Audit(ctx, api.AuditRequest{}, api.Auditing[api.AuditEntry]{Journal: journal})
//	results, err := api.Bulk(ctx, snapshotIDs, createLink, api.Bulking[string, api.ShareLink]{Journal: journal})
//
// A new share link of a snapshot can end the one that was made before it. Many partners therefore get one agency link with the
// whole list of them, not a link each; a [Bulk] makes links of different snapshots. Its [Journal] is a file with which a bulk that
// was interrupted goes on without making a link twice.
//
// # Other sections
//
// A snapshot is loaded through the section of the service that is about sub-accounts. [Client.Locations] is its client, and [Client.Share]
// an option for the client of any other section: all have one token source and one budget. Where an operation accepts a sub-account's
// token only, [WithLocationTokens] gets that token, and renews it.
//
// # Around it
//
// Package oauth gets and renews tokens of a marketplace app. Package sandbox is a stand-in for the service, for tests.
// Package rest is the engine underneath. The module api/redisstore, apart so that this one needs the standard library only,
// lets several machines share one budget and one token; the module api/examples/otel shows calls traced with OpenTelemetry.
//
// # What the service leaves open
//
// An answer is read by exact names. A value of another type than documented leaves its field empty and nothing else;
// [Response] has it as a [Mismatch]. A success without what the operation is for is an error.
//
// The documentation does not say in which format the service sends dates, or whether its lists of assets are lists. [Time]
// and [Strings] take all forms that are known; a value in another form is kept as text and spoils nothing beside it.
package api
