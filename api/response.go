package api

import "github.com/highlevel-go/snapshots/api/rest"

// Response is what came along with an answer. [CallResponse] fills it:
//
//	var meta api.Response
//	list, err := client.Snapshots(ctx, api.SnapshotsRequest{}, api.CallResponse(&meta))
//	fmt.Println(meta.Status, meta.Rate.Remaining, "requests left,", len(meta.Mismatches), "values of other types")
//
// Its fields:
//   - Status int: the HTTP status
//   - Header http.Header: of the answer
//   - Rate [Rate]: the budget of requests at that moment
//   - Attempts int: requests sent for the call, this one included
//   - Duration time.Duration: of this attempt
//   - Mismatches [][Mismatch]: what did not fit its documented type, at most 100 values of it
type Response = rest.Response

// Mismatch is a value in an answer that does not fit its documented type. Its field is empty, or its item left out, and nothing beside
// it is lost. String says it in one line. Its fields:
//   - Path string: where it is, as a JSON Pointer such as "/data/0/locationId"
//   - Want string: what is documented, such as "a text"
//   - Raw string: what came, as JSON, without tokens; its first 4 KiB
//
// A program that relies on every field looks for them:
//
//	for _, m := range meta.Mismatches {
//		log.Println(m.Path, "is not", m.Want)
//	}
type Mismatch = rest.Mismatch

// Rate is what the headers of one answer say about the budget of requests. [Response], [Error] and [Outcome] have it. Its fields, zero where
// the service did not say:
//   - Limit int: requests allowed in each interval
//   - Remaining int, HasRemaining bool: of these, still to be had, and whether that was said
//   - Interval time.Duration: length of the interval
//   - DailyLimit int: requests allowed in each day
//   - DailyRemaining int, HasDaily bool: of these, still to be had, and whether that was said
//   - DailyReset time.Duration: until the day's budget is new
//
// A job that can wait looks at it before it begins:
//
//	if rate := meta.Rate; rate.HasDaily && rate.DailyRemaining < 1000 {
//		log.Println("few requests are left today; new ones in", rate.DailyReset)
//	}
type Rate = rest.Rate
